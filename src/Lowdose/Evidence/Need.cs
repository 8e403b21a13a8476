namespace Lowdose.Evidence;

/// <summary>Something patients or clinicians need, and what meets it here.</summary>
/// <param name="Id">E.g. <c>little-energy</c>.</param>
/// <param name="Number">In the domain's list, 1 first.</param>
/// <param name="Asks">The need, in a sentence.</param>
/// <param name="Met">How far it is met.</param>
/// <param name="Pages">The addresses of pages that meet it, as routes.</param>
/// <param name="Tests">Tests that prove it, as class and name.</param>
/// <param name="Missing">What is not met; null where nothing is.</param>
public sealed record Need(string Id, int Number, string Asks, NeedMet Met, IReadOnlyList<string> Pages, IReadOnlyList<string> Tests, string? Missing);

/// <summary>How far a need is met.</summary>
public enum NeedMet
{
    /// <summary>By what is named.</summary>
    Whole = 1,
    /// <summary>Something is missing, which is said.</summary>
    Partly,
    /// <summary>Not at all.</summary>
    No,
}
