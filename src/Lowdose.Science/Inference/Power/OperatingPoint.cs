namespace Lowdose.Science.Inference.Power;

/// <summary>A share that simulation found, with its Monte-Carlo error.</summary>
/// <param name="Estimate">The share; NaN where nothing was counted.</param>
/// <param name="Se">Its Monte-Carlo standard error, √(p(1 − p)/n).</param>
/// <param name="Lo">Lower end of Wilson's 95 % interval.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct Share(double Estimate, double Se, double Lo, double Hi)
{
    /// <summary>Some of n; Wilson, J Am Stat Assoc 22 (1927) 209–212.</summary>
    internal static Share Of(long some, long n)
    {
        if (n == 0) return new(double.NaN, double.NaN, double.NaN, double.NaN);
        const double z = 1.959963984540054;
        double p = some / (double)n, share = z * z / n, middle = (p + share / 2) / (1 + share);
        var half = z * Math.Sqrt(p * (1 - p) / n + share / (4 * n)) / (1 + share);
        // At the ends the formula is exact only up to rounding.
        return new(p, Math.Sqrt(p * (1 - p) / n), some == 0 ? 0 : middle - half, some == n ? 1 : middle + half);
    }
}

/// <summary>What a design can show, at one truth.</summary>
/// <param name="Power">The share that said what is true: a test at 5 % two-sided that rejects; a verdict of works or probably works (harms, where the truth harms).</param>
/// <param name="TypeIError">The same share where the effect is 0.</param>
/// <param name="Coverage">The share of 95 % intervals that hold the true effect; null where the analysis has none.</param>
/// <param name="TypeS">Of those that called an effect, the share with the wrong sign; NaN where none did or there is no sign.</param>
/// <param name="TypeM">Of those that called an effect, the mean of |estimate| over |true mean effect|.</param>
/// <param name="ExpectedDaysToVerdict">Mean days to the first verdict other than too early or unclear, looked at every 28 days of a block and at its end; the whole course where none came. Null where there are no verdicts, or nobody looked along the way.</param>
/// <param name="Verdicts">How many of each verdict; null where there are none.</param>
/// <param name="Analysed">How many analyses gave an answer: replicates, or people where each has a verdict.</param>
/// <param name="Failed">How many could not: too little data were left. They count as not showing anything.</param>
public sealed record OperatingPoint(Share Power, Share TypeIError, Share? Coverage, double TypeS, double TypeM, double? ExpectedDaysToVerdict,
    IReadOnlyDictionary<Verdict, long>? Verdicts, long Analysed, long Failed)
{
    /// <summary>Folds the tallies of all blocks, in their order.</summary>
    internal static OperatingPoint Of(PowerStudy study, IReadOnlyList<Tally> blocks)
    {
        var all = new Tally();
        foreach (var block in blocks) all.Add(block);
        var n = all.Analysed + all.Failed;
        var judged = study.Analysis == PowerAnalysis.Verdict;
        return new(Share.Of(all.Shown, n), Share.Of(all.NullShown, all.NullAnalysed + all.NullFailed), all.Intervals == 0 ? null : Share.Of(all.Covered, all.Intervals),
            study.Truth.Effect == 0 || all.Called == 0 ? double.NaN : all.WrongSign / (double)all.Called,
            study.Truth.Effect == 0 || all.Called == 0 ? double.NaN : all.Size / (all.Called * Math.Abs(study.Truth.Effect)),
            judged && study.CountsDays ? all.Days / (double)n : null,
            judged ? Enum.GetValues<Verdict>().ToDictionary(v => v, v => all.Verdicts[(int)v]) : null, all.Analysed, all.Failed);
    }
}
