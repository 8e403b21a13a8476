using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Safety;
using Lowdose.Science.Inference;
using Lowdose.Tests.Diary;
using NodaTime;
using static Lowdose.Tests.Safety.Course;

namespace Lowdose.Tests.Safety;

/// <summary>Who needs the prescriber, why, and since when.</summary>
public sealed class RoundTests
{
    private static DiaryWrite Effect(int day, string severity, string effect = "headache") => Writes.OnDay(day, (DayFields.Effect(effect), severity)).On(day);

    private static DiaryWrite Takes(int day, string medicine) => Writes.OnDay(day, (DayFields.Treatment(medicine), "started")).On(day);

    private static LocalDate D(int day) => First.PlusDays(day);

    [Fact]
    public void An_approved_course_that_is_written_every_day_needs_nobody() => Needs(10, Quiet(10)).ShouldBeEmpty();

    [Fact]
    public void A_person_without_a_course_needs_nobody() => Needs(10, []).ShouldBeEmpty();

    [Fact]
    public void A_plan_that_nobody_approved_waits_since_it_was_begun() =>
        Needs(3, [Told(), Plan(), .. Days(0, 3)]).ShouldBe([new Attention.NotApproved(First)]);

    [Fact]
    public void A_hold_by_the_person_waits_as_changed_since_the_approval() =>
        Needs(9, [.. Quiet(9), Changed(8, "hold-1", "hold from 2026-12-09 for 14 days: headache")]).Single().ShouldBeOfType<Attention.ChangedSince>().Since.ShouldBe(D(8));

    [Fact]
    public void A_severe_side_effect_is_danger_until_a_decision_that_had_seen_it()
    {
        DiaryWrite[] severe = [.. Quiet(9), Effect(8, "severe")];
        var asks = Needs(9, severe).Single().ShouldBeOfType<Attention.AskFirst>();
        (asks.Since, asks.IsDanger, asks.Asked.Finding.Subject).ShouldBe((D(8), true, "Headache"));
        Needs(9, [.. severe, Approved(9)]).ShouldBeEmpty();
        Needs(10, [.. severe, Approved(9), Effect(10, "severe")]).Single().ShouldBeOfType<Attention.AskFirst>();
    }

    [Fact]
    public void A_side_effect_of_7_days_waits_from_its_first_day_until_a_hold_answers()
    {
        DiaryWrite[] lasting = [.. Quiet(8), .. Enumerable.Range(2, 7).Select(d => Effect(d, "mild"))];
        var asks = Needs(8, lasting).Single().ShouldBeOfType<Attention.SideEffect>();
        (asks.Since, asks.IsDanger, asks.Asked.Finding.Rule).ShouldBe((D(2), false, "side-effect-hold"));
        Needs(8, [.. lasting, Changed(8, "hold-1", "hold from 2026-12-09 for 14 days: headache", Doctor)]).ShouldBeEmpty();
        Needs(7, lasting).ShouldBeEmpty();
    }

    [Fact]
    public void A_lasting_side_effect_asks_again_a_week_after_the_decision_to_go_on()
    {
        DiaryWrite[] lasting = [.. Quiet(12), .. Enumerable.Range(2, 11).Select(d => Effect(d, "mild")), Approved(9)];
        Needs(12, lasting).ShouldBeEmpty();
        Needs(16, [.. lasting, .. Days(13, 16), .. Enumerable.Range(13, 4).Select(d => Effect(d, "mild"))]).Single().ShouldBeOfType<Attention.SideEffect>();
    }

    [Fact]
    public void An_opioid_in_the_diary_is_danger_from_that_day_and_new()
    {
        var stopped = Needs(9, [.. Quiet(9), Takes(6, "tramadol")]).OfType<Attention.Stopped>().Single();
        (stopped.Since, stopped.IsNew, stopped.IsDanger, stopped.Finding.Subject).ShouldBe((D(6), true, true, "tramadol"));
        // Approving does not make it go away.
        Needs(9, [.. Quiet(9), Takes(6, "tramadol"), Approved(9)]).OfType<Attention.Stopped>().ShouldNotBeEmpty();
    }

    [Fact]
    public void An_opioid_told_before_the_course_is_danger_and_not_new() =>
        Needs(2, [Told(Some.Person with { Medicines = [new("tramadol")] }), Plan(), .. Days(0, 2)]).OfType<Attention.Stopped>().ShouldHaveSingleItem().IsNew.ShouldBeFalse();

    [Fact]
    public void A_medicine_nobody_knows_waits_until_a_decision_that_had_seen_it()
    {
        DiaryWrite[] unknown = [.. Quiet(9), Takes(6, "zzyzxine")];
        Needs(9, unknown).ShouldBe([new Attention.NewMedicine(D(6), "zzyzxine", null)]);
        Needs(9, [.. unknown, Approved(9)]).ShouldBeEmpty();
    }

    [Fact]
    public void An_operation_the_plan_runs_into_waits_and_is_danger_in_its_last_week()
    {
        IEnumerable<DiaryWrite> With(int day) => [Told(Some.Person with { Surgeries = [new(D(60), true)] }), Plan(), Approved(0), .. Days(0, day)];
        var ahead = Needs(20, With(20)).OfType<Attention.Operation>().Single();
        var last = ahead.Finding.Pause!.LastDose;
        (ahead.Since, ahead.IsDanger).ShouldBe((D(-1), false));
        var near = Period.DaysBetween(First, last) - 7;
        Needs(near, With(near)).OfType<Attention.Operation>().Single().IsDanger.ShouldBeTrue();
        // A plan that ends in time needs nobody for it.
        Needs(20, [.. With(20), Changed(20, "finish-1", $"finish from {last.PlusDays(1):uuuu-MM-dd}: operation", Doctor)]).OfType<Attention.Operation>().ShouldBeEmpty();
    }

