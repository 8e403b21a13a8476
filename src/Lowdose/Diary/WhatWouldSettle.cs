using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>What would settle the question, in words.</summary>
internal static class WhatWouldSettle
{
    public static string Of(Judgement judgement)
    {
        if (judgement.WouldSettle is { } settling)
            return $"{Plan(settling.Plan)} would probably settle it: the chance of a clear answer at the end is {Words.Chance(settling.Probability)}.";
        var openLabel = judgement.Strength != Strength.Randomised;
        return judgement.Verdict switch
        {
            Verdict.TooEarly => $"First it needs {Thresholds.CandidateDays} days at one dose and {Thresholds.OffDrugDays} days without the drug, {Thresholds.OffDrugScores} of them with a score; then it can be said what would settle it.",
            Verdict.ProbablyWorks when openLabel =>
                "This is as settled as an open diary can make it. Only blinded weeks in random order can tell the drug from expectation.",
            _ when VerdictSentence.IsBeforeUsualTime(judgement) =>
                $"By these figures it is settled; but LDN is usually judged after 8–10 weeks, so some people would go on until day {Thresholds.UsualDays} at this dose.",
            Verdict.ProbablyDoesNotWork when openLabel => "This is as settled as an open diary can make it.",
            Verdict.Works or Verdict.DoesNotWork or Verdict.Harms => "This diary has settled it; there is no need to go on for the sake of the answer.",
            _ => $"Nothing on our list (up to 84 more days, a break and a new start, or 3 blinded pairs of 28 days) has a chance of {Words.Chance(0.8)} to settle it.",
        };
    }

    private static string Plan(Continuation plan) => plan switch
    {
        Continuation.AsNow28 => "28 more days as now",
        Continuation.AsNow56 => "56 more days as now",
        Continuation.AsNow84 => "84 more days as now",
        Continuation.Off28On56 => "28 days without the drug and then 56 days with it",
        Continuation.TwoBlindedPairs => "2 blinded pairs of 28 days drug and 28 days placebo, in random order,",
        Continuation.ThreeBlindedPairs => "3 blinded pairs of 28 days drug and 28 days placebo, in random order,",
        _ => throw new ArgumentOutOfRangeException(nameof(plan)),
    };
}
