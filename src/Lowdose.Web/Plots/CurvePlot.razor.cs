using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Plots;

/// <summary>A line through points.</summary>
/// <param name="Label">In the key; null: not there.</param>
/// <param name="Style">Class of the style sheet.</param>
/// <param name="Told">What is said under the pointer.</param>
/// <param name="Points">Ascending in X.</param>
public sealed record Curve(string? Label, string Style, string Told, IReadOnlyList<(double X, double Y)> Points);

/// <summary>What lies between two lines.</summary>
/// <param name="Label">In the key; null: not there.</param>
/// <param name="Style">Class of the style sheet.</param>
/// <param name="Told">What is said under the pointer.</param>
/// <param name="Points">Ascending in X.</param>
public sealed record Area(string? Label, string Style, string Told, IReadOnlyList<(double X, double Low, double High)> Points);

/// <summary>Something measured.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
/// <param name="Told">What is said under the pointer.</param>
/// <param name="Low">Lower end of its bar; null: none.</param>
/// <param name="High">Upper end.</param>
public sealed record Measured(double X, double Y, string Told, double? Low = null, double? High = null);

/// <summary>One axis.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
/// <param name="Ticks">Places with their labels.</param>
/// <param name="Log">Equal ratios take equal room.</param>
public sealed record Axis(double From, double To, IReadOnlyList<(double At, string Text)> Ticks, bool Log = false)
{
    /// <summary>From 0 to a round number above the largest value.</summary>
    public static Axis UpTo(double largest)
    {
        var step = Step(Math.Max(largest, 1e-9));
        return new(0, step * Math.Ceiling(largest / step - 1e-9), [.. Enumerable.Range(0, (int)Math.Ceiling(largest / step - 1e-9) + 1).Select(i => (i * step, Figures.Plain(i * step)))]);
    }

    /// <summary>Round numbers around all values.</summary>
    public static Axis Around(double least, double most)
    {
        var step = Step(Math.Max(most - least, 1e-9));
        int low = (int)Math.Floor(least / step + 1e-9), high = (int)Math.Ceiling(most / step - 1e-9);
        return new(low * step, high * step, [.. Enumerable.Range(low, high - low + 1).Select(i => (i * step, Figures.Plain(Math.Round(i * step, 9))))]);
    }

    /// <summary>Shares as percent.</summary>
    public static Axis Percents { get; } = new(0, 1, [(0, "0"), (0.25, "25"), (0.5, "50"), (0.75, "75"), (1, "100")]);

    /// <summary>Where a value lies, 0 to 1.</summary>
    public double Share(double value) => Log ? Math.Log(value / From) / Math.Log(To / From) : (value - From) / (To - From);

    private static double Step(double range)
    {
        var rough = range / 4;
        var ten = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / ten) switch { <= 1 => ten, <= 2 => 2 * ten, <= 5 => 5 * ten, _ => 10 * ten };
    }
}

/// <summary>Curves, bands and measured dots over one axis of numbers.</summary>
public partial class CurvePlot
{
    private const int Top = 10, Bottom = 190, Height = 240;

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired] public required string Title { get; set; }
    /// <summary>The same for who cannot see it, with its main numbers.</summary>
    [Parameter, EditorRequired] public required string Description { get; set; }
    /// <summary>The axis across.</summary>
    [Parameter, EditorRequired] public required Axis X { get; set; }
    /// <summary>What it measures.</summary>
    [Parameter, EditorRequired] public required string XName { get; set; }
    /// <summary>The axis up.</summary>
    [Parameter, EditorRequired] public required Axis Y { get; set; }
    /// <summary>The lines.</summary>
    [Parameter] public IReadOnlyList<Curve> Curves { get; set; } = [];
    /// <summary>The bands, behind the lines.</summary>
    [Parameter] public IReadOnlyList<Area> Areas { get; set; } = [];
    /// <summary>The dots, before the lines.</summary>
    [Parameter] public IReadOnlyList<Measured> Dots { get; set; } = [];
    /// <summary>What the dots are, in the key; null: not there.</summary>
    [Parameter] public string? DotsLabel { get; set; }
    /// <summary>Places across that are marked.</summary>
    [Parameter] public IReadOnlyList<(double At, string Told)> Marks { get; set; } = [];
    /// <summary>A height that is marked.</summary>
    [Parameter] public double? Level { get; set; }

    private IEnumerable<(string Label, string Style, char Kind)> Key =>
        [.. Curves.Where(c => c.Label is not null).Select(c => (c.Label!, c.Style, 'l')), .. Areas.Where(a => a.Label is not null).Select(a => (a.Label!, a.Style, 'a')), .. DotsLabel is { } dots ? [(dots, "", 'd')] : Array.Empty<(string, string, char)>()];

    private double YPlace(double value) => Bottom - (Bottom - Top) * Math.Clamp(Y.Share(value), 0, 1);

    /// <summary>Whether every second label must go where the plot is narrow.</summary>
    private bool Crowded => X.Ticks.Sum(t => t.Text.Length + 2) > 31;

    private string Anchor(double at) => X.Share(at) switch { < 0.06 => "start", > 0.94 => "end", _ => "middle" };

    private string Line(IEnumerable<(double X, double Y)> points) => Joined(points);

    private string Shape(Area area) => Joined([.. area.Points.Select(p => (p.X, p.High)), .. area.Points.Reverse().Select(p => (p.X, p.Low))]) + "Z";

    private string Joined(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{Figures.At(Math.Round(1000 * X.Share(x), 1))} {Figures.At(Math.Round(1000 * (1 - Math.Clamp(Y.Share(y), 0, 1)), 1))}");
        return path.ToString();
    }
}
