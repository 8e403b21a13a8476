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
}
