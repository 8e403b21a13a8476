using Lowdose.Trials;

namespace Lowdose.Tests.Trials;

public class A_spare_kit
{
    private static readonly KitOrder Two = Some.Capsules with { SparesPerArm = 2 };

    private static (Trial Trial, PharmacySheet Sheet) Made(string design, int seed, KitOrder order, int people = 1)
    {
        var (trial, allocation) = Some.Sealed(Some.Built(design), seed, Some.People(people));
        PharmacySheet.Open(trial, allocation, new("Fia", Some.Noon, order), (_, next) => { trial = next; return null; }, out var sheet).ShouldBeNull();
        return (trial.After(new TrialRecord.KitsMade("Fia", Some.Noon, sheet!.Kits)), sheet);
    }

    private static Trial Given(Trial trial, PharmacySheet sheet, int kit)
    {
        sheet.SpareFor(trial, kit, out var spare).ShouldBeNull();
        return trial.After(new TrialRecord.SpareGiven("Fia", Some.Noon, kit, spare!.Number));
    }

    [Theory]
    [InlineData("trial-pairs"), InlineData("trial-titration"), InlineData("trial-dose-ladder")]
    public void Holds_what_the_kit_it_is_given_for_holds(string design)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (trial, sheet) = Made(design, seed, Some.Capsules);
            foreach (var line in sheet.Lines.Where(l => l.Kit.Subject is not null))
            {
                sheet.SpareFor(trial, line.Kit.Number, out var spare).ShouldBeNull();
                var found = sheet.Lines.Single(l => l.Kit == spare);
                (found.Arm, found.Dose, found.Kit.Subject).ShouldBe((line.Arm, line.Dose, null));
                // Also of placebo, which is the same in every step: else its label would tell.
                if (found.Kit.FirstDay is { } from) from.ShouldBe(line.Kit.FirstDay <= 7 ? 1 : line.Kit.FirstDay <= 14 ? 8 : 15);
            }
        }
    }

    [Fact]
    public void Stands_in_for_its_kit_and_another_for_it_in_turn()
    {
        var (trial, sheet) = Made("trial-pairs", 3, Two);
        var kit = sheet.Kits.All[0];
        trial.InPlaceOf(kit.Number).ShouldBe(kit.Number);
        trial = Given(trial, sheet, kit.Number);
        var first = trial.InPlaceOf(kit.Number);
        first.ShouldNotBe(kit.Number);
        sheet.SpareFor(trial, kit.Number, out _)!.What.ShouldContain($"replaced by spare {first} already");
        trial = Given(trial, sheet, first);
        trial.InPlaceOf(kit.Number).ShouldNotBe(first);
        trial.FirstOf(trial.InPlaceOf(kit.Number)).ShouldBe(kit);
    }

    [Fact]
    public void Is_given_out_so_often_only_that_nobody_learns_which_kits_differ()
    {
        // Whichever kits are gone, and whatever they hold, the same question is refused at the same time.
        foreach (var other in Enumerable.Range(1, 3))
            for (var seed = 0; seed < 10; seed++)
            {
                var (trial, sheet) = Made("trial-pairs", seed, Some.Capsules);
                trial = Given(trial, sheet, sheet.Kits.All[0].Number);
                sheet.SpareFor(trial, sheet.Kits.All[other].Number, out var none)!.What.ShouldStartWith("all 1 that may be given out are given");
                none.ShouldBeNull();
            }
    }

    [Fact]
    public void Is_refused_where_no_kit_is_in_somebodys_hands()
    {
        var (trial, sheet) = Made("trial-pairs", 1, Some.Capsules);
        sheet.SpareFor(trial, sheet.Kits.All[^1].Number, out _)!.What.ShouldContain("in somebody's hands");
        sheet.SpareFor(trial, 1, out _)!.What.ShouldContain("in somebody's hands");
        trial.Add(new TrialRecord.SpareGiven("Fia", Some.Noon, sheet.Kits.All[0].Number, sheet.Kits.All[1].Number), out _)!.What.ShouldContain("is no spare");
        Some.Sealed(Some.Built("trial-pairs"), 1, new TrialSubject("me")).Trial.Add(new TrialRecord.SpareGiven("Fia", Some.Noon, 1, 2), out _)!.What.ShouldContain("not made yet");
    }
}

public class What_remains_of_a_trial
{
    private static Trial Running() => Some.Sealed(Some.Built("trial-pairs"), 1, new TrialSubject("me")).Trial.After(new TrialRecord.Started("Ann", Some.Noon, "me", Some.Start));

