namespace Lowdose.Evidence;

/// <summary>Reads sources, claims and conflicts.</summary>
internal static class SourceEntries
{
    public static Source Source(Entry entry, KnowledgeReader reader)
    {
        var source = new Source(entry.Text("id"), entry.Text("title"), entry.Choice<SourceKind>("kind"), entry.Whole("year"), entry.OptionalText("citation"),
            entry.Choice<Verification>("verified"), entry.OptionalText("note"), [.. entry.Inners("errors").Select(KnownError)]);
        reader.Take("sources", source.Id, entry.Line);
        foreach (var twice in source.Errors.GroupBy(e => e.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            reader.Defect(entry.LineOf("errors"), $"the error '{twice.Key}' stands twice");
        return source;
    }

    public static Claim Claim(Entry entry, KnowledgeReader reader)
    {
        var claim = new Claim(entry.Text("id"), reader.FileName, entry.Text("statement"), entry.Choice<Certainty>("certainty"), Marked.Statement(entry, reader), Conflicts(entry),
            entry.Ids("supersededBy", "claims"));
        reader.Take("claims", claim.Id, entry.Line);
        return claim;
    }

    public static IReadOnlyList<Conflict> Conflicts(Entry entry) => [.. entry.Inners("conflicts").Select(inner =>
    {
        var conflict = new Conflict(inner.Id("source", "sources"), inner.Text("says"));
        inner.Done();
        return conflict;
    })];

    private static KnownError KnownError(Entry entry)
    {
        var error = new KnownError(entry.Text("id"), entry.Text("says"), entry.Text("but"), entry.Ids("sources", "sources"));
        entry.Done();
        return error;
    }
}
