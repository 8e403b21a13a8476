using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>Operations: when to stop before, when to restart after.</summary>
public class SurgeryTests
{
    private static readonly LocalDate InTenDays = Some.Today.PlusDays(10);

    private static Finding About(Surgery surgery, params Medicine[] medicines) => Some.Screen.Of(Some.Person with { Surgeries = [surgery], Medicines = medicines }).Only("C9");

    [Fact]
    public void An_operation_in_ten_days_holds_until_ten_full_days_after_it()
    {
        var finding = About(new(InTenDays, true));
        finding.Level.ShouldBe(RuleLevel.HoldUntil);
        finding.Until.ShouldBe(InTenDays.PlusDays(11));
        finding.Do.ShouldContain("10 full days after the last opioid dose");
    }

    [Fact]
    public void That_guidelines_say_72_hours_is_shown_as_a_conflict() =>
        About(new(InTenDays, true)).Conflicts.ShouldContain(c => c.Says.Contains("72 hours", StringComparison.Ordinal));

    [Theory]
    [InlineData("LDN 1.5 mg", "2026-11-23", "7 full days")]
    [InlineData("LDN 4.5 mg", "2026-11-22", "8 full days")]
    [InlineData("LDN 6 mg", "2026-11-21", "9 full days")]
    [InlineData("LDN 12 mg", "2026-11-20", "10 full days")]
    [InlineData("LDN 4.5 mg twice a day", "2026-11-20", "10 full days")]
    public void The_last_dose_is_seven_days_before_or_as_long_as_the_receptors_need(string course, string lastDose, string days)
    {
        var finding = About(new(InTenDays, true), new Medicine(course));
        finding.Do.ShouldContain("Last naltrexone on " + lastDose);
        finding.Do.ShouldContain(days);
    }

    [Fact]
    public void Where_nobody_knows_whether_opioids_are_given_they_count_as_given_and_it_is_asked()
    {
        var screening = Some.Screen.Of(Some.Person with { Surgeries = [new(InTenDays, null)] });
        screening.Status.ShouldBe(ScreenStatus.Held);
        screening.Unanswered.Single().ShouldContain("Will opioids be given");
    }

    [Fact]
    public void Without_opioids_it_is_a_note_to_tell_the_anaesthetist()
    {
        var finding = About(new(InTenDays, false));
        finding.Level.ShouldBe(RuleLevel.Note);
        finding.Do.ShouldContain("anaesthetist");
    }

    [Fact]
    public void An_operation_far_off_leaves_time_for_a_course_and_says_when_to_stop()
    {
        var finding = About(new(Some.Today.PlusDays(180), true));
        finding.Level.ShouldBe(RuleLevel.Caution);
        finding.Do.ShouldContain("Last naltrexone on");
    }

    [Fact]
    public void An_operation_last_week_still_holds_because_opioids_may_follow_it() =>
        About(new(Some.Today.PlusDays(-7), true)).Until.ShouldBe(Some.Today.PlusDays(4));

    [Fact]
    public void An_operation_long_past_is_not_spoken_of() =>
        Some.Screen.Of(Some.Person with { Surgeries = [new(Some.Today.PlusDays(-30), true)] }).Findings.ShouldNotContain(f => f.Rule == "C9");

    [Fact]
    public void An_operation_without_a_date_goes_to_the_prescriber_and_the_date_is_asked()
    {
        var screening = Some.Screen.Of(Some.Person with { Surgeries = [new(null, true)] });
        screening.Only("C9").Level.ShouldBe(RuleLevel.Prescriber);
        screening.Unanswered.ShouldContain("When is the operation?");
    }

    [Fact]
    public void No_dose_and_no_step_of_a_plan_is_dated_past_the_last_safe_day_before_an_operation()
    {
        var day = Some.Today.PlusDays(100);
        var plan = Planned(Some.Today.PlusDays(1), new Surgery(day, true));
        plan.Schedule!.Days[^1].Date.ShouldBe(day.PlusDays(-10));
        plan.Reviews.Days.ShouldAllBe(r => r.Date <= day.PlusDays(-10));
        plan.Cautions[0].Code.ShouldBe("operation");
        plan.Cautions[0].Text.ShouldContain(day.PlusDays(-10).ToString("uuuu-MM-dd", null));
        Planned(Some.Today.PlusDays(1), new Surgery(day, true), 400).Schedule!.Days[^1].Date.ShouldBe(day.PlusDays(-10));
    }

    [Theory, InlineData(40), InlineData(92), InlineData(100), InlineData(110)]
    public void A_plan_that_would_run_into_an_operation_too_soon_waits_for_it(int start)
    {
        var plan = Planned(Some.Today.PlusDays(start), new Surgery(Some.Today.PlusDays(100), true));
        plan.Schedule.ShouldBeNull();
        plan.Refused!.FirstDay.ShouldBe(Some.Today.PlusDays(111));
    }

    [Fact]
    public void A_plan_that_starts_after_the_operation_is_whole()
    {
        var plan = Planned(Some.Today.PlusDays(111), new Surgery(Some.Today.PlusDays(100), true));
        plan.Schedule!.Days[^1].Date.ShouldBe(plan.Reviews.StopReview);
        plan.Cautions.ShouldNotContain(c => c.Code == "operation");
    }

    [Theory, InlineData(28, false), InlineData(29, true)]
    public void Answers_that_are_a_month_old_on_the_first_day_are_asked_again(int start, bool asked) =>
        Planned(Some.Today.PlusDays(start), new Surgery(Some.Today.PlusDays(-60), true)).Cautions.Any(c => c.Code == "old-answers").ShouldBe(asked);

    private static ScreenedPlan Planned(LocalDate start, Surgery surgery, int? days = null)
    {
        Some.Knowledge.Protocols.Values.First(p => p.IsPrudent).Titration(null, null, out var titration).ShouldBeNull();
        var regimen = new Regimen(titration!, start, new(22, 0), new Product.Capsules(), null);
        return ScreenedPlan.Of(regimen, Some.Screen.Of(Some.Person with { Surgeries = [surgery] }), Some.Today, Some.Knowledge, days);
    }
}
