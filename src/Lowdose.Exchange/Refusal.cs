namespace Lowdose.Exchange;

/// <summary>Why a file cannot be read, and what the person can do about it. A value, not an exception: bad input is expected.</summary>
/// <param name="Line">The line of the file, 1 first; 1 where the whole file is meant.</param>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Do">What to do, naming the cell or the option.</param>
public sealed record Refusal(int Line, string What, string Do);
