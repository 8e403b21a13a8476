namespace Lowdose.Evidence;

/// <summary>What people try before or beside LDN, and what speaks for and against it. It is named, not recommended.</summary>
/// <param name="Id">E.g. <c>tai-chi</c>.</param>
/// <param name="Name">In plain words.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Says">What is known, one or two plain sentences.</param>
/// <param name="Caution">What must be said beside it, or null.</param>
/// <param name="Certainty">How far <paramref name="Says"/> can be trusted; one of its claims has it.</param>
/// <param name="Claims">Claim ids; at least one.</param>
public sealed record Alternative(string Id, string Name, AlternativeKind Kind, string Says, string? Caution, Certainty Certainty, IReadOnlyList<string> Claims);

/// <summary>What an alternative is, in the order in which it is shown.</summary>
public enum AlternativeKind
{
    /// <summary>A medicine licensed for fibromyalgia somewhere.</summary>
    Licensed = 1,
    /// <summary>Another medicine.</summary>
    Medicine,
    /// <summary>Moving.</summary>
    Movement,
    /// <summary>For the mind.</summary>
    Mind,
    /// <summary>Done to the body by somebody.</summary>
    HandsOn,
    /// <summary>Eating, and tests of what is lacking.</summary>
    Food,
    /// <summary>A vitamin, mineral or the like.</summary>
    Supplement,
    /// <summary>A herb or mushroom.</summary>
    Herb,
}
