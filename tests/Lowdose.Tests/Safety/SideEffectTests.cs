using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using Lowdose.Safety;
using Lowdose.Tests.Diary;
using Lowdose.Tests.Evidence;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>A side effect in the diary holds a step, sends back a step, moves the dose to the morning, or sends to the prescriber.</summary>
public sealed class SideEffectTests
{
    private static readonly LocalDate First = Writes.First;

    /// <summary>1.5, 3 and 4.5 mg, 14 days each, at 22:00.</summary>
    private static Regimen Plan(LocalTime? time = null)
    {
        Titration.Of("own", [.. new[] { 1.5m, 3, 4.5m }.Select(mg => new TitrationStep(Mass.FromMilligrams(mg), 1, 14))], Mass.FromMilligrams(4.5m), [], out var titration).ShouldBeNull();
        return new(titration!, First, time ?? new(22, 0), new Product.Capsules(), null);
    }

    /// <summary>Doses from day 0 on, and the same side effect on these days.</summary>
    private static IReadOnlyList<SideEffectFinding> On(int today, string effect, string severity, IEnumerable<int> days, Regimen? plan, params (int Day, string Field, string Value)[] more)
    {
        var log = Writes.Log([Writes.OnDay(0, ("dose", "taken 1.5 mg")), .. days.Select(d => Writes.OnDay(d, (DayFields.Effect(effect), severity))), .. more.Select(m => Writes.OnDay(m.Day, (m.Field, m.Value)))]);
        return SideEffects.Of(RepositoryKnowledge.Knowledge, CourseRecord.Of(log), plan, First.PlusDays(today), "Ann", Writes.Noon);
    }

    private static IEnumerable<int> Days(int from, int count) => Enumerable.Range(from, count);

    private static string[] Rules(IReadOnlyList<SideEffectFinding> findings) => [.. findings.Select(f => f.Finding.Rule)];

    [Theory]
    [InlineData(6, null)]
    [InlineData(7, "side-effect-hold")]
    [InlineData(14, "side-effect-hold")]
    [InlineData(15, "side-effect-back")]
    public void A_headache_holds_the_step_from_7_days_and_sends_back_after_14(int days, string? rule)
    {
        // It begins on the second step, on day 14.
        var found = On(14 + days - 1, "headache", "mild", Days(14, days), Plan());
        Rules(found).ShouldBe(rule is null ? [] : [rule]);
        if (found.Count == 0) return;
        var change = found[0].Change.ShouldNotBeNull();
        (change.From, change.Who, change.At, change.Why).ShouldBe((First.PlusDays(14 + days - 1), "Ann", Writes.Noon, $"a side effect for {days} days"));
        (days > 14 ? change is RegimenChange.StepBack : change is RegimenChange.Hold { Days: 14 }).ShouldBeTrue();
    }

    [Fact]
    public void A_hold_that_was_taken_keeps_the_dose_and_is_not_asked_for_again()
    {
        var plan = Plan();
        var change = On(12, "headache", "mild", Days(6, 7), plan).Single().Change!;
        var held = plan.With(change);
        // Without the hold day 14 would be the second step.
        (plan.Schedule(20).Days[14].Index, held.Schedule(20).Days[14].Index).ShouldBe((1, 0));
        On(13, "headache", "mild", Days(6, 8), held).ShouldBeEmpty();
    }

    [Fact]
    public void A_step_back_gets_its_own_days_to_help()
    {
        var plan = Plan();
        var back = plan.With(On(28, "headache", "mild", Days(14, 15), plan).Single().Change!);
        On(33, "headache", "mild", Days(14, 20), back).ShouldBeEmpty();
        Rules(On(34, "headache", "mild", Days(14, 21), back)).ShouldBe(["side-effect-hold"]);
    }

    [Fact]
    public void On_the_lowest_dose_the_prescriber_is_asked_whether_to_go_on()
    {
        var found = On(14, "headache", "mild", Days(0, 15), Plan().With(new RegimenChange.Hold(First.PlusDays(6), 14, "Ann", Writes.Noon, "headache")));
        Rules(found).ShouldBe(["side-effect-lowest"]);
        found.Single().Change.ShouldBeNull();
    }

    [Theory]
    [InlineData("moderate", 1, true)]
    [InlineData("mild", 2, false)]
    [InlineData("mild", 3, true)]
    public void Bad_sleep_moves_a_bedtime_dose_to_the_morning_and_leaves_one_out(string severity, int days, bool moves)
    {
        var plan = Plan();
        var found = On(days, "insomnia", severity, Days(1, days), plan);
        Rules(found).ShouldBe(moves ? ["side-effect-morning"] : []);
        if (!moves) return;
        var moved = plan.With(found.Single().Change!);
        moved.Schedule(days + 2).Days[days].Times.ShouldBeEmpty();
        moved.Schedule(days + 2).Days[days + 1].Times.ShouldBe([new LocalTime(8, 0)]);
        On(days, "insomnia", severity, Days(1, days), moved).ShouldBeEmpty();
        On(days, "insomnia", severity, Days(1, days), Plan(new(8, 0))).ShouldBeEmpty();
    }

