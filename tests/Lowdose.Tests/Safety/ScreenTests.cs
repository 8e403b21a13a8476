using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>What a whole profile comes to.</summary>
public class ScreenTests
{
    [Fact]
    public void A_person_who_answers_everything_and_takes_nothing_is_clear()
    {
        var screening = Some.Screen.Of(Some.Person);
        screening.Status.ShouldBe(ScreenStatus.Clear);
        screening.Unanswered.ShouldBeEmpty();
        screening.Findings.ShouldAllBe(f => f.Level == RuleLevel.Note);
    }

    [Fact]
    public void A_person_who_answers_nothing_is_provisional_and_never_clear()
    {
        var screening = Some.Screen.Of(new Profile(null, null, null, null, null, null, null, Some.Today));
        screening.Status.ShouldBe(ScreenStatus.Provisional);
        screening.Unanswered.Count.ShouldBe(7);
    }

    [Fact]
    public void One_question_left_open_keeps_it_provisional()
    {
        foreach (var profile in (Profile[])[Some.Person with { Medicines = null }, Some.Person with { Conditions = null }, Some.Person with { Surgeries = null }, Some.Person with { Pregnancy = null },
                     Some.Person with { Age = null }, Some.Person with { Labs = null }, Some.Person with { Allergies = null }])
        {
            var screening = Some.Screen.Of(profile);
            screening.Status.ShouldBe(ScreenStatus.Provisional);
            screening.Unanswered.Count.ShouldBe(1);
        }
    }

    [Fact]
    public void Loperamide_at_label_dose_is_a_caution_and_misuse_is_a_block()
    {
        var label = Some.ScreenOf(new Medicine("Imodium 2 mg"));
        label.Status.ShouldBe(ScreenStatus.Clear);
        label.Only("gut-opioid").Level.ShouldBe(RuleLevel.Caution);
        Some.ScreenOf(new Medicine("loperamide high dose")).Status.ShouldBe(ScreenStatus.Blocked);
    }

    [Theory]
    [InlineData("loperamide 2 mg every 2 hours"), InlineData("loperamide 4 mg every hour"), InlineData("Imodium 4 mg 4-hourly"), InlineData("imodium ten tablets a day"), InlineData("loperamide 2 mg, twelve times a day")]
    public void Loperamide_by_the_hour_or_with_its_number_in_words_is_counted(string text) => Some.ScreenOf(new Medicine(text)).Status.ShouldBe(ScreenStatus.Blocked);

    [Theory]
    [InlineData("loperamide 2 mg every 6 hours"), InlineData("loperamide two tablets a day"), InlineData("loperamide 2 mg three times a day"), InlineData("loperamide 2 mg every 24 hours"), InlineData("loperamide 2 mg in one day")]
    public void Loperamide_within_the_limit_stays_a_caution_however_it_is_written(string text) => Some.ScreenOf(new Medicine(text)).Status.ShouldBe(ScreenStatus.Clear);

    [Theory]
    [InlineData("LDN 4.5 mg")]
    [InlineData("low dose naltrexone")]
    [InlineData("naltrexone 1.5 mg capsules")]
    public void Low_dose_naltrexone_is_not_a_duplicate_of_itself(string text) => Some.ScreenOf(new Medicine(text)).Findings.ShouldNotContain(f => f.Rule == "duplicate");

    [Theory]
    [InlineData("Contrave")]
    [InlineData("naltrexone 50 mg")]
    [InlineData("Vivitrol")]
    public void Another_naltrexone_is_a_duplicate_and_not_an_opioid(string text)
    {
        var screening = Some.ScreenOf(new Medicine(text));
        screening.Only("duplicate").Level.ShouldBe(RuleLevel.Prescriber);
        screening.Findings.ShouldNotContain(f => f.Rule == "C1");
    }

    [Fact]
    public void Naltrexone_twice_is_a_duplicate_once() =>
        Some.ScreenOf(new Medicine("LDN 3 mg"), new Medicine("naltrexone 4.5 mg")).Only("duplicate").Subject.ShouldBe("naltrexone 4.5 mg");

    [Fact]
    public void Thyroid_hormone_is_a_caution_with_a_plan_to_test() => Some.ScreenOf(new Medicine("levothyroxine 100 mcg")).Only("C12").Level.ShouldBe(RuleLevel.Caution);

    [Theory]
    [InlineData("1742-6", 38, "U/L", null)]
    [InlineData("1742-6", 41, "U/L", "C4")]
    [InlineData("1742-6", 301, "[iU]/L", "C4-high")]
    [InlineData("62238-1", 30, "mL/min/{1.73_m2}", "C5")]
    [InlineData("62238-1", 31, "mL/min/1.73m2", null)]
    public void A_laboratory_value_is_held_against_its_limit(string loinc, int value, string unit, string? rule)
    {
        var findings = Some.Screen.Of(Some.Person with { Labs = [new(loinc, value, unit, null)] }).Findings.Where(f => f.Level != RuleLevel.Note).ToArray();
        if (rule is null) findings.ShouldBeEmpty();
        else findings.ShouldContain(f => f.Rule == rule && f.Level == RuleLevel.Prescriber);
    }

    [Theory]
    [InlineData(0, 0), InlineData(183, 0), InlineData(184, 1), InlineData(null, 1)]
    public void A_laboratory_value_over_half_a_year_old_or_without_a_day_is_asked_about(int? daysOld, int questions)
    {
        var screening = Some.Screen.Of(Some.Person with { Labs = [new("1742-6", 20, "U/L", daysOld is { } days ? Some.Today.PlusDays(-days) : null)] });
        screening.Unanswered.Count.ShouldBe(questions);
        screening.Status.ShouldBe(questions == 0 ? ScreenStatus.Clear : ScreenStatus.Provisional);
    }

