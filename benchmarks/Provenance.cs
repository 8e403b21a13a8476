using System.Diagnostics;

namespace Lowdose.Benchmarks;

/// <summary>Where a measurement came from: commit, engine and machine.</summary>
/// <param name="Commit">Short commit, with "+changes" where the tree had uncommitted ones.</param>
/// <param name="Engine">Hash of the science sources: numbers of one engine are never mixed with another's.</param>
/// <param name="Machine">Processor, cores and runtime.</param>
public sealed record Provenance(string Commit, string Engine, string Machine)
{
    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Of what runs now.</summary>
    /// <param name="also">Another folder whose uncommitted changes count.</param>
    public static Provenance Now(string also = "src")
    {
        var changed = Git("status", "--porcelain", "--", "src", "benchmarks", also).Length > 0 ? "+changes" : "";
        return new Provenance(Git("rev-parse", "--short", "HEAD") + changed, EngineHash(),
            $"{Processor()}, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
    }

    private static string EngineHash()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "src", "Lowdose.Science"), "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) is "Numerics" or "Inference").Append(Path.Combine(Root, "benchmarks", "VirtualPopulation.cs")).Order(StringComparer.Ordinal);
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var file in sources) hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static string Processor() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();

    private static string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return output;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lowdose.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("run this inside a checkout of Lowdose");
    }
}
