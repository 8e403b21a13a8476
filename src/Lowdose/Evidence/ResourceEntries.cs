namespace Lowdose.Evidence;

/// <summary>Reads resources.</summary>
internal static class ResourceEntries
{
    public static Resource Resource(Entry entry, KnowledgeReader reader)
    {
        var resource = new Resource(entry.Text("id"), entry.Text("name"), entry.Choice<ResourceKind>("kind"), entry.OptionalText("country"), entry.Text("offers"),
            entry.OptionalText("vouches"), entry.OptionalText("caution"), Marked.Statement(entry, reader));
        reader.Take("resources", resource.Id, entry.Line);
        if (resource.Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
            reader.Defect(entry.LineOf("country"), $"'{country}' is not a two-letter country code");
        if (resource.Mark.Verification == Verification.Calculated) reader.Defect(entry.LineOf("verified"), "a resource is not calculated; say who names it");
        return resource;
    }
}
