namespace Lowdose.Quantities;

/// <summary>Why a written amount is not taken, and how to write it.</summary>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Do">How to write it.</param>
public sealed record Unread(string What, string Do);
