using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Trials;

namespace Lowdose.Science.Tests.Trials;

public sealed class ConcludeTests
{
    [Fact]
    public void A_strong_effect_in_one_person_is_a_benefit_whose_p_can_be_no_less_than_a_quarter()
    {
        var conclusion = Conclude.Trial([Some.Trial("LPPL", -3, days: 42, guesses: [Guess.Drug, Guess.Placebo, Guess.Drug, Guess.DontKnow])], Restriction.CoinPairs(1, 2), new());
        conclusion.Decision.ShouldBe(TrialDecision.Benefit);
        var one = conclusion.People.Single();
        one.Judgement.Strength.ShouldBe(Strength.Randomised);
        one.Randomisation.ShouldBe(conclusion.Randomisation);
        (conclusion.Randomisation.OneSided, conclusion.Pooled, conclusion.CannotDecide).ShouldBe((0.25, null, false));
        conclusion.Blinding.Guesses.ShouldBe(new GuessTable(1, 0, 1, 1, 1, 0));
        one.Periods.Count.ShouldBe(4);
    }

    [Fact]
    public void A_plan_that_asks_for_a_p_no_data_could_give_says_so_and_does_not_decide()
    {
        var conclusion = Conclude.Trial([Some.Trial("LPPL", -3, days: 42)], Restriction.CoinPairs(1, 2), new() { PermutationLevel = 0.05 });
        (conclusion.Decision, conclusion.CannotDecide).ShouldBe((TrialDecision.Undecided, true));
    }

    [Fact]
    public void Six_people_together_reach_a_p_that_one_cannot()
    {
        string[] orders = ["LPPL", "PLPL", "LPLP", "PLLP", "LPPL", "PLPL"];
        TrialCourse[] people = [.. orders.Select((o, i) => Some.Trial(o, -2, (ulong)i + 1))];
        var conclusion = Conclude.Trial(people, Restriction.CoinPairs(6, 2), new() { Rule = TrialRule.Mean, PermutationLevel = 0.05 });
        conclusion.Decision.ShouldBe(TrialDecision.Benefit);
        conclusion.Randomisation.Allocations.ShouldBe(4096);
        conclusion.Randomisation.OneSided.ShouldBeLessThan(0.01);
        conclusion.Pooled!.Effect.Mean.ShouldBe(-2, 0.6);
        conclusion.Pooled.People.Count.ShouldBe(6);
        conclusion.People.ShouldAllBe(p => p.Randomisation!.LeastOneSided >= 0.25);
    }

    [Fact]
    public void Nothing_in_six_people_is_no_benefit_or_undecided()
    {
        string[] orders = ["LPPL", "PLPL", "LPLP", "PLLP", "LPPL", "PLPL"];
        TrialCourse[] people = [.. orders.Select((o, i) => Some.Trial(o, 0, (ulong)i + 50))];
        var conclusion = Conclude.Trial(people, Restriction.CoinPairs(6, 2), new() { Rule = TrialRule.Mean, PermutationLevel = 0.05 });
        conclusion.Decision.ShouldNotBe(TrialDecision.Benefit);
        conclusion.Decision.ShouldNotBe(TrialDecision.Harm);
    }

    [Theory]
    [InlineData(TrialRule.Verdict, TrialDecision.Undecided)]
    [InlineData(TrialRule.Mean, TrialDecision.Benefit)]
    [InlineData(TrialRule.Permutation, TrialDecision.Benefit)]
    public void The_decision_is_made_on_what_was_planned_and_each_persons_by_their_own_verdict(TrialRule rule, TrialDecision decision)
    {
        string[] orders = ["LPPL", "PLPL", "LPLP", "PLLP"];
        TrialCourse[] people = [.. orders.Select((o, i) => Some.Trial(o, -3, (ulong)i + 1))];
        var conclusion = Conclude.Trial(people, Restriction.CoinPairs(4, 2), new() { Rule = rule, PermutationLevel = 0.05 });
        conclusion.Decision.ShouldBe(decision);
        conclusion.People.ShouldAllBe(p => p.Decision == (rule == TrialRule.Verdict ? TrialDecision.Undecided : TrialDecision.Benefit));
    }