    [Fact]
    public void Seven_days_without_an_entry_are_silent_and_six_are_not()
    {
        Needs(16, Quiet(10)).ShouldBeEmpty();
        Needs(17, Quiet(10)).ShouldBe([new Attention.Silent(D(10), 7)]);
        // Before the first entry the days count from the first of the plan.
        Needs(5, [Told(), Plan(), Approved(0)]).ShouldBeEmpty();
        Needs(6, [Told(), Plan(), Approved(0)]).ShouldBe([new Attention.Silent(D(-1), 7)]);
    }

    [Fact]
    public void An_entry_made_late_ends_the_silence() => Needs(17, [.. Quiet(10), Writes.OnDay(3, ("pain", "4")).On(16)]).ShouldBeEmpty();

    [Fact]
    public void A_course_that_was_ended_is_not_silent() =>
        Needs(40, [.. Quiet(10), Changed(10, "finish-1", "finish from 2026-12-12: no use", Doctor)]).ShouldBeEmpty();

    [Fact]
    public void A_review_shows_a_week_before_and_until_a_decision_after_that()
    {
        // 4.5 mg from day 28 on; 8 weeks later is day 84, which is the stop review as well.
        Needs(76, Quiet(76)).ShouldBeEmpty();
        var due = Needs(77, Quiet(77)).Single().ShouldBeOfType<Attention.ReviewDue>();
        (due.Since, due.Review.Kind).ShouldBe((D(84), ReviewKind.StopReview));
        Needs(95, Quiet(95)).Single().ShouldBeOfType<Attention.ReviewDue>();
        Needs(95, [.. Quiet(95), Approved(80)]).ShouldBeEmpty();
    }

    [Fact]
    public void A_step_that_is_due_and_held_by_the_person_waits_from_its_day_and_not_when_the_prescriber_held_it()
    {
        string hold = "hold from 2026-12-10 for 14 days: headache";
        var held = Needs(16, [.. Quiet(16), Changed(9, "hold-1", hold)]).OfType<Attention.StepHeld>().Single();
        (held.Since, held.Next.PerDay, held.Hold.Days).ShouldBe((D(14), Lowdose.Quantities.Mass.FromMilligrams(3), 14));
        Needs(13, [.. Quiet(13), Changed(9, "hold-1", hold)]).OfType<Attention.StepHeld>().ShouldBeEmpty();
        Needs(16, [.. Quiet(16), Changed(9, "hold-1", hold, Doctor)]).ShouldBeEmpty();
    }

    [Fact]
    public void A_supply_that_ends_within_14_days_waits_for_its_day()
    {
        DiaryWrite box = Writes.Of(Subjects.Plan, null, (PlanFields.Supply("box"), "20 capsules of 1.5 mg from 2026-12-01")).On(0);
        // 14 doses of 1.5 mg, then 3 of 3 mg: on day 17 nothing is left.
        Needs(2, [.. Quiet(2), box]).ShouldBeEmpty();
        Needs(3, [.. Quiet(3), box]).ShouldBe([new Attention.SupplyEnds(D(17))]);
    }

    [Fact]
    public void An_answer_that_changed_since_the_decision_waits_and_harm_is_danger()
    {
        Func<LocalDate?, Verdict?> Answers(Verdict was, Verdict now) => through => through is null ? now : through == First ? was : throw new InvalidOperationException("another day was asked");
        Needs(9, Quiet(9), Answers(Verdict.Unclear, Verdict.Unclear)).ShouldBeEmpty();
        Needs(9, Quiet(9), Answers(Verdict.Unclear, Verdict.ProbablyWorks)).ShouldBe([new Attention.VerdictChanged(First, Verdict.Unclear, Verdict.ProbablyWorks)]);
        Needs(9, Quiet(9), Answers(Verdict.Unclear, Verdict.Harms)).Single().IsDanger.ShouldBeTrue();
    }

    [Fact]
    public void Harm_is_danger_even_where_nobody_ever_decided() =>
        Needs(9, [Told(), Plan(), .. Days(0, 9)], _ => Verdict.Harms)[0].ShouldBe(new Attention.VerdictChanged(First, null, Verdict.Harms));

    [Fact]
    public void Danger_stands_first_then_what_has_waited_longest()
    {
        var all = Needs(20, [Told(), Plan(), .. Days(0, 9), Takes(8, "tramadol")]);
        all.Select(a => a.GetType()).ShouldBe([typeof(Attention.Stopped), typeof(Attention.NotApproved), typeof(Attention.Silent)]);
        IReadOnlyList<Attention> danger = [all[0]], old = [new Attention.NotApproved(First.PlusDays(-300))], young = [new Attention.NotApproved(First)], none = [];
        IReadOnlyList<Attention>[] people = [none, young, old, danger];
        Array.Sort(people, Attention.Compare);
        people.ShouldBe([danger, old, young, none]);
    }
}
