using System.Diagnostics;
using System.Text.Json;
using Lowdose.Acceptance.Web;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose power</c> and <c>power-merge</c>, as an outside program meets them.</summary>
public class PowerCommandTests
{
    private const string Pool = """
        people: 8
        blocks: {arms: [placebo, ldn], days: 7, pairs: 2, random: pairs}
        analysis: pool
        truth: {effect: -1, effectSd: 0.5, levelSd: 1, rho: 0.4, sigma: 1.2, missing: 0.1}
        replicates: 90
        vary: {name: people, values: [6, 12]}

        """;

    [Fact]
    public void The_JSON_has_every_key_of_the_contract()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("power", folder.File("d.yaml", Pool), "--json", "--seed", "7");
        run.ExitCode.ShouldBe(0, run.Error);
        var root = JsonDocument.Parse(run.Output).RootElement;
        root.GetProperty("design").GetProperty("blocks").GetProperty("pairs").GetInt32().ShouldBe(2);
        root.GetProperty("analysis").GetString().ShouldBe("pool");
        root.GetProperty("replicates").GetInt32().ShouldBe(90);
        root.GetProperty("seed").GetInt32().ShouldBe(7);
        var points = root.GetProperty("points").EnumerateArray().ToArray();
        points.Select(p => p.GetProperty("value").GetInt32()).ShouldBe([6, 12]);
        foreach (var point in points)
        {
            foreach (var share in (string[])["power", "typeIError", "coverage"])
                foreach (var key in (string[])["estimate", "se", "lo", "hi"]) point.GetProperty(share).GetProperty(key).GetDouble().ShouldBeInRange(0, 1, share + key);
            foreach (var key in (string[])["typeS", "typeM"]) double.IsFinite(point.GetProperty(key).GetDouble()).ShouldBeTrue(key);
            foreach (var key in (string[])["expectedDaysToVerdict", "verdicts"]) point.GetProperty(key).ValueKind.ShouldBe(JsonValueKind.Null, key);
        }
        points[1].GetProperty("power").GetProperty("estimate").GetDouble().ShouldBeGreaterThan(points[0].GetProperty("power").GetProperty("estimate").GetDouble());
    }

    [Fact]
    public void A_verdict_counts_its_words_and_its_days()
    {
        var run = LowdoseProcess.Run("power", "ldn-n-of-1", "--json", "--replicates", "4");
        run.ExitCode.ShouldBe(0, run.Error);
        var point = JsonDocument.Parse(run.Output).RootElement.GetProperty("points")[0];
        var verdicts = point.GetProperty("verdicts").EnumerateObject().ToArray();
        verdicts.Select(v => v.Name).ShouldBe(["too-early", "works", "probably-works", "unclear", "probably-does-not-work", "does-not-work", "harms"]);
        verdicts.Sum(v => v.Value.GetInt32()).ShouldBe(4);
        point.GetProperty("expectedDaysToVerdict").GetDouble().ShouldBeInRange(56, 140);
    }

    [Fact]
    public void Parts_in_any_order_merge_to_the_bytes_of_the_undivided_run()
    {
        using var folder = new TemporaryFolder();
        var design = folder.File("d.yaml", Pool);
        string[] parts = [.. Enumerable.Range(1, 3).Select(k => Path.Combine(folder.Path, $"part{k}.json"))];
        for (var k = 1; k <= 3; k++) LowdoseProcess.Run("power", design, "--shard", $"{k}/3", "--threads", $"{k}", "--out", parts[k - 1]).ShouldBe(new Outcome(0, "", ""));
        var merged = LowdoseProcess.Run(["power-merge", .. parts.Reverse(), "--json"]);
        merged.ExitCode.ShouldBe(0, merged.Error);
        merged.Output.ShouldBe(LowdoseProcess.Run("power", design, "--json").Output);
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var design = folder.File("d.yaml", Pool);
        string Part(string name, params string[] options)
        {
            var path = Path.Combine(folder.Path, name);
            LowdoseProcess.Run(["power", design, "--out", path, .. options]).ExitCode.ShouldBe(0);
            return path;
        }
        string one = Part("1.json", "--shard", "1/3"), two = Part("2.json", "--shard", "2/3"), other = Part("o.json", "--shard", "3/3", "--seed", "2");
        var damaged = folder.File("damaged.json", File.ReadAllText(two)[..400]);
        var foreign = folder.File("foreign.json", File.ReadAllText(two).Replace("\"engine\": \"", "\"engine\": \"0", StringComparison.Ordinal));
        Refused(3, "number 3 is not given", "power-merge", one, two);
        Refused(3, "part 1 is given twice", "power-merge", one, one, two);
        Refused(3, "its design or seed is not that of", "power-merge", one, two, other);
        Refused(3, "damaged.json:", "power-merge", one, damaged);
        Refused(3, "another build of Lowdose", "power-merge", one, foreign);
        Refused(3, "there is no such file", "power-merge", one, two, Path.Combine(folder.Path, "none.json"));
        Refused(3, "not a part of a power study", "power-merge", folder.File("x.json", "{}"));
    }

    [Theory]
    [InlineData("people: 8", "people: 0", 1, "'people: 0' cannot be; it lies from 1 to 100000")]
    [InlineData("placebo, ldn]", "placebo, aspirin]", 2, "'arms: aspirin' is none of none, placebo, ldn")]
    [InlineData("rho: 0.4", "rho: 1", 4, "'rho: 1' cannot be; it lies above -1 to below 1")]
    [InlineData("effectSd: 0.5", "effectSd: -0.5", 4, "'effectSd: -0.5' cannot be")]
    [InlineData("sigma: 1.2", "sigma: 0", 4, "'sigma: 0' cannot be; it lies above 0")]
    [InlineData("missing: 0.1", "missing: 1.2", 4, "'missing: 1.2' cannot be")]
    [InlineData("levelSd: 1", "level: 11", 4, "'level: 11' cannot be; it lies from 0 to 10")]
    [InlineData("sigma: 1.2", "sigma: about 1", 4, "'sigma: about 1' is not a number; write digits and a decimal point, no unit")]
    [InlineData("sigma: 1.2", "sigma: 1.2, colour: 3", 4, "unknown key 'colour'")]
    [InlineData("analysis: pool", "analysis: anova", 3, "'analysis: anova' is none of verdict, pool, crossover, permutation")]
    [InlineData("values: [6, 12]", "values: [6, 0]", 6, "'people: 0' cannot be")]
    [InlineData("name: people", "name: weather", 6, "'weather' cannot vary; one of people, days")]
    [InlineData("days: 7", "days: 7.5", 2, "'days: 7.5' is not a whole number")]
    [InlineData("people: 8", "peple: 8", 1, "'people' is missing")]
    [InlineData("people: 8", "people: [", 1, "not YAML")]
    [InlineData("analysis: pool", "analysis: crossover\ndiscardDays: 7", 4, "leaves no day of a period of 7")]
    public void A_design_that_cannot_be_is_refused_with_its_line(string here, string instead, int line, string what)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("d.yaml", Pool.Replace(here, instead, StringComparison.Ordinal));
        var run = LowdoseProcess.Run("power", file, "--json", "--out", Path.Combine(folder.Path, "out.json"));
        (run.ExitCode, run.Output).ShouldBe((3, ""), run.Error);
        run.Error.ShouldStartWith($"lowdose: {file}:{line}: ");
        run.Error.ShouldContain(what);
        run.Error.Split('\n').Length.ShouldBe(2);
        run.Error.ShouldContain("; ");
        File.Exists(Path.Combine(folder.Path, "out.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--replicates", "0")]
    [InlineData("--replicates", "many")]
    [InlineData("--seed", "-1")]
    [InlineData("--shard", "4/3")]
    [InlineData("--shard", "0/3")]
    [InlineData("--threads", "0")]
    [InlineData("--power", "0.9")]
    [InlineData("--find-people", "--shard", "1/2")]
    [InlineData("--find-people", "--power", "80")]
    public void A_command_line_that_cannot_be_is_refused(params string[] options)
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run(["power", folder.File("d.yaml", Pool), .. options]);
        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldStartWith("lowdose: ");
    }

    [Fact]
    public void A_missing_design_names_those_that_are_there() => Refused(3, "check the path, or name one of ldn-aggregated", "power", "no-such-design");

    [Fact]
    public void The_least_number_of_people_is_found_and_stands_in_the_text_too()
    {
        using var folder = new TemporaryFolder();
        var design = folder.File("d.yaml", Pool);
        var run = LowdoseProcess.Run("power", design, "--find-people", "--power", "0.8", "--json", "--replicates", "200");
        run.ExitCode.ShouldBe(0, run.Error);
        var root = JsonDocument.Parse(run.Output).RootElement;
        var least = root.GetProperty("search").GetProperty("least").GetInt32();
        foreach (var point in root.GetProperty("points").EnumerateArray())
            (point.GetProperty("power").GetProperty("estimate").GetDouble() >= 0.8).ShouldBe(point.GetProperty("value").GetInt32() >= least);
        var text = LowdoseProcess.Run("power", design, "--find-people", "--replicates", "200").Output;
        text.ShouldContain($"People for a power of 0.8: {least}\n");
        text.Split('\n').Max(l => l.Length).ShouldBeLessThanOrEqualTo(80);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lowdose.Cli.dll"), "power", folder.File("d.yaml", Pool), "--replicates", "9000000", "--out", Path.Combine(folder.Path, "out.json")]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        await Task.Delay(3000);
        process.HasExited.ShouldBeFalse();
        FrontDoor.Interrupt(process);
        process.WaitForExit(20_000).ShouldBeTrue();
        process.ExitCode.ShouldBe(130);
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["d.yaml"]);
    }

    private static void Refused(int exitCode, string why, params string[] arguments)
    {
        var run = LowdoseProcess.Run(arguments);
        (run.ExitCode, run.Output).ShouldBe((exitCode, ""), run.Error);
        run.Error.ShouldContain(why);
    }
}
