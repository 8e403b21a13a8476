using Lowdose.Evidence;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Tests.Trials;

public class A_trial
{
    private static readonly Design Pairs = Some.Built("trial-pairs");
    private static readonly TrialSubject Me = new("me");

    [Fact]
    public void Goes_from_designed_to_revealed_one_step_after_the_other()
    {
        Trial.New("mine", Pairs, out var trial).ShouldBeNull();
        trial!.Stage.ShouldBe(TrialStage.Designed);
        trial = trial.After(new TrialRecord.Enrolled("Ann", Some.Noon, Me)).After(new TrialRecord.Consented("Ann", Some.Noon, "me", new string('a', 64)));
        trial.Stage.ShouldBe(TrialStage.Consented);
        trial = trial.After(new TrialRecord.PlanLocked("Ann", Some.Noon, Some.Plan));
        Allocation.Draw(trial, Some.Bytes(1), Some.Bytes(2), out var allocation).ShouldBeNull();
        trial = trial.After(new TrialRecord.AllocationSealed("Ann", Some.Noon, allocation!.Commitment));
        trial.Stage.ShouldBe(TrialStage.Sealed);
        trial = trial.After(new TrialRecord.Started("Ann", Some.Noon, "me", Some.Start));
        trial.Stage.ShouldBe(TrialStage.Running);
        Reveal.Open(trial, allocation, new("Ann", Some.Noon), (_, _) => throw new InvalidOperationException("kept"), out var early)!.What.ShouldBe("the trial is not closed");
        early.ShouldBeNull();
        trial = trial.After(new TrialRecord.Closed("Ann", Some.Noon, null));
        trial.Stage.ShouldBe(TrialStage.Closed);
        Reveal.Open(trial, allocation, new("Ann", Some.Noon), (_, next) => { trial = next; return null; }, out var opening).ShouldBeNull();
        (trial.Stage, opening!.Periods.Count).ShouldBe((TrialStage.Revealed, 4));
        trial.Records.ShouldAllBe(r => r.Actor == "Ann" && r.At == Some.Noon);
    }

    [Fact]
    public void Takes_nothing_out_of_turn_and_says_what_to_do_first()
    {
        Trial.New("mine", Pairs, out var trial).ShouldBeNull();
        Refused(trial!, new TrialRecord.AllocationSealed("Ann", Some.Noon, new("mine", new string('a', 64)))).ShouldContain("nobody has consented");
        Refused(trial!, new TrialRecord.Consented("Ann", Some.Noon, "me", new string('a', 64))).ShouldContain("not in the trial");
        Refused(trial!, new TrialRecord.Enrolled(" ", Some.Noon, Me)).ShouldContain("nobody is named");
        trial = trial!.After(new TrialRecord.Enrolled("Ann", Some.Noon, Me));
        Refused(trial, new TrialRecord.Enrolled("Ann", Some.Noon, Me)).ShouldContain("already");
        Refused(trial, new TrialRecord.Enrolled("Ann", Some.Noon, new TrialSubject("you"))).ShouldContain("the design is of 1");
        Refused(trial, new TrialRecord.Consented("Ann", Some.Noon, "me", "yes")).ShouldContain("names no text");
        Refused(trial, new TrialRecord.Started("Ann", Some.Noon, "me", Some.Start)).ShouldContain("plan is not locked");
        trial = trial.After(new TrialRecord.PlanLocked("Ann", Some.Noon, Some.Plan));
        Refused(trial, new TrialRecord.PlanLocked("Ann", Some.Noon, Some.Plan with { Outcome = "sleep" })).ShouldContain("is locked");
        Refused(trial, new TrialRecord.Started("Ann", Some.Noon, "me", Some.Start)).ShouldContain("not sealed");
        Refused(trial, new TrialRecord.SheetOpened("Pharmacist", Some.Noon, Some.Capsules)).ShouldContain("nothing is sealed");
        var (done, allocation) = Some.Sealed(Pairs, 1, Me);
        Refused(done, new TrialRecord.Enrolled("Ann", Some.Noon, new TrialSubject("you"))).ShouldContain("is sealed");
        Allocation.Draw(done, Some.Bytes(1), Some.Bytes(2), out _)!.What.ShouldContain("sealed already");
        done = done.After(new TrialRecord.Closed("Ann", Some.Noon, "the pharmacy closed"));
        Refused(done, new TrialRecord.Started("Ann", Some.Noon, "me", Some.Start)).ShouldContain("closed");
        allocation.ShouldNotBeNull();
    }

    [Fact]
    public void Has_periods_from_a_start_with_days_that_do_not_count_and_none_that_tells_the_arm()
    {
        var (trial, _) = Some.Sealed(Some.Built("trial-crossover"), 1, Some.People(2));
        trial = trial.After(new TrialRecord.Started("Ann", Some.Noon, "S1", new LocalDate(2026, 12, 7)));
        trial.PeriodsOf("S2").ShouldBeEmpty();
        trial.PeriodsOf("S1").ShouldBe([
            new(1, new(2026, 12, 21), new(2027, 2, 14), new(2027, 1, 4)),
            new(2, new(2027, 3, 1), new(2027, 4, 25), new(2027, 3, 15))]);
        trial.WashoutsOf("S1").ShouldBe([new(0, new(2026, 12, 7), new(2026, 12, 20)), new(1, new(2027, 2, 15), new(2027, 2, 28))]);
        trial.PeriodsOf("S1").Select(p => p.Days).ShouldBe([56, 56]);
    }

