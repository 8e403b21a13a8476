using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Tests.Diary;

/// <summary>What is assumed of days on which nothing, or not all, was written.</summary>
public class CarryingTests
{
    private static readonly Lowdose.Diary.Outcome Pain = new("pain");

    private static DiaryDay Day(int day, double? mg = null, Arm? arm = null, double? score = 5) =>
        new(day, score, mg is { } m ? Mass.FromMilligrams((decimal)m) : null, arm, null, null);

    private static CourseDiary Diary(params DiaryDay[] days) => new(Pain, days, null);

    private static double[] DosesOf(CourseDiary diary) => [.. diary.Doses.Select(d => d.Milligrams)];

    [Fact]
    public void A_dose_missing_before_any_was_recorded_is_none()
    {
        var diary = Diary(Day(1), Day(2), Day(3, 1.5));
        DosesOf(diary).ShouldBe([0, 0, 1.5]);
        diary.Arms.ShouldBe([Arm.None, Arm.None, Arm.Ldn]);
        diary.AssumedDoses.ShouldBe([1, 2]);
        diary.UncertainDoses.ShouldBeEmpty();
    }

    [Fact]
    public void Days_nobody_wrote_within_a_block_belong_to_it_and_between_blocks_to_none()
    {
        DiaryDay In(int period, int day) => Day(day, 0, Arm.Placebo) with { Period = period };
        Diary(In(1, 1), In(1, 4), In(2, 5), In(3, 7)).ToCourse().Blocks.ShouldBe([1, 1, 1, 1, 2, 0, 3]);
        Diary(Day(1, 0), Day(3, 0)).ToCourse().Blocks.ShouldBeNull();
    }

    [Fact]
    public void A_gap_between_equal_doses_is_that_dose()
    {
        var diary = Diary(Day(1, 4.5), Day(4, 4.5));
        DosesOf(diary).ShouldBe([4.5, 4.5, 4.5, 4.5]);
        diary.AssumedDoses.ShouldBe([2, 3]);
        diary.UncertainDoses.ShouldBeEmpty();
    }

    [Fact]
    public void A_gap_between_different_doses_is_the_earlier_dose_and_uncertain()
    {
        var diary = Diary(Day(1, 3), Day(3), Day(4, 4.5));
        DosesOf(diary).ShouldBe([3, 3, 3, 4.5]);
        diary.AssumedDoses.ShouldBe([2, 3]);
        diary.UncertainDoses.ShouldBe([2, 3]);
    }

    [Fact]
    public void A_gap_at_the_end_goes_on_as_before_and_is_not_uncertain()
    {
        var diary = Diary(Day(1, 3), Day(2), Day(3));
        DosesOf(diary).ShouldBe([3, 3, 3]);
        diary.AssumedDoses.ShouldBe([2, 3]);
        diary.UncertainDoses.ShouldBeEmpty();
    }

    [Fact]
    public void A_forgotten_tablet_is_dose_0_on_a_day_assigned_the_drug()
    {
        var diary = Diary(Day(1, 4.5, Arm.Ldn), Day(2, 0, Arm.Ldn), Day(3, 4.5, Arm.Ldn));
        DosesOf(diary).ShouldBe([4.5, 0, 4.5]);
        diary.Arms.ShouldAllBe(a => a == Arm.Ldn);
        diary.AssumedDoses.ShouldBeEmpty();
    }

    [Fact]
    public void A_placebo_day_without_a_dose_is_dose_0_and_counted_as_assumed()
    {
        var diary = Diary(Day(1, 4.5, Arm.Ldn), Day(2, null, Arm.Placebo), Day(3), Day(4, 4.5, Arm.Ldn));
        DosesOf(diary).ShouldBe([4.5, 0, 0, 4.5]);
        diary.Arms.ShouldBe([Arm.Ldn, Arm.Placebo, Arm.Placebo, Arm.Ldn]);
        diary.AssumedDoses.ShouldBe([2, 3]);
        diary.UncertainDoses.ShouldBe([3]);
    }

