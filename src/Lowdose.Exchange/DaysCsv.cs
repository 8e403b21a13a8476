using System.Globalization;
using CsvHelper;
using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>The days of a verdict as CSV: what was written, what was assumed, and the level behind it.</summary>
public static class DaysCsv
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>
    /// The file, which <see cref="DiaryCsv"/> reads again. Free text that a spreadsheet would run as a formula is made
    /// harmless; numbers keep their sign.
    /// </summary>
    public static byte[] Of(CourseVerdict verdict)
    {
        var (diary, course) = (verdict.Diary, verdict.Judgement.Course);
        var assumed = diary.AssumedDoses.ToHashSet();
        var fitted = verdict.Judgement.Fitted.ToDictionary(f => f.Day);
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            Row(csv, diary.FirstDate is null ? "day" : "date", "arm", "dose_mg", "period", "dose_assumed", Harmless(diary.Outcome.Name), "level", "level_lo", "level_hi", "event");
            for (var day = 1; day <= course.Days; day++)
            {
                var level = fitted.TryGetValue(day, out var f) ? f : new(day, double.NaN, double.NaN, double.NaN);
                Row(csv, diary.FirstDate?.PlusDays(day - 1).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? day.ToString(CultureInfo.InvariantCulture),
                    course.Arms[day - 1].ToString().ToLowerInvariant(), Number(course.DosesMg[day - 1]),
                    diary.Days[day - 1].Period?.ToString(CultureInfo.InvariantCulture) ?? "", assumed.Contains(day) ? "yes" : "no",
                    Number(course.Scores[day - 1]), Number(level.Mean), Number(level.Lo), Number(level.Hi), Harmless(diary.Days[day - 1].Event ?? ""));
            }
        }
        return file.ToArray();
    }

    private static string Harmless(string text) => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> fields) => csv.WriteRecord(fields);
}
