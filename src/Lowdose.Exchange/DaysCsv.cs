using System.Globalization;
using CsvHelper;
using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>The days of a verdict as CSV: what was written, what was assumed, and the level behind it.</summary>
public static class DaysCsv
{
    /// <summary>The file. Text that a spreadsheet would run as a formula is made harmless.</summary>
    public static byte[] Of(CourseVerdict verdict)
    {
        var (diary, course) = (verdict.Diary, verdict.Judgement.Course);
        var assumed = diary.AssumedDoses.ToHashSet();
        var fitted = verdict.Judgement.Fitted.ToDictionary(f => f.Day);
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\n" }, leaveOpen: true))
        {
            Row(csv, "day", "date", "arm", "dose_mg", "dose_assumed", diary.Outcome.Name, "level", "level_lo", "level_hi", "event");
            for (var day = 1; day <= course.Days; day++)
            {
                var level = fitted.TryGetValue(day, out var f) ? f : new(day, double.NaN, double.NaN, double.NaN);
                Row(csv, day.ToString(CultureInfo.InvariantCulture),
                    diary.FirstDate?.PlusDays(day - 1).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    course.Arms[day - 1].ToString().ToLowerInvariant(), Number(course.DosesMg[day - 1]), assumed.Contains(day) ? "yes" : "no",
                    Number(course.Scores[day - 1]), Number(level.Mean), Number(level.Lo), Number(level.Hi), diary.Days[day - 1].Event ?? "");
            }
        }
        return file.ToArray();
    }

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> fields) => csv.WriteRecord(fields);
}
