using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>Why: three plain sentences with numbers, and one more where a higher dose looks promising.</summary>
internal static class Reasons
{
    public static IReadOnlyList<string> Of(CourseDiary diary, Judgement judgement)
    {
        if (judgement.Verdict == Verdict.TooEarly || CourseVerdict.FocusOf(judgement) is not { } focus)
            return Shortfall.InNumbers(diary, judgement);
        List<string> sentences = [Size(diary, judgement, focus), Chances(judgement.Course, focus), Footing(diary, judgement, focus)];
        if (HigherDose(judgement) is { } higher) sentences.Add(higher);
        return sentences;
    }

    private static string Size(CourseDiary diary, Judgement judgement, DoseJudgement focus)
    {
        var course = judgement.Course;
        // With expectation in the model the level is the one on placebo; without, it is the one off the drug.
        var off = judgement.Expectation is null ? "Without the drug" : "On placebo";
        return $"{off} {diary.Outcome.Name} is about {Words.Score(judgement.OffDrugLevel.Mean, course.Range)} on the {Words.Score(course.ScaleMin, course.Range)} to {Words.Score(course.ScaleMax, course.Range)} scale; "
            + $"at {Words.Dose(focus.Mg)} it is about {Words.Change(focus.Effect.Mean, course)} (likely {Words.ChangeRange(focus.Effect, course)}).";
    }

    private static string Chances(Course course, DoseJudgement focus) =>
        $"The chance that it helps by {Words.Points(course.Mcid, course.Range)} or more is {Words.Chance(focus.ProbMeaningfulBenefit)}; "
        + $"that it makes it worse by as much, {Words.Chance(focus.ProbMeaningfulHarm)}.";

    private static string Footing(CourseDiary diary, Judgement judgement, DoseJudgement focus) =>
        $"This rests on {Words.Count(focus.Days, "day")} at {Words.Dose(focus.Mg)} and {Words.Count(Shortfall.OffDrugDays(diary), "day")} without the drug; "
        + $"{judgement.Observed:#,0} of the {Words.Count(diary.Days.Count, "day")} of the diary have a score.";

    private static string? HigherDose(Judgement judgement)
    {
        if ((judgement.HigherDosePromisingMg ?? judgement.HigherDoseStillOpenMg) is not { } mg) return null;
        if (judgement.Doses.FirstOrDefault(d => d.Mg == mg) is not { } dose) return null;
        var verb = judgement.HigherDosePromisingMg.HasValue ? "looks promising" : "is still open";
        return $"The higher dose of {Words.Dose(mg)}, taken for {Words.Count(dose.Days, "day")}, {verb}: "
            + $"the chance that it helps by {Words.Points(judgement.Course.Mcid, judgement.Course.Range)} or more is {Words.Chance(dose.ProbMeaningfulBenefit)}.";
    }
}
