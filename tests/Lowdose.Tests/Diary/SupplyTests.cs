using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Tests.Evidence;
using NodaTime;

namespace Lowdose.Tests.Diary;

/// <summary>A bottle of 50 mL at 1 mg/mL and 4.5 mg a day: eleven days.</summary>
public sealed class SupplyTests
{
    private static SupplyLeft? Left(int today, string supply, string product, params DiaryWrite[] days)
    {
        var plan = Writes.Of(Subjects.Plan, null, ("protocol", "own"), ("steps", "4.5 mg for 14 days"), ("start", "2026-12-01"), ("time", "22:00"), ("product", product), (PlanFields.Supply("one"), supply));
        var log = Writes.Log([plan, .. days]);
        PlanRecord.Of(log).Regimen(RepositoryKnowledge.Knowledge, null, out var regimen).ShouldBeNull();
        return SupplyLeft.Of(CourseRecord.Of(log), regimen!, Writes.First.PlusDays(today));
    }

    private const string Water = "50 mL bottle from 2026-12-01, plain water, refrigerator", Preserved = "500 mL bottle from 2026-12-01, preserved, room";

    [Fact]
    public void A_full_bottle_of_50_mg_lasts_eleven_doses_of_4_5_mg()
    {
        var left = Left(0, Water, "50 mg in 50 mL")!;
        (left.Least, left.Most, left.FirstWithout, left.DiscardAfter).ShouldBe((Mass.FromMilligrams(50), Mass.FromMilligrams(50), new LocalDate(2026, 12, 12), null));
        left.RenewBy.ShouldBe(new LocalDate(2026, 12, 12));
    }

    [Fact]
    public void A_dose_nobody_wrote_about_may_have_been_taken_and_a_skipped_one_was_not()
    {
        var left = Left(3, Water, "50 mg in 50 mL", Writes.OnDay(0, ("dose", "taken 4.5 mg")), Writes.OnDay(1, ("dose", "skipped")))!;
        (left.Most, left.Least).ShouldBe((Mass.FromMilligrams(45.5m), Mass.FromMilligrams(41)));
        left.FirstWithout.ShouldBe(new LocalDate(2026, 12, 13));
    }

    [Fact]
    public void A_preserved_bottle_is_discarded_after_30_days_at_room_temperature_though_there_is_more_in_it()
    {
        var left = Left(0, Preserved, "500 mg in 500 mL")!;
        left.DiscardAfter.ShouldBe(new LocalDate(2026, 12, 31));
        left.RenewBy.ShouldBe(new LocalDate(2027, 1, 1));
    }

    [Fact]
    public void Todays_dose_once_written_is_not_counted_twice()
    {
        var left = Left(0, Water, "50 mg in 50 mL", Writes.OnDay(0, ("dose", "taken 4.5 mg")))!;
        (left.Least, left.FirstWithout).ShouldBe((Mass.FromMilligrams(45.5m), new LocalDate(2026, 12, 12)));
    }

    [Fact]
    public void Thirty_capsules_last_thirty_days_and_a_bottle_is_no_supply_of_capsules()
    {
        Left(0, "30 capsules of 4.5 mg from 2026-12-01", "capsules")!.FirstWithout.ShouldBe(new LocalDate(2026, 12, 31));
        Left(0, Water, "capsules").ShouldBeNull();
    }
}
