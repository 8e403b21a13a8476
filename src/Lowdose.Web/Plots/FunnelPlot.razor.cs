using System.Globalization;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Plots;

/// <summary>Each study's effect against its standard error, the most precise on top; with the studies that trim and fill adds.</summary>
public partial class FunnelPlot
{
    private const int FieldHeight = 320, AloneWidth = 640, MostStudies = 2000;

    private readonly record struct Dot(string Name, double Effect, double Error, bool Filled);

    private Dot[] dots = [];
    private ForestAxis axis = null!;
    private MetaScale scale = null!;
    private double centre, largest;

    /// <summary>The studies.</summary>
    [Parameter, EditorRequired] public required StudyTable Table { get; set; }
    /// <summary>What they say together.</summary>
    [Parameter, EditorRequired] public required MetaAnalysis Analysis { get; set; }
    /// <summary>Drawn as a figure that needs no page.</summary>
    [Parameter] public bool Alone { get; set; }

    private string Description => $"Funnel plot of {MetaWords.Studies(Table.Effects.Count)}: effect across, standard error down from 0 to {MetaScale.Written(largest)}. "
        + string.Join(" ", MetaWords.Missing(Table, Analysis));

    /// <summary>The figure as an SVG file: nothing from outside.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="analysis">What they say together.</param>
    public static string WriteSvg(StudyTable table, MetaAnalysis analysis) => Rendered.Of<FunnelPlot>(new() { [nameof(Table)] = table, [nameof(Analysis)] = analysis, [nameof(Alone)] = true }).Trim() + "\n";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        scale = new MetaScale(Table);
        dots = [.. Table.Effects.Select((e, i) => new Dot(Table.Names[i], e.Estimate, Math.Sqrt(e.Variance), false)).OrderBy(d => d.Error).Take(MostStudies),
            .. (Analysis.TrimmedAndFilled?.Filled ?? []).Select(e => new Dot("filled in", e.Estimate, Math.Sqrt(e.Variance), true))];
        // With moderators there is no one effect to lie about: the plain mean of the weights stands in.
        centre = Table.Moderators.Count == 0 ? Analysis.Fit.Pooled.Estimate : Table.Effects.Zip(Analysis.Fit.Weights, (e, w) => e.Estimate * w / 100).Sum();
        largest = 1.05 * dots.Max(d => d.Error);
        // Analysed effects, so that the funnel's sides are straight; ratios are written as ratios.
        ForestRow[] rows = [.. dots.Select(d => new ForestRow(ForestKind.Study, "", "", "", d.Effect, double.NaN, double.NaN, double.NaN, "")), new(ForestKind.Pooled, "", "", "", centre, centre - 1.96 * largest, centre + 1.96 * largest, double.NaN, "")];
        axis = ForestAxis.Over(rows, scale.IsRatio, proportion: false) is var over && scale.IsProportion ? over with { NoEffect = double.NaN } : over;
    }

    private string X(double effect) => Figures.Percent(axis.Share(effect));

    private string Y(double error) => Figures.At(FieldHeight * error / largest);

    private IEnumerable<double> Errors()
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(largest / 4)));
        var step = new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => largest / s <= 5);
        for (var i = 0; i * step <= largest; i++) yield return i * step;
    }

    private string AxisName => scale.IsRatio ? scale.Name + ", log scale" : Table.Measure switch { Measure.PLO => "Log odds", Measure.PFT => "Double arcsine", _ => scale.Name };

    private string Told(Dot dot) => $"{dot.Name}: {MetaScale.Written(scale.IsRatio ? Math.Exp(dot.Effect) : dot.Effect)}, standard error {dot.Error.ToString("0.###", CultureInfo.InvariantCulture)}";
}
