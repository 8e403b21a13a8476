using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using Lowdose.Tests.Evidence;
using NodaTime;

namespace Lowdose.Tests.Diary;

/// <summary>From writes to days, to a course, to a verdict.</summary>
public sealed class CourseRecordTests
{
    private static readonly Mass FourAndAHalf = Mass.FromMilligrams(4.5m);

    [Fact]
    public void A_score_that_was_not_written_or_was_cleared_is_missing_and_not_0()
    {
        var log = Writes.Log(Writes.OnDay(0, ("pain", "0")), Writes.OnDay(2, ("pain", "4")), Writes.OnDay(2, ("pain", null), ("mood", "5")));
        Pain(log).Days.Select(d => d.Score).ShouldBe([0, null, null]);
        DayEntry.Of(log, Writes.First.PlusDays(2)).Scores.Keys.ShouldBe(["mood"]);
        log.Versions(Subjects.Day(Writes.First.PlusDays(2)), "pain").Count.ShouldBe(2);
    }

    [Fact]
    public void A_skipped_dose_is_0_and_a_dose_nobody_wrote_about_is_assumed()
    {
        var diary = Pain(Writes.Log(Writes.OnDay(0, ("dose", "taken 4.5 mg at 22:05")), Writes.OnDay(1, ("dose", "skipped")), Writes.OnDay(3, ("dose", "taken unknown")), Writes.OnDay(4, ("pain", "3"))));
        diary.Days.Select(d => d.Dose).ShouldBe([FourAndAHalf, Mass.Zero, null, null, null]);
        diary.AssumedDoses.ShouldBe([3, 4, 5]);
    }

    [Fact]
    public void Half_a_split_dose_is_not_the_day_s_dose()
    {
        Titration.Of("own", [new(Mass.FromMilligrams(3), 2, 14)], Mass.FromMilligrams(3), [], out var titration).ShouldBeNull();
        var regimen = new Regimen(titration!, Writes.First, new(8, 0), new Product.Capsules(), null);
        var log = Writes.Log(Writes.OnDay(0, ("dose", "taken 1.5 mg"), ("dose/2", "taken 1.5 mg")), Writes.OnDay(1, ("dose", "taken 1.5 mg")), Writes.OnDay(2, ("dose", "taken 1.5 mg"), ("dose/2", "skipped")));
        CourseRecord.Of(log).Diary("pain", out var diary, regimen).ShouldBeNull();
        diary!.Days.Select(d => d.Dose).ShouldBe([Mass.FromMilligrams(3), null, Mass.FromMilligrams(1.5m)]);
    }

    [Fact]
    public void A_diary_of_sealed_kits_gives_no_verdict()
    {
        var record = CourseRecord.Of(Writes.Log(Writes.OnDay(0, ("dose", "taken kit 3"), ("pain", "4"))));
        record.Verdict("pain", out var verdict)!.What.ShouldContain("sealed");
        verdict.ShouldBeNull();
        CourseRecord.Of(new DiaryLog()).Diary("pain", out _)!.What.ShouldBe("nothing is written yet");
    }

    [Fact]
    public void Events_and_other_treatments_reach_the_verdict_and_a_crash_does_not_pass_for_one()
    {
        var diary = Pain(Writes.Log(Writes.OnDay(0, ("event/infection", "a cold"), ("event/menstruation", "yes"), ("treatment/duloxetine", "started: 30 mg"), ("crash", "yes"), ("pain", "3")), Writes.OnDay(1, ("crash", "yes"), ("pain", "3"))));
        diary.Days.Select(d => d.Event).ShouldBe(["infection: a cold; menstruation; started duloxetine: 30 mg", null]);
    }

    [Fact]
    public void The_outcome_named_primary_at_the_start_is_primary_and_one_named_later_says_so()
    {
        var named = Writes.Of(Subjects.Course, null, ("primary", "fatigue"), ("mcid", "1.5"));
        var record = CourseRecord.Of(Writes.Log(named, Writes.OnDay(0, ("dose", "taken 4.5 mg"))));
        record.Primary.ShouldNotBeNull();
        (record.Primary.Name, record.Primary.AfterFirstDose, record.Primary.Before.Count).ShouldBe(("fatigue", false, 0));
        record.Outcome("fatigue").MeaningfulChange.ShouldBe(1.5);
        record.Outcome("pain").MeaningfulChange.ShouldBeNull();

        var changed = CourseRecord.Of(Writes.Log(named, Writes.OnDay(0, ("dose", "taken 4.5 mg")), Writes.Of(Subjects.Course, null, ("primary", "pain")))).Primary!;
        (changed.Name, changed.AfterFirstDose).ShouldBe(("pain", true));
        changed.Before.ShouldBe(["fatigue"]);
    }

