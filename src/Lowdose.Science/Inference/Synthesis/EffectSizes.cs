using MathNet.Numerics;

namespace Lowdose.Science.Inference.Synthesis;

/// <summary>
/// One study's effect and its sampling variance from what papers report. The formulas and the treatment of zeros are
/// metafor's (<c>escalc</c>, type LS). An effect that the numbers cannot give is NaN.
/// </summary>
/// <remarks>Source: docs/methods/meta-analysis.md §2.</remarks>
public static class EffectSizes
{
    private static readonly StudyEffect None = new(double.NaN, double.NaN);

    /// <summary>Log odds ratio, log risk ratio or risk difference; 0.5 is added to all four cells where one is 0.</summary>
    /// <param name="measure">OR, RR or RD.</param>
    /// <param name="a">With the event, first group; counts.</param>
    /// <param name="b">Without it, first group.</param>
    /// <param name="c">With the event, second group.</param>
    /// <param name="d">Without it, second group.</param>
    /// <returns>The effect and its sampling variance; NaN where the numbers cannot give one.</returns>
    /// <exception cref="ArgumentException">Another measure.</exception>
    public static StudyEffect OfCounts(Measure measure, double a, double b, double c, double d)
    {
        if (a == 0 || b == 0 || c == 0 || d == 0) (a, b, c, d) = (a + 0.5, b + 0.5, c + 0.5, d + 0.5);
        double n1 = a + b, n2 = c + d, p1 = a / n1, p2 = c / n2;
        return measure switch
        {
            Measure.OR => new(Math.Log(a / b) - Math.Log(c / d), 1 / a + 1 / b + 1 / c + 1 / d),
            // b/(a n₁) is 1/a − 1/n₁ without the cancellation.
            Measure.RR => new(Math.Log(p1) - Math.Log(p2), b / (a * n1) + d / (c * n2)),
            Measure.RD => new(p1 - p2, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2),
            _ => throw new ArgumentException("counts of two groups give OR, RR or RD", nameof(measure)),
        };
    }

    /// <summary>Difference of two groups' means, or Hedges' g with the exact correction and its large-sample variance.</summary>
    /// <param name="measure">MD or SMD.</param>
    /// <param name="m1">Mean of the first group, score units.</param>
    /// <param name="sd1">Its standard deviation.</param>
    /// <param name="n1">Its people.</param>
    /// <param name="m2">Mean of the second group.</param>
    /// <param name="sd2">Its standard deviation.</param>
    /// <param name="n2">Its people.</param>
    /// <returns>The effect and its sampling variance; NaN where the numbers cannot give one.</returns>
    /// <exception cref="ArgumentException">Another measure.</exception>
    public static StudyEffect OfMeans(Measure measure, double m1, double sd1, double n1, double m2, double sd2, double n2)
    {
        if (measure == Measure.MD) return new(m1 - m2, sd1 * sd1 / n1 + sd2 * sd2 / n2);
        if (measure != Measure.SMD) throw new ArgumentException("means of two groups give MD or SMD", nameof(measure));
        var df = n1 + n2 - 2;
        if (!(df > 1)) return None;
        var pooled = Math.Sqrt(((n1 - 1) * sd1 * sd1 + (n2 - 1) * sd2 * sd2) / df);
        var g = HedgesJ(df) * (m1 - m2) / pooled;
        return new(g, 1 / n1 + 1 / n2 + g * g / (2 * (n1 + n2)));
    }

    /// <summary>Mean change of the same people: condition 1 − condition 2.</summary>
    /// <param name="m1">Mean under the first condition, score units.</param>
    /// <param name="sd1">Its standard deviation.</param>
    /// <param name="m2">Mean under the second.</param>
    /// <param name="sd2">Its standard deviation.</param>
    /// <param name="n">People.</param>
    /// <param name="r">The correlation of a person's two scores, −1 to 1.</param>
    /// <returns>The effect and its sampling variance; NaN where the numbers cannot give one.</returns>
    public static StudyEffect OfPairs(double m1, double sd1, double m2, double sd2, double n, double r) =>
        new(m1 - m2, (sd1 * sd1 + sd2 * sd2 - 2 * r * sd1 * sd2) / n);

    /// <summary>One group's proportion; raw and as log odds 0.5 is added on both sides where one is 0, by the double arcsine nothing.</summary>
    /// <param name="measure">PR, PLO or PFT.</param>
    /// <param name="x">With the event, a count.</param>
    /// <param name="n">People.</param>
    /// <returns>The effect and its sampling variance; NaN where the numbers cannot give one.</returns>
    /// <exception cref="ArgumentException">Another measure.</exception>
    public static StudyEffect OfProportion(Measure measure, double x, double n)
    {
        if (measure == Measure.PFT) return new(0.5 * (Math.Asin(Math.Sqrt(x / (n + 1))) + Math.Asin(Math.Sqrt((x + 1) / (n + 1)))), 1 / (4 * n + 2));
        if (x == 0 || x == n) (x, n) = (x + 0.5, n + 1);
        var p = x / n;
        return measure switch
        {
            Measure.PR => new(p, p * (1 - p) / n),
            Measure.PLO => new(Math.Log(x / (n - x)), 1 / x + 1 / (n - x)),
            _ => throw new ArgumentException("counts of one group give PR, PLO or PFT", nameof(measure)),
        };
    }

    /// <summary>An effect on the scale that people read: ratios instead of logs, proportions instead of log odds and arcsines; else as it is.</summary>
    /// <param name="measure">What the effect is.</param>
    /// <param name="value">The effect, or an end of its interval; NaN passes through.</param>
    /// <param name="n">People, for the double arcsine: a study's own, or their harmonic mean for a pooled effect.</param>
    /// <returns>A ratio, a proportion, or the value itself.</returns>
    /// <remarks>Source: Miller, Am Stat 32 (1978) 138, for the double arcsine; metafor's <c>transf.ipft</c>.</remarks>
    public static double Natural(Measure measure, double value, double n = double.NaN) => measure switch
    {
        Measure.OR or Measure.RR => Math.Exp(value),
        Measure.PLO => 1 / (1 + Math.Exp(-value)),
        Measure.PFT => Unturned(value, n),
        _ => value,
    };

    /// <summary>The people behind a double arcsine's variance.</summary>
    /// <param name="variance">1/(4n + 2).</param>
    /// <returns>n.</returns>
    public static double PeopleOf(double variance) => (1 / variance - 2) / 4;

    private static double Unturned(double value, double n)
    {
        // Beyond the arcsines of nobody and of everybody there is nothing more.
        if (value <= OfProportion(Measure.PFT, 0, n).Estimate) return 0;
        if (value >= OfProportion(Measure.PFT, n, n).Estimate) return 1;
        var (sine, cosine) = Math.SinCos(2 * value);
        var inner = sine + (sine - 1 / sine) / n;
        return 0.5 * (1 - Math.Sign(cosine) * Math.Sqrt(Math.Max(0, 1 - inner * inner)));
    }

    /// <summary>Hedges' exact correction of a standardised difference for its small-sample bias.</summary>
    /// <param name="df">Degrees of freedom of the standard deviation, above 1.</param>
    /// <returns>A factor below 1.</returns>
    /// <remarks>Source: Hedges, J Educ Stat 6 (1981) 107–128, eq. 6e.</remarks>
    public static double HedgesJ(double df) => Math.Exp(SpecialFunctions.GammaLn(df / 2) - SpecialFunctions.GammaLn((df - 1) / 2)) / Math.Sqrt(df / 2);
}
