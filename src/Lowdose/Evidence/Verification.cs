namespace Lowdose.Evidence;

/// <summary>Where a number or statement was read. It is not <see cref="Certainty"/>: a figure read in the label can still be extrapolated.</summary>
public enum Verification
{
    /// <summary>Read in the cited source. YAML: <c>looked-up</c>.</summary>
    LookedUp = 1,
    /// <summary>Read in somebody else's transcription of the cited source. YAML: <c>transcribed</c>.</summary>
    Transcribed,
    /// <summary>Read in one of the five source texts, which are not primary literature. YAML: <c>seed</c>.</summary>
    Seed,
    /// <summary>From memory: must be checked before it is shown as fact. YAML: <c>memory</c>.</summary>
    Memory,
    /// <summary>Calculated or proposed here; <see cref="Mark.How"/> says how. YAML: <c>calculated</c>.</summary>
    Calculated,
}

/// <summary>How we know: the verification of a number or statement and what it was read in.</summary>
/// <param name="Verification">Where it was read.</param>
/// <param name="Sources">Source ids; none for a number from memory.</param>
/// <param name="How">How it was calculated or chosen; null where it was read.</param>
public sealed record Mark(Verification Verification, IReadOnlyList<string> Sources, string? How = null)
{
    /// <summary>May be shown without the words "not verified".</summary>
    public bool IsVerified => Verification is Verification.LookedUp or Verification.Calculated;
}

/// <summary>A published number or range with how we know it. The unit is in the name of the member that holds it.</summary>
/// <param name="Low">The lower end; equal to <paramref name="High"/> for a single value.</param>
/// <param name="High">The higher end.</param>
/// <param name="Mark">How we know it.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record Figure(decimal Low, decimal High, Mark Mark, string? Note);

/// <summary>A code of a public register with how we know it.</summary>
/// <param name="Value">The code.</param>
/// <param name="Mark">How we know it.</param>
public sealed record Code(string Value, Mark Mark);
