using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>The verdict in one plain sentence, and a second where one must be said with it.</summary>
internal static class VerdictSentence
{
    public static string Of(CourseDiary diary, Judgement judgement) =>
        AddendumTo(judgement) is { } more ? $"{Main(diary, judgement)} {more}" : Main(diary, judgement);

    private static string Main(CourseDiary diary, Judgement judgement)
    {
        var what = diary.Outcome.Name;
        if (CourseVerdict.FocusOf(judgement) is not { } focus || judgement.Verdict == Verdict.TooEarly)
            return $"It is too early to say whether the drug helps with {what}: {Shortfall.Of(diary, judgement)}.";
        var dose = Words.Dose(focus.Mg);
        return judgement.Verdict switch
        {
            Verdict.Works => $"At {dose} the drug works for {what}.",
            Verdict.ProbablyWorks => $"At {dose} the drug probably works for {what}.",
            Verdict.ProbablyDoesNotWork => $"At {dose} the drug probably does not help with {what} enough to matter.",
            Verdict.DoesNotWork => $"At {dose} the drug does not help with {what} enough to matter.",
            Verdict.Harms => $"At {dose} the drug probably makes {what} worse.",
            _ when judgement.HigherDoseStillOpenMg is { } higher =>
                $"{dose} probably does not help with {what} enough to matter, but {Words.Dose(higher)} still may, so the answer is open.",
            _ => $"This diary cannot tell whether {dose} helps with {what} enough to matter.",
        };
    }

    private static string? AddendumTo(Judgement judgement)
    {
        var openLabel = judgement.Strength != Strength.Randomised;
        return judgement.Verdict switch
        {
            Verdict.ProbablyWorks when openLabel => "This includes expectation and natural change.",
            Verdict.DoesNotWork when judgement.MayMakeWorse => "It may be making it worse.",
            Verdict.DoesNotWork or Verdict.ProbablyDoesNotWork when IsBeforeUsualTime(judgement) =>
                $"After {judgement.VerdictDose!.Days} days this is not yet the usual time to judge.",
            Verdict.Harms => "Please talk with your prescriber about it.",
            _ => null,
        };
    }

    /// <summary>An open-label "no" before LDN is usually judged.</summary>
    public static bool IsBeforeUsualTime(Judgement judgement) => judgement.Strength != Strength.Randomised
        && judgement.Verdict is Verdict.DoesNotWork or Verdict.ProbablyDoesNotWork
        && judgement.VerdictDose?.Days < VerdictLimits.UsualDays;
}
