using Lowdose.Dosing;
using NodaTime;
using static Lowdose.Tests.Dosing.Plans;

namespace Lowdose.Tests.Dosing;

public class RegimenTests
{
    private static string[] Steps(Schedule schedule) => [.. schedule.Steps.Select(s => $"{s.From:MM-dd} {s.To:MM-dd} {s.Step.PerDay} {string.Join("+", s.Times.Select(t => t.ToString("HH:mm", null)))}")];

    [Fact]
    public void From_1_point_5_mg_by_1_point_5_every_14_days_reaches_4_point_5_on_the_29th_day() =>
        Steps(Usual().Schedule(40)).ShouldBe(["12-01 12-14 1.5 mg 22:00", "12-15 12-28 3 mg 22:00", "12-29 01-09 4.5 mg 22:00"]);

    [Fact]
    public void The_last_step_is_cut_to_the_ceiling() =>
        Rising(1, 2, 7, 4.5m).Steps.Select(s => s.PerDay).ShouldBe([Mg(1), Mg(3), Mg(4.5m)]);

    [Fact]
    public void A_missed_bedtime_dose_is_not_doubled_next_day()
    {
        var schedule = Usual().Schedule(40);
        var missed = schedule.Doses.Single(d => d.Date == Start.PlusDays(3));
        schedule.AfterMissing(missed).ShouldBe(new PlannedDose(Start.PlusDays(4), new(22, 0), Mg(1.5m)));
    }

    [Fact]
    public void A_side_effect_of_a_week_holds_the_dose()
    {
        var hold = new Trouble.SideEffect(7).Answer(Start.PlusDays(12), "me", Then);
        hold.ShouldBeOfType<RegimenChange.Hold>();
        Steps(Usual().With(hold!).Schedule(30)).ShouldBe(["12-01 12-26 1.5 mg 22:00", "12-27 12-30 3 mg 22:00"]);
    }

    [Fact]
    public void A_side_effect_of_more_than_two_weeks_goes_back_a_step_and_the_days_count_anew()
    {
        var back = new Trouble.SideEffect(15).Answer(Start.PlusDays(20), "Dr A", Then);
        back.ShouldBeOfType<RegimenChange.StepBack>();
        Steps(Usual().With(back!).Schedule(40)).ShouldBe(["12-01 12-14 1.5 mg 22:00", "12-15 12-20 3 mg 22:00", "12-21 01-03 1.5 mg 22:00", "01-04 01-09 3 mg 22:00"]);
    }

    [Fact]
    public void A_side_effect_of_a_few_days_changes_nothing() => new Trouble.SideEffect(6).Answer(Start, "me", Then).ShouldBeNull();

    [Fact]
    public void Bad_sleep_moves_the_dose_to_the_morning_and_leaves_out_the_day_between()
    {
        var morning = new Trouble.Insomnia().Answer(Start.PlusDays(5), "me", Then)!;
        var schedule = Usual().With(morning).Schedule(14);
        schedule.Days.Where(d => d.Times.Count == 0).Select(d => d.Date).ShouldBe([Start.PlusDays(5)]);
        schedule.Doses.Last().Time.ShouldBe(new LocalTime(8, 0));
        schedule.Total.ShouldBe(13 * Mg(1.5m));
    }

    [Fact]
    public void A_change_keeps_who_when_and_why()
    {
        var changed = Usual().With(new RegimenChange.Stay(Start.PlusDays(14), "me", Then, "well on 1.5 mg"));
        (changed.Changes.Single().Who, changed.Changes.Single().At, changed.Changes.Single().Why).ShouldBe(("me", Then, "well on 1.5 mg"));
        changed.Schedule(100).Days.ShouldAllBe(d => d.Step.PerDay == Mg(1.5m));
    }

    [Fact]
    public void After_the_finish_there_is_no_dose() =>
        Usual().With(new RegimenChange.Finish(Start.PlusDays(10), "me", Then, "no use")).Schedule(100).Days.Count.ShouldBe(10);

    [Fact]
    public void After_a_hold_is_ended_the_dose_rises_the_day_after_at_the_earliest()
    {
        var held = Usual().With(new RegimenChange.Hold(Start.PlusDays(10), 28, "me", Then, "nausea"));
        Steps(held.With(new RegimenChange.GoOn(Start.PlusDays(20), "Dr A", Then, "gone")).Schedule(23)).ShouldBe(["12-01 12-21 1.5 mg 22:00", "12-22 12-23 3 mg 22:00"]);
        (held.HeldOn(Start.PlusDays(37)) is not null, held.HeldOn(Start.PlusDays(38)) is null, held.With(new RegimenChange.GoOn(Start.PlusDays(20), "Dr A", Then, "gone")).HeldOn(Start.PlusDays(20)) is null).ShouldBe((true, true, true));
    }

