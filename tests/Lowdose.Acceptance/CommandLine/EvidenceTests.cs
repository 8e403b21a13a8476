using System.Text.Json;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose evidence</c> by its contract.</summary>
public class EvidenceTests
{
    [Fact]
    public void The_list_is_the_contract_s()
    {
        var run = LowdoseProcess.Run("evidence", "list", "--json");
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.EnumerateObject().Select(p => p.Name).Take(3).ShouldBe(["studies", "claims", "sources"]);
        var studies = json.RootElement.GetProperty("studies").EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!);
        Keys(studies["INNOVA"]).Take(6).ShouldBe(["id", "title", "year", "design", "condition", "n"]);
        var final = studies["FINAL"];
        (final.GetProperty("year").GetInt32(), final.GetProperty("design").GetString(), final.GetProperty("condition").GetString(), final.GetProperty("n").GetDouble()).ShouldBe((2024, "randomised-parallel", "fibromyalgia", 99));
        studies["LIFT"].GetProperty("year").ValueKind.ShouldBe(JsonValueKind.Null);
        var claims = json.RootElement.GetProperty("claims").EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!);
        Keys(claims["final-null"]).Take(4).ShouldBe(["id", "statement", "certainty", "sources"]);
        claims["final-null"].GetProperty("certainty").GetString().ShouldBe("A");
        claims["fibromyalgia-helps"].GetProperty("supersededBy").EnumerateArray().Select(c => c.GetString()).ShouldBe(["final-null", "innova-null"]);
    }

    [Fact]
    public void A_study_is_shown_with_every_number_and_how_it_is_known()
    {
        using var json = JsonDocument.Parse(LowdoseProcess.Run("evidence", "show", "final", "--json").Output);
        Keys(json.RootElement).ShouldBe(["id", "study", "condition", "claim", "source", "studies", "for", "against"]);
        json.RootElement.GetProperty("claim").ValueKind.ShouldBe(JsonValueKind.Null);
        json.RootElement.GetProperty("studies").EnumerateArray().Select(s => s.GetString()).ShouldBe(["FINAL-QST"]);
        var pain = json.RootElement.GetProperty("study").GetProperty("outcomes")[0];
        var estimate = pain.GetProperty("effect").GetProperty("estimate");
        (estimate.GetProperty("low").GetDouble(), estimate.GetProperty("mark").GetProperty("verification").GetString()).ShouldBe((-0.34, "looked-up"));
        pain.GetProperty("arms")[0].GetProperty("baseline").GetProperty("mark").GetProperty("verification").GetString().ShouldBe("transcribed");

        var text = LowdoseProcess.Run("evidence", "show", "FINAL").Output;
        foreach (var part in (string[])["mean-difference: -0.34 (-0.95 to 0.27), p = 0.27", "ldn: 20 of 49 [transcribed]", "[from memory, not checked]", "Paid by: not known to us", "no domain has been judged"]) text.ShouldContain(part);
    }

    [Theory]
    [InlineData("fibromyalgia", "randomised trials")]
    [InlineData("fibromyalgia-helps", "Learned since")]
    [InlineData("seed-003", "What it says wrongly")]
    public void Conditions_claims_and_sources_are_shown_too(string id, string says)
    {
        var run = LowdoseProcess.Run("evidence", "show", id);
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Output.ShouldContain(says);
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void The_whole_base_is_one_object_and_its_schema_names_every_key_of_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "base.json");
        LowdoseProcess.Run("evidence", "base", "--out", file).ShouldBe(new Outcome(0, "", ""));
        using var whole = JsonDocument.Parse(File.ReadAllText(file));
        using var schema = JsonDocument.Parse(LowdoseProcess.Run("evidence", "base", "--schema").Output);
        Keys(whole.RootElement).ShouldBe(["version", "studies", "conditions", "claims", "sources", "questions", "answers", "alternatives"]);
        foreach (var list in (string[])["studies", "conditions", "claims", "sources", "questions", "answers", "alternatives"])
        {
            var described = Keys(schema.RootElement.GetProperty("properties").GetProperty(list).GetProperty("items").GetProperty("properties")).ToArray();
            whole.RootElement.GetProperty(list).GetArrayLength().ShouldBeGreaterThan(10);
            whole.RootElement.GetProperty(list).EnumerateArray().ShouldAllBe(entry => Keys(entry).SequenceEqual(described));
        }
    }

    [Theory]
    [InlineData("evidence show nobody", "evidence list")]
    [InlineData("evidence show", "ID")]
    [InlineData("evidence", "")]
    [InlineData("evidence list --bogus", "--bogus")]
    public void A_wrong_command_line_is_exit_2(string line, string says)
    {
        var run = LowdoseProcess.Run(line.Split(' '));
        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldContain(says);
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
