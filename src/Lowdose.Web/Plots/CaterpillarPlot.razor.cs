using System.Globalization;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Plots;

/// <summary>Everyone's effect with its interval, lowest first; on a page or as a file of its own.</summary>
public partial class CaterpillarPlot
{
    private const int Row = 24, NameWidth = 96, AloneNames = 150, AloneWidth = 720, MostRows = 80, LongestName = 12;

    private PlottedEffect[] rows = [];
    private double[] ticks = [];
    private double lo, hi;

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired] public required Caterpillar Drawn { get; set; }
    /// <summary>Drawn as a file that needs no page.</summary>
    [Parameter] public bool Alone { get; set; }

    private int Bottom => Row * (rows.Length + 2) + 12;
    private int Height => Bottom + 44;
    private bool SomeOnly => rows.Length < Drawn.People.Count;
    private string Title => $"Effect on {Drawn.Outcome}, each person, in points";
    private string Description => $"Plot of {Drawn.People.Count} people’s effects on {Drawn.Outcome}, from the lowest to the highest, with the average and a new person below. Every number is in the table.";

    /// <summary>The plot as an SVG file: dark ink on white, nothing from outside.</summary>
    public static string WriteSvg(Caterpillar drawn) => Rendered.Of<CaterpillarPlot>(new() { [nameof(Drawn)] = drawn, [nameof(Alone)] = true });

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        PlottedEffect[] seen = [.. Drawn.People.Where(p => double.IsFinite(p.Mean)).OrderBy(p => p.Mean)];
        // Where there are too many for a page, people evenly by rank: the shape stays.
        rows = seen.Length <= MostRows ? seen : [.. Enumerable.Range(0, MostRows).Select(i => seen[(int)Math.Round(i * (seen.Length - 1.0) / (MostRows - 1))])];
        double[] ends = [.. rows.Append(Drawn.Average).Append(Drawn.Next).SelectMany(r => new[] { r.Mean, r.Lo, r.Hi }).Where(double.IsFinite), -1.5 * Drawn.MeaningfulChange, 1.5 * Drawn.MeaningfulChange];
        (lo, hi) = (ends.Min(), ends.Max());
        (lo, hi) = (lo - 0.04 * (hi - lo), hi + 0.04 * (hi - lo));
        var step = Step(hi - lo);
        ticks = [.. Enumerable.Range((int)Math.Ceiling(lo / step), (int)Math.Floor(hi / step) - (int)Math.Ceiling(lo / step) + 1).Select(i => i * step)];
    }

    /// <summary>1, 2 or 5 times a power of ten, for at most five ticks.</summary>
    private static double Step(double range)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / 4)));
        return new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => range / s < 5);
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    private static int Middle(int row) => row * Row + Row / 2;

    private string X(double effect) => Figures.Percent(Math.Clamp((effect - lo) / (hi - lo), 0, 1));

    private bool OnAxis(double effect) => effect >= lo && effect <= hi;

    private static string Told(PlottedEffect row) => $"{row.Name}: {Two(row.Mean)}" + (double.IsNaN(row.Lo) ? "" : $" ({Two(row.Lo)} to {Two(row.Hi)})") + (double.IsNaN(row.Own) ? "" : $"; own days alone {Two(row.Own)}");

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Signed(double tick) => (tick > 0 ? "+" : "") + Figures.Plain(Math.Round(tick, 6));
}
