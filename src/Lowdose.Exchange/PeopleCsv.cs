using CsvHelper;
using Lowdose.Quantities;

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

    /// <summary>Reads files that are in memory.</summary>
    /// <param name="files">The files, at least one.</param>
    /// <param name="format">What they have in common.</param>
    public static PeopleReading Read(IReadOnlyList<PeopleFile> files, PeopleFormat format)
    {
        var rows = new PeopleRows(format);
        foreach (var file in files)
            if (Read(file, rows) is { } refusal) return new(null, refusal, file.Name);
        return rows.Finish([.. files.Select(f => f.Name)]);
    }

    /// <summary>What is wrong with people who were read, for one contrast; null where there is something to pool.</summary>
    /// <param name="kept">How many have a scored day left.</param>
    /// <param name="doses">Every dose that somebody took.</param>
    /// <param name="contrast">The dose compared with none and placebo; null for any.</param>
    public static Refusal? NothingIn(int kept, IReadOnlyList<Mass> doses, Mass? contrast)
    {
        if (contrast is { } mg && !doses.Contains(mg))
            return new(1, $"nobody took {mg}", doses.Count == 0 ? "there is no dose at all; check the dose column" : $"give one of the doses taken: {string.Join(", ", doses.Take(10))}");
        return kept == 0 ? new(1, "no day has a score and what else is asked for", "check the columns of scores and covariates") : null;
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
        return Read(new PeopleFile(path, utf8, format.Diary), rows);
    }

    private static Refusal? Read(PeopleFile file, PeopleRows rows)
    {
        if ((PlainText.WrongWith(file.Utf8) ?? DiaryColumns.WrongDelimiter(file.Utf8, file.Format)) is { } refusal) return refusal;
        try
        {
            using var csv = StrictCsv.Open(file.Utf8, file.Format.Delimiter);
            if (!csv.Read()) return new(1, "the file is empty", "give a header row and one row a person and day");
            if (rows.Begin(file, csv.Current.ToArray(), (int)csv.LineNumber) is { } wrong) return wrong;
            while (csv.Read())
                if (rows.Take(csv.Current.ToArray(), (int)csv.LineNumber) is { } bad) return bad;
            return null;
        }
        catch (CsvFormatException malformed)
        {
            return StrictCsv.Refusal(malformed, file.Utf8);
        }
    }
}
