using Lowdose.Science.Inference;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Plots;

/// <summary>The effect of one dose as twenty equally likely answers.</summary>
public partial class DotPlot
{
    private IReadOnlyList<QuantileDot> dots = [];
    private readonly List<(double X, double Y, Dot Kind)> placed = [];
    private double lo, hi, size;

    /// <summary>The dose shown.</summary>
    [Parameter, EditorRequired] public required DoseJudgement Dose { get; set; }
    /// <summary>The course it comes from, for its scale.</summary>
    [Parameter, EditorRequired] public required Course Course { get; set; }
    /// <summary>The outcome's name.</summary>
    [Parameter, EditorRequired] public required string Outcome { get; set; }

    private const string Missing = "There is not enough in this diary to draw the chances.";
    private double Mcid => Course.Mcid;
    private bool HigherIsBetter => Course.HigherIsBetter;
    private int Base { get; set; }
    private int H => Base + 42;
    private string Least => $"{Figures.Plain(Math.Round(Mcid, 4))} {(Mcid == 1 ? "point" : "points")}";
    private string BetweenOfTwenty => Figures.OfTwenty(dots.Count(d => d.Kind == Dot.Between) / 20.0);
    private string Description => $"Twenty equally likely answers: {dots.Count(d => d.Kind == Dot.Better)} meaningfully better, "
        + $"{dots.Count(d => d.Kind == Dot.Between)} without a change that matters, {dots.Count(d => d.Kind == Dot.Worse)} meaningfully worse.";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        dots = QuantileDots.Of(Dose, Mcid, HigherIsBetter);
        placed.Clear();
        if (dots.Count == 0) return;
        lo = Math.Min(dots[0].Effect, -1.6 * Mcid);
        hi = Math.Max(dots[^1].Effect, 1.6 * Mcid);
        (lo, hi) = (lo - (0.06 * (hi - lo)), hi + (0.06 * (hi - lo)));

        // Columns are laid from the limits of "a change that matters", so that none straddles one.
        var zone = X(Mcid) - X(-Mcid);
        size = Math.Min(zone / Math.Max(1, Math.Floor(zone / 13)), 20);
        var heights = new Dictionary<int, int>();
        foreach (var dot in dots)
        {
            var column = (int)Math.Floor((X(dot.Effect) - X(-Mcid)) / size);
            var last = (int)Math.Round(zone / size) - 1;
            column = dot.Kind == Dot.Between ? Math.Clamp(column, 0, Math.Max(0, last))
                : dot.Effect < 0 ? Math.Min(column, -1) : Math.Max(column, last + 1);
            var height = heights[column] = heights.GetValueOrDefault(column) + 1;
            placed.Add((X(-Mcid) + ((column + 0.5) * size), height, dot.Kind));
        }
        Base = (int)Math.Max(72, Math.Ceiling((heights.Values.Max() * size) + 10));
        for (var i = 0; i < placed.Count; i++)
            placed[i] = placed[i] with { Y = Base - 1 - ((placed[i].Y - 0.5) * size) };
    }

    private static string Signed(double tick) => (tick > 0 ? "+" : "") + Figures.Plain(Math.Round(tick, 4));

    private double X(double effect) => 320 * (effect - lo) / (hi - lo);

    private string Diamond(double x, double y)
    {
        var r = (size / 2) - 0.5;
        return $"M{Figures.At(x)} {Figures.At(y - r)} L{Figures.At(x + r)} {Figures.At(y)} L{Figures.At(x)} {Figures.At(y + r)} L{Figures.At(x - r)} {Figures.At(y)} Z";
    }
}
