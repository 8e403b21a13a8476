using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using static Lowdose.Tests.Diary.MadeUp;

namespace Lowdose.Tests.Diary;

public class WarningTests
{
    private static string? Text(CourseVerdict verdict, string code) => verdict.Warnings.SingleOrDefault(w => w.Code == code)?.Text;

    private static string? Text(string code, Func<Judgement, Judgement> change, params DoseJudgement[] doses) => Text(Words(Verdict.Unclear, change, doses), code);

    [Fact]
    public void More_than_a_quarter_of_scores_at_a_bound_is_warned_of()
    {
        Text("scores-at-bounds", j => j with { ShareAtBounds = 0.25 }).ShouldBeNull();
        Text("scores-at-bounds", j => j with { ShareAtBounds = 0.4 }).ShouldBe("40% of the scores are at an end of the scale, where a change can be hidden.");
    }

    [Fact]
    public void A_drug_slower_than_the_blocks_is_warned_of()
    {
        Text("slow-for-blocks", j => j with { ProbTauOverHalfBlock = 0.25 }).ShouldBeNull();
        Text("slow-for-blocks", j => j with { ProbTauOverHalfBlock = 0.3 })!.ShouldContain("6 of 20");
    }

    [Fact]
    public void Fast_switching_says_how_fast_an_effect_must_be_to_be_seen() =>
        Text("fast-switching", j => j with { TauMaxDays = 2, MedianBlockDays = 4 })!.ShouldContain("within 2 days");

    [Fact]
    public void A_strong_drift_is_warned_of_and_a_weak_one_is_not()
    {
        Text("strong-trend", j => j with { TrendPer28Days = Around(-0.1, 0.1) }).ShouldBeNull();
        Text("strong-trend", j => j with { TrendPer28Days = Around(-0.4, 0.1) })!.ShouldContain("0.4 points better every 28 days");
    }

    [Fact]
    public void Fewer_than_56_days_at_the_verdict_dose_is_warned_of()
    {
        Text("short-at-verdict-dose", j => j, Dose(days: 56)).ShouldBeNull();
        Text("short-at-verdict-dose", j => j, Dose(days: 40)).ShouldBe("LDN is usually judged after 8–10 weeks; this diary has 40 days at 4.5 mg so far.");
    }

    [Fact]
    public void Without_placebo_days_expectation_cannot_be_told_from_the_drug()
    {
        Text("no-placebo", j => j).ShouldNotBeNull();
        var blinded = OffThenOn(offArm: Arm.Placebo);
        Text(Words(Judgement(blinded, Verdict.Unclear, Dose()), blinded), "no-placebo").ShouldBeNull();
    }

    [Fact]
    public void Borderline_short_blocks_and_fading_are_said()
    {
        Text("borderline", j => j with { Borderline = true }).ShouldNotBeNull();
        Text("randomised-short", j => j with { Strength = Strength.RandomisedShort }).ShouldNotBeNull();
        Text("fading", j => j with { Fading = new(0.8, 2.5, true) })!.ShouldContain("0.8 points worse");
        Text("fading", j => j with { Fading = new(0.8, 1.5, false) }).ShouldBeNull();
    }

    [Fact]
    public void A_fallback_of_the_engine_is_not_a_warning() =>
        Words(Verdict.Unclear, j => j with { Engine = new(63, true) }).Warnings.ShouldBe(Words(Verdict.Unclear, j => j).Warnings);

    [Fact]
    public void A_secondary_outcome_is_labelled_and_the_primary_one_is_not()
    {
        var judgement = Judgement(OffThenOn(), Verdict.Unclear, Dose());
        Text(Words(judgement, primary: "fatigue"), "secondary-outcome")!.ShouldContain("fatigue was named primary");
        Text(Words(judgement, primary: "pain"), "secondary-outcome").ShouldBeNull();
    }

    [Fact]
    public void Assumed_doses_are_counted_and_listed_and_the_uncertain_ones_marked()
    {
        DiaryDay Day(int day, decimal? mg) => new(day, 5, mg is { } m ? Mass.FromMilligrams(m) : null, null, null, null);
        var diary = new CourseDiary(new("pain"), [Day(1, 0), Day(3, 0), Day(4, null), Day(5, null), Day(6, 4.5m)], null);
        Text(Words(Judgement(diary, Verdict.TooEarly, Dose(days: 1)), diary), "assumed-doses")
            .ShouldBe("The dose was not written on 3 days and is assumed: day 2, day 4 to day 5 ?. Those marked ? lie between two different doses.");
    }

    [Fact]
    public void An_event_within_14_days_of_a_dose_change_is_judged_without_too()
    {
        CourseDiary With(int eventDay) => new(new("pain"), [.. OffThenOn().Days.Select(d => d with { Score = 5 + d.Day * 7 % 11 % 3, Event = d.Day == eventDay ? "flu" : null })], null);
        var near = CourseVerdict.Of(With(28 + 15));
        near.WithoutEvents!.DaysLeftOut.ShouldBe([43]);
        near.WithoutEvents.Judgement.Observed.ShouldBe(near.Judgement.Observed - 1);
        Text(near, "event-near-dose-change")!.ShouldStartWith("Something else happened within 14 days of a dose change (day 43). Without that day's score the answer ");

        var far = CourseVerdict.Of(With(28 + 16));
        far.WithoutEvents.ShouldBeNull();
        Text(far, "event-near-dose-change").ShouldBeNull();
    }

    [Fact]
    public void A_forgotten_tablet_is_not_a_dose_change()
    {
        var days = OffThenOn().Days.Select(d => d.Day switch { 80 => d with { Dose = Mass.Zero, Event = null }, 81 => d with { Event = "flu" }, _ => d });
        CourseVerdict.Of(new CourseDiary(new("pain"), [.. days], null)).WithoutEvents.ShouldBeNull();
    }

    [Fact]
    public void Already_taking_nothing_is_said()
    {
        var diary = OffThenOn();
        CourseVerdict.Of(diary, alreadyTaking: true).Warnings.ShouldContain(w => w.Code == "already-taking-nothing");
    }
}
