using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Web.Plots;

/// <summary>What a row of a forest plot is.</summary>
public enum ForestKind
{
    /// <summary>A study: a square by its weight on its interval.</summary>
    Study,

    /// <summary>The name of a group of studies.</summary>
    Heading,

    /// <summary>A pooled effect: a diamond.</summary>
    Pooled,

    /// <summary>The prediction interval: a bar.</summary>
    Prediction,

    /// <summary>All studies up to this one, pooled: a diamond.</summary>
    UpTo,
}

/// <summary>A row of a forest plot; places are on the axis, NaN where there is none.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">On the left.</param>
/// <param name="First">What the paper reports of the first group.</param>
/// <param name="Second">Of the second.</param>
/// <param name="At">The effect.</param>
/// <param name="Lo">The interval's lower end.</param>
/// <param name="Hi">Its upper end.</param>
/// <param name="Weight">Percent.</param>
/// <param name="Told">Effect and interval in figures.</param>
/// <param name="FittedLo">What moderators predict of the study, lower end.</param>
/// <param name="FittedHi">Upper end.</param>
public sealed record ForestRow(ForestKind Kind, string Name, string First, string Second, double At, double Lo, double Hi, double Weight, string Told, double FittedLo = double.NaN, double FittedHi = double.NaN);

/// <summary>A meta-analysis to be drawn: its rows and its axis.</summary>
/// <param name="Effect">What the effect is called.</param>
/// <param name="Rows">From top to bottom.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Where">Whose the effect is where it is of two: "in group 1"; empty else.</param>
/// <param name="Model">How it was pooled, and how much studies differ.</param>
/// <param name="Omitted">How many studies there was no room for.</param>
public sealed record Forest(string Effect, IReadOnlyList<ForestRow> Rows, ForestAxis Axis, string Where, string Model, int Omitted)
{
    /// <summary>A plot shows so many studies, those with most weight.</summary>
    public const int MostStudies = 200;

    private const double Z = 1.9599639845400542;

    /// <summary>The plot of a meta-analysis.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="analysis">What they say together.</param>
    public static Forest Of(StudyTable table, MetaAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(analysis);
        var (scale, fit) = (new MetaScale(table), analysis.Fit);
        var shown = Enumerable.Range(0, fit.K).OrderByDescending(i => fit.Weights[i]).Take(MostStudies).ToHashSet();
        var rows = new List<ForestRow>();
        if (analysis.Subgroups is { } subgroups)
        {
            foreach (var (group, own) in subgroups.Groups.OrderBy(g => g.Group))
            {
                rows.Add(new(ForestKind.Heading, table.GroupNames[group], "", "", double.NaN, double.NaN, double.NaN, double.NaN, ""));
                rows.AddRange(Enumerable.Range(0, fit.K).Where(i => table.Groups[i] == group && shown.Contains(i)).Select(i => Study(table, fit, scale, i)));
                rows.Add(Pooled(scale, own.Pooled, $"{table.GroupNames[group]}, pooled"));
            }
        }
        else rows.AddRange(Enumerable.Range(0, fit.K).Where(shown.Contains).Select(i => Study(table, fit, scale, i)));
        if (table.Moderators.Count == 0)
        {
            rows.Add(Pooled(scale, fit.Pooled, analysis.Set.Method == TauMethod.EE ? "Pooled, equal effects" : "Pooled, random effects"));
            if (double.IsFinite(fit.Prediction.Lo) && fit.K > 1)
                rows.Add(new(ForestKind.Prediction, "Prediction interval", "", "", double.NaN, Place(scale, scale.Pooled(fit.Prediction.Lo)), Place(scale, scale.Pooled(fit.Prediction.Hi)), double.NaN,
                    Interval(scale.Pooled(fit.Prediction.Lo), scale.Pooled(fit.Prediction.Hi))));
        }
        var twoGroups = !scale.IsProportion && table.Measure != Measure.GEN;
        return new(scale.Name, rows, ForestAxis.Over(rows, scale.IsRatio, scale.IsProportion), !twoGroups ? "" : table.Measure == Measure.MC ? "under 1" : "in group 1", Said(analysis), fit.K - shown.Count);
    }

    /// <summary>How the answer moved as studies came.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="analysis">What they say together.</param>
    public static Forest Moving(StudyTable table, MetaAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(analysis);
        var scale = new MetaScale(table);
        ForestRow[] rows = [.. analysis.Cumulative.Index().Select(f => Pooled(scale, f.Item.Pooled, (f.Index > 0 ? "+ " : "") + table.Names[analysis.Order[f.Index]]) with { Kind = ForestKind.UpTo })];
        return new(scale.Name, rows, ForestAxis.Over(rows, scale.IsRatio, scale.IsProportion), "", Said(analysis), 0);
    }

    private static string Said(MetaAnalysis analysis) => analysis.Fit is var fit && fit.K == 1 ? "One study"
        : $"{MetaWords.Method(analysis.Set.Method)}, {MetaWords.Test(fit.Test)}: Q {MetaScale.Written(fit.Q.Statistic)}, df {Figures.Plain(fit.Q.Df)}, p {MetaScale.P(fit.Q.P)}; "
            + (analysis.Set.Method == TauMethod.EE ? "" : $"τ² {MetaScale.Written(fit.Tau2)}, ") + $"I² {MetaWords.Percent(fit.I2)}";

    private static ForestRow Study(StudyTable table, MetaFit fit, MetaScale scale, int study)
    {
        var (y, half) = (table.Effects[study].Estimate, Z * Math.Sqrt(table.Effects[study].Variance));
        double at = scale.Own(y, study), lo = scale.Own(y - half, study), hi = scale.Own(y + half, study);
        var (first, second) = table.Reported[study];
        var row = new ForestRow(ForestKind.Study, table.Names[study], first, second, Place(scale, at), Place(scale, lo), Place(scale, hi), fit.Weights[study], $"{MetaScale.Written(at)} {Interval(lo, hi)}");
        return fit.Fitted.Count == 0 ? row : row with { FittedLo = Place(scale, scale.Own(fit.Fitted[study].Lo, study)), FittedHi = Place(scale, scale.Own(fit.Fitted[study].Hi, study)) };
    }

    private static ForestRow Pooled(MetaScale scale, MetaCoefficient pooled, string name)
    {
        double at = scale.Pooled(pooled.Estimate), lo = scale.Pooled(pooled.Lo), hi = scale.Pooled(pooled.Hi);
        return new(ForestKind.Pooled, name, "", "", Place(scale, at), Place(scale, lo), Place(scale, hi), double.NaN, double.IsNaN(lo) ? MetaScale.Written(at) : $"{MetaScale.Written(at)} {Interval(lo, hi)}");
    }

    private static double Place(MetaScale scale, double natural) => scale.IsRatio ? Math.Log(natural) : natural;

    private static string Interval(double lo, double hi) => $"[{MetaScale.Written(lo)}, {MetaScale.Written(hi)}]";
}
