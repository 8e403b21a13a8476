using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Lowdose.Tests.HouseRules;

/// <summary>S25: what the program is made of is known to the byte, and the same sources make the same program.</summary>
[Trait("trust", "S25")]
public sealed class SupplyTests
{
    [Fact]
    public void What_was_restored_is_the_reviewed_list_to_the_byte() =>
        Sbom.Of(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "obj", "Lowdose.Cli", "project.assets.json")))
            .ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, Sbom.Path)), $"a package was added, changed or replaced: look at it, then run bin/bench sbom and review {Sbom.Path}");

    [Fact]
    public void Every_version_is_exact()
    {
        var versions = Regex.Matches(Repository.Files.Single(f => f.Path == "Directory.Packages.props").Text, "<PackageVersion Include=\"([^\"]+)\" Version=\"([^\"]+)\"");
        versions.Count.ShouldBeGreaterThan(10);
        versions.Where(v => !Regex.IsMatch(v.Groups[2].Value, @"^\d+(\.\d+)+$")).Select(v => v.Value).ShouldBeEmpty();
        foreach (var package in Repository.Files.Where(f => f.Path.EndsWith("package.json", StringComparison.Ordinal)))
            Regex.IsMatch(package.Text, "\"[~^><*]").ShouldBeFalse(package.Path);
    }

    [Fact]
    public void A_package_that_is_known_to_be_vulnerable_fails_the_build() =>
        // The check is on by default and warns; here a warning is an error.
        Repository.With(".props", ".csproj").Where(f => f.Text.Contains("NuGetAudit>false", StringComparison.OrdinalIgnoreCase) || Regex.IsMatch(f.Text, @"(NoWarn|WarningsNotAsErrors)>[^<]*NU19")).Select(f => f.Path).ShouldBeEmpty();

    [Fact, Trait("speed", "slow")]
    public void The_same_sources_in_two_places_make_the_same_program()
    {
        using var first = new Copy();
        using var second = new Copy();
        var (one, two) = (first.Built(), second.Built());
        one.Count.ShouldBe(6);
        one.ShouldBe(two);
    }

    /// <summary>The sources in a folder of their own.</summary>
    private sealed class Copy : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("lowdose-sources-").FullName;

        public Copy()
        {
            foreach (var part in (string[])["src", "build", "knowledge", "models", "examples", ".editorconfig", "global.json", "Directory.Build.props", "Directory.Packages.props", "Lowdose.slnx"])
            {
                using var copy = Process.Start("cp", ["-r", Path.Combine(Repository.Root, part), _folder]);
                copy.WaitForExit();
                copy.ExitCode.ShouldBe(0, part);
            }
        }

        /// <summary>Builds it; the digest of each of its own assemblies. Without debug symbols: those of a page know where it lay.</summary>
        public IReadOnlyList<string> Built()
        {
            var start = new ProcessStartInfo("dotnet", ["build", "src/Lowdose.Cli", "-c", "Release", "-nologo", "-v:quiet", "-nodeReuse:false", "-p:DebugType=none"]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
            using var build = Process.Start(start)!;
            var said = build.StandardOutput.ReadToEnd();
            build.WaitForExit();
            build.ExitCode.ShouldBe(0, said);
            return [.. Directory.GetFiles(Path.Combine(_folder, "artifacts", "bin", "Lowdose.Cli", "release"), "Lowdose*.dll").Order(StringComparer.Ordinal).Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")];
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
