using System.Text.Json;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose chart-review</c> and <c>lowdose evidence check</c> as a person runs them.</summary>
public class ChartCommandTests
{
    private static readonly string Finland = LowdoseProcess.Example("finland-charts.csv");

    [Fact]
    public void The_Finnish_charts_are_told_with_what_they_cannot_tell()
    {
        var run = LowdoseProcess.Run("chart-review", Finland, "--side-effects-column", "ending_side_effect");
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        var words = string.Join(' ', run.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var says in (string[])["161 of 218: 73.9 %", "40 of 218: 18.3 %", "side effect, of all, 16 of 218: 7.3 %", "nausea, 5 of 201: 2.5 %", "Nobody was left untreated"]) words.ShouldContain(says);
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void The_object_has_every_key_and_the_curve_where_times_are_known()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("chart-review", folder.File("c.csv", "days,stopped,response,clinic\n10,yes,no,a\n400,no,yes,b\n200,yes,yes,a\n300,no,,b\n"), "--by", "clinic", "--json");
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        var json = JsonDocument.Parse(run.Output).RootElement;
        json.EnumerateObject().Select(p => p.Name).ShouldBe(["all", "groups", "logRank", "limits"]);
        var all = json.GetProperty("all");
        all.EnumerateObject().Select(p => p.Name).ShouldBe(["name", "people", "response", "responseOfKnown", "noResponse", "anySideEffect", "sideEffects", "stopped", "stoppedUnknown", "reasons", "withoutTime", "timeOnDrug"]);
        all.GetProperty("timeOnDrug").GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("share").GetDouble()).ShouldBe([0.75, 0.5, 0.5, 0.5], 1e-12);
        json.GetProperty("groups").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void A_wrong_file_is_exit_3_with_its_line()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("chart-review", folder.File("c.csv", "response\nyes\nperhaps\n"));
        (run.ExitCode, run.Output).ShouldBe((3, ""));
        run.Error.ShouldContain("c.csv:3: response is \"perhaps\"");
    }

    [Fact]
    public void The_check_prints_what_waits_and_every_need()
    {
        var run = LowdoseProcess.Run("evidence", "check");
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        var words = string.Join(' ', run.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var says in (string[])["COCHRANE2018: Endoscopic response", "SHARAF2010", "14. Cost of a month", "NOT MET: Nothing is said of travel."]) words.ShouldContain(says);
    }
}
