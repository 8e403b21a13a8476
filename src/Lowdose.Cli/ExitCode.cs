namespace Lowdose.Cli;

/// <summary>What the exit code says; a contract.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;
    /// <summary>A defect of ours.</summary>
    public const int Defect = 1;
    /// <summary>The command line is wrong.</summary>
    public const int CommandLine = 2;
    /// <summary>The input is wrong, a missing file included.</summary>
    public const int Input = 3;
    /// <summary>Refused for safety.</summary>
    public const int Refused = 4;
}
