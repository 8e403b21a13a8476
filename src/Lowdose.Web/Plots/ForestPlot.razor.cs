using System.Globalization;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Plots;

/// <summary>Studies one above the other with what they say together; on a page, or as a figure for a paper.</summary>
public partial class ForestPlot
{
    private const int Row = 24, Field = 380, Edge = 20, Top = 58;
    private const double Letter = 6.9;

    private double most;
    private int names, inset, first, second, told;

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired] public required Forest Drawn { get; set; }
    /// <summary>Drawn as a figure that needs no page: dark ink on white, with columns of figures.</summary>
    [Parameter] public bool Alone { get; set; }

    private int Bottom => Row * Drawn.Rows.Count + 6;
    private int Height => Bottom + (Drawn.Where.Length > 0 ? 46 : 28);
    private int Width => 2 * Edge + names + first + second + Field + 24 + told + 64;
    private bool Moves => Drawn.Rows.All(r => r.Kind == ForestKind.UpTo);
    private string Description => (Moves ? $"How the answer moved over {Drawn.Rows.Count} studies: {Drawn.Effect.ToLowerInvariant()}. " : $"Forest plot of {Drawn.Rows.Count(r => r.Kind == ForestKind.Study)} studies: {Drawn.Effect.ToLowerInvariant()}. ")
        + string.Join(" ", Drawn.Rows.Where(r => r.Kind is ForestKind.Pooled or ForestKind.Prediction or ForestKind.UpTo).Select(r => $"{r.Name}: {r.Told}.")) + $" {Drawn.Model}.";

    /// <summary>The figure as an SVG file: nothing from outside.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="analysis">What they say together.</param>
    public static string WriteSvg(StudyTable table, MetaAnalysis analysis) => Rendered.Of<ForestPlot>(new() { [nameof(Drawn)] = Forest.Of(table, analysis), [nameof(Alone)] = true }).Trim() + "\n";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        most = Drawn.Rows.Where(r => r.Kind == ForestKind.Study).Select(r => r.Weight).DefaultIfEmpty(1).Max();
        inset = Drawn.Rows.Any(r => r.Kind == ForestKind.Heading) ? 14 : 0;
        names = inset + Wide(Drawn.Rows.Select(r => Short(r.Name, 38)).Append("Prediction interval"));
        first = Drawn.Rows.Any(r => r.First.Length > 0) ? Math.Max(60, Wide(Drawn.Rows.Select(r => r.First))) : 0;
        second = Drawn.Rows.Any(r => r.Second.Length > 0) ? Math.Max(60, Wide(Drawn.Rows.Select(r => r.Second))) : 0;
        told = Wide(Drawn.Rows.Select(r => r.Told));
    }

    private static int Wide(IEnumerable<string> texts) => (int)(Letter * texts.Max(t => t.Length)) + 14;

    // The heading above a group has its name already.
    private static string Named(ForestRow row) => row.Kind switch
    {
        ForestKind.Pooled => row.Name.StartsWith("Pooled", StringComparison.Ordinal) ? "Pooled" : "together",
        ForestKind.Prediction => "One more",
        _ => row.Name,
    };

    private static string Short(string name, int most) => name.Length <= most ? name : name[..(most - 1)] + "…";

    private static int Middle(int row) => row * Row + Row / 2;

    private string X(double at) => Figures.Percent(Drawn.Axis.Share(at));

    /// <summary>The side of a square: its area is the study's weight.</summary>
    private double Side(ForestRow row) => Math.Max(4, 15 * Math.Sqrt(row.Weight / most));

    private static string Px(double value) => Figures.At(value);

    private static string Weight(ForestRow row) => double.IsNaN(row.Weight) ? "" : row.Weight.ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A diamond in a box of its own from end to end, a hundred wide.</summary>
    private string Diamond(ForestRow row)
    {
        var (lo, hi) = (Drawn.Axis.Share(row.Lo), Drawn.Axis.Share(row.Hi));
        var middle = hi > lo ? 100 * (Drawn.Axis.Share(row.At) - lo) / (hi - lo) : 50;
        return $"0,8 {Figures.At(middle)},0 100,8 {Figures.At(middle)},16";
    }

    private string Span(double lo, double hi) => Figures.Percent(Math.Max(0, Drawn.Axis.Share(hi) - Drawn.Axis.Share(lo)));
}
