using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>What a diary still lacks before it can be judged.</summary>
internal static class Shortfall
{
    /// <summary>The first thing lacking, as the end of a sentence.</summary>
    public static string Of(CourseDiary diary, Judgement judgement)
    {
        var longest = LongestDose(judgement);
        if (longest is null) return "no dose has been taken yet";
        if (longest.Days < VerdictLimits.CandidateDays) return $"no dose has been taken for {VerdictLimits.CandidateDays} days yet";
        if (judgement.Strength != Strength.Randomised) return "there are not enough days without the drug to compare with";
        return PlaceboDays(diary) < VerdictLimits.PlaceboDays ? "there are not enough placebo days" : "there are not enough scores";
    }

    /// <summary>Three plain sentences with numbers on how far the diary is.</summary>
    public static IReadOnlyList<string> InNumbers(CourseDiary diary, Judgement judgement)
    {
        var scores = diary.Days.Where(d => d.Score.HasValue).Select(d => d.Score!.Value).ToList();
        var longest = LongestDose(judgement);
        var average = scores.Count == 0 ? "There is no score yet."
            : $"The average of {Words.Count(scores.Count, "score")} so far is {Words.Score(scores.Average(), judgement.Course.Range)}.";
        var onDrug = longest is null ? $"No dose has been taken yet; {VerdictLimits.CandidateDays} days at one dose are needed."
            : $"The dose taken longest is {Words.Dose(longest.Mg)}, for {Words.Count(longest.Days, "day")}; {VerdictLimits.CandidateDays} are needed.";
        var compare = judgement.Strength == Strength.Randomised
            ? $"The diary has {Words.Count(PlaceboDays(diary), "placebo day")} and {Words.Count(scores.Count, "score")}; {VerdictLimits.PlaceboDays} and {VerdictLimits.RandomisedScores} are needed."
            : $"The diary has {Words.Count(OffDrugDays(diary), "day")} without the drug, {OffDrugScores(diary)} of them with a score; {VerdictLimits.OffDrugDays} and {VerdictLimits.OffDrugScores} are needed.";
        return [average, onDrug, compare];
    }

    /// <summary>Days assigned none or placebo.</summary>
    public static int OffDrugDays(CourseDiary diary) => diary.Arms.Count(a => a != Arm.Ldn);

    private static int OffDrugScores(CourseDiary diary) => diary.Days.Count(d => d.Score.HasValue && diary.Arms[d.Day - 1] != Arm.Ldn);

    private static int PlaceboDays(CourseDiary diary) => diary.Arms.Count(a => a == Arm.Placebo);

    private static DoseJudgement? LongestDose(Judgement judgement) => judgement.Doses.OrderBy(d => d.Days).ThenBy(d => d.Mg).LastOrDefault();
}
