using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Science.Inference.Charts;

/// <summary>One person's time, and whether it ended with the event.</summary>
/// <param name="Time">From the start, above 0; in whatever unit, days here.</param>
/// <param name="Ended">True where the event happened then; false where the person was last seen without it.</param>
public readonly record struct Stay(double Time, bool Ended);

/// <summary>The curve at one time.</summary>
/// <param name="Time">The time.</param>
/// <param name="AtRisk">People still followed just before it.</param>
/// <param name="Events">Events at it.</param>
/// <param name="Left">People last seen at it without an event.</param>
/// <param name="Share">The share still without the event after it.</param>
/// <param name="Se">Greenwood's standard error of that share; NaN once it is 0.</param>
/// <param name="Lo">Lower end of the 95 % interval by the log(−log) scale; NaN where it cannot be said.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct CurveStep(double Time, int AtRisk, int Events, int Left, double Share, double Se, double Lo, double Hi);

/// <summary>The share of people without an event over time, when some were last seen before it.</summary>
/// <remarks>
/// Kaplan &amp; Meier (J Am Stat Assoc 53, 1958) with Greenwood's variance and intervals on the log(−log) scale, which stay within 0 and 1
/// (Kalbfleisch &amp; Prentice 1980); as R's <c>survfit(conf.type = "log-log")</c>. Whoever leaves at a time of events counts as at risk at it.
/// </remarks>
public sealed class KaplanMeier
{

    private KaplanMeier(IReadOnlyList<CurveStep> steps, int people) => (Steps, People) = (steps, people);

    /// <summary>One entry for each distinct time, ascending.</summary>
    public IReadOnlyList<CurveStep> Steps { get; }

    /// <summary>How many people.</summary>
    public int People { get; }

    /// <summary>The time by which half had the event, and the 95 % interval; NaN where the curve or its interval does not fall to a half.</summary>
    public (double Time, double Lo, double Hi) Median => (Half(s => s.Share), Half(s => s.Lo), Half(s => s.Hi));

    /// <summary>The curve at a time: the last step not after it; everyone before the first.</summary>
    /// <param name="time">The time.</param>
    /// <returns>Null after the last person was seen, where the curve says nothing.</returns>
    public CurveStep? At(double time)
    {
        if (Steps.Count == 0 || time > Steps[^1].Time) return null;
        var last = Steps.LastOrDefault(s => s.Time <= time);
        return last.AtRisk > 0 ? last : new CurveStep(time, People, 0, 0, 1, 0, double.NaN, double.NaN);
    }

    /// <summary>Draws the curve.</summary>
    /// <param name="stays">The people.</param>
    /// <exception cref="ArgumentException">Nobody, or a time that is not above 0 and finite.</exception>
    public static KaplanMeier Of(IReadOnlyList<Stay> stays)
    {
        ArgumentNullException.ThrowIfNull(stays);
        if (stays.Count == 0 || stays.Any(s => !(s.Time > 0 && double.IsFinite(s.Time)))) throw new ArgumentException("a curve needs people with times above 0", nameof(stays));
        var steps = new List<CurveStep>();
        var (atRisk, share, greenwood) = (stays.Count, 1.0, 0.0);
        foreach (var now in stays.GroupBy(s => s.Time).OrderBy(g => g.Key))
        {
            var events = now.Count(s => s.Ended);
            share *= 1 - events / (double)atRisk;
            if (events > 0) greenwood += events / ((double)atRisk * (atRisk - events));
            var (lo, hi) = Interval(share, greenwood);
            steps.Add(new(now.Key, atRisk, events, now.Count() - events, share, share > 0 ? share * Math.Sqrt(greenwood) : double.NaN, lo, hi));
            atRisk -= now.Count();
        }
        return new(steps, stays.Count);
    }

    private static (double Lo, double Hi) Interval(double share, double greenwood)
    {
        if (!(share is > 0 and < 1)) return (double.NaN, double.NaN);
        var reach = Math.Exp(Tails.Z975 * Math.Sqrt(greenwood) / Math.Abs(Math.Log(share)));
        return (Math.Pow(share, reach), Math.Pow(share, 1 / reach));
    }

    /// <summary>Where a bound falls to a half; in the middle of its level where that is a half exactly, as R does.</summary>
    private double Half(Func<CurveStep, double> bound)
    {
        const double rounding = 1e-12;
        for (var i = 0; i < Steps.Count; i++)
        {
            // Once nobody is left no interval can be given any more; before the first event there is none yet.
            if (bound(Steps[i]) is not (<= 0.5 + rounding and var value)) continue;
            if (value < 0.5 - rounding) return Steps[i].Time;
            var next = Enumerable.Range(i + 1, Steps.Count - i - 1).Where(j => Steps[j].Events > 0).Select(j => Steps[j].Time).FirstOrDefault(double.NaN);
            return double.IsNaN(next) ? Steps[i].Time : (Steps[i].Time + next) / 2;
        }
        return double.NaN;
    }
}
