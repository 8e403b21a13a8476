namespace Lowdose.Evidence;

/// <summary>Reads substances and takes every name the screen will know them by.</summary>
internal static class SubstanceEntries
{
    public static Substance Substance(Entry entry, KnowledgeReader reader)
    {
        var id = entry.Text("id");
        reader.Take("substances", id, entry.Line);
        if (id.Length > 0 && id != reader.FileName) reader.Defect(entry.LineOf("id"), $"'{id}' stands in a file called {reader.FileName}; give both one name");
        var substance = new Substance(id, entry.Choice<SubstanceClass>("class"), Names(entry, "names", id, reader), Brands(entry, id, reader),
            Names(entry, "misspellings", id, reader), Marked.Codes(entry, "atc", reader), Marked.Code(entry, "rxnorm", reader), entry.Ids("parts", "substances"),
            [.. entry.Inners("combinations").Select(c => Combination(c, id, reader))], [.. entry.Inners("forms").Select(f => Form(f, reader))], entry.OptionalText("note"));
        if (substance.Names.Count == 0) reader.Defect(entry.Line, "'names' is missing; give the generic name first");
        CheckForms(substance, entry, reader);
        return substance;
    }

    private static Combination Combination(Entry entry, string id, KnowledgeReader reader)
    {
        var combination = new Combination(Names(entry, "names", id, reader), entry.Texts("with"), Brands(entry, id, reader), Marked.Codes(entry, "atc", reader));
        entry.Done();
        return combination;
    }

    private static ReleaseForm Form(Entry entry, KnowledgeReader reader)
    {
        var form = new ReleaseForm(entry.Choice<Release>("release"), entry.Texts("names"), Marked.Figure(entry, "halfLifeHours", reader),
            Marked.Figure(entry, "washOutDays", reader), entry.OptionalText("note"));
        if (form is { WashOutDays: null, Note: null }) reader.Defect(entry.Line, "a form without 'washOutDays' says in 'note' who decides");
        entry.Done();
        return form;
    }

    private static void CheckForms(Substance substance, Entry entry, KnowledgeReader reader)
    {
        var known = substance.Names.Concat(Brands(substance)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var stranger in substance.Forms.SelectMany(f => f.Names).Where(n => !known.Contains(n)))
            reader.Defect(entry.LineOf("forms"), $"'{stranger}' names a form but is no name or brand of {substance.Id}; add it there");
        foreach (var twice in substance.Forms.Where(f => !ReferenceEquals(f, substance.Forms.First(g => g.Release == f.Release))))
            reader.Defect(entry.LineOf("forms"), $"the form {twice.Release} stands twice");
    }

    private static IEnumerable<string> Brands(Substance substance) =>
        substance.Brands.Values.Concat(substance.Combinations.SelectMany(c => c.Brands.Values.Append(c.Names))).SelectMany(names => names);

    private static IReadOnlyList<string> Names(Entry entry, string key, string id, KnowledgeReader reader)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scalar in entry.Scalars(key))
        {
            reader.TakeName(scalar.Value!, id, scalar.Line);
            if (!seen.Add(scalar.Value!)) reader.Defect(scalar.Line, $"'{scalar.Value}' stands twice in '{key}'");
        }
        return entry.Texts(key);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Brands(Entry entry, string id, KnowledgeReader reader)
    {
        var brands = entry.TextsByKey("brands");
        foreach (var (country, names) in brands)
        {
            if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)) reader.Defect(entry.LineOf("brands"), $"'{country}' is not a two-letter country code");
            foreach (var name in names) reader.TakeName(name, id, entry.LineOf("brands"));
        }
        return brands;
    }
}
