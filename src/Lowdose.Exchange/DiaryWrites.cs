using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Exchange;

/// <summary>
/// A diary CSV as writes to be kept: one a day, with an id made from what it says. So the same row, from whichever file and however
/// often, is the same write.
/// </summary>
public static class DiaryWrites
{
    private const string OtherEvent = "imported";

    /// <summary>Reads the file once for each score it has a column for, and puts a day's together.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="format">Separators and columns. Its outcome's name counts only where <see cref="DiaryFormat.OutcomeColumn"/> is given.</param>
    /// <param name="now">When it is imported: an imported day says so.</param>
    /// <param name="zone">The computer's time zone.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="writes">Null where refused.</param>
    /// <returns>Null, or the first thing wrong.</returns>
    public static Refusal? Read(byte[] utf8, DiaryFormat format, Instant now, string zone, string actor, out IReadOnlyList<DiaryWrite>? writes)
    {
        writes = null;
        var days = new SortedDictionary<LocalDate, SortedDictionary<string, string>>();
        var header = DiaryTable.Of(Encoding.UTF8.GetString(utf8)).Header;
        string[] scores = format.OutcomeColumn is not null ? [format.Outcome.Name]
            : [.. DayFields.Scores.Where(s => header.Any(h => h.Trim('"').Equals(s, StringComparison.OrdinalIgnoreCase)))];
        if (scores.Length == 0) return new(1, $"there is no column of a score (one of {string.Join(", ", DayFields.Scores)})", "name the score with --outcome and its column with --outcome-column");
        if (!DayFields.Scores.Contains(scores[0])) return new(1, $"the diary keeps no score called \"{scores[0]}\"", "give --outcome as one of " + string.Join(", ", DayFields.Scores));
        foreach (var score in scores)
        {
            var reading = DiaryCsv.Read(utf8, format with { Outcome = new Outcome(score) });
            if (reading.Refusal is { } refusal) return refusal;
            if (Take(reading, score, days) is { } unfit) return unfit;
        }
        writes = [.. days.Select(day => Write(day.Key, day.Value, now, zone, actor))];
        return null;
    }

    private static Refusal? Take(DiaryReading reading, string score, SortedDictionary<LocalDate, SortedDictionary<string, string>> days)
    {
        var diary = reading.Diary!;
        if (diary.FirstDate is not { } first) return new(1, "the days are numbered, and a diary needs their dates", "give a column of dates");
        foreach (var day in diary.Days)
        {
            var (date, fields) = (first.PlusDays(day.Day - 1), new SortedDictionary<string, string>(StringComparer.Ordinal));
            if (day.Arm == Arm.Placebo) return new(reading.LineOf(date), $"{diary.NameOf(day.Day)} is a day on placebo: the file is a trial's", "judge it with lowdose verdict; the diary keeps what a person knows");
            if (day.Score is { } value)
            {
                if (value != Math.Floor(value)) return new(reading.LineOf(date), $"{score} on {diary.NameOf(day.Day)} is {value.ToString(CultureInfo.InvariantCulture)}, and the diary keeps whole numbers", "round it as you see fit and import again");
                fields[score] = DayFields.Score((int)value);
            }
            if (day.Dose is { } dose) fields[DayFields.Dose] = (dose == Mass.Zero ? new DoseEntry.Skipped() : (DoseEntry)new DoseEntry.Taken(new DoseContent.Known(dose))).ToString()!;
            if (day.Event is { } happened) fields[DayFields.Event(OtherEvent)] = happened;
            if (fields.Count == 0) continue;
            foreach (var (field, text) in fields)
                if (Fields.Refusal(Subjects.Day(date), field, text) is { } refused) return new(reading.LineOf(date), $"{diary.NameOf(day.Day)}: {refused.What}", refused.Do);
            if (!days.TryGetValue(date, out var there)) days.Add(date, there = new(StringComparer.Ordinal));
            foreach (var (field, text) in fields) there[field] = text;
        }
        return null;
    }

    private static DiaryWrite Write(LocalDate date, SortedDictionary<string, string> fields, Instant now, string zone, string actor)
    {
        var subject = Subjects.Day(date);
        return new(Id(subject, fields), subject, null, [.. fields.Select(f => new Change(f.Key, f.Value))], now, zone, actor);
    }

    /// <summary>The first 128 bits of a hash of what is said, marked as UUID version 8 (RFC 9562).</summary>
    private static Guid Id(string subject, SortedDictionary<string, string> fields)
    {
        var said = string.Join('\n', fields.Select(f => f.Key + "=" + f.Value).Prepend(subject).Prepend("lowdose import csv"));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(said)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