    [Fact]
    public void Naming_the_same_outcome_again_does_not_make_it_late()
    {
        var named = Writes.Of(Subjects.Course, null, ("primary", "fatigue"));
        CourseRecord.Of(Writes.Log(named, Writes.OnDay(0, ("dose", "taken 4.5 mg")), named with { Id = Guid.NewGuid() })).Primary!.AfterFirstDose.ShouldBeFalse();
    }

    /// <summary>The same course as a CSV would give: 28 days off, 70 on.</summary>
    [Fact]
    public void The_verdict_from_records_is_the_verdict_of_the_same_diary()
    {
        var random = new Random(3);
        int[] scores = [.. Enumerable.Range(0, 98).Select(d => Math.Clamp((d < 28 ? 6 : 3) + random.Next(-1, 2), 0, 10))];
        var log = Writes.Log([Writes.Of(Subjects.Course, null, ("primary", "pain")),
            .. scores.Select((s, d) => Writes.OnDay(d, ("pain", DayFields.Score(s)), ("fatigue", DayFields.Score(s)), ("dose", d < 28 ? "skipped" : "taken 4.5 mg")))]);
        var record = CourseRecord.Of(log);
        record.Verdict("pain", out var verdict).ShouldBeNull();
        var direct = CourseVerdict.Of(new CourseDiary(new Outcome("pain", Step: 1), [.. scores.Select((s, d) => new DiaryDay(d + 1, s, d < 28 ? Mass.Zero : FourAndAHalf, null, null, null))], Writes.First));
        verdict!.Sentence.ShouldBe(direct.Sentence);
        verdict.Judgement.Verdict.ShouldBe(direct.Judgement.Verdict);
        verdict.Judgement.Doses.Single().ProbMeaningfulBenefit.ShouldBe(direct.Judgement.Doses.Single().ProbMeaningfulBenefit);
        verdict.Judgement.Verdict.ShouldBeOneOf(Verdict.Works, Verdict.ProbablyWorks);

        record.Verdict("fatigue", out var secondary).ShouldBeNull();
        secondary!.Warnings.Select(w => w.Code).ShouldContain("secondary-outcome");
        record.Verdict("pain", out var early, through: Writes.First.PlusDays(40)).ShouldBeNull();
        early!.Judgement.Verdict.ShouldBe(Verdict.TooEarly);
    }

    [Fact]
    public void The_plan_written_down_is_the_regimen_it_was_made_from()
    {
        var log = Writes.Log(Writes.Of(Subjects.Plan, null, ("protocol", "own"), ("steps", "1.5 mg for 14 days, 3 mg for 14 days"), ("start", "2026-12-01"), ("time", "22:00"), ("product", "50 mg in 50 mL")),
            Writes.Of(Subjects.Plan, null, (PlanFields.Change("hold"), "hold from 2026-12-10 for 14 days: headache")));
        PlanRecord.Of(log).Regimen(RepositoryKnowledge.Knowledge, null, out var regimen).ShouldBeNull();
        regimen!.Titration.Steps.ShouldBe([new(Mass.FromMilligrams(1.5m), 1, 14), new(Mass.FromMilligrams(3), 1, 14)]);
        regimen.Product.ShouldBe(new Product.Liquid(Concentration.OneMilligramPerMillilitre));
        regimen.Changes.ShouldBe([new RegimenChange.Hold(new(2026, 12, 10), 14, "Ann", Writes.Noon, "headache")]);
        regimen.Schedule(30).Days.Count(d => d.Step.PerDay == Mass.FromMilligrams(1.5m)).ShouldBe(23);

        var prudent = PlanRecord.Of(Writes.Log(Writes.Of(Subjects.Plan, null, ("protocol", "prudent"), ("start", "2026-12-01"), ("product", "capsules"))));
        prudent.Regimen(RepositoryKnowledge.Knowledge, null, out var second).ShouldBeNull();
        second!.Time.ShouldBe(new LocalTime(22, 0));
        PlanRecord.Of(new DiaryLog()).Regimen(RepositoryKnowledge.Knowledge, null, out _)!.What.ShouldBe("there is no plan yet");
    }

    private static CourseDiary Pain(DiaryLog log)
    {
        CourseRecord.Of(log).Diary("pain", out var diary).ShouldBeNull();
        return diary!;
    }
}