    [Fact]
    public void Who_stays_on_a_dose_goes_on_rising_when_told() =>
        Steps(Usual().With(new RegimenChange.Stay(Start.PlusDays(3), "me", Then, "well")).With(new RegimenChange.GoOn(Start.PlusDays(20), "Dr A", Then, "more")).Schedule(23))
            .ShouldBe(["12-01 12-21 1.5 mg 22:00", "12-22 12-23 3 mg 22:00"]);

    [Fact]
    public void A_ceiling_of_3_mg_sends_4_point_5_mg_down_a_step_and_keeps_1_point_5_mg_rising_to_3_mg()
    {
        RegimenChange Ceiling(int day) => new RegimenChange.Ceiling(Start.PlusDays(day), Mg(3), "Dr A", Then, "enough");
        Steps(Usual().With(Ceiling(30)).Schedule(60)).ShouldBe(["12-01 12-14 1.5 mg 22:00", "12-15 12-28 3 mg 22:00", "12-29 12-30 4.5 mg 22:00", "12-31 01-29 3 mg 22:00"]);
        Steps(Usual().With(Ceiling(5)).Schedule(60)).ShouldBe(["12-01 12-14 1.5 mg 22:00", "12-15 01-29 3 mg 22:00"]);
    }

    [Fact]
    public void Without_a_clearance_a_plan_is_provisional()
    {
        Usual().Provisional.ShouldBeTrue();
        PlanGuards.Of(Usual()).ShouldContain(c => c.Code == "provisional");
        Usual(new Clearance(Start, null)).Provisional.ShouldBeFalse();
    }

    [Fact]
    public void No_plan_starts_before_the_first_safe_day()
    {
        PlanGuards.Refused(Usual(new Clearance(Start, Start.PlusDays(1))))!.What.ShouldContain("2026-12-02");
        PlanGuards.Refused(Usual(new Clearance(Start, Start))).ShouldBeNull();
    }

    [Fact]
    public void Above_12_mg_no_plan_is_made() =>
        PlanGuards.Refused(Usual() with { Titration = Rising(1.5m, 1.5m, 14, 12.5m) })!.What.ShouldContain("12 mg");

    [Fact]
    public void A_high_start_fast_steps_and_a_high_ceiling_are_said() =>
        PlanGuards.Of(Usual(new Clearance(Start, null)) with { Titration = Rising(3, 1.5m, 7, 6) }).Select(c => c.Code).ShouldBe(["above-4.5-mg", "high-start", "fast-steps"]);

    [Fact]
    public void It_is_judged_after_8_weeks_on_one_dose_and_stopped_by_then_unless_it_helps()
    {
        var reviews = Reviews.Of(Usual());
        reviews.Days.Single(r => r.Kind == ReviewKind.Judge).Date.ShouldBe(Start.PlusDays(28 + 56));
        reviews.StopReview.ShouldBe(Start.PlusDays(84));
        reviews.Days.Count(r => r.Kind == ReviewKind.Recheck).ShouldBe(2);
    }

    [Fact]
    public void A_fixed_dose_is_not_stopped_before_12_weeks() =>
        Reviews.Of(Usual() with { Titration = Rising(4.5m, 1, 1, 4.5m) }).StopReview.ShouldBe(Start.PlusDays(84));

    [Fact]
    public void A_slow_rise_is_stopped_after_six_months_at_the_latest() =>
        Reviews.Of(Usual() with { Titration = Rising(0.5m, 0.5m, 30, 4.5m) }).StopReview.ShouldBe(new LocalDate(2027, 6, 1));

    [Fact]
    public void A_dose_is_a_few_capsules_of_one_strength_or_one_of_its_own()
    {
        var few = CapsulePlan.Of(Usual().Schedule(42));
        (few.Strengths.Single(), few.Counts.Single()).ShouldBe((Mg(1.5m), 14 + 28 + 42));
        var own = CapsulePlan.Of((Usual() with { Titration = Rising(0.5m, 1, 14, 4.5m) }).Schedule(70));
        own.Strengths.ShouldBe([Mg(0.5m), Mg(1.5m), Mg(2.5m), Mg(3.5m), Mg(4.5m)]);
        own.Counts.ShouldBe([14, 14, 14, 14, 14]);
    }
}
