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
}
