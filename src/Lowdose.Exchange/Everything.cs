using System.IO.Compression;
using System.Text;
using Lowdose.Diary;

namespace Lowdose.Exchange;

/// <summary>Everything the program keeps about a person, in files a person can read: a zip of CSV, JSON and a page that explains them.</summary>
public static class Everything
{
    private const string Explained = """
        Everything Lowdose keeps about you
        ==================================

        diary.csv    Your diary as it stands now. One row a day. Opens in any
                     spreadsheet. An empty cell was not written. It is not 0.
                     "lowdose verdict diary.csv" works from this file.
        other.csv    Your course, your plan, your answers to the safety screen,
                     your settings and your own blinded trials, as they stand
                     now. What a kit holds is closed with your friend's
                     passphrase until the end.
        writes.json  Every single entry you ever made, in order, the older
                     versions too. "lowdose import json writes.json" reads it
                     back.

        Columns of diary.csv
          date               the day the entry is about
          dose_mg            what you took that day in all, in mg; 0 is skipped
          overall, pain, highest-pain, fatigue, sleep, mood, stress,
          concentration, function
                             your scores from 0 to 10. For sleep, mood,
                             concentration and function more is better.
          event              what else happened, and other treatments
          doses              each dose of the day
          side_effects       each with how bad it was
          crash              yes or no
          note               your own words
          same_as_yesterday  what was copied from the day before
          late               what was written after the day was over

        This file is not sealed, even where your records are.
        Whoever has it can read it.

        """;

    /// <summary>The zip. The same diary gives the same bytes.</summary>
    /// <param name="log">The diary.</param>
    public static byte[] Zip(DiaryLog log)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "README.txt", Encoding.UTF8.GetBytes(Explained));
            Add(zip, "diary.csv", DiaryTableCsv.Of(log));
            Add(zip, "other.csv", Other(log));
            using var writes = new MemoryStream();
            WritesJson.Write(log.Writes, writes);
            Add(zip, "writes.json", writes.ToArray());
        }
        return file.ToArray();
    }

    private static byte[] Other(DiaryLog log)
    {
        using var file = new MemoryStream();
        using (var csv = CsvHelper.CsvWriter.Create(file, new CsvHelper.CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord(["about", "what", "value", "written"]);
            foreach (var subject in log.WrittenSubjects.Where(s => Subjects.Date(s) is null).Order(StringComparer.Ordinal))
                foreach (var (field, kept) in log.Now(subject))
                    csv.WriteRecord([subject, field, DiaryTableCsv.Harmless(kept.Value), NodaTime.Text.InstantPattern.ExtendedIso.Format(kept.By.WrittenAt)]);
        }
        return file.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name);
        // The earliest a zip can say; the files themselves tell when they were written.
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(content);
    }
}
