using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>
/// Reads a diary from CSV: RFC 4180, UTF-8, a header row, one row a person-day in any order. The first thing wrong is
/// the answer; nothing is guessed, skipped or repaired in silence.
/// </summary>
public static class DiaryCsv
{
    /// <summary>A diary this large is not one; the limit keeps a wrong file from filling the memory.</summary>
    public const int LargestFileBytes = 64 << 20;

    /// <summary>The longest calendar a diary may span, days (some 27 years).</summary>
    public const int LongestSpanDays = 10_000;

    /// <summary>How many different doses a course may have.</summary>
    public const int MostDoses = 40;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its separators, columns and scale.</param>
    public static DiaryReading ReadFile(string path, DiaryFormat format)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, format);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(new(1, "there is no such file", "check the path"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path)
                ? Refuse(new(1, "this is a folder", "name the file in it"))
                : Refuse(new(1, "the file cannot be opened", "check that you may read it and that no program has locked it"));
        }
    }

    /// <summary>Reads a stream to its end, or to the largest size a diary may have.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="format">Separators, columns and scale.</param>
    public static DiaryReading Read(Stream stream, DiaryFormat format)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int n; (n = stream.Read(chunk)) > 0;)
        {
            buffer.Write(chunk, 0, n);
            if (buffer.Length > LargestFileBytes)
                return Refuse(new(1, $"the file is larger than {LargestFileBytes >> 20} MiB", "give one person's diary, one row a day"));
        }
        return Read(buffer.ToArray(), format);
    }

    /// <summary>Reads bytes already in memory.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="format">Separators, columns and scale.</param>
    public static DiaryReading Read(byte[] utf8, DiaryFormat format)
    {
        if ((PlainText.WrongWith(utf8) ?? DiaryColumns.WrongDelimiter(utf8, format)) is { } refusal) return Refuse(refusal);
        try
        {
            using var csv = StrictCsv.Open(utf8, format.Delimiter);
            return ReadRows(csv, format);
        }
        catch (CsvFormatException malformed)
        {
            return Refuse(StrictCsv.Refusal(malformed, utf8));
        }
    }

    private static DiaryReading ReadRows(CsvReader csv, DiaryFormat format)
    {
        if (!csv.Read()) return Refuse(new(1, "the file is empty", "give a header row and one row a day"));
        var headerLine = (int)csv.LineNumber;
        var (columns, wrong) = DiaryColumns.Find(csv.Current.ToArray(), headerLine, format);
        if (columns is null) return Refuse(wrong!);

        var gathering = new DiaryRows(columns, format);
        while (csv.Read())
            if (gathering.Take(csv.Current.ToArray(), (int)csv.LineNumber) is { } refusal)
                return Refuse(refusal);
        return gathering.Finish();
    }

    internal static DiaryReading Refuse(Refusal refusal) => new(null, refusal);
}
