namespace Lowdose.Evidence;

/// <summary>An illness that a source text names, and what there is on LDN in it.</summary>
/// <param name="Id">E.g. <c>fibromyalgia</c>.</param>
/// <param name="Name">In plain words.</param>
/// <param name="OtherNames">What else it is called.</param>
/// <param name="Evidence">The best kind there is; a test holds it against the studies.</param>
/// <param name="Says">One or two plain sentences.</param>
/// <param name="Claims">Claim ids; may be none.</param>
/// <param name="Mark">Who names it, and how we know what is said.</param>
public sealed record Condition(string Id, string Name, IReadOnlyList<string> OtherNames, EvidenceKind Evidence, string Says, IReadOnlyList<string> Claims, Mark Mark);

/// <summary>The best kind of evidence on LDN in a condition, best first.</summary>
public enum EvidenceKind
{
    /// <summary>A randomised trial in people has reported.</summary>
    Randomised = 1,
    /// <summary>People were followed without chance deciding.</summary>
    Uncontrolled,
    /// <summary>Somebody says so.</summary>
    OnlyAnecdote,
    /// <summary>It is named; nothing is said of LDN in it.</summary>
    None,
}
