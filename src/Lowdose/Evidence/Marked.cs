namespace Lowdose.Evidence;

/// <summary>Reads marks, figures and codes: every number says how we know it.</summary>
internal static class Marked
{
    /// <summary>The mark of a number: from memory it cites nothing, since a citation beside it would show it as read.</summary>
    public static Mark Number(Entry entry, KnowledgeReader reader)
    {
        var mark = Of(entry, reader);
        if (mark is { Verification: Verification.Memory, Sources.Count: > 0 })
            reader.Defect(entry.LineOf("sources"), "a number from memory cites no source: it would look verified; look it up or drop 'sources'");
        if (mark is { Verification: Verification.LookedUp or Verification.Transcribed or Verification.Seed, Sources.Count: 0 })
            reader.Defect(entry.LineOf("verified"), "a number that was read names what it was read in; add 'sources'");
        return mark;
    }

    /// <summary>The mark of a statement: at least one source, also where the numbers in it are from memory.</summary>
    public static Mark Statement(Entry entry, KnowledgeReader reader)
    {
        var mark = Of(entry, reader);
        if (mark.Sources.Count == 0) reader.Defect(entry.Line, "'sources' is missing or empty; name at least one");
        return mark;
    }

    public static Figure? Figure(Entry entry, string key, KnowledgeReader reader)
    {
        if (entry.Inner(key) is not { } inner)
        {
            if (entry.OptionalText(key) is { } bare)
                reader.Defect(entry.LineOf(key), $"'{key}: {bare}' has no mark; write {{value: {bare}, verified: ...}}");
            return null;
        }
        var mark = Number(inner, reader);
        var value = inner.Number("value");
        var low = value ?? inner.Number("low");
        var high = value ?? inner.Number("high");
        if (low is null || high is null || low > high || (value is not null && (inner.Has("low") || inner.Has("high"))))
            reader.Defect(inner.Line, $"'{key}' needs either 'value' or 'low' and a 'high' no smaller");
        var figure = new Figure(low ?? 0, high ?? 0, mark, inner.OptionalText("note"));
        inner.Done();
        return figure;
    }

    /// <summary>What the numbers within an entry inherit: from memory they cite nothing.</summary>
    public static Mark Inheritable(Mark mark) => mark.Verification == Verification.Memory ? mark with { Sources = [] } : mark;

    /// <summary>The entry's own mark where it has one, else that of what it stands in.</summary>
    public static Mark OwnOr(Mark outer, Entry entry, KnowledgeReader reader) => entry.Has("verified") ? Number(entry, reader) : outer;

    /// <summary>A number, signed, that takes the mark of what it stands in unless it has its own: <c>4.5</c>, <c>{low: 3, high: 4.5}</c> or <c>{value: 4.5, verified: memory}</c>.</summary>
    public static Figure? Inherited(Entry entry, string key, Mark outer, KnowledgeReader reader)
    {
        if (!entry.Given(key)) return null;
        if (entry.IsOne(key)) return entry.Signed(key) is { } bare ? new Figure(bare, bare, outer, null) : null;
        if (entry.Inner(key) is not { } inner) return null;
        var mark = OwnOr(outer, inner, reader);
        var value = inner.Signed("value");
        if ((value ?? inner.Signed("low")) is not { } low || (value ?? inner.Signed("high")) is not { } high || low > high || (value is not null && (inner.Has("low") || inner.Has("high"))))
        {
            reader.Defect(inner.Line, $"'{key}' needs either 'value' or 'low' and a 'high' no smaller");
            return null;
        }
        var figure = new Figure(low, high, mark, inner.OptionalText("note"));
        inner.Done();
        return figure;
    }

    public static IReadOnlyList<Code> Codes(Entry entry, string key, KnowledgeReader reader)
    {
        var codes = entry.Inners(key).Select(inner => Code(inner, reader)).ToList();
        foreach (var twice in codes.Where(c => !ReferenceEquals(c, codes.Find(d => d.Value == c.Value))))
            reader.Defect(entry.LineOf(key), $"code {twice.Value} stands twice");
        return codes;
    }

    public static Code? Code(Entry entry, string key, KnowledgeReader reader) =>
        entry.Inner(key) is { } inner ? Code(inner, reader)
        : entry.OptionalText(key) is { } bare ? Unmarked(entry, key, bare, reader)
        : null;

    private static Code Code(Entry entry, KnowledgeReader reader)
    {
        var code = new Code(entry.Text("code"), Number(entry, reader));
        entry.Done();
        return code;
    }

    private static Code? Unmarked(Entry entry, string key, string bare, KnowledgeReader reader)
    {
        reader.Defect(entry.LineOf(key), $"'{key}: {bare}' has no mark; write {{code: {bare}, verified: ...}}");
        return null;
    }

    private static Mark Of(Entry entry, KnowledgeReader reader)
    {
        var mark = new Mark(entry.Choice<Verification>("verified"), entry.Ids("sources", "sources"), entry.OptionalText("how"));
        if (mark is { Verification: Verification.Calculated, How: null })
            reader.Defect(entry.LineOf("verified"), "a calculated number or statement says how it was reached; add 'how'");
        reader.Rest(mark, entry.Line);
        return mark;
    }
}
