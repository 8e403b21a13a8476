using MathNet.Numerics.Distributions;

namespace Lowdose.Science.Inference;

/// <summary>
/// The rules people use today, shown beside the verdict so that the difference can be seen: they take days as independent
/// and know no trend, onset or expectation.
/// </summary>
/// <param name="MeanOff">Mean score of days assigned none or placebo, score units.</param>
/// <param name="MeanOn">Mean score of days on the verdict dose, score units.</param>
/// <param name="WelchT">Welch's t of on − off.</param>
/// <param name="WelchDf">Its degrees of freedom.</param>
/// <param name="WelchP">Two-sided p.</param>
/// <param name="WelchSaysWorks">p &lt; 0.05 in the direction of benefit.</param>
/// <param name="FivePercentSaysWorks">The mean is better by more than 5 % of the off-drug mean.</param>
/// <remarks>Source: Welch, Biometrika 34 (1947) 28–35.</remarks>
public sealed record NaiveRules(double MeanOff, double MeanOn, double WelchT, double WelchDf, double WelchP, bool WelchSaysWorks, bool FivePercentSaysWorks)
{
    /// <summary>The naive answers for one course; null with fewer than two scores on either side, or no spread.</summary>
    /// <param name="course">The course.</param>
    public static NaiveRules? Of(Course course)
    {
        ArgumentNullException.ThrowIfNull(course);
        var design = CourseDesign.Of(course);
        if (design.DosesMg.Length == 0) return null;
        var mg = design.VerdictDose >= 0 ? design.DosesMg[design.VerdictDose] : design.DosesMg[^1];
        var off = Scores(course, t => course.Arms[t] != Arm.Ldn);
        var on = Scores(course, t => course.Arms[t] == Arm.Ldn && course.DosesMg[t] == mg);
        if (off.Length < 2 || on.Length < 2) return null;
        var (meanOff, errorOff) = MeanAndError(off);
        var (meanOn, errorOn) = MeanAndError(on);
        var error = errorOff + errorOn;
        if (!(error > 0)) return null;
        var t = (meanOn - meanOff) / Math.Sqrt(error);
        var df = error * error / (errorOff * errorOff / (off.Length - 1) + errorOn * errorOn / (on.Length - 1));
        var p = 2 * StudentT.CDF(0, 1, df, -Math.Abs(t));
        var better = course.HigherIsBetter ? meanOn - meanOff : meanOff - meanOn;
        return new NaiveRules(meanOff, meanOn, t, df, p, p < 0.05 && better > 0, better > 0.05 * Math.Abs(meanOff));
    }

    private static double[] Scores(Course course, Func<int, bool> take) =>
        [.. Enumerable.Range(0, course.Days).Where(t => take(t) && !double.IsNaN(course.Scores[t])).Select(t => course.Scores[t])];

    /// <summary>The mean and its squared standard error.</summary>
    private static (double Mean, double SquaredError) MeanAndError(double[] scores)
    {
        var mean = scores.Average();
        return (mean, scores.Sum(y => (y - mean) * (y - mean)) / (scores.Length - 1) / scores.Length);
    }
}
