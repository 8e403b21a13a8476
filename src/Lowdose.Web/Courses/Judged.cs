using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>
/// Verdicts of this process by the rows they rest on. A verdict is a pure function of those rows and nothing else, so it need not be worked out twice; a new
/// entry changes today's rows and leaves the past weeks' as they were. Memory only: nothing of it is written anywhere. Source: docs/methods/course.md.
/// </summary>
internal sealed class Judged
{
    /// <summary>Whole verdicts, with the line of every day: half a year of weeks of some people who look at theirs.</summary>
    public const int MostVerdicts = 512;

    /// <summary>Only their words, which the clinic list goes by: two of each of 20,000 people, and what they were yesterday.</summary>
    public const int MostWords = 65_536;

    private readonly Recent<UInt128, Lazy<CourseVerdict?>> _verdicts = new(MostVerdicts);
    private readonly Recent<UInt128, Verdict?> _words = new(MostWords);

    /// <summary>The verdict on a score, up to a day. Of two who ask at once, one works it out.</summary>
    /// <returns>Null where there is none, for a reason the record says.</returns>
    public CourseVerdict? Of(CourseRecord record, Regimen? regimen, string score, LocalDate? through = null) =>
        record.Diary(score, out var diary, regimen, through) is null ? Of(Key(record, diary!), record, regimen, score, through) : null;

    /// <summary>The word of it; worked out where it is not known and somebody may wait.</summary>
    /// <param name="record">The diary.</param>
    /// <param name="regimen">The plan.</param>
    /// <param name="score">Which score.</param>
    /// <param name="through">The last day that counts; null: all.</param>
    /// <param name="mayWait">Whether it may be worked out now.</param>
    /// <param name="word">Null where there is none, or where it is not known.</param>
    /// <returns>Whether it is known.</returns>
    public bool Word(CourseRecord record, Regimen? regimen, string score, LocalDate? through, bool mayWait, out Verdict? word)
    {
        word = null;
        if (record.Diary(score, out var diary, regimen, through) is not null) return true;
        var key = Key(record, diary!);
        if (_words.Knows(key, out word)) return true;
        if (!mayWait && !(_verdicts.Knows(key, out var whole) && whole.IsValueCreated)) return false;
        word = Of(key, record, regimen, score, through)?.Judgement.Verdict;
        return true;
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

    private CourseVerdict? Of(UInt128 key, CourseRecord record, Regimen? regimen, string score, LocalDate? through)
    {
        var verdict = _verdicts.Of(key, () => new(() => record.Verdict(score, out var worked, regimen, through) is null ? worked : null)).Value;
        _words.Keep(key, verdict?.Judgement.Verdict);
        return verdict;
    }

    private static UInt128 Key(CourseRecord record, CourseDiary diary)
    {
        var rows = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{diary.Outcome}|{diary.FirstDate}|{record.AlreadyTaking}|{record.Primary?.Name}|{record.Course.ContainsKey(CourseFields.Trials)}");
        foreach (var day in diary.Days) rows.Append('\n').Append(day);
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(rows.ToString())));
    }
}
