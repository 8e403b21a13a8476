using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using Lowdose.Tests.Safety;

namespace Lowdose.Benchmarks;

/// <summary>Runs the tests against faults, and writes what they did and found to docs/safety/trust.md and security.md.</summary>
public static class Trust
{
    /// <summary>What is looked for, in the order of the page.</summary>
    public static readonly IReadOnlyList<string> Ids = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R18", "R19", "R20", "R21", "R22", "R23", "R24", .. SecurityPage.Items.Keys];

    /// <summary>Where the tests are.</summary>
    internal static readonly string[] Projects = ["Lowdose.Tests", "Lowdose.Acceptance"];

    /// <summary>Runs them.</summary>
    /// <param name="asked">Which; none: all.</param>
    /// <param name="full">With every round, not only the quick ones of each build.</param>
    /// <param name="rounds">At most so many kills; null: all.</param>
    /// <param name="only">Only tests whose name holds this; null: all.</param>
    /// <param name="provenance">Of this run.</param>
    /// <returns>0 where nothing failed.</returns>
    public static int RunAll(IReadOnlyList<string> asked, bool full, int? rounds, string? only, Provenance provenance)
    {
        if (asked.Except(Ids).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"bench: there is no test against faults {unknown}; there are {string.Join(", ", Ids)}");
            return 2;
        }
        var ids = asked.Count > 0 ? asked : Ids;
        var folder = Directory.CreateTempSubdirectory("lowdose-trust-").FullName;
        try
        {
            foreach (var project in Projects) Test(project, ids, full, rounds, only, Path.Combine(folder, project + ".trx"));
            var results = Directory.GetFiles(folder, "*.trx").SelectMany(Results).ToList();
            var failed = results.Where(r => !r.Passed).Select(r => r.Test).ToList();
            // Both the quick form and the whole one may have run; the larger counts.
            var rows = results.SelectMany(r => r.Counts.Select(c => new TrustRow(c, r.Passed, provenance.Commit)))
                .GroupBy(r => r.Key).Select(g => g.OrderBy(r => r.Passed).ThenByDescending(r => r.Count.Done).First()).ToList();
            TrustPage.Write(rows, only is null ? ids : [], failed, provenance);
            if (only is null) SecurityPage.Write(ids, [.. results.Select(r => (r.Test, r.Passed))], provenance);
            foreach (var test in failed) Console.Error.WriteLine("failed: " + test);
            return failed.Count == 0 && results.Count > 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Test(string project, IReadOnlyList<string> ids, bool full, int? rounds, string? only, string results)
    {
        var filter = $"({string.Join('|', ids.Select(id => "trust=" + id))})" + (full ? "" : "&speed!=slow") + (only is null ? "" : "&FullyQualifiedName~" + only);
        var start = new ProcessStartInfo("dotnet", ["test", Path.Combine("tests", project), "-c", "Release", "-nologo", "--filter", filter, "--logger", "trx;LogFileName=" + results])
        {
            WorkingDirectory = Provenance.Root,
            RedirectStandardOutput = true,
        };
        // The tests are theirs; what this was started with is not.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (full) start.Environment["LOWDOSE_FAULT_ROUNDS"] = (rounds ?? int.MaxValue).ToString(CultureInfo.InvariantCulture);
        using var tests = Process.Start(start)!;
        while (tests.StandardOutput.ReadLine() is { } line) Console.Error.WriteLine(line);
        tests.WaitForExit();
        if (!File.Exists(results) && tests.ExitCode != 0) throw new InvalidOperationException($"tests/{project} did not run; what went wrong is above");
    }

    private static IEnumerable<(string Test, bool Passed, FaultCount[] Counts)> Results(string file) =>
        from result in XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "UnitTestResult")
        let said = result.Descendants().FirstOrDefault(e => e.Name.LocalName == "StdOut")?.Value ?? ""
        select ((string)result.Attribute("testName")!, (string?)result.Attribute("outcome") == "Passed", said.Split('\n').Select(FaultCount.Read).OfType<FaultCount>().ToArray());
}
