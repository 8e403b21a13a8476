using Lowdose.Science.Inference.Synthesis;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>Judges one course. Source: docs/methods/course-model.md.</summary>
public static class Judge
{
    /// <summary>The posterior and the verdict of one course.</summary>
    /// <param name="course">Scores, doses and arms, one a calendar day.</param>
    /// <returns>Means, SDs and quantiles in score units; probabilities in [0, 1].</returns>
    /// <exception cref="ArgumentException">The arrays differ in length or are empty, the scale is empty, or a value is off it.</exception>
    public static Judgement OneCourse(Course course)
    {
        ArgumentNullException.ThrowIfNull(course);
        Check(course);
        var inference = CourseInference.Of(course);
        var posterior = inference.Posterior;
        var model = inference.Model;
        var design = CourseDesign.Of(course);
        var chances = Chances(inference);
        var verdict = VerdictTable.Decide(design, chances);
        var negative = verdict is Verdict.Unclear or Verdict.ProbablyDoesNotWork or Verdict.DoesNotWork;
        var promising = negative ? PromisingDose(design, chances) : -1;
        var stillOpen = verdict == Verdict.Unclear && chances[design.VerdictDose].MeaningfulBenefit <= VerdictTable.ProbablyDoesNotWork
            ? VerdictTable.HigherDose(design, chances, VerdictTable.HigherDoseOpen) : -1;
        var harming = VerdictTable.HarmingDose(design, chances);
        var sign = course.HigherIsBetter ? -1 : 1;
        var tau = posterior.Of((node, _) => node.Tau);
        var onset = new OnsetTime(posterior);
        return new Judgement
        {
            Course = course,
            Observed = model.ScoredDays.Length,
            Baseline = BaselineOf(course),
            OffDrugLevel = Summarise(posterior.Of(posterior.LevelRow()), sign, course.HigherIsBetter ? course.ScaleMin + course.ScaleMax : 0),
            Doses = [.. Enumerable.Range(0, model.DosesMg.Length).Select(d => OneDose(inference, design, chances[d], d, sign))],
            Expectation = model.HasExpectation ? Summarise(posterior.Of(posterior.Row(2)), sign) : null,
            TrendPer28Days = Summarise(posterior.Of(posterior.Row(1)), sign),
            Rho = Summarise(posterior.Of((node, _) => node.Rho)),
            Sigma = Summarise(posterior.Of((_, sigma) => sigma)),
            WhiteShare = Summarise(posterior.Of((node, _) => node.WhiteShare)),
            TauDays = new Summary(tau.Mean, tau.Sd, onset.Quantile(0.025), onset.Quantile(0.5), onset.Quantile(0.975)),
            VerdictDoseMg = design.VerdictDose < 0 ? null : design.DosesMg[design.VerdictDose],
            Best = BestDoses.Of(posterior),
            Verdict = verdict,
            Strength = design.Strength,
            Borderline = VerdictTable.IsBorderline(design, chances),
            HarmingDoseMg = harming < 0 ? null : design.DosesMg[harming],
            HigherDoseStillOpenMg = stillOpen < 0 ? null : design.DosesMg[stillOpen],
            HigherDosePromisingMg = promising < 0 ? null : design.DosesMg[promising],
            MayMakeWorse = verdict == Verdict.DoesNotWork && 1 - chances[design.VerdictDose].AnyBenefit >= VerdictTable.MayMakeWorse,
            Fitted = FittedCurve.Of(posterior),
            WouldSettle = VerdictTable.IsDecisive(verdict, design.Strength) ? null : Settle.First(inference),
            Fading = Fade.Of(course, design),
            Residuals = InnovationChecks.Of(posterior),
            MedianBlockDays = model.MedianBlockDays,
            ProbTauOverHalfBlock = 1 - onset.Cdf(model.MedianBlockDays / 2),
            TauMaxDays = model.TauMax,
            ShareAtBounds = ShareAtBounds(course),
            Engine = inference.Engine,
        };
    }

