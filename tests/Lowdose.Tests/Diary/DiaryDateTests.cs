using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Tests.Safety;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Tests.Diary;

/// <summary>R7: one diary day a calendar day wherever the person is, whatever the clocks do, however wrong the device's clock is.</summary>
[Trait("trust", "R7")]
public sealed class DiaryDateTests(ITestOutputHelper output)
{
    private const int Days = 400;

    // The first day of each, so that the 400 days hold what is odd there: half-hour changes, a skipped day, a change suspended for Ramadan.
    private static readonly (string Zone, LocalDate First)[] Zones =
    [
        ("Australia/Lord_Howe", new(2026, 1, 1)), ("Asia/Kathmandu", new(2026, 1, 1)), ("Pacific/Apia", new(2011, 6, 1)), ("Africa/Casablanca", new(2025, 1, 1)),
        ("Pacific/Kiritimati", new(2026, 1, 1)), ("Europe/Berlin", new(2026, 1, 1)), ("America/New_York", new(2026, 1, 1)), ("America/St_Johns", new(2026, 1, 1)),
        ("Pacific/Chatham", new(2026, 1, 1)), ("Asia/Tehran", new(2022, 1, 1)), ("America/Sao_Paulo", new(2018, 6, 1)), ("Pacific/Kwajalein", new(1993, 6, 1)),
    ];

    private static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    [Fact]
    public void Days_follow_each_other_in_twelve_zones_for_400_days_in_steps_of_ten_minutes() => Follow(Duration.FromMinutes(10));

    [Fact, Trait("speed", "slow")]
    public void Days_follow_each_other_in_twelve_zones_for_400_days_minute_by_minute() => Follow(Duration.FromMinutes(1));

    [Fact]
    public void A_planned_dose_falls_due_once_on_each_of_400_days_at_any_hour_also_one_the_clocks_jump_over()
    {
        foreach (var (id, first) in Zones)
            foreach (var time in new LocalTime[] { new(2, 30), new(0, 0), new(22, 0), new(23, 59) })
                EachDayOnce(Zone(id), first, time).ShouldBe(id is "Pacific/Apia" or "Pacific/Kwajalein" ? 1 : 0, id);
    }

    [Fact]
    public void Samoa_had_no_30_December_2011_and_no_dose_fell_due_on_it()
    {
        DiaryDates.Due(new LocalDateTime(2011, 12, 30, 22, 0), Zone("Pacific/Apia")).ShouldBeNull();
        DiaryDates.Due(new LocalDateTime(2011, 12, 31, 22, 0), Zone("Pacific/Apia")).ShouldBe(Instant.FromUtc(2011, 12, 31, 8, 0));
        // A day without its first hour is a day.
        DiaryDates.Due(new LocalDateTime(2018, 11, 4, 0, 0), Zone("America/Sao_Paulo")).ShouldBe(Instant.FromUtc(2018, 11, 4, 3, 0));
    }

    [Fact]
    public void A_time_that_is_jumped_over_falls_due_after_the_jump_and_one_that_comes_twice_the_first_time()
    {
        DiaryDates.Due(new LocalDateTime(2026, 3, 29, 2, 30), Zone("Europe/Berlin")).ShouldBe(Instant.FromUtc(2026, 3, 29, 1, 30));
        DiaryDates.Due(new LocalDateTime(2026, 10, 25, 2, 30), Zone("Europe/Berlin")).ShouldBe(Instant.FromUtc(2026, 10, 25, 0, 30));
    }

