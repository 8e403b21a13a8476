using System.Globalization;
using Lowdose.Science.Inference.Charts;

namespace Lowdose.Exchange;

/// <summary>A review of charts in sentences, the same in a terminal and on a page.</summary>
public static class ChartWords
{
    /// <summary>The answer in a sentence.</summary>
    /// <param name="group">Of whom.</param>
    public static string Sentence(ChartGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var people = Count(group.People, "chart");
        return group.ResponseOfKnown.Of == 0 ? $"{people}; none says whether it helped."
            : $"{people} tell of a response in {Of(group.Response)}.";
    }

    /// <summary>A share with its interval.</summary>
    /// <param name="share">The share.</param>
    public static string Of(Share share) => share.Of == 0 ? "not known of anybody" : string.Create(CultureInfo.InvariantCulture, $"{share.Count} of {share.Of}: {100 * share.Value:0.0} % ({100 * share.Lo:0.0} to {100 * share.Hi:0.0})");

    /// <summary>A share of the curve with its interval.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="day">Days on the drug.</param>
    public static string At(KaplanMeier curve, int day)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return curve.At(day) is not { } step ? "nobody was followed so long"
            : string.Create(CultureInfo.InvariantCulture, $"{100 * step.Share:0.0} %{(double.IsNaN(step.Lo) ? "" : $" ({100 * step.Lo:0.0} to {100 * step.Hi:0.0})")}");
    }

    /// <summary>The median time on the drug in a sentence.</summary>
    /// <param name="curve">The curve.</param>
    public static string Median(KaplanMeier curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var (time, lo, hi) = curve.Median;
        static string Days(double days) => days.ToString("0.#", CultureInfo.InvariantCulture);
        return double.IsNaN(time) ? "More than half were still on it when last seen, so there is no middle time."
            : $"Half had stopped by day {Days(time)} ({(double.IsNaN(lo) ? "start not known" : Days(lo))} to {(double.IsNaN(hi) ? "end not known" : Days(hi))}).";
    }

    /// <summary>Whether groups differ in time on the drug.</summary>
    /// <param name="times">The log-rank test.</param>
    public static string Difference(LogRank times) =>
        $"Time on the drug between groups: log-rank χ² {MetaScale.Written(times.Statistic)} with {Count(times.Df, "degree")} of freedom, p {MetaScale.P(times.P)}.";

    /// <summary>Curve days in words: "13 weeks", "1 year".</summary>
    /// <param name="days">Of <see cref="ChartGroup.ToldDays"/>.</param>
    public static string Span(int days) => days >= 365 ? Count(days / 365, "year") : Count(days / 7, "week");

    private static string Count(int count, string what) => $"{count.ToString(CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";
}