    [Fact]
    public void Stops_a_period_for_a_safety_finding_and_goes_on_with_the_next()
    {
        var trial = Running();
        var first = trial.PeriodsOf("me")[0];
        Refused(trial, new TrialRecord.PeriodStopped("Dr Bo", Some.Noon, "me", 1, first.Last.PlusDays(1), "jaundice")).ShouldContain("not on that day");
        Refused(trial, new TrialRecord.PeriodStopped("Dr Bo", Some.Noon, "me", 1, first.First, " ")).ShouldContain("what was found");
        Refused(trial, new TrialRecord.PeriodStopped("Dr Bo", Some.Noon, "me", 9, first.First, "jaundice")).ShouldContain("no period 9");
        trial = trial.After(new TrialRecord.PeriodStopped("Dr Bo", Some.Noon, "me", 1, first.First.PlusDays(9), "jaundice"));
        trial.PeriodsOf("me").Select(p => p.StoppedOn).ShouldBe([first.First.PlusDays(9), null, null, null]);
        trial.Stage.ShouldBe(TrialStage.Running);
    }

    [Fact]
    public void Keeps_one_guess_a_period_and_none_after_unblinding()
    {
        var trial = Running().After(new TrialRecord.Guessed("me", Some.Noon, "me", 1, ArmGuess.Drug)).After(new TrialRecord.Guessed("me", Some.Noon, "me", 2, ArmGuess.DoNotKnow));
        Refused(trial, new TrialRecord.Guessed("me", Some.Noon, "me", 1, ArmGuess.Placebo)).ShouldContain("has a guess already");
        trial.Guesses.Select(g => g.Guess).ShouldBe([ArmGuess.Drug, ArmGuess.DoNotKnow]);
        trial = trial.After(new TrialRecord.Unblinded("Dr Bo", Some.Noon, "me", "Dr Cy", "an operation"));
        Refused(trial, new TrialRecord.Guessed("me", Some.Noon, "me", 3, ArmGuess.Drug)).ShouldContain("was unblinded");
    }

    [Fact]
    public void Stops_what_is_left_of_a_person_who_leaves()
    {
        var trial = Running();
        var day = trial.PeriodsOf("me")[1].First.PlusDays(3);
        trial = trial.After(new TrialRecord.Withdrawn("me", Some.Noon, "me", day, "moved"));
        trial.PeriodsOf("me").Select(p => p.StoppedOn).ShouldBe([null, day, day, day]);
        Refused(trial, new TrialRecord.Withdrawn("me", Some.Noon, "me", day, "moved")).ShouldContain("has left already");
    }

    [Fact]
    public void Has_a_plan_whose_hash_changes_with_every_word_of_it()
    {
        var plan = Some.Plan;
        AnalysisPlan[] others = [plan with { Outcome = "sleep" }, plan with { Low = 1 }, plan with { High = 9 }, plan with { HigherIsBetter = true }, plan with { MinimalImportant = 2 },
            plan with { AnalyticWashoutDays = 13 }, plan with { DecisionRule = "x" }, plan with { Missing = "x" }, plan with { StoppingRule = "x" }, plan with { Guesses = "x" }, plan with { PermutationSeed = 2 }];
        others.Select(p => p.Hash).Append(plan.Hash).Distinct().Count().ShouldBe(12);
        plan.Wrong(Pairs).ShouldBeNull();
        (plan with { DecisionRule = "" }).Wrong(Pairs)!.What.ShouldContain("leaves something open");
        (plan with { DecisionRule = "a\nb" }).Wrong(Pairs)!.What.ShouldContain("more than one line");
        (plan with { AnalyticWashoutDays = 56 }).Wrong(Pairs)!.What.ShouldContain("no day");
    }

    [Fact]
    public void Of_an_up_and_down_search_gives_less_after_a_response_and_more_after_none()
    {
        var design = Some.Built("trial-up-and-down");
        Next([]).ShouldBe(3);
        Next([(3, false)]).ShouldBe(3.75m);
        Next([(3, false), (3.75m, true), (3, true)]).ShouldBe(2.25m);
        Next([(3, false), (3.75m, false), (4.5m, false), (5.25m, false), (6, false)]).ShouldBe(6);
        UpAndDown.Next(design, [new(Some.Mg(3), true), new(Some.Mg(3), true)], out _)!.What.ShouldContain("person 2 had 3 mg and not 2.25 mg");
        UpAndDown.Next(Pairs, [], out _)!.What.ShouldContain("no up-and-down design");

        decimal Next((decimal Dose, bool Responded)[] before) => UpAndDown.Next(design, [.. before.Select(b => new UpAndDownPerson(Some.Mg(b.Dose), b.Responded))], out var dose) is { } refused ? throw new InvalidOperationException(refused.What) : dose.ExactMilligrams;
    }

    private static Trial Running() => Some.Sealed(Pairs, 1, Me).Trial.After(new TrialRecord.Started("Ann", Some.Noon, "me", Some.Start));

    private static string Refused(Trial trial, TrialRecord record) => trial.Add(record, out _)!.What;
}
