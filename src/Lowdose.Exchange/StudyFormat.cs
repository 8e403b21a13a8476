using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>What a file of studies looks like and what is taken from it.</summary>
public sealed record StudyFormat
{
    /// <summary>What a study's effect is.</summary>
    public required Measure Measure { get; init; }

    /// <summary>Between fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Before the fraction of a number.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>Columns that are called otherwise: by metafor's name (<c>ai</c>, <c>n1i</c>, …; <c>study</c> too) the file's.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns on which the effect may depend: numbers, or words for groups.</summary>
    public IReadOnlyList<string> Moderators { get; init; } = [];

    /// <summary>The column by which studies are grouped; null for none.</summary>
    public string? Subgroup { get; init; }

    /// <summary>The column of numbers by whose order studies are added up; null for the order of the file.</summary>
    public string? Order { get; init; }

    /// <summary>The correlation of a person's two scores, for pairs without a column <c>ri</c>; null for none given.</summary>
    public double? Correlation { get; init; }

    /// <summary>Every column that a measure may be worked out from, by metafor's names.</summary>
    public static IReadOnlyList<string> ColumnNames { get; } = ["ai", "bi", "ci", "di", "n1i", "n2i", "m1i", "sd1i", "m2i", "sd2i", "xi", "ni", "ri", "yi", "vi", "sei"];

    /// <summary>The columns a measure needs; the second of a pair stands in for the first.</summary>
    /// <param name="measure">What a study's effect is.</param>
    public static IReadOnlyList<string> Needed(Measure measure) => measure switch
    {
        Measure.OR or Measure.RR or Measure.RD => ["ai", "bi|n1i", "ci", "di|n2i"],
        Measure.MD or Measure.SMD => ["m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"],
        Measure.MC => ["m1i", "sd1i", "m2i", "sd2i", "ni", "ri"],
        Measure.GEN => ["yi", "vi|sei"],
        _ => ["xi", "ni"],
    };

    /// <summary>The file's name of a column.</summary>
    public string NameOf(string column) => Columns.TryGetValue(column, out var name) ? name : column;
}
