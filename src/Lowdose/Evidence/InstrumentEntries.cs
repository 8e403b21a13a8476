using System.Globalization;

namespace Lowdose.Evidence;

/// <summary>Reads questionnaires and side effects.</summary>
internal static class InstrumentEntries
{
    public static Instrument Instrument(Entry entry, KnowledgeReader reader)
    {
        var id = entry.Text("id");
        reader.Take("instruments", id, entry.Line);
        if (id != reader.FileName) reader.Defect(entry.Line, $"the file is called {reader.FileName} and its id is {id}; make them the same");
        var scales = entry.TextsByKey("scales");
        InstrumentItem[] items = [.. entry.Inners("items").Select(i => Item(i, scales, reader))];
        var known = items.Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        if (known.Count < items.Length) reader.Defect(entry.LineOf("items"), "an item stands twice");
        InstrumentScore[] scores = [.. entry.Inners("scores").Select(s => Score(s, known, reader))];
        if (!scores.All(s => known.Add(s.Id))) reader.Defect(entry.LineOf("scores"), "a score has the name of an item or of another score");
        return new(id, entry.Text("title"), entry.Text("about"), entry.Text("recall"), Licence(entry, reader), items, scores,
            [.. entry.Inners("conclusions").Select(c => Conclusion(c, known, reader))], Marked.Code(entry, "loinc", reader), Marked.Number(entry, reader), entry.OptionalText("note"));
    }

    public static Effect Effect(Entry entry, KnowledgeReader reader)
    {
        var effect = new Effect(entry.Text("id"), entry.Text("name"), entry.Flag("sleep"), entry.Flag("alwaysAsk"), entry.OptionalText("now"), entry.Ids("claims", "claims"), Marked.Number(entry, reader));
        reader.Take("effects", effect.Id, entry.Line);
        return effect;
    }

    private static Licence Licence(Entry entry, KnowledgeReader reader)
    {
        if (entry.Inner("licence") is not { } inner)
        {
            reader.Defect(entry.Line, "'licence' is missing; say who may use it");
            return new(InstrumentUse.Permission, ItemWording.Numbers, "", new(default, []));
        }
        var licence = new Licence(inner.Choice<InstrumentUse>("use"), inner.Choice<ItemWording>("wording"), inner.Text("says"), Marked.Number(inner, reader));
        inner.Done();
        return licence;
    }

    private static InstrumentItem Item(Entry entry, IReadOnlyDictionary<string, IReadOnlyList<string>> scales, KnowledgeReader reader)
    {
        var scale = entry.Text("scale");
        if (!scales.TryGetValue(scale, out var answers) || answers.Count < 2) reader.Defect(entry.LineOf("scale"), $"there is no scale '{scale}' with two answers or more");
        var item = new InstrumentItem(entry.Text("id"), entry.Text("text"), answers ?? []);
        entry.Done();
        return item;
    }

    private static InstrumentScore Score(Entry entry, HashSet<string> items, KnowledgeReader reader)
    {
        var (sum, mean, groups) = (entry.Texts("sum"), entry.Texts("mean"), entry.TextsByKey("groups"));
        if ((sum.Count > 0 ? 1 : 0) + (mean.Count > 0 ? 1 : 0) + (groups.Count > 0 ? 1 : 0) != 1) reader.Defect(entry.Line, "a score has one of 'sum', 'mean' and 'groups'");
        var score = new InstrumentScore(entry.Text("id"), entry.Text("name"), sum.Count > 0 ? ScoreKind.Sum : mean.Count > 0 ? ScoreKind.Mean : ScoreKind.Groups,
            groups.Count > 0 ? [.. groups.Values] : [sum.Count > 0 ? sum : mean], entry.Whole("times") ?? 1);
        foreach (var group in score.Groups)
        {
            foreach (var item in group.Where(i => !items.Contains(i))) reader.Defect(entry.Line, $"there is no item '{item}'");
            if (group.Distinct().Count() < group.Count) reader.Defect(entry.Line, "an item counts twice");
        }
        entry.Done();
        return score;
    }

    private static Conclusion Conclusion(Entry entry, HashSet<string> known, KnowledgeReader reader)
    {
        var requirements = new List<Requirement>();
        foreach (var inner in entry.Inners("requires"))
        {
            requirements.Add(new(inner.Text("why"), [.. inner.Texts("any").Select(text => Alternative(text, inner, known, reader))]));
            if (requirements[^1].Alternatives.Count == 0) reader.Defect(inner.Line, "a requirement has at least one alternative under 'any'");
            inner.Done();
        }
        if (requirements.Count == 0) reader.Defect(entry.Line, "a conclusion requires something");
        var conclusion = new Conclusion(entry.Text("id"), entry.Text("met"), entry.Text("notMet"), requirements, Marked.Number(entry, reader));
        entry.Done();
        return conclusion;
    }

    /// <summary>Comparisons joined by "and": "wpi 4..6 and sss 9..".</summary>
    private static List<Comparison> Alternative(string text, Entry entry, HashSet<string> known, KnowledgeReader reader)
    {
        var comparisons = new List<Comparison>();
        foreach (var part in text.Split(" and "))
        {
            if (part.Split(' ') is not [var of, var range] || !known.Contains(of) || Bounds(range) is not var (low, high))
                reader.Defect(entry.LineOf("any"), $"'{part}' is not a known score or item and its bounds, as 'wpi 7..' or 'wpi 4..6'");
            else comparisons.Add(new(of, low, high));
        }
        return comparisons;
    }

    private static (decimal? Low, decimal? High)? Bounds(string range)
    {
        if (range.Split("..") is not [var from, var to] || range == "..") return null;
        var (low, high) = (Number(from), Number(to));
        return (low is null && from.Length > 0) || (high is null && to.Length > 0) || low > high ? null : (low, high);
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
