using System.Text.Json;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose screen</c> as the contract has it.</summary>
public class ScreenTests
{
    private const string Whole = """
        {"medicines":[{"text":"Tylenol 3","atc":null,"rxnorm":null,"lastTaken":"2026-11-20","form":null}, {"text":"Zorblaxin"}], "conditions":[{"text":"Hashimoto"}],
         "surgeries":[{"date":"2026-12-10","opioidsExpected":true}], "pregnancy":"no", "age":43, "labs":[{"loinc":"1742-6","value":38,"unit":"U/L","date":"2026-11-01"}], "allergies":[], "asOf":"2026-11-21"}
        """;

    private static Outcome Screened(string profile, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return LowdoseProcess.Run(["screen", folder.File("profile.json", profile), .. options]);
    }

    private static JsonElement Json(string profile)
    {
        var run = Screened(profile, "--json");
        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    [Fact]
    public void Every_key_of_the_contract_is_there_and_no_other()
    {
        var json = Json(Whole);
        Keys(json).ShouldBe(["status", "firstSafeDate", "findings", "unanswered", "unknownMedicines", "substances"]);
        foreach (var finding in json.GetProperty("findings").EnumerateArray())
        {
            Keys(finding).ShouldBe(["level", "rule", "subject", "why", "do", "until", "certainty", "sources", "conflicts"]);
            finding.GetProperty("level").GetString().ShouldBeOneOf("block", "hold-until", "prescriber", "caution", "note");
            foreach (var conflict in finding.GetProperty("conflicts").EnumerateArray()) Keys(conflict).ShouldBe(["source", "says"]);
        }
        var substance = json.GetProperty("substances")[0];
        Keys(substance).ShouldBe(["text", "substance", "class", "match"]);
        substance.GetProperty("substance").GetString().ShouldBe("codeine");
        substance.GetProperty("class").GetString().ShouldBe("opioid-agonist");
        substance.GetProperty("match").GetString().ShouldBe("combination");
        json.GetProperty("unknownMedicines").EnumerateArray().Single().GetString().ShouldBe("Zorblaxin");
        json.GetProperty("unanswered").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void Codeine_that_was_stopped_and_an_operation_hold_until_the_later_date()
    {
        var json = Json(Whole);
        json.GetProperty("status").GetString().ShouldBe("held");
        json.GetProperty("firstSafeDate").GetString().ShouldBe("2026-12-21");
        var holds = json.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("level").GetString() == "hold-until").ToArray();
        holds.Select(f => f.GetProperty("until").GetString()).ShouldBe(["2026-12-01", "2026-12-21"]);
    }

    [Fact]
    public void An_empty_profile_is_provisional_with_every_question_open()
    {
        var json = Json("{}");
        json.GetProperty("status").GetString().ShouldBe("provisional");
        json.GetProperty("firstSafeDate").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("unanswered").GetArrayLength().ShouldBe(7);
    }

    [Fact]
    public void Tramadol_blocks_with_exit_code_0()
    {
        var json = Json("""{"medicines":[{"text":"tramadol"}]}""");
        json.GetProperty("status").GetString().ShouldBe("blocked");
        json.GetProperty("findings")[0].GetProperty("level").GetString().ShouldBe("block");
    }

    [Fact]
    public void The_text_says_the_status_first_and_that_a_prescriber_decides()
    {
        var run = Screened(Whole);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldStartWith("HELD: not before 2026-12-21.");
        run.Output.ShouldContain("A prescriber decides.");
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public void Out_writes_the_file_and_prints_nothing()
    {
        using var folder = new TemporaryFolder();
        var target = Path.Combine(folder.Path, "screen.json");
        var run = LowdoseProcess.Run("screen", folder.File("p.json", "{}"), "--json", "--out", target);
        run.Output.ShouldBeEmpty();
        JsonDocument.Parse(File.ReadAllText(target)).RootElement.GetProperty("status").GetString().ShouldBe("provisional");
    }

    [Theory]
    [InlineData("", 1, "not JSON")]
    [InlineData("[]", 1, "one JSON object")]
    [InlineData("{\n\"medicnes\": []}", 2, "\"medicnes\" is not a member of a profile")]
    [InlineData("{\"medicines\":\n[{\"text\":\"x\",\n\"lasttaken\":null}]}", 3, "\"lasttaken\" is not a member of a medicine")]
    [InlineData("{\"medicines\": \"codeine\"}", 1, "\"medicines\" is not a list")]
    [InlineData("{\"medicines\": [\"codeine\"]}", 1, "a medicine is an object")]
    [InlineData("{\"medicines\": [{}]}", 1, "neither text nor code")]
    [InlineData("{\"medicines\": [{\"text\": \"x\", \"lastTaken\": \"20.11.2026\"}]}", 1, "not a date")]
    [InlineData("{\"asOf\": \"9999-12-31\"}", 1, "not a date of our time")]
    [InlineData("{\"asOf\": \"2026-11-21\", \"medicines\": [{\"text\": \"x\", \"lastTaken\": \"2026-11-22\"}]}", 1, "after the day of the screen")]
    [InlineData("{\"age\": \"old\"}", 1, "age is not a whole number")]
    [InlineData("{\"age\": -1}", 1, "age is not a whole number")]
    [InlineData("{\"age\": 1,\n\"age\": 2}", 2, "stands twice")]
    [InlineData("{\"alle\\rgies\": []}", 1, "\"alle gies\" is not a member of a profile")]
    [InlineData("{\"pregnancy\":\n\"a\\nb\"}", 2, "pregnancy \"a b\" is not known")]
    [InlineData("{\"pregnancy\": \"maybe\"}", 1, "pregnancy \"maybe\" is not known")]
    [InlineData("{\"surgeries\": [{\"date\": \"2026-12-10\", \"opioidsExpected\": \"yes\"}]}", 1, "neither true nor false")]
    [InlineData("{\"labs\": [{\"loinc\": \"1742-6\", \"value\": \"38\"}]}", 1, "not a number")]
    [InlineData("{\"labs\": [{\"value\": 38}]}", 1, "no LOINC code")]
    public void A_bad_profile_is_refused_with_its_line_and_what_to_do(string profile, int line, string what)
    {
        var run = Screened(profile);
        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain($"profile.json:{line}: ");
        run.Error.ShouldContain(what);
        run.Error.ShouldContain("; ");
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void A_missing_file_and_bytes_that_are_not_text_are_refused()
    {
        using var folder = new TemporaryFolder();
        LowdoseProcess.Run("screen", Path.Combine(folder.Path, "none.json")).ExitCode.ShouldBe(3);
        LowdoseProcess.Run("screen", folder.File("b.json", [0x7B, 0xFF, 0x7D])).ExitCode.ShouldBe(3);
        LowdoseProcess.Run("screen").ExitCode.ShouldBe(2);
    }

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
