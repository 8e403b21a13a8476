using System.Diagnostics;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>What one run of the command line came to.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

/// <summary>Runs the built command line as a person would: as a process of its own.</summary>
internal static class LowdoseProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The folder of the repository, where <c>examples/</c> is.</summary>
    public static string Repository { get; } = FolderOf("Lowdose.slnx");

    public static string Example(string name) => Path.Combine(Repository, "examples", name);

    public static Outcome Run(params string[] arguments) => RunIn(Directory.GetCurrentDirectory(), arguments);

    public static Outcome RunIn(string folder, params string[] arguments) => Run(folder, null, arguments);

    /// <summary>Runs it with something typed, such as a passphrase.</summary>
    public static Outcome RunTold(string folder, string typed, params string[] arguments) => Run(folder, typed, arguments);

    private static Outcome Run(string folder, string? typed, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = typed is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Lowdose.Cli.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (typed is not null)
        {
            process.StandardInput.WriteLine(typed);
            process.StandardInput.Close();
        }
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit(Patience).ShouldBeTrue("the command line hangs");
        return new(process.ExitCode, output, error.Result);
    }

    private static string FolderOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, file))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{file} is in no folder above the tests");
    }
}
