using System.Globalization;
using CsvHelper;
using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>
/// The diary as it stands now, a row a day: the diary CSV of <see cref="DiaryCsv"/>, so <c>lowdose verdict</c> reads it for every
/// score, with what else a day says beside it. An empty cell is not written, never 0.
/// </summary>
public static class DiaryTableCsv
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>The file. Free text that a spreadsheet would run as a formula is made harmless.</summary>
    public static byte[] Of(DiaryLog log)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord([.. new[] { "date", "dose_mg" }.Concat(DayFields.Scores).Concat(["event", "doses", "side_effects", "crash", "note", "same_as_yesterday", "late"])]);
            foreach (var day in CourseRecord.Of(log).Days.Values) csv.WriteRecord(Row(day));
        }
        return file.ToArray();
    }

    private static string[] Row(DayEntry day) =>
    [
        day.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        CourseRecord.Taken(day, 0)?.ExactMilligrams.ToString(CultureInfo.InvariantCulture) ?? "",
        .. DayFields.Scores.Select(s => day.Scores.TryGetValue(s, out var score) ? DayFields.Score(score) : ""),
        Harmless(string.Join("; ", day.Events.Select(e => e.Value == "yes" ? e.Key : $"{e.Key}: {e.Value}")
            .Concat(day.Treatments.Select(t => $"{t.Step.ToString().ToLowerInvariant()} {t.Name}{(t.Text is null ? "" : ": " + t.Text)}")))),
        string.Join("; ", day.Doses.OrderBy(d => d.Key).Select(d => d.Value.ToString())),
        Harmless(day.NoEffects ? "none" : string.Join("; ", day.Effects.Select(e => $"{e.Key}: {e.Value.ToString().ToLowerInvariant()}"))),
        day.Crash switch { true => "yes", false => "no", null => "" },
        Harmless(day.Note ?? ""),
        string.Join(", ", day.SameAsYesterday),
        string.Join(", ", day.Fields.Keys.Where(f => day.IsLate(f) == true).Select(Harmless)),
    ];

    internal static string Harmless(string text) => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
