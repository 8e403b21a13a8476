using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>What a file of treated patients looks like.</summary>
public sealed record ChartFormat
{
    /// <summary>Between fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Columns that are called otherwise: by our name the file's.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>The column by which patients are divided; null for none.</summary>
    public string? By { get; init; }

    /// <summary>Our names of the columns.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } = ["person", "days", "started", "last", "stopped", "reason", "response", "side_effects"];

    /// <summary>The file's name of a column.</summary>
    public string NameOf(string column) => Columns.GetValueOrDefault(column, column);
}

/// <summary>One treated patient as a chart tells it; null where it does not.</summary>
/// <param name="Days">On the drug, to its stop or to the last visit.</param>
/// <param name="Stopped">Whether it was stopped.</param>
/// <param name="Reason">Why, as written; null where nothing is.</param>
/// <param name="Response">Whether the chart tells of a response.</param>
/// <param name="SideEffects">Side effects, as written; empty where the chart says that there were none.</param>
/// <param name="Group">The group of the column by which patients are divided.</param>
public sealed record ChartPatient(double? Days, bool? Stopped, string? Reason, bool? Response, IReadOnlyList<string>? SideEffects, string? Group);

/// <summary>What became of a file of treated patients. Exactly one of the two is set.</summary>
/// <param name="Patients">In the file's order.</param>
/// <param name="Refusal">The first thing wrong.</param>
public sealed record ChartReading(IReadOnlyList<ChartPatient>? Patients, Refusal? Refusal);

/// <summary>
/// Reads treated patients from CSV: RFC 4180, UTF-8, a header row, one row a patient in any order. The first thing wrong is the answer; nothing is guessed,
/// skipped or repaired in silence.
/// </summary>
public static class ChartCsv
{
    /// <summary>Far more patients than any clinic has; the limit keeps a wrong file from filling the memory.</summary>
    public const int LargestFileBytes = 32 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its delimiter and columns.</param>
    public static ChartReading ReadFile(string path, ChartFormat format) => StrictCsv.ReadFile(path, LargestFileBytes, "give one row a patient", bytes => Read(bytes, format), Refuse);

    /// <summary>Reads bytes already in memory.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="format">Its delimiter and columns.</param>
    public static ChartReading Read(byte[] utf8, ChartFormat format)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(format);
        if ((PlainText.WrongWith(utf8) ?? StrictCsv.WrongDelimiter(utf8, format.Delimiter, [.. ChartFormat.ColumnNames.Select(format.NameOf)])) is { } refusal) return Refuse(refusal);
        try
        {
            using var csv = StrictCsv.Open(utf8, format.Delimiter);
            if (!csv.Read()) return Refuse(new(1, "the file is empty", "give a header row and one row a patient"));
            var (rows, wrong) = ChartRows.Of(csv.Current.ToArray(), (int)csv.LineNumber, format);
            if (rows is null) return Refuse(wrong!);
            while (csv.Read())
                if (rows.Take(csv.Current.ToArray(), (int)csv.LineNumber) is { } bad) return Refuse(bad);
            return rows.Patients.Count > 0 ? new(rows.Patients, null) : Refuse(new(1, "there is no patient", "give one row a patient below the header"));
        }
        catch (CsvFormatException malformed)
        {
            return Refuse(StrictCsv.Refusal(malformed, utf8));
        }
    }

    private static ChartReading Refuse(Refusal refusal) => new(null, refusal);
}
