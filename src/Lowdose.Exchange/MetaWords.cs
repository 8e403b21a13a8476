using System.Globalization;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>A meta-analysis in sentences, the same in a terminal, on a page and in JSON.</summary>
public static class MetaWords
{
    /// <summary>The answer in a sentence.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="fit">What they say together.</param>
    public static string Sentence(StudyTable table, MetaFit fit)
    {
        var (scale, studies) = (new MetaScale(table), Studies(fit.K));
        if (table.Moderators.Count > 0) return $"{studies} with {(table.Moderators.Count == 1 ? "a moderator" : $"{table.Moderators.Count} moderator terms")}.";
        var pooled = fit.Pooled;
        var text = $"{char.ToLowerInvariant(scale.Name[0])}{scale.Name[1..]} {MetaScale.Written(scale.Pooled(pooled.Estimate))}"
            + (double.IsNaN(pooled.Lo) ? "" : $" (95% interval {MetaScale.Written(scale.Pooled(pooled.Lo))} to {MetaScale.Written(scale.Pooled(pooled.Hi))})");
        return (fit.K == 1 ? "One study, nothing to pool: " : $"{studies}: ") + text + ".";
    }

    /// <summary>What one more study might find; null where that is not known.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="fit">What they say together.</param>
    public static string? Prediction(StudyTable table, MetaFit fit) => double.IsNaN(fit.Prediction.Lo) || fit.K < 2 ? null
        : new MetaScale(table) is var scale ? $"The true effect in one more such study would lie between {MetaScale.Written(scale.Pooled(fit.Prediction.Lo))} and {MetaScale.Written(scale.Pooled(fit.Prediction.Hi))}, 19 times of 20." : null;

    /// <summary>How much studies differ beyond chance.</summary>
    /// <param name="analysis">What they say together.</param>
    public static string Differences(MetaAnalysis analysis)
    {
        var (fit, (lo, hi)) = (analysis.Fit, analysis.TauInterval);
        var beyond = $"Cochran's Q is {MetaScale.Written(fit.Q.Statistic)} with {fit.Q.Df.ToString(CultureInfo.InvariantCulture)} degrees of freedom (p {MetaScale.P(fit.Q.P)}).";
        return analysis.Set.Method == TauMethod.EE ? $"Equal effects are assumed. {beyond} I² is {Percent(fit.I2)}."
            : $"The variance between studies, τ², is {MetaScale.Written(fit.Tau2)}{(double.IsNaN(lo) ? "" : $" (95% {MetaScale.Written(lo)} to {MetaScale.Written(hi)})")}; I² is {Percent(fit.I2)}. {beyond}";
    }

    /// <summary>Whether the answer hangs on small or missing studies, a sentence each.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="analysis">What they say together.</param>
    public static IEnumerable<string> Missing(StudyTable table, MetaAnalysis analysis)
    {
        if (analysis.Egger is { } egger && double.IsFinite(egger.Statistic))
            yield return $"Egger's test: {(double.IsNaN(egger.Df) ? "z" : "t")} {MetaScale.Written(egger.Statistic)}, p {MetaScale.P(egger.P)}.";
        if (analysis.TrimmedAndFilled is not { } filled) yield break;
        var scale = new MetaScale(table);
        var pooled = filled.Fit.Pooled;
        yield return filled.Missing == 0 ? "Trim and fill finds no study missing."
            : $"Trim and fill adds {Studies(filled.Missing)} {(filled.OnTheRight ? "above" : "below")} the others: {MetaScale.Written(scale.Pooled(pooled.Estimate))} ({MetaScale.Written(scale.Pooled(pooled.Lo))} to {MetaScale.Written(scale.Pooled(pooled.Hi))}).";
    }

    /// <summary>What to bear in mind, a sentence each.</summary>
    /// <param name="table">The studies.</param>
    /// <param name="analysis">What they say together.</param>
    public static IEnumerable<string> Notes(StudyTable table, MetaAnalysis analysis) => analysis.Caveats.Select(Of).Concat(table.Notes);

    /// <summary>How coefficients were tested, in half a line.</summary>
    /// <param name="test">The test.</param>
    public static string Test(CoefficientTest test) => test switch
    {
        CoefficientTest.KnappHartung => "Knapp–Hartung",
        CoefficientTest.KnappHartungAdHoc => "Knapp–Hartung, ad hoc",
        _ => "z",
    };

    /// <summary>A method's name in full.</summary>
    /// <param name="method">The method.</param>
    public static string Method(TauMethod method) => method switch
    {
        TauMethod.EE => "Equal effects",
        TauMethod.DL => "DerSimonian–Laird",
        TauMethod.HE => "Hedges–Olkin",
        TauMethod.HS => "Hunter–Schmidt",
        TauMethod.SJ => "Sidik–Jonkman",
        TauMethod.ML => "Maximum likelihood",
        TauMethod.REML => "Restricted maximum likelihood",
        TauMethod.EB => "Empirical Bayes",
        _ => "Paule–Mandel",
    };

    /// <summary>"12 studies".</summary>
    /// <param name="count">How many.</param>
    public static string Studies(int count) => count == 1 ? "1 study" : count.ToString("#,0", CultureInfo.InvariantCulture) + " studies";

    /// <summary>A share.</summary>
    /// <param name="percent">0 to 100.</param>
    public static string Percent(double percent) => percent.ToString("0", CultureInfo.InvariantCulture) + "%";

    private static string Of(MetaCaveat caveat) => caveat switch
    {
        MetaCaveat.OneStudy => "There is one study, so this is its own result.",
        MetaCaveat.FewStudies => "With fewer than five studies the variance between them is hardly known, and z intervals are too narrow. Look at Knapp–Hartung and its ad hoc variant too.",
        MetaCaveat.EggerOfFew => "Egger's test with fewer than ten studies says little: it seldom finds what is there.",
        MetaCaveat.ManyModerators => "There are fewer than ten studies for each moderator term. What moderators seem to explain may be chance.",
        MetaCaveat.Redundant => "A moderator is determined by those before it and has no coefficient of its own.",
        _ => $"With more than {Synthesise.MostRefits.ToString("#,0", CultureInfo.InvariantCulture)} studies no study is left out in turn.",
    };
}