    [Theory]
    [InlineData(Verdict.Works, 0.04, TrialDecision.Benefit)]
    [InlineData(Verdict.ProbablyWorks, 0.06, TrialDecision.Undecided)]
    [InlineData(Verdict.Works, double.NaN, TrialDecision.Undecided)]
    [InlineData(Verdict.Harms, 0.9, TrialDecision.Harm)]
    [InlineData(Verdict.ProbablyDoesNotWork, 0.5, TrialDecision.NoBenefit)]
    [InlineData(Verdict.Unclear, 0.01, TrialDecision.Undecided)]
    [InlineData(Verdict.TooEarly, 0.01, TrialDecision.Undecided)]
    public void The_rule_takes_the_verdict_and_for_a_benefit_the_p(Verdict verdict, double p, TrialDecision decision) =>
        Conclude.Decide(verdict, p, new() { PermutationLevel = 0.05 }).ShouldBe(decision);

    [Fact]
    public void Where_only_belief_acted_the_adjusted_effect_shrinks_to_nothing_and_the_plain_one_does_not()
    {
        // The guess follows the arm in five periods of six; scores follow the guess alone.
        var trial = Some.Trial("LPPLPL", 0, seed: 4, guesses: [Guess.Drug, Guess.Placebo, Guess.Placebo, Guess.Drug, Guess.Drug, Guess.Drug], sigma: 0.7, rho: 0.2);
        double[] scores = [.. trial.Course.Scores.Select((y, t) => Math.Clamp(y - (trial.Guesses[trial.Course.Blocks![t] - 1] == Guess.Drug ? 2 : 0), 0, 10))];
        trial = trial with { Course = trial.Course with { Scores = scores } };
        var plain = Judge.OneCourse(trial.Course).Doses.Single().Effect;
        var adjusted = Belief.Adjusted(trial, 4.5)!;
        adjusted.Agreement.ShouldBe(5 / 6.0, 1e-12);
        plain.Mean.ShouldBeLessThan(-0.8);
        Math.Abs(adjusted.Effect.Mean).ShouldBeLessThan(0.5 * Math.Abs(plain.Mean));
        adjusted.Belief.Mean.ShouldBeLessThan(-0.9);
        adjusted.Belief.Q025.ShouldBeLessThan(adjusted.Belief.Q50);
        adjusted.Belief.Q50.ShouldBeLessThan(adjusted.Belief.Q975);
    }

    [Fact]
    public void A_belief_that_never_changes_leaves_the_effect_as_it_was()
    {
        var trial = Some.Trial("LPPL", -1.5, guesses: [Guess.DontKnow, Guess.DontKnow, Guess.DontKnow, Guess.DontKnow]);
        var plain = Judge.OneCourse(trial.Course).Doses.Single();
        var adjusted = Belief.Adjusted(trial, 4.5)!;
        adjusted.Effect.Mean.ShouldBe(plain.Effect.Mean, 0.03 * plain.Effect.Sd);
        adjusted.Effect.Sd.ShouldBe(plain.Effect.Sd, 0.03 * plain.Effect.Sd);
        adjusted.ProbMeaningfulBenefit.ShouldBe(plain.ProbMeaningfulBenefit, 0.01);
        // The level knows nothing of it either: it stays close to its prior N(0, 1).
        adjusted.Belief.Sd.ShouldBe(1, 0.1);
    }

    [Fact]
    public void A_guess_that_is_always_right_cannot_be_told_from_the_drug()
    {
        var trial = Some.Trial("LPPL", -2, days: 42, guesses: [Guess.Drug, Guess.Placebo, Guess.Placebo, Guess.Drug]);
        var adjusted = Belief.Adjusted(trial, 4.5)!;
        adjusted.Agreement.ShouldBe(1);
        adjusted.Effect.Sd.ShouldBeGreaterThan(1.3 * Judge.OneCourse(trial.Course).Doses.Single().Effect.Sd);
    }

    [Fact]
    public void Turning_the_scale_round_turns_the_adjusted_effect()
    {
        var trial = Some.Trial("LPPL", -1, guesses: [Guess.Drug, Guess.Drug, Guess.Placebo, Guess.DontKnow]);
        var turned = trial with { Course = trial.Course with { Scores = [.. trial.Course.Scores.Select(y => 10 - y)], HigherIsBetter = true } };
        var (one, other) = (Belief.Adjusted(trial, 4.5)!, Belief.Adjusted(turned, 4.5)!);
        other.Effect.Mean.ShouldBe(-one.Effect.Mean, 1e-6);
        other.Belief.Mean.ShouldBe(-one.Belief.Mean, 1e-6);
        other.ProbMeaningfulBenefit.ShouldBe(one.ProbMeaningfulBenefit, 1e-6);
    }

    [Fact]
    public void Where_nobody_was_asked_there_is_no_adjusted_effect() => Belief.Adjusted(Some.Trial("LPPL", -1), 4.5).ShouldBeNull();
}
