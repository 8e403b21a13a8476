using Lowdose.Exchange;
using Lowdose.Science.Inference.Power;
using Lowdose.Web.Layout;
using Lowdose.Web.Powers;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Plots;

/// <summary>A power curve; on a page or as a file of its own.</summary>
public partial class PowerCurve
{
    private const int Top = 10, Bottom = 230, Height = 280, MostLabels = 6;

    private (double? Value, OperatingPoint Point)[] points = [];
    private double lo, hi;

    /// <summary>What is drawn; something varies.</summary>
    [Parameter, EditorRequired] public required PowerAnswer Answer { get; set; }
    /// <summary>Drawn as a file that needs no page.</summary>
    [Parameter] public bool Alone { get; set; }

    private string Title => $"How often of 100 such studies find the effect, by {PowerSheet.Label(Answer.Varied!)}";
    private string Description => $"Curve of {points.Length} points: {string.Join("; ", Enumerable.Range(0, points.Length).Select(Told))}. Every number is in the table.";

    /// <summary>The curve as an SVG file: dark ink on white, nothing from outside.</summary>
    public static string WriteSvg(PowerAnswer answer) => Rendered.Of<PowerCurve>(new() { [nameof(Answer)] = answer, [nameof(Alone)] = true });

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        points = [.. Answer.Points.OrderBy(p => p.Value)];
        (lo, hi) = (points[0].Value!.Value, points[^1].Value!.Value);
    }

    private static double Y(double share) => Bottom - (Bottom - Top) * (double.IsNaN(share) ? 0 : share);

    // Room is left on both sides for half a label.
    private string X(int i) => Figures.Percent(hi > lo ? 0.06 + 0.88 * (points[i].Value!.Value - lo) / (hi - lo) : 0.5);

    /// <summary>Labels that do not run into each other.</summary>
    private IEnumerable<int> Labelled()
    {
        var last = double.NegativeInfinity;
        for (var i = 0; i < points.Length; i++)
        {
            var at = hi > lo ? (points[i].Value!.Value - lo) / (hi - lo) : 0;
            if (at - last < 1.0 / (MostLabels + 2)) continue;
            last = at;
            yield return i;
        }
    }

    private string Told(int i) => PowerSheet.Line(Answer.Design, points[i].Value, points[i].Point);
}
