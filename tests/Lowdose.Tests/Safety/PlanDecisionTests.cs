using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Safety;
using Lowdose.Tests.Diary;
using NodaTime;
using static Lowdose.Tests.Safety.Course;

namespace Lowdose.Tests.Safety;

/// <summary>What a prescriber may decide about a plan, and what is refused with its reason.</summary>
public sealed class PlanDecisionTests
{
    private static readonly Instant At = Writes.Noon;

    private static Refused? Change(int day, Func<LocalDate, RegimenChange> change, params DiaryWrite[] more)
    {
        var course = Today(day, [.. Quiet(day), .. more]);
        return PlanDecisions.Change(course, change(course.From));
    }

    [Fact]
    public void A_usual_plan_that_the_screen_clears_needs_no_reason() => PlanDecisions.Approval(Today(1, [Told(), Plan(), .. Days(0, 1)]), Some.Knowledge, null).ShouldBeNull();

    [Fact]
    public void A_plan_beside_an_opioid_cannot_be_approved_whatever_the_reason()
    {
        var refused = PlanDecisions.Approval(Today(1, [Told(Some.Person with { Medicines = [new("tramadol")] }), Plan()]), Some.Knowledge, "I know her well").ShouldNotBeNull();
        refused.What.ShouldStartWith("tramadol: ");
    }

    [Fact]
    public void A_plan_that_begins_after_the_washout_can_be_approved_and_one_that_begins_before_cannot()
    {
        DiaryWrite told = Told(Some.Person with { Medicines = [new("codeine", LastTaken: First.PlusDays(-4), Form: "tablet")] });
        var until = Today(-1, [told, Plan()]).Screen.Findings.Max(f => f.Until).ShouldNotBeNull();
        DiaryWrite Begins(LocalDate start) => Writes.Of(Subjects.Plan, null, (PlanFields.Start, start.ToString("uuuu-MM-dd", null)));
        PlanDecisions.Approval(Today(-1, [told, Plan(), Begins(until)]), Some.Knowledge, "after the codeine").ShouldBeNull();
        PlanDecisions.Approval(Today(-1, [told, Plan(), Begins(until.PlusDays(-1))]), Some.Knowledge, "after the codeine").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("1.5 mg for 14 days, 3 mg for 14 days, 6 mg for 14 days", "6 mg", "above-4.5-mg")]
    [InlineData("3 mg for 14 days, 4.5 mg for 14 days", "4.5 mg", "high-start")]
    [InlineData("1.5 mg for 7 days, 3 mg for 14 days", "3 mg", "fast-steps")]
    public void A_plan_beyond_the_prudent_one_is_approved_only_with_a_reason(string steps, string ceiling, string code)
    {
        var course = Today(1, [Told(), Plan(steps, ceiling)]);
        PlanDecisions.ToJustify(course, Some.Knowledge).Select(c => c.Code).ShouldContain(code);
        PlanDecisions.Approval(course, Some.Knowledge, null).ShouldNotBeNull();
        PlanDecisions.Approval(course, Some.Knowledge, "took 4.5 mg for years").ShouldBeNull();
    }

    [Fact]
    public void A_plan_above_12_mg_cannot_be_approved() =>
        PlanDecisions.Approval(Today(1, [Told(), Plan("1.5 mg for 14 days, 13 mg for 14 days", "13 mg")]), Some.Knowledge, "why not").ShouldNotBeNull().What.ShouldContain("12 mg");

    [Fact]
    public void A_plan_without_answers_to_the_screen_asks_for_a_reason()
    {
        PlanDecisions.Approval(Today(1, [Plan()]), Some.Knowledge, null).ShouldNotBeNull();
        PlanDecisions.Approval(Today(1, [Plan()]), Some.Knowledge, "asked her myself").ShouldBeNull();
    }

    [Fact]
    public void Without_a_plan_there_is_nothing_to_approve_or_change()
    {
        PlanDecisions.Approval(Today(1, []), Some.Knowledge, "yes").ShouldNotBeNull();
        PlanDecisions.Change(Today(1, []), new RegimenChange.Finish(First, Doctor, At, "no use")).ShouldNotBeNull();
    }

    [Fact]
    public void A_plan_that_has_ended_is_changed_no_more() =>
        Change(5, from => new RegimenChange.Hold(from, 14, Doctor, At, "nausea"), Changed(3, "finish-1", "finish from 2026-12-04: no use")).ShouldNotBeNull();

    [Fact]
    public void Holding_finishing_and_moving_are_always_possible_while_it_runs()
    {
        Change(5, from => new RegimenChange.Hold(from, 14, Doctor, At, "nausea")).ShouldBeNull();
        Change(5, from => new RegimenChange.Finish(from, Doctor, At, "no use")).ShouldBeNull();
        Change(5, from => new RegimenChange.MoveTo(from, new(8, 0), Doctor, At, "sleep")).ShouldBeNull();
        Change(5, from => new RegimenChange.MoveTo(from, new(22, 0), Doctor, At, "sleep")).ShouldNotBeNull();
        Change(5, from => new RegimenChange.Hold(from, 400, Doctor, At, "nausea")).ShouldNotBeNull();
    }

    [Fact]
    public void There_is_no_step_below_the_lowest_and_none_above_the_plan()
    {
        Change(5, from => new RegimenChange.StepBack(from, Doctor, At, "nausea")).ShouldNotBeNull();
        Change(20, from => new RegimenChange.StepBack(from, Doctor, At, "nausea")).ShouldBeNull();
        Change(5, from => new RegimenChange.Ceiling(from, Mass.FromMilligrams(1), Doctor, At, "small")).ShouldNotBeNull();
        Change(5, from => new RegimenChange.Ceiling(from, Mass.FromMilligrams(3), Doctor, At, "enough")).ShouldBeNull();
        Change(5, from => new RegimenChange.Ceiling(from, Mass.FromMilligrams(6), Doctor, At, "more")).ShouldNotBeNull().What.ShouldContain("4.5 mg");
    }

    [Fact]
    public void Only_what_is_held_or_stays_goes_on()
    {
        RegimenChange GoOn(LocalDate from) => new RegimenChange.GoOn(from, Doctor, At, "better");
        Change(5, GoOn).ShouldNotBeNull();
        Change(5, GoOn, Changed(4, "hold-1", "hold from 2026-12-05 for 14 days: nausea")).ShouldBeNull();
        Change(5, GoOn, Changed(4, "stay-1", "stay from 2026-12-05: well")).ShouldBeNull();
        Change(5, GoOn, Changed(3, "stay-1", "stay from 2026-12-04: well"), Changed(4, "resume-1", "resume from 2026-12-05: more")).ShouldNotBeNull();
    }
}
