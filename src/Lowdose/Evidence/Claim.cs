namespace Lowdose.Evidence;

/// <summary>One statement with its certainty and sources: what rules, protocols and pages rest on.</summary>
/// <param name="Id">E.g. <c>opioid-label-block</c>.</param>
/// <param name="Topic">The file it stands in, e.g. <c>opioids</c>.</param>
/// <param name="Statement">One sentence.</param>
/// <param name="Certainty">How far it can be trusted.</param>
/// <param name="Mark">How we know it; at least one source.</param>
/// <param name="Conflicts">Sources that say otherwise.</param>
/// <param name="SupersededBy">Claim ids of what was learned since; none where it stands.</param>
public sealed record Claim(string Id, string Topic, string Statement, Certainty Certainty, Mark Mark, IReadOnlyList<Conflict> Conflicts, IReadOnlyList<string> SupersededBy)
{
    /// <summary>Source ids that say so.</summary>
    public IReadOnlyList<string> For => Mark.Sources;

    /// <summary>Source ids that say otherwise.</summary>
    public IReadOnlyList<string> Against => [.. Conflicts.Select(c => c.Source).Distinct()];
}
