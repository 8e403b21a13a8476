using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Diary;
using Lowdose.Dosing;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>
/// Verdicts of this process by the rows they rest on. A verdict is a pure function of those rows and nothing else, so it need not be worked out twice; a new
/// entry changes today's rows and leaves the past weeks' as they were. Memory only: nothing of it is written anywhere. Source: docs/methods/course.md.
/// </summary>
internal sealed class Judged
{
    // Half a year of weeks of a few outcomes.
    private const int Most = 160;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CourseVerdict> _byRows = new(StringComparer.Ordinal);

    /// <summary>The verdict on a score, up to a day.</summary>
    /// <returns>Null where there is none, for a reason the record says.</returns>
    public CourseVerdict? Of(CourseRecord record, Regimen? regimen, string score, LocalDate? through = null)
    {
        if (record.Diary(score, out var diary, regimen, through) is not null) return null;
        var key = Key(record, diary!);
        lock (_gate)
            if (_byRows.TryGetValue(key, out var known)) return known;
        if (record.Verdict(score, out var verdict, regimen, through) is not null) return null;
        lock (_gate)
        {
            if (_byRows.Count >= Most) _byRows.Clear();
            _byRows[key] = verdict!;
        }
        return verdict;
    }

    /// <summary>The verdict at the end of every week since the diary began, the last first.</summary>
    public IEnumerable<(int Week, LocalDate Through, CourseVerdict Verdict)> Weekly(CourseRecord record, Regimen? regimen, string score, LocalDate today)
    {
        if (record.Start is not { } start) yield break;
        var weeks = Math.Max(1, (Period.DaysBetween(start, today) + 7) / 7);
        for (var week = weeks; week > Math.Max(0, weeks - 52); week--)
        {
            var through = LocalDate.Min(today, start.PlusDays((7 * week) - 1));
            if (Of(record, regimen, score, through) is { } verdict) yield return (week, through, verdict);
        }
    }

    private static string Key(CourseRecord record, CourseDiary diary)
    {
        var rows = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{diary.Outcome}|{diary.FirstDate}|{record.AlreadyTaking}|{record.Primary?.Name}");
        foreach (var day in diary.Days) rows.Append('\n').Append(day);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(rows.ToString())));
    }
}
