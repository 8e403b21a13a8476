using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>
/// Reads the diaries of several people from one or more CSV files: as <see cref="DiaryCsv"/>, with a column that says whose
/// row it is. One person's rows may lie in several files.
/// </summary>
public static class PeopleCsv
{
    /// <summary>Some forty million rows; the limit keeps a wrong file from filling the memory.</summary>
    public const long LargestFileBytes = 1L << 30;

    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="format">Their separators, columns and scale.</param>
    public static PeopleReading ReadFiles(IReadOnlyList<string> paths, PeopleFormat format)
    {
        var rows = new PeopleRows(format);
        foreach (var path in paths)
            if (ReadFile(path, format, rows) is { } refusal) return new(null, refusal, path);
        return rows.Finish(paths);
    }

    private static Refusal? ReadFile(string path, PeopleFormat format, PeopleRows rows)
    {
        byte[] utf8;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFileBytes })
                return new(1, $"the file is larger than {LargestFileBytes >> 20} MiB", "give the people in several files");
            utf8 = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(1, "there is no such file", "check the path");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? new(1, "this is a folder", "name the file in it")
                : new(1, "the file cannot be opened", "check that you may read it and that no program has locked it");
        }
        return Read(utf8, format, rows);
    }

    private static Refusal? Read(byte[] utf8, PeopleFormat format, PeopleRows rows)
    {
        if ((PlainText.WrongWith(utf8) ?? DiaryColumns.WrongDelimiter(utf8, format.Diary)) is { } refusal) return refusal;
        try
        {
            using var csv = CsvReader.Create(utf8, new CsvReaderOptions
            {
                HasHeader = false,
                Separator = format.Diary.Delimiter,
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            if (!csv.Read()) return new(1, "the file is empty", "give a header row and one row a person and day");
            if (rows.Begin(csv.Current.ToArray(), (int)csv.LineNumber) is { } wrong) return wrong;
            while (csv.Read())
                if (rows.Take(csv.Current.ToArray(), (int)csv.LineNumber) is { } bad) return bad;
            return null;
        }
        catch (CsvFormatException malformed)
        {
            var what = malformed.Message.Contains("never closed", StringComparison.Ordinal)
                ? "a quote is opened and never closed" : "a quote stands where none may (RFC 4180)";
            return new(Math.Max(1, (int)malformed.LineNumber), what, "put the whole field in double quotes and double every quote inside it");
        }
    }
}