    /// <summary>400 chosen dates, written from twelve zones in turn by devices whose clocks are up to three years off, some twice.</summary>
    [Fact]
    public void A_traveller_with_a_wrong_clock_has_400_days_and_400_doses_for_400_chosen_dates()
    {
        var random = new Random(7);
        var (log, first) = (new DiaryLog(), new LocalDate(2026, 1, 1));
        for (var day = 0; day < Days; day++)
        {
            var date = first.PlusDays(day);
            foreach (var (zone, _) in Zones.Skip(day % 7 == 0 ? 10 : 11))
            {
                var off = Duration.FromDays(random.Next(-3 * 365, 3 * 365)) + Duration.FromMinutes(random.Next(1440));
                var write = new DiaryWrite(Writes.Id(random), Subjects.Day(date), log.Head(Subjects.Day(date)), [new("dose", "taken 4.5 mg at 02:30"), new("pain", "4")],
                    date.At(new LocalTime(2, 30)).InZoneLeniently(Zone(zone)).ToInstant() + off, zone, "Ann");
                log.Append(write).ShouldBeOfType<Appended.Accepted>();
                log.Append(write).ShouldBeOfType<Appended.Replayed>();
            }
        }
        var record = CourseRecord.Of(log);
        record.Days.Keys.ShouldBe(Enumerable.Range(0, Days).Select(first.PlusDays));
        record.Diary("pain", out var diary).ShouldBeNull();
        diary!.Days.Count.ShouldBe(Days);
        diary.FirstDate.ShouldBe(first);
        diary.Days.ShouldAllBe(d => d.Dose == Mass.FromMilligrams(4.5m) && d.Score == 4);
        diary.AssumedDoses.ShouldBeEmpty();
        output.WriteLine(new FaultCount("R7", "a traveller whose clock is up to three years off", Days, Days, "days", $"{record.Days.Count} days, {diary.Days.Count} doses").ToString());
    }

    [Theory]
    [InlineData("2026-12-01T20:00:00Z", "Europe/Berlin", false)]
    [InlineData("2026-12-02T02:59:00Z", "Europe/Berlin", false)] // 03:59, still the night
    [InlineData("2026-12-02T03:00:00Z", "Europe/Berlin", true)] // 04:00
    [InlineData("2026-12-02T03:00:00Z", "America/New_York", false)] // 22:00 the evening before
    [InlineData("2026-12-01T15:00:00Z", "Pacific/Kiritimati", true)] // 05:00 the next day
    [InlineData("2026-11-30T20:00:00Z", "Europe/Berlin", false)] // a clock that is behind
    public void An_entry_is_late_where_its_day_was_over_where_it_was_written(string written, string zone, bool late)
    {
        var write = Writes.OnDay(0, ("pain", "4")) with { WrittenAt = NodaTime.Text.InstantPattern.General.Parse(written).Value, Zone = zone };
        DayEntry.Of(Writes.Log(write), Writes.First).IsLate("pain").ShouldBe(late);
    }

    [Fact]
    public void Whether_an_entry_is_late_is_not_known_where_its_zone_is_not()
    {
        var day = DayEntry.Of(Writes.Log(Writes.OnDay(0, ("pain", "4")) with { Zone = "Mars/Olympus" }), Writes.First);
        day.IsLate("pain").ShouldBeNull();
        day.Scores["pain"].ShouldBe(4);
    }

    private void Follow(Duration step)
    {
        var looks = 0;
        foreach (var (id, first) in Zones)
        {
            var zone = Zone(id);
            var (start, end) = (zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusDays(Days)).ToInstant());
            var (today, skipped) = (first, 0);
            for (var now = start; now < end; now += step)
            {
                var next = DiaryDates.Today(now, zone);
                looks++;
                // Never back: a day that has begun does not come again.
                (next >= today).ShouldBeTrue($"{id} {now}");
                skipped += Math.Max(0, Period.DaysBetween(today, next) - 1);
                today = next;
            }
            today.ShouldBe(first.PlusDays(Days - 1), id);
            skipped.ShouldBe(id is "Pacific/Apia" or "Pacific/Kwajalein" ? 1 : 0, id);
        }
        output.WriteLine(new FaultCount("R7", "400 days in each of 12 zones, looked at minute by minute", looks, looks * (int)step.TotalMinutes, "minutes", "0 days twice, 0 missing, none back").ToString());
    }

    /// <returns>Days on which no dose fell due.</returns>
    private static int EachDayOnce(DateTimeZone zone, LocalDate first, LocalTime time)
    {
        var (missing, last) = (0, (Instant?)null);
        for (var day = 0; day < Days; day++)
        {
            var date = first.PlusDays(day);
            if (DiaryDates.Due(date.At(time), zone) is not { } due) { missing++; continue; }
            DiaryDates.Today(due, zone).ShouldBe(date);
            if (last is { } before) ((due - before) > Duration.FromHours(20) && (due - before) < Duration.FromHours(28)).ShouldBeTrue($"{zone.Id} {date}");
            last = due;
        }
        return missing;
    }
}
