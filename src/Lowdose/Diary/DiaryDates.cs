using NodaTime;

namespace Lowdose.Diary;

/// <summary>
/// Diary dates are calendar days the person chooses. A zone only says which day it is now where the person is; no travel, no change of clocks and no wrong
/// clock moves an entry to another day. Source: docs/methods/diary.md.
/// </summary>
public static class DiaryDates
{
    private const int StillNightHour = 4;

    /// <summary>The day it is now, where the person is.</summary>
    public static LocalDate Today(Instant now, DateTimeZone zone) => now.InZone(zone).Date;

    /// <summary>Before four in the morning: a bedtime dose taken now may belong to the day before, so both days are offered.</summary>
    public static bool IsStillNight(Instant now, DateTimeZone zone) => now.InZone(zone).Hour < StillNightHour;

    /// <summary>
    /// Whether a day was over when a write about it was made; by the device's own clock, so a wrong clock can make it wrong, but moves nothing.
    /// A day is over when the night is: at four in the morning.
    /// </summary>
    /// <returns>Null where the write's zone is not known here.</returns>
    public static bool? IsLate(LocalDate date, DiaryWrite write)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(write.Zone) is not { } zone) return null;
        var written = write.WrittenAt.InZone(zone);
        return (written.Hour < StillNightHour ? written.Date.PlusDays(-1) : written.Date) > date;
    }

    /// <summary>The day a write was made, by the device's own clock; in universal time where its zone is not known here.</summary>
    public static LocalDate WrittenOn(DiaryWrite write) => Today(write.WrittenAt, DateTimeZoneProviders.Tzdb.GetZoneOrNull(write.Zone) ?? DateTimeZone.Utc);

    /// <summary>Whether a day can be written about: it has come, or comes tomorrow. A phone further east may be a day ahead of the computer that keeps the diary.</summary>
    /// <param name="date">The day.</param>
    /// <param name="today">The day it is where the diary is kept.</param>
    public static bool HasCome(LocalDate date, LocalDate today) => date <= today.PlusDays(1);

    /// <summary>
    /// When a planned dose falls due where the person is. A time that the clocks jump over falls due when they have jumped; a time that comes twice, the first time.
    /// </summary>
    /// <returns>Null where that whole day does not exist there (Samoa had no 30 December 2011).</returns>
    public static Instant? Due(LocalDateTime planned, DateTimeZone zone)
    {
        var map = zone.MapLocal(planned);
        if (map.Count > 0) return map.First().ToInstant();
        var first = zone.AtLeniently(planned.Date.AtMidnight());
        return first.Date == planned.Date || zone.MapLocal(planned.Date.At(LocalTime.MaxValue)).Count > 0 ? zone.AtLeniently(planned).ToInstant() : null;
    }
}
