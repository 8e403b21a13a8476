using System.Text;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Web.Synthesis;

/// <summary>A table of studies as it came in: how it was read, and what it says or why it cannot be read. It is kept nowhere but in the page.</summary>
/// <param name="Name">As the person knows it.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Said">What the person said about it.</param>
/// <param name="Columns">What was guessed and said of its columns.</param>
public sealed record PostedStudies(string Name, string Text, SaidStudies Said, StudyGuess Columns)
{
    /// <summary>The largest table taken over the wire, bytes; the command takes larger ones.</summary>
    public const int LargestBytes = Diaries.PostedDiary.LargestBytes;

    /// <summary>A page pools so many studies; the command takes any number.</summary>
    public const int MostStudies = 2000;

    /// <summary>It can go back into a page: a workbook or a picture cannot.</summary>
    public bool IsText => !Text.AsSpan().ContainsAny('\0', '\uFFFD');

    /// <summary>The studies; null where they are refused.</summary>
    public StudyTable? Table { get; init; }

    /// <summary>What they say; null where they are refused.</summary>
    public MetaAnalysis? Analysis { get; init; }

    /// <summary>Why there is nothing; null where there is.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Reads and pools a table.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="text">Its text; it may have been a workbook's bytes.</param>
    /// <param name="said">What the person said about it.</param>
    public static PostedStudies Of(string name, string text, SaidStudies said)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(said);
        var posted = new PostedStudies(name, text, said, StudyGuess.Of(text, said));
        if (string.IsNullOrWhiteSpace(text)) return posted with { Refusal = new(1, "there is nothing in it yet", "choose a file, or paste a table") };
        if (said.Refusal is { } misspoken) return posted with { Refusal = misspoken };
        if (posted.Columns.Format is not { } format)
            return posted with { Refusal = new(1, "the columns are of no measure Lowdose knows", "name the columns as below, or choose under “How it was read” what is measured") };
        var reading = StudyCsv.Read(Encoding.UTF8.GetBytes(text), format);
        if (reading.Table is not { } table) return posted with { Refusal = reading.Refusal };
        if (table.Effects.Count > MostStudies) return posted with { Refusal = new(1, $"{table.Effects.Count} studies are too many for a page", "use the command lowdose meta, which takes any number") };
        return Synthesise.Everything(table.Set(said.Method, said.Test), table.Order, table.Groups) is { } analysis
            ? posted with { Table = table, Analysis = analysis } : posted with { Refusal = StudyTable.TooFew(table, said.Method) };
    }
}