    [Fact]
    public void An_old_value_past_its_limit_still_counts() =>
        Some.Screen.Of(Some.Person with { Labs = [new("1742-6", 301, "U/L", Some.Today.PlusDays(-900))] }).Only("C4-high").Level.ShouldBe(RuleLevel.Prescriber);

    [Theory]
    [InlineData("loperamide 200 mg a day"), InlineData("Loperamide 200mg daily"), InlineData("imodium 2 mg, 40 tablets a day"), InlineData("imodium 50 a day"), InlineData("loperamide 4 mg x 10"),
     InlineData("lopermide 0.1 g/day"), InlineData("loperamide 6 mg three times a day"), InlineData("1,000 mg loperamide"), InlineData("loperamide 10 capsules daily"), InlineData("loperamide 99999999999999999999999999999999 mg")]
    public void Loperamide_above_16_mg_a_day_is_misuse(string text)
    {
        var screening = Some.ScreenOf(new Medicine(text));
        screening.Only("gut-opioid-misuse").Level.ShouldBe(RuleLevel.Block);
        screening.Status.ShouldBe(ScreenStatus.Blocked);
    }

    [Theory]
    [InlineData("loperamide"), InlineData("loperamide 2 mg"), InlineData("imodium 2 mg x 4 a day"), InlineData("loperamide 2 mg 4 times a day"), InlineData("loperamide 16 mg a day"), InlineData("imodium 8 tablets a day"),
     InlineData("loperamide 8 mg daily, 2 mg tablets"), InlineData("loperamide twice a day")]
    public void Loperamide_up_to_16_mg_a_day_is_a_caution(string text)
    {
        var screening = Some.ScreenOf(new Medicine(text));
        screening.Findings.ShouldNotContain(f => f.Level == RuleLevel.Block);
        screening.Only("gut-opioid").Level.ShouldBe(RuleLevel.Caution);
    }

    [Fact]
    public void Spasticity_suggests_3_mg_in_multiple_sclerosis_only()
    {
        Some.Screen.Of(Some.Person with { Conditions = ["spasticity"] }).Findings.ShouldNotContain(f => f.Rule == "C15");
        Some.Screen.Of(Some.Person with { Conditions = ["MS"] }).Findings.ShouldNotContain(f => f.Rule == "C15");
        Some.Screen.Of(Some.Person with { Conditions = ["Multiple sclerosis", "muscle spasms"] }).Only("C15").Subject.ShouldBe("muscle spasms, Multiple sclerosis");
        Some.Screen.Of(Some.Person with { Conditions = ["MS with spasticity"] }).Only("C15").Subject.ShouldBe("MS with spasticity");
    }

    [Fact]
    public void A_value_in_a_unit_no_limit_has_is_asked_about()
    {
        var screening = Some.Screen.Of(Some.Person with { Labs = [new("1742-6", 1.2m, "ukat/L", Some.Today)] });
        screening.Status.ShouldBe(ScreenStatus.Provisional);
        screening.Unanswered.Single().ShouldContain("ukat/L");
    }

    [Theory]
    [InlineData(Pregnancy.Yes)]
    [InlineData(Pregnancy.Trying)]
    [InlineData(Pregnancy.Breastfeeding)]
    public void Pregnancy_trying_and_breastfeeding_go_to_the_prescriber(Pregnancy pregnancy) =>
        Some.Screen.Of(Some.Person with { Pregnancy = pregnancy }).Only("C7").Level.ShouldBe(RuleLevel.Prescriber);

    [Fact]
    public void An_allergy_to_naltrexone_blocks() => Some.Screen.Of(Some.Person with { Allergies = ["Naltrexone (rash)"] }).Status.ShouldBe(ScreenStatus.Blocked);

    [Fact]
    public void Under_18_goes_to_the_prescriber_and_18_does_not()
    {
        Some.Screen.Of(Some.Person with { Age = 17 }).Only("C13").Level.ShouldBe(RuleLevel.Prescriber);
        Some.Screen.Of(Some.Person with { Age = 18 }).Findings.ShouldNotContain(f => f.Rule == "C13");
    }

    [Theory]
    [InlineData("acute hepatitis")]
    [InlineData("opioid dependence")]
    [InlineData("methadone maintenance")]
    public void Some_conditions_block(string condition) => Some.Screen.Of(Some.Person with { Conditions = [condition] }).Status.ShouldBe(ScreenStatus.Blocked);

    [Fact]
    public void An_opioid_named_among_the_illnesses_blocks_and_an_allergy_to_one_does_not()
    {
        Some.Screen.Of(Some.Person with { Conditions = ["back pain, on oxycodone for years"] }).Only("C1").Level.ShouldBe(RuleLevel.Block);
        Some.Screen.Of(Some.Person with { Conditions = ["allergy to codeine"] }).Status.ShouldBe(ScreenStatus.Clear);
    }

    [Fact]
    public void An_operation_known_only_as_a_condition_holds_without_a_date()
    {
        var screening = Some.Screen.Of(Some.Person with { Conditions = ["planned surgery"] });
        screening.Status.ShouldBe(ScreenStatus.Held);
        screening.FirstSafeDate.ShouldBeNull();
    }

    [Fact]
    public void Findings_come_strongest_first_and_each_has_why_what_to_do_and_sources()
    {
        var screening = Some.Screen.Of(Some.Person with { Medicines = [new("tramadol"), new("levothyroxine"), new("Imodium")], Surgeries = [new(new LocalDate(2026, 12, 1), null)] });
        screening.Findings.Select(f => f.Level).ShouldBeInOrder();
        screening.Findings.ShouldAllBe(f => f.Why.Length > 0 && f.Do.Length > 0 && f.Sources.Count > 0);
    }
}
