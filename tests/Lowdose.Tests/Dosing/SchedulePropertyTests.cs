using FsCheck;
using FsCheck.Fluent;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Tests.Dosing;

/// <summary>What holds for every regimen, whatever was changed on the way.</summary>
public class SchedulePropertyTests
{
    private static void Always(Func<Schedule, bool> holds) =>
        Prop.ForAll(Plans.Any(), plan => holds(plan.Regimen.Schedule(plan.Days))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void No_day_is_above_the_ceiling() => Always(schedule =>
        schedule.Doses.GroupBy(d => d.Date).All(day => day.Aggregate(Mass.Zero, (sum, d) => sum + d.Amount) <= schedule.Regimen.Titration.Ceiling));

    [Fact]
    public void No_step_up_comes_sooner_than_allowed_or_during_a_hold() => Always(schedule =>
    {
        var regimen = schedule.Regimen;
        for (var i = 1; i < schedule.Days.Count; i++)
        {
            var (before, now) = (schedule.Days[i - 1], schedule.Days[i]);
            if (now.Step.PerDay <= before.Step.PerDay) continue;
            // Counted back day by day, and not past a step back, after which the days count anew.
            var held = 0;
            for (var d = i - 1; d >= 0 && schedule.Days[d].Index == before.Index; d--)
            {
                held++;
                if (regimen.Changes.Any(c => c is RegimenChange.StepBack && c.From == schedule.Days[d].Date)) break;
            }
            if (now.Index != before.Index + 1 || held < before.Step.MinimumDays) return false;
            if (regimen.Changes.OfType<RegimenChange.Hold>().Any(h => h.From <= now.Date && now.Date < h.From.PlusDays(h.Days))) return false;
            if (regimen.Changes.Any(c => c is RegimenChange.Stay && c.From <= now.Date)) return false;
        }
        return true;
    });

    [Fact]
    public void The_doses_add_up_to_what_is_dispensed() => Always(schedule =>
    {
        var capsules = CapsulePlan.Of(schedule);
        return capsules.Total == schedule.Total
            && schedule.Doses.All(d => capsules.Holding(d.Amount) is var (strength, count) && count is > 0 and <= CapsulePlan.MostAtOnce && count * strength == d.Amount)
            && schedule.Steps.Sum(s => schedule.Days.Count(d => d.Date >= s.From && d.Date <= s.To)) == schedule.Days.Count;
    });

    [Fact]
    public void A_missed_dose_changes_no_other() => Always(schedule =>
    {
        PlannedDose[] doses = [.. schedule.Doses];
        return doses.Take(5).Concat(doses.TakeLast(5)).All(missed =>
            schedule.AfterMissing(missed) is var next && next == doses.SkipWhile(d => d != missed).Skip(1).FirstOrDefault());
    });

    [Fact]
    public void No_dose_follows_another_by_less_than_18_hours_where_it_is_taken_once_a_day() => Always(schedule =>
    {
        PlannedDay[] once = [.. schedule.Days.Where(d => d.Times.Count > 0)];
        return once.Zip(once.Skip(1)).Where(p => p.First.Step.TimesPerDay == 1 && p.Second.Step.TimesPerDay == 1)
            .All(p => p.First.Date.At(p.First.Times[0]).PlusHours(18) <= p.Second.Date.At(p.Second.Times[0]));
    });

    [Fact]
    public void The_same_regimen_gives_the_same_schedule() => Prop.ForAll(Plans.Any(), plan =>
        plan.Regimen.Schedule(plan.Days).Doses.SequenceEqual(plan.Regimen.Schedule(plan.Days).Doses)
        && plan.Regimen.Schedule(1).Doses.SequenceEqual(plan.Regimen.Schedule(plan.Days).Days.Take(1).SelectMany(d => d.Doses))).QuickCheckThrowOnFailure();

    public static TheoryData<string> Zones => ["Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "Pacific/Kiritimati", "Europe/Berlin",
        "America/New_York", "Asia/Tehran", "America/St_Johns", "Pacific/Chatham", "Africa/Cairo", "Etc/UTC"];

    /// <summary>400 days over the year in which Apia skipped a whole day: in every zone each day that exists has its one dose at its own time.</summary>
    [Theory]
    [MemberData(nameof(Zones))]
    public void No_zone_and_no_change_of_clocks_doubles_or_loses_a_dose(string zoneId)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        foreach (var time in (LocalTime[])[new(2, 30), LocalTime.Midnight, new(22, 0)]) OneDoseADay(zone, time);
    }

    private static void OneDoseADay(DateTimeZone zone, LocalTime time)
    {
        var regimen = Plans.Usual() with { Start = new(2011, 3, 1), Time = time };
        var doses = regimen.Schedule(400).Doses.ToArray();
        doses.Select(d => d.Date).ShouldBe(Enumerable.Range(0, 400).Select(i => regimen.Start.PlusDays(i)));
        var last = Instant.MinValue;
        foreach (var dose in doses.Where(d => Exists(d.Date, zone)))
        {
            var taken = (dose.Date + dose.Time).InZoneLeniently(zone);
            taken.Date.ShouldBe(dose.Date);
            (taken.TimeOfDay - dose.Time).ToDuration().ShouldBeInRange(Duration.Zero, Duration.FromHours(1));
            taken.ToInstant().ShouldBeGreaterThan(last);
            last = taken.ToInstant();
        }
    }

    private static bool Exists(LocalDate date, DateTimeZone zone)
    {
        try
        {
            return zone.AtStartOfDay(date).Date == date;
        }
        catch (SkippedTimeException)
        {
            return false;
        }
    }
}
