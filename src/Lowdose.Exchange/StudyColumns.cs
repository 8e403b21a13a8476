using System.Text;
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
        if (names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return (null, new(line, $"the header names \"{DiaryCells.Shown(twice.Key)}\" twice", "rename one of the two columns"));
        var list = string.Join(", ", names.Take(20).Select(DiaryCells.Shown)) + (names.Length > 20 ? ", …" : "");
        Refusal Missing(string column, string option) => new(line, $"there is no column \"{DiaryCells.Shown(column)}\" (there are: {list})", $"name the column with {option}");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var column in StudyFormat.ColumnNames)
            if (IndexOf(names, format.NameOf(column)) is >= 0 and var at) places.Add(column, at);
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
        var study = IndexOf(names, format.NameOf("study"));
        if (study < 0 && format.Columns.TryGetValue("study", out var named)) return (null, Missing(named, "--study-column"));
        int[] moderators = [.. format.Moderators.Select(m => IndexOf(names, m))];
        if (Array.IndexOf(moderators, -1) is >= 0 and var absent) return (null, Missing(format.Moderators[absent], "--moderator"));
        var (subgroup, order) = (format.Subgroup is { } s ? IndexOf(names, s) : -1, format.Order is { } o ? IndexOf(names, o) : -1);
        if (format.Subgroup is { } group && subgroup < 0) return (null, Missing(group, "--subgroup"));
        return format.Order is { } by && order < 0 ? (null, Missing(by, "--cumulative")) : (new(names.Length, study, places, moderators, subgroup, order), null);
    }

    /// <summary>Where the header plainly uses another delimiter than the one given, says so.</summary>
    public static Refusal? WrongDelimiter(ReadOnlySpan<byte> utf8, StudyFormat format)
    {
        var start = utf8.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var end = utf8[start..].IndexOfAny((byte)'\r', (byte)'\n');
        var header = Encoding.UTF8.GetString(end < 0 ? utf8[start..] : utf8.Slice(start, end));
        string[] expected = [.. StudyFormat.ColumnNames.Append("study").Select(format.NameOf)];
        int Known(char delimiter) => header.Split(delimiter).Count(h => expected.Contains(h.Trim().Trim('"'), StringComparer.OrdinalIgnoreCase));
        var other = ((char[])[';', '\t', '|', ',']).MaxBy(Known);
        return Known(other) <= Known(format.Delimiter) ? null
            : new(1, $"the columns are separated by {(other == '\t' ? "tabs" : $"\"{other}\"")}, not by {(format.Delimiter == '\t' ? "tabs" : $"\"{format.Delimiter}\"")}",
                $"give --delimiter \"{(other == '\t' ? "tab" : other)}\"" + (other == ';' && format.DecimalMark == '.' ? " (and --decimal \",\" where numbers have a decimal comma)" : ""));
    }

    /// <summary>The column of that name; one that differs only in upper and lower case will do where it is the only one.</summary>
    private static int IndexOf(string[] names, string name)
    {
        var exact = Array.IndexOf(names, name);
        if (exact >= 0) return exact;
        int[] alike = [.. Enumerable.Range(0, names.Length).Where(i => names[i].Equals(name, StringComparison.OrdinalIgnoreCase))];
        return alike.Length == 1 ? alike[0] : -1;
    }
}
