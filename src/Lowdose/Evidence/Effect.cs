namespace Lowdose.Evidence;

/// <summary>A side effect the diary asks about. How it is answered to is Safety's.</summary>
/// <param name="Id">Short name, as the diary's field has it.</param>
/// <param name="Name">In plain words.</param>
/// <param name="Sleep">It is about sleep: the dose may move to the morning.</param>
/// <param name="AlwaysAsk">The prescriber is asked however mild it is.</param>
/// <param name="Now">What to do at once, in plain words; null where nothing is that urgent.</param>
/// <param name="Claims">Claim ids that say how common it is; may be none.</param>
/// <param name="Mark">How we know of it.</param>
public sealed record Effect(string Id, string Name, bool Sleep, bool AlwaysAsk, string? Now, IReadOnlyList<string> Claims, Mark Mark);
