using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Web.Synthesis;

/// <summary>What the columns of a table of studies probably hold, where nothing else was said.</summary>
/// <param name="Header">The columns.</param>
/// <param name="Format">How the table is read; null where its columns are of no measure.</param>
/// <param name="Free">The columns that the effects are not worked out from: moderators, groups, years.</param>
public sealed record StudyGuess(IReadOnlyList<string> Header, StudyFormat? Format, IReadOnlyList<string> Free)
{
    // From the most telling columns to the least; of two measures of the same columns the more usual one.
    private static readonly Measure[] Usual = [Measure.GEN, Measure.RR, Measure.MC, Measure.MD, Measure.PLO];

    // A header of a million columns is no table of studies, and must not become a page of them.
    private const int MostColumns = 200;

    private static readonly string[] Names = ["study", "author", "trial", "name"];

    /// <summary>Guesses.</summary>
    /// <param name="text">The table.</param>
    /// <param name="said">What the person said.</param>
    public static StudyGuess Of(string text, SaidStudies said)
    {
        var table = DiaryTable.Of(text);
        string[] header = [.. table.Header.Where(h => h.Length > 0).Take(MostColumns)];
        // Another file may have been dropped since its columns were named.
        var columns = said.Columns.Where(c => header.Contains(c.Value)).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
        if (!columns.ContainsKey("study") && Names.Select(n => header.FirstOrDefault(h => h.Equals(n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(h => h is not null) is { } name) columns["study"] = name;
        bool Has(string column) => columns.ContainsKey(column) || header.Contains(column, StringComparer.OrdinalIgnoreCase);
        bool Fits(Measure measure) => StudyFormat.Needed(measure).All(need => need.Split('|').Any(Has) || (need == "ri" && said.CorrelationValue is not null));
        Measure? guessed = Usual.Where(Fits).Select(m => (Measure?)m).FirstOrDefault();
        if ((said.Measure ?? guessed) is not { } measure) return new(header, null, header);
        var format = new StudyFormat
        {
            Measure = measure,
            Delimiter = table.Delimiter,
            DecimalMark = table.DecimalMark,
            Columns = columns,
            Moderators = [.. said.Moderators.Where(header.Contains)],
            Subgroup = header.Contains(said.Subgroup) ? said.Subgroup : null,
            Order = header.Contains(said.Order) ? said.Order : null,
            Correlation = measure == Measure.MC && !Has("ri") ? said.CorrelationValue : null,
        };
        string[] taken = [.. StudyFormat.Needed(measure).SelectMany(n => n.Split('|')).Append("study").Select(format.NameOf)];
        return new(header, format, [.. header.Where(h => !taken.Contains(h, StringComparer.OrdinalIgnoreCase))]);
    }
}
