using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>What the command line asks of a verdict, checked.</summary>
internal sealed record VerdictRequest(string File, DiaryFormat Format, bool AlreadyTaking, bool Randomised, string? Primary, bool Trials, bool Json, string? Out, string? Html);

/// <summary>What is wrong with a command line, and what to do.</summary>
internal sealed record Misuse(string What, string Do);
