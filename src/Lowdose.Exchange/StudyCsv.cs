using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>
/// Reads studies from CSV: RFC 4180, UTF-8, a header row, one row a study in any order. The first thing wrong is the
/// answer; nothing is guessed, skipped or repaired in silence.
/// </summary>
public static class StudyCsv
{
    /// <summary>Some million studies; the limit keeps a wrong file from filling the memory.</summary>
    public const int LargestFileBytes = 128 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its separators and columns, and what to take from them.</param>
    public static StudyReading ReadFile(string path, StudyFormat format) => StrictCsv.ReadFile(path, LargestFileBytes, "give one row a study", bytes => Read(bytes, format), Refuse);

    /// <summary>Reads bytes already in memory.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="format">Separators and columns, and what to take from them.</param>
    public static StudyReading Read(byte[] utf8, StudyFormat format)
    {
        if ((PlainText.WrongWith(utf8) ?? StudyColumns.WrongDelimiter(utf8, format)) is { } refusal) return Refuse(refusal);
        try
        {
            using var csv = StrictCsv.Open(utf8, format.Delimiter);
            if (!csv.Read()) return Refuse(new(1, "the file is empty", "give a header row and one row a study"));
            var (columns, wrong) = StudyColumns.Find(csv.Current.ToArray(), (int)csv.LineNumber, format);
            if (columns is null) return Refuse(wrong!);
            var rows = new StudyRows(columns, format);
            while (csv.Read())
                if (rows.Take(csv.Current.ToArray(), (int)csv.LineNumber) is { } bad) return Refuse(bad);
            return rows.Finish();
        }
        catch (CsvFormatException malformed)
        {
            return Refuse(StrictCsv.Refusal(malformed, utf8));
        }
    }

    private static StudyReading Refuse(Refusal refusal) => new(null, refusal);
}
