namespace Lowdose.Dosing;

/// <summary>Something to be confirmed or known before going on; never a refusal.</summary>
/// <param name="Code">For programs; a contract.</param>
/// <param name="Text">For people.</param>
public sealed record Caution(string Code, string Text);
