namespace Lowdose.Evidence;

/// <summary>Everything the evidence has under one id. A study and its source share theirs.</summary>
/// <param name="Id">As it stands in the files.</param>
/// <param name="Study">The study, or null.</param>
/// <param name="Condition">The condition, or null.</param>
/// <param name="Claim">The claim, or null.</param>
/// <param name="Source">The source, or null.</param>
/// <param name="Studies">Ids of studies that belong to it: those of a condition, further reports of a study.</param>
/// <param name="For">Ids of claims that rest on it.</param>
/// <param name="Against">Ids of claims that it contradicts and does not also support.</param>
public sealed record Dossier(string Id, Study? Study, Condition? Condition, Claim? Claim, Source? Source, IReadOnlyList<string> Studies, IReadOnlyList<string> For, IReadOnlyList<string> Against)
{
    /// <summary>Opens it.</summary>
    /// <param name="knowledge">Where to look.</param>
    /// <param name="id">Upper or lower case.</param>
    /// <returns>Null where nothing has this id.</returns>
    public static Dossier? Of(Knowledge knowledge, string id)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var (study, condition, claim, source) = (Named(knowledge.Studies, id), Named(knowledge.Conditions, id), Named(knowledge.Claims, id), Named(knowledge.Sources, id));
        if ((study?.Id ?? condition?.Id ?? claim?.Id ?? source?.Id) is not { } own) return null;
        return new Dossier(own, study, condition, claim, source,
            [.. knowledge.Studies.Values.Where(s => s.ReportOf == own || s.Conditions.Contains(own)).OrderBy(s => s.Year ?? int.MaxValue).ThenBy(s => s.Id, StringComparer.Ordinal).Select(s => s.Id)],
            [.. knowledge.Claims.Values.Where(c => c.For.Contains(own)).Select(c => c.Id)],
            [.. knowledge.Claims.Values.Where(c => c.Against.Contains(own) && !c.For.Contains(own)).Select(c => c.Id)]);
    }

    private static T? Named<T>(IReadOnlyDictionary<string, T> entries, string id) where T : class =>
        entries.TryGetValue(id, out var exact) ? exact : entries.FirstOrDefault(e => string.Equals(e.Key, id, StringComparison.OrdinalIgnoreCase)).Value;
}
