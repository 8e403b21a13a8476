using System.Text;
using CsvHelper;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Exchange;

/// <summary>
/// Reads what was given, NONMEM style: RFC 4180, UTF-8, a header row, one row a record. The first thing wrong is the answer; what the numbers of a record
/// mean together is for the engine to say. Source: docs/methods/pharmacology.md.
/// </summary>
public static class EventCsv
{
    private const int LargestFileBytes = 256 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model it is for: its compartments, and the parameters that further columns may override.</param>
    public static EventReading ReadFile(string path, ModelFile model)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > LargestFileBytes }
                ? Refuse(new(1, $"the file is larger than {LargestFileBytes >> 20} MiB", "simulate it in parts"))
                : Read(File.ReadAllBytes(path), model);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(new(1, "there is no such file", "check the path"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? Refuse(new(1, "this is a folder", "name the file in it")) : Refuse(new(1, "the file cannot be opened", "check that you may read it and that no program has locked it"));
        }
    }

    /// <summary>Reads bytes already in memory.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="model">The model it is for.</param>
    public static EventReading Read(byte[] utf8, ModelFile model)
    {
        if ((PlainText.WrongWith(utf8) ?? WrongDelimiter(utf8)) is { } refusal) return Refuse(refusal);
        try
        {
            using var csv = StrictCsv.Open(utf8, ',');
            if (!csv.Read()) return Refuse(new(1, "the file is empty", "give a header row with ID,TIME,EVID,AMT,CMT and one row a record"));
            if (EventColumns.Find(csv.Current.ToArray(), (int)csv.LineNumber, model, out var columns) is { } wrong) return Refuse(wrong);
            var rows = new EventRows(columns!, model);
            while (csv.Read())
                if (rows.Take(csv.Current.ToArray(), (int)csv.LineNumber) is { } bad) return Refuse(bad);
            return rows.Records.Count > 0 ? new(rows.Records, columns!.Left, null) : Refuse(new(1, "there is no record", "give one row a dose below the header"));
        }
        catch (CsvFormatException malformed)
        {
            return Refuse(StrictCsv.Refusal(malformed, utf8));
        }
    }

    private static Refusal? WrongDelimiter(byte[] utf8)
    {
        var end = Array.IndexOf(utf8, (byte)'\n');
        var header = Encoding.UTF8.GetString(utf8, 0, end < 0 ? utf8.Length : end);
        if (header.Contains(',', StringComparison.Ordinal)) return null;
        return header.Contains(';', StringComparison.Ordinal) || header.Contains('\t', StringComparison.Ordinal)
            ? new(1, $"the columns are separated by {(header.Contains(';', StringComparison.Ordinal) ? "\";\"" : "tabs")}", "save the file with commas between fields and a decimal point") : null;
    }

    private static EventReading Refuse(Refusal refusal) => new(null, [], refusal);
}

/// <summary>Records that were read, or why not.</summary>
/// <param name="Records">In the order of the file; null where it cannot be read.</param>
/// <param name="LeftAlone">Columns that are neither a field of a record nor a parameter.</param>
/// <param name="Refusal">What is wrong; null where nothing is.</param>
public sealed record EventReading(IReadOnlyList<DoseRecord>? Records, IReadOnlyList<string> LeftAlone, Refusal? Refusal);