    [Fact]
    public void A_severe_side_effect_asks_the_prescriber_at_once_and_comes_first()
    {
        var found = On(7, "nausea", "severe", Days(1, 7), Plan());
        Rules(found).ShouldBe(["side-effect-ask", "side-effect-hold"]);
        found[0].Finding.Level.ShouldBe(RuleLevel.Prescriber);
        found[0].Finding.Do.ShouldContain("before the next dose");
        On(1, "lasting-erection", "mild", [1], Plan()).Single().Finding.Do.ShouldStartWith("This is an emergency.");
    }

    [Fact]
    public void Days_without_a_word_do_not_end_a_side_effect_and_a_word_that_it_is_gone_does()
    {
        // Written on day 1, 5 and 8: at most three silent days between.
        Rules(On(8, "headache", "mild", [1, 5, 8], Plan())).ShouldBe(["side-effect-hold"]);
        On(8, "headache", "mild", [1, 6, 8], Plan()).ShouldBeEmpty();
        On(8, "headache", "mild", [1, 5, 8], Plan(), (3, "effects", "none")).ShouldBeEmpty();
        On(8, "headache", "mild", [1, 5, 8], Plan(), (3, "effect/headache", "none")).ShouldBeEmpty();
        // Gone today, or not spoken of any more.
        On(9, "headache", "mild", Days(1, 8), Plan(), (9, "effects", "none")).ShouldBeEmpty();
        On(12, "headache", "mild", Days(1, 8), Plan()).ShouldBeEmpty();
        Rules(On(11, "headache", "mild", Days(1, 8), Plan())).ShouldBe(["side-effect-hold"]);
    }

    [Fact]
    public void Before_the_first_dose_nothing_is_a_side_effect()
    {
        var log = Writes.Log([.. Days(0, 20).Select(d => Writes.OnDay(d, (DayFields.Effect("headache"), "severe")))]);
        SideEffects.Of(RepositoryKnowledge.Knowledge, CourseRecord.Of(log), null, First.PlusDays(19), "Ann", Writes.Noon).ShouldBeEmpty();
    }

    [Fact]
    public void From_the_first_kit_of_a_blinded_trial_on_it_stops_the_kit_even_where_nobody_wrote_that_it_was_taken()
    {
        var log = Writes.Log(Writes.OnDay(5, (DayFields.Effect("headache"), "severe")));
        IReadOnlyList<Finding> Stops(LocalDate? since) => KitStop.Of(Some.Knowledge, Some.Screen, log, First.PlusDays(6), since);
        Stops(null).ShouldBeEmpty();
        Stops(First.PlusDays(6)).ShouldBeEmpty();
        Stops(First.PlusDays(3)).Single().Subject.ShouldBe("Headache");
    }

    [Fact]
    public void A_side_effect_with_a_name_of_ones_own_counts_too_and_without_a_plan_nothing_is_changed()
    {
        var found = On(7, "itchy-nose", "mild", Days(1, 7), null);
        (found.Single().Finding.Subject, found.Single().Finding.Rule, found.Single().Change).ShouldBe(("Itchy nose", "side-effect-hold", null));
    }

    [Fact]
    public void Every_finding_is_sourced_and_speaks_plainly()
    {
        SideEffectFinding[] all = [.. On(7, "nausea", "severe", Days(1, 7), Plan()), .. On(3, "insomnia", "mild", Days(1, 3), Plan()), .. On(28, "headache", "mild", Days(14, 15), Plan()),
            .. On(14, "headache", "mild", Days(0, 15), Plan().With(new RegimenChange.Hold(First.PlusDays(6), 14, "Ann", Writes.Noon, "headache"))), .. On(1, "lasting-erection", "mild", [1], Plan()), .. On(1, "fast-heartbeat", "mild", [1], Plan()), .. On(40, "headache", "mild", Days(32, 9), Plan())];
        all.Select(f => f.Finding.Rule).Distinct().Order().ShouldBe(["side-effect-ask", "side-effect-back", "side-effect-hold", "side-effect-lowest", "side-effect-morning", "side-effect-wait"]);
        foreach (var finding in all.Select(f => f.Finding))
        {
            finding.Sources.ShouldNotBeEmpty();
            ReadingGrade.Of([finding.Why, finding.Do]).ShouldBeLessThanOrEqualTo(6, finding.Rule);
            finding.Do.Split(". ").ShouldAllBe(s => s.Split(' ', StringSplitOptions.None).Length <= 15);
        }
    }
}
