using NodaTime;
using NodaTime.Calendars;

namespace Lowdose.Records;

/// <summary>Which daily backups stay: the last seven, the last of each of the last five weeks, and the last of each of the last twelve months.</summary>
public static class Rotation
{
    private const int Days = 7, Weeks = 5, Months = 12;

    /// <summary>The days whose backup may go.</summary>
    public static IReadOnlyList<LocalDate> LetGo(IEnumerable<LocalDate> days)
    {
        LocalDate[] newestFirst = [.. days.OrderDescending()];
        var week = WeekYearRules.Iso;
        var stay = newestFirst.Take(Days)
            .Concat(newestFirst.GroupBy(d => (week.GetWeekYear(d), week.GetWeekOfWeekYear(d))).Take(Weeks).Select(w => w.First()))
            .Concat(newestFirst.GroupBy(d => (d.Year, d.Month)).Take(Months).Select(m => m.First())).ToHashSet();
        return [.. newestFirst.Where(d => !stay.Contains(d))];
    }
}
