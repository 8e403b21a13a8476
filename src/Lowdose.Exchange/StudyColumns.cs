using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>Where each column of a file of studies stands.</summary>
/// <param name="Count">How many the header has.</param>
/// <param name="Study">The names'; −1 where studies are numbered.</param>
/// <param name="Places">Those of the numbers, by metafor's names.</param>
/// <param name="Moderators">Those of the moderators.</param>
/// <param name="Subgroup">That of the groups; −1 for none.</param>
/// <param name="Order">That of the order of adding up; −1 for none.</param>
internal sealed record StudyColumns(int Count, int Study, IReadOnlyDictionary<string, int> Places, int[] Moderators, int Subgroup, int Order)
{
    public static (StudyColumns? Columns, Refusal? Refusal) Find(string[] header, int line, StudyFormat format)
    {
        string[] names = [.. header.Select(h => h.Trim())];
        if (StrictCsv.Twice(names, line) is { } twice) return (null, twice);
        var list = StrictCsv.Listed(names);
        Refusal Missing(string column, string option) => new(line, $"there is no column \"{DiaryCells.Shown(column)}\" (there are: {list})", $"name the column with {option}");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in StudyFormat.ColumnNames)
            if (StrictCsv.IndexOf(names, format.NameOf(column)) is >= 0 and var at) places.Add(column, at);
            else if (format.Columns.TryGetValue(column, out var told)) return (null, Missing(told, $"--{column}-column"));
        // Of a variance and a standard error the one that was named counts, else the variance.
        if (format.Measure == Measure.GEN && places.ContainsKey("vi") && format.Columns.ContainsKey("sei") && !format.Columns.ContainsKey("vi")) places.Remove("vi");
        foreach (var need in StudyFormat.Needed(format.Measure))
        {
            var choices = need.Split('|');
            if (choices.Any(places.ContainsKey) || (need == "ri" && format.Correlation is not null)) continue;
            var options = string.Join(" or ", choices.Select(c => $"--{c}-column")) + (need == "ri" ? ", or give --correlation R for all" : "");
            return (null, new(line, $"{format.Measure} needs a column {string.Join(" or ", choices.Select(c => $"\"{format.NameOf(c)}\""))} (there are: {list})", $"name it with {options}, or choose another --measure"));
        }
        var study = StrictCsv.IndexOf(names, format.NameOf("study"));
        if (study < 0 && format.Columns.TryGetValue("study", out var named)) return (null, Missing(named, "--study-column"));
        int[] moderators = [.. format.Moderators.Select(m => StrictCsv.IndexOf(names, m))];
        if (Array.IndexOf(moderators, -1) is >= 0 and var absent) return (null, Missing(format.Moderators[absent], "--moderator"));
        var (subgroup, order) = (format.Subgroup is { } s ? StrictCsv.IndexOf(names, s) : -1, format.Order is { } o ? StrictCsv.IndexOf(names, o) : -1);
        if (format.Subgroup is { } group && subgroup < 0) return (null, Missing(group, "--subgroup"));
        return format.Order is { } by && order < 0 ? (null, Missing(by, "--cumulative")) : (new(names.Length, study, places, moderators, subgroup, order), null);
    }

    /// <summary>Where the header plainly uses another delimiter than the one given, says so.</summary>
    public static Refusal? WrongDelimiter(ReadOnlySpan<byte> utf8, StudyFormat format) => StrictCsv.WrongDelimiter(utf8, format.Delimiter, [.. StudyFormat.ColumnNames.Append("study").Select(format.NameOf)],
        format.DecimalMark == '.' ? " (and --decimal \",\" where numbers have a decimal comma)" : "");
}