    [Fact]
    public void Are_the_periods_that_are_not_over_and_whoever_has_not_begun()
    {
        var trial = Running();
        trial.Remaining(Some.Start).Select(r => r.Period).ShouldBe([1, 2, 3, 4]);
        trial.Remaining(trial.PeriodsOf("me")[0].Last.PlusDays(1)).Select(r => r.Period).ShouldBe([2, 3, 4]);
        trial.Remaining(trial.PeriodsOf("me")[^1].Last).Select(r => r.Period).ShouldBe([4]);
        trial.Remaining(trial.PeriodsOf("me")[^1].Last.PlusDays(1)).ShouldBeEmpty();
        Some.Sealed(Some.Built("trial-pairs"), 1, new TrialSubject("me")).Trial.Remaining(Some.Start).ShouldBe([("me", 0)]);
        trial.After(new TrialRecord.Withdrawn("me", Some.Noon, "me", Some.Start, "")).Remaining(Some.Start).ShouldBeEmpty();
    }

    [Fact]
    public void Is_taken_on_some_of_the_planned_days()
    {
        var trial = Running().After(new TrialRecord.PeriodStopped("me", Some.Noon, "me", 1, Some.Start.PlusDays(9), "rash"));
        TrialDays Written(params (int Day, bool? Taken)[] days) => new("me", [.. days.Select(d => new TrialDay(Some.Start.PlusDays(d.Day), null, d.Taken))]);
        var written = Written((0, true), (1, false), (2, true), (3, null), (4, true));
        Adherence.Of(trial.PeriodsOf("me"), written, Some.Start.PlusDays(4)).ShouldBe(new(3, 5));
        // Today counts once something is said of it; after a stop nothing is planned.
        Adherence.Of(trial.PeriodsOf("me"), written, Some.Start.PlusDays(5)).ShouldBe(new(3, 5));
        Adherence.Of(trial.PeriodsOf("me"), written, Some.Start.PlusDays(20)).ShouldBe(new(3, 10));
    }
}

public class An_up_and_down_search
{
    private static Trial Ready(int people) => Some.Ready(Some.Built("trial-up-and-down"), Some.People(people));

    private static Trial Goes(Trial trial, string subject, int number, bool? helped)
    {
        trial = trial.After(new TrialRecord.KitMade("Fia", Some.Noon, subject, number)).After(new TrialRecord.Started(subject, Some.Noon, subject, Some.Start));
        return helped is { } said ? trial.After(new TrialRecord.Answered("Dora", Some.Noon, subject, said)) : trial;
    }

    [Fact]
    public void Proposes_the_next_dose_from_its_records_one_person_after_the_other()
    {
        var trial = Ready(3);
        Next(trial).ShouldBe(("S1", 3));
        trial = Goes(trial, "S1", 111_111, null);
        UpAndDown.Next(trial, out _, out _)!.What.ShouldContain("S1 has not answered yet");
        trial = trial.After(new TrialRecord.Answered("Dora", Some.Noon, "S1", true));
        Next(trial).ShouldBe(("S2", 2.25m));
        trial = Goes(trial, "S2", 222_222, false);
        Next(trial).ShouldBe(("S3", 3));
        UpAndDown.Answered(trial).Select(p => (p.Dose.ExactMilligrams, p.Responded)).ShouldBe([(3, true), (2.25m, false)]);
        (UpAndDown.DoseOf(trial, "S2")!.Value.ExactMilligrams, UpAndDown.DoseOf(trial, "S3")).ShouldBe((2.25m, null));
    }

    [Fact]
    public void Gives_the_same_dose_again_where_somebody_left_without_an_answer()
    {
        var trial = Goes(Ready(2), "S1", 111_111, null).After(new TrialRecord.Withdrawn("S1", Some.Noon, "S1", Some.Start, ""));
        Next(trial).ShouldBe(("S2", 3));
    }

    [Fact]
    public void Keeps_its_order_and_asks_for_a_kit_before_anybody_begins()
    {
        var trial = Ready(2);
        trial.Add(new TrialRecord.KitMade("Fia", Some.Noon, "S2", 111_111), out _)!.What.ShouldContain("the next kit is for S1");
        trial.Add(new TrialRecord.Started("S1", Some.Noon, "S1", Some.Start), out _)!.What.ShouldContain("is not made yet");
        trial.Add(new TrialRecord.KitMade("Fia", Some.Noon, "S1", 7), out _)!.What.ShouldContain("cannot be the number");
        trial = Goes(trial, "S1", 111_111, true);
        trial.Add(new TrialRecord.Answered("Dora", Some.Noon, "S1", false), out _)!.What.ShouldContain("has an answer already");
        // People come while it runs.
        trial.After(new TrialRecord.Enrolled("Dora", Some.Noon, new("S3"))).Subjects.Count.ShouldBe(3);
    }

    private static (string?, decimal) Next(Trial trial) => UpAndDown.Next(trial, out var subject, out var dose) is { } refused ? throw new InvalidOperationException(refused.What) : (subject, dose.ExactMilligrams);
}
