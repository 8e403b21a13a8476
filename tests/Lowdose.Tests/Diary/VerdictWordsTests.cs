using Lowdose.Science.Inference;
using static Lowdose.Tests.Diary.MadeUp;

namespace Lowdose.Tests.Diary;

/// <summary>The verdict sentence, the because and what would settle it.</summary>
public class VerdictWordsTests
{
    [Fact]
    public void An_open_positive_includes_expectation_and_natural_change() =>
        Words(Verdict.ProbablyWorks, j => j).Sentence.ShouldBe("At 4.5 mg the drug probably works for pain. This includes expectation and natural change.");

    [Fact]
    public void A_randomised_positive_does_not() =>
        Words(Verdict.Works, j => j with { Strength = Strength.Randomised }).Sentence.ShouldBe("At 4.5 mg the drug works for pain.");

    [Fact]
    public void An_unclear_verdict_says_that_the_diary_cannot_tell() =>
        Words(Verdict.Unclear, j => j).Sentence.ShouldBe("This diary cannot tell whether 4.5 mg helps with pain enough to matter.");

    [Fact]
    public void A_higher_dose_still_open_is_named()
    {
        var verdict = Words(Verdict.Unclear, j => j with { VerdictDoseMg = 1.5, HigherDoseStillOpenMg = 4.5 }, Dose(1.5, 56, 0, 0.5, 0.04), Dose(4.5, 28, -1, 0.8, 0.4));
        verdict.Sentence.ShouldBe("1.5 mg probably does not help with pain enough to matter, but 4.5 mg still may, so the answer is open.");
        verdict.Because.Count.ShouldBe(4);
        verdict.Because[3].ShouldBe("The higher dose of 4.5 mg, taken for 28 days, is still open: the chance that it helps by 1 point or more is 8 of 20.");
    }

    [Fact]
    public void A_promising_higher_dose_is_named_with_its_chance() =>
        Words(Verdict.Unclear, j => j with { VerdictDoseMg = 1.5, HigherDosePromisingMg = 4.5 }, Dose(1.5, 56, 0, 0.5, 0.3), Dose(4.5, 28, -2, 0.97, 0.9))
            .Because[3].ShouldBe("The higher dose of 4.5 mg, taken for 28 days, looks promising: the chance that it helps by 1 point or more is 18 of 20.");

    [Fact]
    public void A_negative_that_may_be_making_it_worse_says_so() =>
        Words(Verdict.DoesNotWork, j => j with { MayMakeWorse = true }, Dose(effect: 0.8, any: 0.1, benefit: 0.01)).Sentence
            .ShouldBe("At 4.5 mg the drug does not help with pain enough to matter. It may be making it worse.");

    [Fact]
    public void A_negative_before_56_days_is_not_yet_the_usual_time_to_judge()
    {
        var early = Words(Verdict.ProbablyDoesNotWork, j => j, Dose(days: 55, benefit: 0.08));
        early.Sentence.ShouldEndWith("After 55 days this is not yet the usual time to judge.");
        early.Warnings.ShouldContain(w => w.Code == "not-yet-usual-time");
        Words(Verdict.ProbablyDoesNotWork, j => j, Dose(days: 56, benefit: 0.08)).Warnings.ShouldNotContain(w => w.Code == "not-yet-usual-time");
    }

    [Fact]
    public void Harm_speaks_of_the_dose_that_harms_and_sends_to_the_prescriber()
    {
        var verdict = Words(Verdict.Harms, j => j with { HarmingDoseMg = 4.5 }, Dose(1.5, 70, -0.5, 0.8, 0.2, 0.01), Dose(4.5, 28, 2, 0.01, 0, 0.9));
        verdict.Sentence.ShouldBe("At 4.5 mg the drug probably makes pain worse. Please talk with your prescriber about it.");
        verdict.Focus!.Mg.ShouldBe(4.5);
    }

    [Fact]
    public void Because_is_three_sentences_with_numbers()
    {
        var because = Words(Verdict.ProbablyWorks, j => j).Because;
        because.ShouldBe([
            "Without the drug pain is about 6.2 on the 0 to 10 scale; at 4.5 mg it is about 1.8 points better (likely between 0.8 and 2.8 points better).",
            "The chance that it helps by 1 point or more is 17 of 20; that it makes it worse by as much, fewer than 1 of 20.",
            "This rests on 70 days at 4.5 mg and 28 days without the drug; 98 of the 98 days of the diary have a score."]);
    }

    [Fact]
    public void Too_early_says_what_is_lacking()
    {
        var diary = OffThenOn(off: 10, on: 20);
        var verdict = Words(Judgement(diary, Verdict.TooEarly, Dose(days: 20)), diary);
        verdict.Sentence.ShouldBe("It is too early to say whether the drug helps with pain: no dose has been taken for 28 days yet.");
        verdict.Because.ShouldBe([
            "The average of 30 scores so far is 5.",
            "The dose taken longest is 4.5 mg, for 20 days; 28 are needed.",
            "The diary has 10 days without the drug, 10 of them with a score; 14 and 8 are needed."]);
    }

    [Fact]
    public void Too_early_without_a_drug_day_says_so()
    {
        var diary = OffThenOn(off: 1, on: 0);
        Words(Judgement(diary, Verdict.TooEarly), diary).Sentence.ShouldEndWith("no dose has been taken yet.");
    }

    [Fact]
    public void Too_early_with_only_drug_days_asks_for_days_without()
    {
        var diary = OffThenOn(off: 0, on: 60);
        Words(Judgement(diary, Verdict.TooEarly, Dose(days: 60)), diary).Sentence.ShouldEndWith("there are not enough days without the drug to compare with.");
    }

    [Fact]
    public void What_would_settle_it_is_a_plan_with_its_chance() =>
        Words(Verdict.Unclear, j => j with { WouldSettle = new(Continuation.TwoBlindedPairs, 112, 0.83, 4.5) }).Settle
            .ShouldBe("2 blinded pairs of 28 days at 4.5 mg and 28 days of placebo, in random order, would probably settle it: the chance of a clear answer at the end is 17 of 20.");

    [Fact]
    public void Where_nothing_would_settle_it_that_is_said() =>
        Words(Verdict.Unclear, j => j).Settle.ShouldStartWith("As things are, nothing on our list");

    [Fact]
    public void An_open_positive_is_as_settled_as_an_open_diary_can_be() =>
        Words(Verdict.ProbablyWorks, j => j).Settle.ShouldContain("Only blinded weeks in random order");
}
