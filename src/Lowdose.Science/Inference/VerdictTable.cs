namespace Lowdose.Science.Inference;

/// <summary>The three probabilities the table reads of one dose.</summary>
/// <param name="AnyBenefit">P(δ in the direction of benefit).</param>
/// <param name="MeaningfulBenefit">P_b.</param>
/// <param name="MeaningfulHarm">P_h.</param>
internal readonly record struct DoseChances(double AnyBenefit, double MeaningfulBenefit, double MeaningfulHarm);

/// <summary>The verdict table of docs/methods/course-model.md §5: rows are tried from the top.</summary>
internal static class VerdictTable
{
    public const double Works = 0.90, ProbablyWorksRandomised = 0.70, ProbablyWorksOpen = 0.85;
    public const double DoesNotWork = 0.05, ProbablyDoesNotWork = 0.10, HigherDoseOpen = 0.30, HigherDosePromising = 0.85;
    public const double Harm = 0.50, AnyHarm = 0.95, MayMakeWorse = 0.80;
    private const double Borderline = 0.005;

    /// <summary>The verdict.</summary>
    /// <param name="design">What the course can bear.</param>
    /// <param name="chances">One entry a dose, in the design's order.</param>
    public static Verdict Decide(CourseDesign design, IReadOnlyList<DoseChances> chances)
    {
        if (HarmingDose(design, chances) >= 0) return Verdict.Harms;
        var randomised = design.Strength == Strength.Randomised;
        if (design.VerdictDose < 0) return Verdict.TooEarly;
        if (randomised ? design.PlaceboDays < VerdictLimits.PlaceboDays || design.Observed < VerdictLimits.RandomisedScores : !design.EnoughOffDrugDays) return Verdict.TooEarly;
        var benefit = chances[design.VerdictDose].MeaningfulBenefit;
        if (randomised && benefit >= Works) return Verdict.Works;
        if (benefit >= (randomised ? ProbablyWorksRandomised : ProbablyWorksOpen)) return Verdict.ProbablyWorks;
        if (benefit > ProbablyDoesNotWork || HigherDose(design, chances, HigherDoseOpen) >= 0) return Verdict.Unclear;
        return benefit <= DoesNotWork ? Verdict.DoesNotWork : Verdict.ProbablyDoesNotWork;
    }

    /// <summary>The candidate dose that meets both bounds of harm, the likeliest to harm where several do; −1 where none does.</summary>
    public static int HarmingDose(CourseDesign design, IReadOnlyList<DoseChances> chances)
    {
        var worst = -1;
        if (!design.EnoughOffDrugDays) return worst;
        for (var d = 0; d < chances.Count; d++)
            if (design.IsCandidate(d) && chances[d].MeaningfulHarm >= Harm && 1 - chances[d].AnyBenefit >= AnyHarm
                && (worst < 0 || chances[d].MeaningfulHarm > chances[worst].MeaningfulHarm)) worst = d;
        return worst;
    }

    /// <summary>The verdict would change if some probability moved by 0.005.</summary>
    public static bool IsBorderline(CourseDesign design, IReadOnlyList<DoseChances> chances)
    {
        double[] nudges = [-Borderline, 0, Borderline];
        var verdict = Decide(design, chances);
        return (from any in nudges
                from benefit in nudges
                from harm in nudges
                select Decide(design, [.. chances.Select(c => new DoseChances(c.AnyBenefit + any, c.MeaningfulBenefit + benefit, c.MeaningfulHarm + harm))]))
            .Any(other => other != verdict);
    }

    /// <summary>The lowest dose above the verdict dose with P_b at or above a bound; −1 where there is none.</summary>
    public static int HigherDose(CourseDesign design, IReadOnlyList<DoseChances> chances, double atLeast)
    {
        for (var d = design.VerdictDose + 1; d < chances.Count; d++)
            if (chances[d].MeaningfulBenefit >= atLeast) return d;
        return -1;
    }

    /// <summary>A verdict after which nothing is left to settle: in open label "probably" will do, since a stronger yes is not to be had.</summary>
    public static bool IsDecisive(Verdict verdict, Strength strength) => verdict is Verdict.Works or Verdict.DoesNotWork or Verdict.Harms
        || verdict is Verdict.ProbablyWorks or Verdict.ProbablyDoesNotWork && strength != Strength.Randomised;
}
