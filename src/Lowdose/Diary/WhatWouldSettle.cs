using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>What would settle the question, in words.</summary>
internal static class WhatWouldSettle
{
    public static string Of(CourseDiary diary, Judgement judgement)
    {
        if (judgement.WouldSettle is { } settling)
            return $"{Plan(settling)} would probably settle it: the chance of a clear answer at the end is {Words.Chance(settling.Probability)}.";
        var openLabel = judgement.Strength != Strength.Randomised;
        return judgement.Verdict switch
        {
            Verdict.TooEarly => $"It is too early for that too: {Shortfall.Of(diary, judgement)}, and {Nothing}.",
            Verdict.ProbablyWorks when openLabel =>
                "This is as settled as an open diary can make it. Only blinded weeks in random order can tell the drug from expectation.",
            _ when VerdictSentence.IsBeforeUsualTime(judgement) && !judgement.MayMakeWorse =>
                $"By these figures it is settled; but LDN is usually judged after 8–10 weeks, so some people would go on until day {VerdictLimits.UsualDays} at this dose.",
            Verdict.ProbablyDoesNotWork when openLabel => "This is as settled as an open diary can make it.",
            Verdict.Works or Verdict.DoesNotWork or Verdict.Harms => "This diary has settled it; there is no need to go on for the sake of the answer.",
            _ => $"As things are, {Nothing}.",
        };
    }

    private static string Nothing =>
        $"nothing on our list (up to 84 more days, a break and a new start, or 3 blinded pairs of 28 days) has a chance of {Words.Chance(VerdictLimits.SettlingChance)} to settle it";

    private static string Plan(Settling settling) => settling.Plan switch
    {
        Continuation.AsNow28 => $"28 more days {AsNow(settling.Mg)}",
        Continuation.AsNow56 => $"56 more days {AsNow(settling.Mg)}",
        Continuation.AsNow84 => $"84 more days {AsNow(settling.Mg)}",
        Continuation.Off28On56 => $"28 days without the drug and then 56 days at {Words.Dose(settling.Mg)}",
        Continuation.TwoBlindedPairs => $"2 blinded pairs of 28 days at {Words.Dose(settling.Mg)} and 28 days of placebo, in random order,",
        Continuation.ThreeBlindedPairs => $"3 blinded pairs of 28 days at {Words.Dose(settling.Mg)} and 28 days of placebo, in random order,",
        _ => throw new ArgumentOutOfRangeException(nameof(settling)),
    };

    private static string AsNow(double mg) => mg > 0 ? $"as now, at {Words.Dose(mg)}," : "as now, without the drug,";
}
