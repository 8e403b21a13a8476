using System.Text;
using Lowdose.Exchange;

namespace Lowdose.Web.Charts;

/// <summary>A table of treated patients as it came in: how it was read, and what it tells or why it cannot be read.</summary>
/// <param name="Name">As the person knows it.</param>
/// <param name="Text">What is in it.</param>
/// <param name="By">The column by which patients are divided; empty for none.</param>
public sealed record PostedCharts(string Name, string Text, string By)
{
    /// <summary>The largest table taken over the wire, bytes; the command takes larger ones.</summary>
    public const int LargestBytes = Diaries.PostedDiary.LargestBytes;

    /// <summary>The column of side effects, where it is called otherwise; null where it is not.</summary>
    public string? SideEffects { get; init; }

    /// <summary>The columns by which patients may be divided: those that are none of ours.</summary>
    public IReadOnlyList<string> Dividing { get; init; } = [];

    /// <summary>What it tells; null where it is refused.</summary>
    public ChartReview? Review { get; init; }

    /// <summary>Why there is nothing; null where there is.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>It can go back into a page: a workbook or a picture cannot.</summary>
    public bool IsText => !Text.AsSpan().ContainsAny('\0', '\uFFFD');

    /// <summary>Reads and reviews a table.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="by">The column by which patients are divided; empty for none.</param>
    /// <param name="sideEffects">The column of side effects, where it is called otherwise.</param>
    public static PostedCharts Of(string name, string text, string by, string? sideEffects = null)
    {
        var posted = new PostedCharts(name, text, by) { SideEffects = sideEffects };
        if (string.IsNullOrWhiteSpace(text)) return posted with { Refusal = new(1, "there is nothing in it yet", "choose a file, or paste a table") };
        var table = DiaryTable.Of(text);
        posted = posted with { Dividing = [.. table.Header.Where(h => h.Length > 0 && !ChartFormat.ColumnNames.Contains(h, StringComparer.OrdinalIgnoreCase) && h != sideEffects)] };
        var reading = ChartCsv.Read(Encoding.UTF8.GetBytes(text), new ChartFormat
        {
            Delimiter = table.Delimiter, By = by.Length > 0 ? by : null,
            Columns = sideEffects is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["side_effects"] = sideEffects },
        });
        return reading.Patients is { } patients ? posted with { Review = ChartReview.Of(patients) } : posted with { Refusal = reading.Refusal };
    }
}