    [Fact]
    public void An_arm_not_written_follows_the_dose_where_there_is_one_and_the_day_before_where_not()
    {
        var diary = Diary(Day(1, 0), Day(2, 1.5), Day(3), Day(4, 0), Day(5, 0, Arm.Placebo), Day(6));
        diary.Arms.ShouldBe([Arm.None, Arm.Ldn, Arm.Ldn, Arm.None, Arm.Placebo, Arm.Placebo]);
    }

    [Fact]
    public void A_diary_that_starts_with_day_12_calls_its_days_as_the_person_does()
    {
        var diary = Diary(Day(12, 0), Day(14, 1.5));
        diary.Days.Select(d => d.Day).ShouldBe([1, 2, 3]);
        diary.NameOf(3).ShouldBe("day 14");
        diary.Days[1].ShouldBe(new DiaryDay(2, null, null, null, null, null));
    }

    [Fact]
    public void A_dated_diary_calls_its_days_by_date() =>
        new CourseDiary(Pain, [Day(1, 0), Day(3, 0)], new LocalDate(2026, 2, 27)).NameOf(3).ShouldBe("2026-03-01");

    [Fact]
    public void A_dose_on_a_placebo_day_is_a_programmers_error() =>
        Should.Throw<ArgumentException>(() => Diary(Day(1, 1.5, Arm.Placebo)));

    [Fact]
    public void The_same_day_twice_is_a_programmers_error() => Should.Throw<ArgumentException>(() => Diary(Day(1, 0), Day(1, 1.5)));

    [Fact]
    public void A_missing_score_is_not_a_number_for_Science_and_a_missing_period_is_block_0()
    {
        var course = new CourseDiary(Pain, [Day(1, 0, score: null), Day(2, 0) with { Period = 3 }], null).ToCourse(alreadyTaking: true, toldRandomised: true);
        course.Scores[0].ShouldBe(double.NaN);
        course.Blocks.ShouldBe([0, 3]);
        course.AlreadyTaking.ShouldBeTrue();
        course.ToldRandomised.ShouldBeTrue();
        Diary(Day(1, 0)).ToCourse().Blocks.ShouldBeNull();
    }

    [Fact]
    public void The_order_of_rows_does_not_matter() =>
        Prop.ForAll(Diaries().ToArbitrary(), days =>
        {
            var (forwards, backwards) = (new CourseDiary(Pain, days, null), new CourseDiary(Pain, [.. days.Reverse()], null));
            return forwards.Doses.SequenceEqual(backwards.Doses) && forwards.Arms.SequenceEqual(backwards.Arms)
                && forwards.Days.SequenceEqual(backwards.Days) && forwards.UncertainDoses.SequenceEqual(backwards.UncertainDoses);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_written_stays_and_every_other_day_is_counted() =>
        Prop.ForAll(Diaries().ToArbitrary(), days =>
        {
            var diary = new CourseDiary(Pain, days, null);
            var assumed = diary.AssumedDoses.ToHashSet();
            return diary.Days.All(d => d.Dose is { } dose ? diary.Doses[d.Day - 1] == dose && !assumed.Contains(d.Day) : assumed.Contains(d.Day))
                && diary.UncertainDoses.All(assumed.Contains)
                && diary.Arms.Zip(diary.Doses).All(x => x.First == Arm.Ldn || x.Second == Mass.Zero);
        }).QuickCheckThrowOnFailure();

    private static Gen<DiaryDay[]> Diaries() =>
        from days in Gen.NonEmptyListOf(Gen.Choose(1, 40))
        from doses in Gen.ArrayOf(Gen.Elements<double?>(null, null, 0, 1.5, 4.5), 41)
        from arms in Gen.ArrayOf(Gen.Elements<Arm?>(null, Arm.None, Arm.Placebo, Arm.Ldn), 41)
        select days.Distinct().Select(d => Day(d, doses[d], doses[d] > 0 && arms[d] != Arm.Ldn ? null : arms[d])).ToArray();
}
