using System.Diagnostics;
using Lowdose.Acceptance.CommandLine;

namespace Lowdose.Acceptance.Deploy;

/// <summary>What the pages of <c>deploy/</c> tell an administrator to type or to put into a file, taken from the pages themselves, so that they say what was run.</summary>
internal static class Manual
{
    public static string Path(string file) => System.IO.Path.Combine(LowdoseProcess.Repository, "deploy", file);

    /// <summary>The indented lines below a heading, in their order.</summary>
    /// <param name="file">The page.</param>
    /// <param name="heading">Its words; null for the whole page.</param>
    /// <param name="instead">What stands there for an example, and what to put in its place; each must be there.</param>
    public static string Lines(string file, string? heading, params (string Example, string Instead)[] instead)
    {
        const string Indent = "    ", Heading = "## ";
        var lines = File.ReadAllLines(Path(file)).AsEnumerable();
        if (heading is not null) lines = lines.SkipWhile(line => line != Heading + heading).Skip(1).TakeWhile(line => !line.StartsWith(Heading, StringComparison.Ordinal));
        var text = string.Join('\n', lines.Where(line => line.StartsWith(Indent, StringComparison.Ordinal)).Select(line => line[Indent.Length..]));
        foreach (var (example, now) in instead)
        {
            text.ShouldContain(example, Case.Sensitive, $"{file}, {heading}");
            text = text.Replace(example, now, StringComparison.Ordinal);
        }
        return text;
    }

    /// <summary>Runs lines as a shell does that stops at the first that fails; <c>lowdose</c> is the program just built.</summary>
    /// <param name="lines">The commands.</param>
    /// <param name="environment">Besides the usual.</param>
    /// <param name="systemctl">What stands for it, in the shell's words.</param>
    public static Outcome Type(string lines, IReadOnlyDictionary<string, string> environment, string systemctl = ":")
    {
        var script = $$"""
            set -euo pipefail
            lowdose() { dotnet "{{System.IO.Path.Combine(AppContext.BaseDirectory, "Lowdose.Cli.dll")}}" "$@"; }
            systemctl() { {{systemctl}}; }
            {{lines}}
            """;
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        shell.WaitForExit(TimeSpan.FromMinutes(3)).ShouldBeTrue("the commands hang");
        return new(shell.ExitCode, output.Result, error.Result);
    }
}
