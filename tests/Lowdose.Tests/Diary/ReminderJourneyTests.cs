using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Tests.Safety;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Tests.Diary;

/// <summary>R7: reminders exactly once, whatever clocks do and wherever the person goes.</summary>
[Trait("trust", "R7")]
public sealed class ReminderJourneyTests(ITestOutputHelper output)
{
    private static readonly DateTimeZone[] Zones = [.. new[]
    {
        "UTC", "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe",
        "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "Pacific/Kiritimati", "Pacific/Honolulu",
    }.Select(id => DateTimeZoneProviders.Tzdb[id])];

    [Fact]
    public void In_three_zones_every_chosen_time_of_400_days_is_reminded_of_exactly_once() =>
        Remind([.. Zones.Where(z => z.Id is "Europe/Berlin" or "Australia/Lord_Howe" or "Pacific/Apia")]);

    [Fact, Trait("speed", "slow")]
    public void In_twelve_zones_every_chosen_time_of_400_days_is_reminded_of_exactly_once() => Remind(Zones);

    [Fact]
    public void On_any_journey_every_time_the_clock_passes_is_reminded_of_exactly_once() =>
        Prop.ForAll(Journeys(), journey => Live(journey) is { Twice: 0, Missed: 0, TooOften: 0, Quiet: 0 }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void The_test_sees_a_reminder_given_twice_when_nothing_is_kept() =>
        Live(new([new(22, 0)], null, [new(0, 0, 15), new(0, 26 * 60, 15)]), forgetful: true).Twice.ShouldBeGreaterThan(0);

    private void Remind(DateTimeZone[] zones)
    {
        Reminder.Of([new(0, 0), new(2, 30), new(22, 0)], null, 6, out var reminder).ShouldBeNull();
        var times = 0;
        foreach (var zone in zones)
        {
            // Apia left 30 December 2011 out; the other zones changed their clocks twice in these days, where they do.
            var start = new LocalDate(2011, 3, 1).AtStartOfDayInZone(zone).Plus(Duration.FromMinutes(-10));
            var given = reminder!.Begin(RemindersGiven.None, start);
            List<LocalDateTime> reminded = [];
            for (var now = start; now.Date < new LocalDate(2012, 4, 4); now = now.Plus(Duration.FromMinutes(10)))
            {
                if (!reminder.IsDue(given, now, out var after)) continue;
                reminded.AddRange(after.Done.Except(given.Done));
                given = after;
            }
            var expected = from day in Enumerable.Range(0, 400)
                           let date = new LocalDate(2011, 3, 1).PlusDays(day)
                           where zone.Id != "Pacific/Apia" || date != new LocalDate(2011, 12, 30)
                           from time in reminder.Times
                           select date.At(time);
            reminded.ShouldBe(expected, zone.Id);
            times += reminded.Count;
        }
        output.WriteLine(new FaultCount("R7", "reminders at three times on 400 days", zones.Length, Zones.Length, "zones", $"{times:N0} times, each once").ToString());
    }

    private static Arbitrary<Journey> Journeys() => (
        from minutes in Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(Gen.Choose(0, (24 * 60) - 1), n))
        from quietFrom in Gen.Choose(0, 23)
        from quietHours in Gen.Choose(0, 9)
        from stays in Gen.Choose(1, 8).SelectMany(n => Gen.ArrayOf(
            from zone in Gen.Choose(0, Zones.Length - 1)
            from length in Gen.Choose(60, 6 * 24 * 60)
            from look in Gen.Choose(1, 300)
            select new Stay(zone, length, look), n))
        let quiet = new QuietHours(new(quietFrom, 0), new((quietFrom + quietHours) % 24, 0))
        let times = minutes.Select(m => LocalTime.Midnight.PlusMinutes(m)).Where(t => !quiet.Hold(t)).ToArray()
        select new Journey(times, quiet, stays)).ToArbitrary();

    /// <summary>Lives through a journey and counts what went wrong.</summary>
    private static (int Twice, int Missed, int TooOften, int Quiet) Live(Journey journey, bool forgetful = false)
    {
        Reminder.Of(journey.Times, journey.Quiet, journey.Times.Count == 0 ? 0 : Reminder.MostADay, out var reminder).ShouldBeNull();
        var now = Instant.FromUtc(2026, 10, 20, 12, 0);
        var given = reminder!.Begin(RemindersGiven.None, now.InZone(Zones[journey.Stays[0].Zone]));
        // What was past when the person turned reminders on counts as reminded of.
        List<LocalDateTime> reminded = [.. given.Done], passed = [];
        List<LocalDate> on = [];
        var quiet = 0;
        var clock = now.InZone(Zones[journey.Stays[0].Zone]).LocalDateTime;
        foreach (var stay in journey.Stays)
        {
            for (var end = now + Duration.FromMinutes(stay.Minutes); now < end; now += Duration.FromMinutes(stay.LookEvery))
            {
                var here = now.InZone(Zones[stay.Zone]);
                passed.AddRange(Between(journey.Times, clock, here.LocalDateTime));
                clock = here.LocalDateTime;
                if (!reminder.IsDue(given, here, out var after)) continue;
                reminded.AddRange(after.Done.Except(given.Done));
                on.Add(here.Date);
                if (journey.Quiet?.Hold(here.TimeOfDay) == true) quiet++;
                if (!forgetful) given = after;
            }
        }
        // The last looks may have left something for the end of quiet hours.
        var open = passed.Where(p => Period.Between(p, clock, PeriodUnits.Hours).Hours < Reminder.HoursKept).ToHashSet();
        return (reminded.Count - reminded.Distinct().Count(), passed.Distinct().Count(p => !reminded.Contains(p) && !open.Contains(p)),
            on.GroupBy(d => d).Count(d => d.Count() > Reminder.MostADay), quiet);
    }

    /// <summary>The times a clock passes when it goes on from one reading to another; none where it goes back.</summary>
    private static IEnumerable<LocalDateTime> Between(IReadOnlyList<LocalTime> times, LocalDateTime before, LocalDateTime now) =>
        from day in Enumerable.Range(0, 4)
        from time in times
        let at = before.Date.PlusDays(day).At(time)
        where at > before && at <= now
        select at;

    /// <summary>So long in a zone, with a look at the clock so often.</summary>
    private sealed record Stay(int Zone, int Minutes, int LookEvery);

    private sealed record Journey(IReadOnlyList<LocalTime> Times, QuietHours? Quiet, IReadOnlyList<Stay> Stays);
}
