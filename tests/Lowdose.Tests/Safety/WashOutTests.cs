using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>Opioids: blocked while taken, held with a date once stopped.</summary>
public class WashOutTests
{
    [Fact]
    public void An_opioid_that_is_taken_blocks_without_a_date_and_is_never_stopped_alone()
    {
        var screening = Some.ScreenOf(new Medicine("oxycodone"));
        screening.Status.ShouldBe(ScreenStatus.Blocked);
        screening.FirstSafeDate.ShouldBeNull();
        var block = screening.Only("C1");
        block.Level.ShouldBe(RuleLevel.Block);
        block.Until.ShouldBeNull();
        block.Do.ShouldContain("taper with your prescriber");
        block.Do.ShouldContain("without the date of the last dose there is no safe date");
        block.Sources.ShouldNotBeEmpty();
        screening.Unanswered.ShouldContain("When was the last dose of oxycodone?");
    }

    [Fact]
    public void Codeine_cough_syrup_stopped_on_a_date_gives_the_first_safe_date()
    {
        var screening = Some.ScreenOf(new Medicine("codeine cough syrup", LastTaken: new LocalDate(2026, 11, 15)));
        screening.Status.ShouldBe(ScreenStatus.Held);
        // Ten full days: 16 to 25 November.
        screening.FirstSafeDate.ShouldBe(new LocalDate(2026, 11, 26));
        screening.Only("C1").Until.ShouldBe(new LocalDate(2026, 11, 26));
    }

    [Fact]
    public void A_wash_out_that_is_over_is_only_noted()
    {
        var screening = Some.ScreenOf(new Medicine("codeine", LastTaken: new LocalDate(2026, 11, 10)));
        screening.Only("C1").Level.ShouldBe(RuleLevel.Note);
        screening.Status.ShouldBe(ScreenStatus.Clear);
        Some.ScreenOf(new Medicine("codeine", LastTaken: new LocalDate(2026, 11, 11))).Status.ShouldBe(ScreenStatus.Held, "the eleventh day is the first safe one");
    }

    [Theory]
    [InlineData("Subutex", 14)]
    [InlineData("buprenorphine patch", 14)]
    [InlineData("fentanyl patch", 14)]
    public void A_slow_opioid_is_waited_for_longer(string text, int days) =>
        Some.ScreenOf(new Medicine(text, LastTaken: Some.Today)).FirstSafeDate.ShouldBe(Some.Today.PlusDays(days + 1));

    [Theory]
    [InlineData("Buvidal")]
    [InlineData("Sublocade monthly")]
    [InlineData("buprenorphine depot")]
    [InlineData("buprenorphine")]
    public void A_depot_or_what_may_be_one_has_no_date_even_when_the_last_one_is_known(string text)
    {
        var screening = Some.ScreenOf(new Medicine(text, LastTaken: new LocalDate(2026, 9, 1)));
        screening.Status.ShouldBe(ScreenStatus.Blocked);
        screening.FirstSafeDate.ShouldBeNull();
        screening.Only("C1").Do.ShouldContain("specialist");
    }

    [Fact]
    public void Which_form_it_is_is_asked_where_forms_stay_for_different_times() =>
        Some.ScreenOf(new Medicine("buprenorphine", LastTaken: Some.Today)).Unanswered.ShouldContain(q => q.Contains("In which form is the buprenorphine", StringComparison.Ordinal));

    [Fact]
    public void The_form_that_was_told_counts() =>
        Some.ScreenOf(new Medicine("buprenorphine", LastTaken: Some.Today, Form: "patch")).FirstSafeDate.ShouldBe(Some.Today.PlusDays(15));

    [Fact]
    public void An_opioid_nobody_named_has_no_date()
    {
        var screening = Some.ScreenOf(new Medicine("opioid painkiller", LastTaken: new LocalDate(2026, 1, 1)));
        screening.Status.ShouldBe(ScreenStatus.Blocked);
        screening.FirstSafeDate.ShouldBeNull();
    }

    [Fact]
    public void The_latest_of_two_wash_outs_is_the_first_safe_date() =>
        Some.ScreenOf(new Medicine("codeine", LastTaken: Some.Today), new Medicine("Subutex", LastTaken: Some.Today)).FirstSafeDate.ShouldBe(Some.Today.PlusDays(15));

    [Fact]
    public void One_opioid_without_a_date_leaves_no_first_safe_date() =>
        Some.ScreenOf(new Medicine("codeine", LastTaken: Some.Today), new Medicine("tramadol")).FirstSafeDate.ShouldBeNull();

    [Fact]
    public void The_same_opioid_stopped_once_and_taken_again_blocks() =>
        Some.ScreenOf(new Medicine("codeine", LastTaken: new LocalDate(2026, 1, 1)), new Medicine("codeine")).Status.ShouldBe(ScreenStatus.Blocked);

    [Fact]
    public void Two_opioids_in_one_line_are_waited_for_each() =>
        Some.ScreenOf(new Medicine("codeine and Subutex", LastTaken: Some.Today)).FirstSafeDate.ShouldBe(Some.Today.PlusDays(15));

    [Fact]
    public void Tramadol_blocks_and_the_conflict_is_shown()
    {
        var screening = Some.ScreenOf(new Medicine("tramadol 50 mg"));
        screening.Status.ShouldBe(ScreenStatus.Blocked);
        screening.Only("C1-tramadol").Conflicts.Select(c => c.Source).ShouldContain("LENZ");
    }

    [Fact]
    public void Morphine_with_naltrexone_is_an_opioid()
    {
        var screening = Some.ScreenOf(new Medicine("Embeda"));
        screening.Only("C1").Level.ShouldBe(RuleLevel.Block);
        screening.Substances.Single().Match.ShouldBe(NameMatch.Combination);
        // The naltrexone in it is nothing to wait for: only the slow-release morphine counts.
        Some.ScreenOf(new Medicine("Embeda", LastTaken: Some.Today)).FirstSafeDate.ShouldBe(Some.Today.PlusDays(11));
    }

    [Fact]
    public void Every_opioid_in_the_knowledge_base_blocks_when_it_is_taken()
    {
        foreach (var substance in Some.Knowledge.Substances.Values.Where(s => s.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist))
            Some.ScreenOf(new Medicine(substance.Names[0])).Status.ShouldBe(ScreenStatus.Blocked, substance.Id);
    }

    [Fact]
    public void Every_brand_and_name_of_an_opioid_is_recognised_as_it()
    {
        var missed = from s in Some.Knowledge.Substances.Values
                     where s.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist
                     from name in s.Names.Concat(s.Brands.Values.SelectMany(b => b)).Concat(s.Misspellings).Concat(s.Combinations.SelectMany(c => c.Names.Concat(c.Brands.Values.SelectMany(b => b))))
                     where !Some.In(name).Contains(s.Id)
                     select $"{name} ({s.Id})";
        missed.ShouldBeEmpty();
    }
}