    /// <summary>The effect of each dose where the prior of its mean is what trials found. It is no verdict: that comes from the sceptical prior alone.</summary>
    /// <param name="course">Scores, doses and arms, one a calendar day.</param>
    /// <param name="trials">What trials say of the mean effect of a dose, benefit negative, on a scale of any range.</param>
    /// <returns>Every dose taken, ascending.</returns>
    /// <exception cref="ArgumentException">As for <see cref="OneCourse"/>.</exception>
    public static IReadOnlyList<DoseJudgement> AfterTrials(Course course, DoseCurve trials)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(trials);
        Check(course);
        var (inference, design) = (CourseInference.Of(course, trials), CourseDesign.Of(course));
        var chances = Chances(inference);
        return [.. chances.Select((c, d) => OneDose(inference, design, c, d, course.HigherIsBetter ? -1 : 1))];
    }

    internal static DoseChances[] Chances(CourseInference inference) =>
        [.. Enumerable.Range(0, inference.Effects.Length).Select(d =>
            new DoseChances(inference.AnyBenefit(d), inference.MeaningfulBenefit(d), inference.MeaningfulHarm(d)))];

    private static int PromisingDose(CourseDesign design, DoseChances[] chances)
    {
        for (var d = design.VerdictDose + 1; d < chances.Length; d++)
            if (design.IsCandidate(d) && chances[d].MeaningfulBenefit >= VerdictTable.HigherDosePromising) return d;
        return -1;
    }

    private static DoseJudgement OneDose(CourseInference inference, CourseDesign design, DoseChances chances, int dose, int sign)
    {
        var posterior = inference.Posterior;
        var course = inference.Model.Course;
        var asShare = !course.HigherIsBetter && course.ScaleMin == 0;
        double? ImprovedBy(double share) => asShare ? posterior.Of(posterior.DoseRow(dose, share)).Cdf(0) : null;
        return new DoseJudgement(design.DosesMg[dose], design.DaysTaken[dose], Summarise(inference.Effects[dose], sign),
            chances.AnyBenefit, chances.MeaningfulBenefit, chances.MeaningfulHarm, ImprovedBy(0.3), ImprovedBy(0.5), DoseKernel.SdOfRange * course.Range, sign * inference.Model.PriorEffects[dose]);
    }

    private static Summary Summarise(GaussianMixture mixture, int sign = 1, double offset = 0)
    {
        double low = mixture.Quantile(0.025), middle = mixture.Quantile(0.5), high = mixture.Quantile(0.975);
        if (sign < 0) (low, high) = (high, low);
        return new Summary(offset + sign * mixture.Mean, mixture.Sd, offset + sign * low, offset + sign * middle, offset + sign * high);
    }

    private static Summary Summarise(WeightedNodes nodes) =>
        new(nodes.Mean, nodes.Sd, nodes.Quantile(0.025), nodes.Quantile(0.5), nodes.Quantile(0.975));

    private static Baseline BaselineOf(Course course)
    {
        var firstDrug = Array.FindIndex(course.DosesMg, d => d > 0);
        var scores = Enumerable.Range(0, firstDrug < 0 ? course.Days : firstDrug)
            .Where(t => course.Arms[t] == Arm.None && !double.IsNaN(course.Scores[t])).Select(t => course.Scores[t]).ToList();
        if (scores.Count == 0) return new Baseline(double.NaN, double.NaN, 0);
        var mean = scores.Average();
        var squares = scores.Sum(y => (y - mean) * (y - mean));
        return new Baseline(mean, scores.Count > 1 ? Math.Sqrt(squares / (scores.Count - 1)) : double.NaN, scores.Count);
    }

    private static double ShareAtBounds(Course course)
    {
        var scores = course.Scores.Where(y => !double.IsNaN(y)).ToList();
        return scores.Count == 0 ? 0 : scores.Count(y => y <= course.ScaleMin || y >= course.ScaleMax) / (double)scores.Count;
    }

    private static void Check(Course course)
    {
        if (course.Days == 0) throw new ArgumentException("a course needs at least one day");
        if (course.DosesMg.Length != course.Days || course.Arms.Length != course.Days || (course.Blocks is { } b && b.Length != course.Days))
            throw new ArgumentException("scores, doses, arms and blocks must have one entry a calendar day");
        if (!(course.Range > 0) || !double.IsFinite(course.Range)) throw new ArgumentException("the scale must have a finite range above 0");
        if (course.DosesMg.Any(d => !(d >= 0 && double.IsFinite(d)))) throw new ArgumentException("doses must be finite and not negative");
        if (course.Scores.Any(y => !double.IsNaN(y) && !(y >= course.ScaleMin && y <= course.ScaleMax)))
            throw new ArgumentException($"scores must lie on the scale {course.ScaleMin}..{course.ScaleMax}");
        if (!(course.Mcid > 0)) throw new ArgumentException("the smallest change that matters must be above 0");
        if (course.Step is { } step && !(step > 0)) throw new ArgumentException("the rating's step must be above 0");
    }
}
