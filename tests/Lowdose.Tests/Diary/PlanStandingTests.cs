using Lowdose.Diary;

namespace Lowdose.Tests.Diary;

/// <summary>An approval holds for what was approved.</summary>
public sealed class PlanStandingTests
{
    private const string Doctor = "Dr A", Other = "Dr B";

    private static DiaryWrite Begun => Writes.Of(Subjects.Plan, null, (PlanFields.Protocol, "prudent"), (PlanFields.Start, "2026-12-01"));
    private static DiaryWrite Approved(string by = Doctor, string? why = null) => Writes.Of(Subjects.Plan, null, (PlanFields.Approved, PlanStanding.Approving(why).Value)) with { Actor = by };
    private static DiaryWrite Hold(string by) => Writes.Of(Subjects.Plan, null, (PlanFields.Change("hold-2026-12-20"), "hold from 2026-12-20 for 14 days: headache")) with { Actor = by };
    private static DiaryWrite Bottle => Writes.Of(Subjects.Plan, null, (PlanFields.Supply("from-2026-12-02"), "50 mL bottle from 2026-12-02, plain water, refrigerator"));

    private static PlanStanding Of(DiaryLog log) => PlanStanding.Of(log, actor => actor is Doctor or Other);

    private static PlanStanding Of(params DiaryWrite[] writes) => Of(Writes.Log(writes));

    [Fact]
    public void A_plan_that_was_only_begun_is_not_approved()
    {
        var standing = Of(Begun);
        (standing.IsApproved, standing.Approval, standing.Decided, standing.DecidedOn).ShouldBe((false, null, null, null));
        DiaryDates.WrittenOn(standing.Begun!).ShouldBe(Writes.First);
    }

    [Fact]
    public void An_approval_says_who_when_and_why()
    {
        var standing = Of(Begun, Approved(why: "seen: she is well"));
        standing.IsApproved.ShouldBeTrue();
        standing.Approval.ShouldBe(new PlanApproval(Doctor, Writes.Noon, Writes.First, "seen: she is well"));
        Of(Begun, Approved()).Approval!.Why.ShouldBeNull();
    }

    [Fact]
    public void A_change_by_the_person_or_another_prescriber_makes_it_changed_since()
    {
        foreach (var by in (string[])["Ann", Other])
        {
            var standing = Of(Begun, Approved(), Hold(by));
            (standing.IsApproved, standing.ChangedSince.Single().Actor).ShouldBe((false, by));
        }
    }

    [Fact]
    public void The_prescriber_who_approved_may_change_it_and_it_stays_approved() => Of(Begun, Approved(), Hold(Doctor)).IsApproved.ShouldBeTrue();

    [Fact]
    public void A_new_bottle_is_no_change_of_the_plan() => Of(Begun, Approved(), Bottle).IsApproved.ShouldBeTrue();

    [Fact]
    public void A_new_approval_takes_in_what_was_changed()
    {
        var standing = Of(Begun, Approved(), Hold("Ann"), Approved(Other, "agreed"));
        (standing.IsApproved, standing.Approval!.By).ShouldBe((true, Other));
    }

    [Fact]
    public void An_approval_that_is_taken_back_is_none()
    {
        var standing = Of(Begun, Approved(), Writes.Of(Subjects.Plan, null, (PlanFields.Approved, null)) with { Actor = Doctor });
        (standing.Approval, standing.IsApproved).ShouldBe((null, false));
    }

    [Fact]
    public void Nobody_approves_a_plan_of_their_own() => Of(Begun, Approved("Ann")).Approval.ShouldBeNull();

    [Fact]
    public void What_came_between_reading_and_approving_was_not_approved()
    {
        var log = Writes.Log(Begun);
        var read = log.Head(Subjects.Plan);
        log.Append(Hold("Ann") with { Base = read }).ShouldBeOfType<Appended.Accepted>();
        log.Append(Approved() with { Base = read }).ShouldBeOfType<Appended.Accepted>();
        (Of(log).IsApproved, Of(log).ChangedSince.Count).ShouldBe((false, 1));
    }

    [Fact]
    public void A_decision_is_the_last_approval_or_change_by_who_prescribes()
    {
        Of(Begun, Hold(Doctor), Bottle, Bottle with { Id = Guid.NewGuid(), Actor = "Ann" }).Decided!.Write.Actor.ShouldBe(Doctor);
        Of(Begun, Hold("Ann")).Decided.ShouldBeNull();
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("yes: seen: well", true)]
    [InlineData("yes:", false)]
    [InlineData("no", false)]
    public void An_approval_is_yes_or_yes_with_a_reason(string value, bool fits) => (Fields.Refusal(Subjects.Plan, PlanFields.Approved, value) is null).ShouldBe(fits);
}
