using System.Text.Json;
using Lowdose.Tests.Quantities;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose mix</c> by its contract.</summary>
public class MixTests
{
    private static Outcome Mix(string rest) => LowdoseProcess.Run(["mix", .. rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    [Fact]
    public void The_object_is_the_contract_s()
    {
        var run = Mix("--tablet 50mg --volume 50mL --dose 0.05mg 0.6mg --dose 4.5mg --vehicle preserved --store refrigerator --mixed 2026-12-01 --json");
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(run.Output);
        var card = json.RootElement;
        Keys(card).ShouldBe(["strength", "doses", "bottle", "warnings"]);
        card.GetProperty("strength").GetProperty("mgPerMl").GetDouble().ShouldBe(1);
        card.GetProperty("strength").GetProperty("text").GetString().ShouldBe("50 mg in 50 mL = 1 mg/mL");
        foreach (var dose in card.GetProperty("doses").EnumerateArray())
            Keys(dose).ShouldBe(["doseMg", "volumeMl", "syringe", "draws", "drawMl", "errorMg", "errorPercent", "readingErrorPercent", "lastsDays", "closer", "twoStep"]);
        var most = card.GetProperty("doses")[2];
        (most.GetProperty("doseMg").GetDouble(), most.GetProperty("volumeMl").GetDouble(), most.GetProperty("drawMl").GetDouble(), most.GetProperty("draws").GetInt32(), most.GetProperty("errorMg").GetDouble())
            .ShouldBe((4.5, 4.5, 4.4, 1, -0.1));
        most.GetProperty("syringe").GetRawText().ReplaceLineEndings("").Replace(" ", "").ShouldBe("""{"capacityMl":5,"graduationMl":0.2}""");
        card.GetProperty("doses")[0].GetProperty("twoStep").GetProperty("drawMl").GetDouble().ShouldBe(0.5);
        var bottle = card.GetProperty("bottle");
        Keys(bottle).ShouldBe(["volumeMl", "lastsDays", "shelfLifeDays", "discardAfter", "note"]);
        (bottle.GetProperty("lastsDays").GetInt32(), bottle.GetProperty("shelfLifeDays").GetInt32(), bottle.GetProperty("discardAfter").GetString()).ShouldBe((11, 60, "2027-01-30"));
        card.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()).ShouldBe(["too-small-to-draw", "outlasts-shelf-life"]);
    }

    [Fact]
    public void Plain_water_has_null_for_what_nobody_knows()
    {
        using var json = JsonDocument.Parse(Mix("--tablet 50mg --volume 50mL --dose 1.5mg --json").Output);
        var bottle = json.RootElement.GetProperty("bottle");
        bottle.GetProperty("shelfLifeDays").ValueKind.ShouldBe(JsonValueKind.Null);
        bottle.GetProperty("discardAfter").ValueKind.ShouldBe(JsonValueKind.Null);
        bottle.GetProperty("lastsDays").GetInt32().ShouldBe(33);
    }

    [Theory]
    [InlineData("", "--tablet")]
    [InlineData("--tablet 50mg --volume 50mL", "--dose")]
    [InlineData("--tablet 50 --volume 50mL --dose 1.5mg", "50mg")]
    [InlineData("--tablet 50mg --volume 50 --dose 1.5mg", "50mL")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1.5", "1.5mg")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1.5 mg", "1.5mg")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1,5mg", "comma")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1.5mL", "mg")]
    [InlineData("--tablet 50mL --volume 50mL --dose 1.5mg", "mg")]
    [InlineData("--tablet 50mg --volume 50mg --dose 1.5mg", "mL")]
    [InlineData("--tablet 50mg --volume 50mL --dose 0mg", "above 0")]
    [InlineData("--tablet 50mg --volume 50mL --dose 51mg", "more than the whole bottle")]
    [InlineData("--tablet 5g --volume 50mL --dose 51mg", "tablet")]
    [InlineData("--tablet 50mg --volume 50L --dose 51mg", "10 litres")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1mg --vehicle wine", "water or preserved")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1mg --mixed tomorrow", "2026-12-01")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1mg --out no/such/card.txt", "folder")]
    [InlineData("--tablet 50mg --volume 50mL --dose 1mg --bogus", "--bogus")]
    public void A_wrong_command_line_exits_2_and_says_what_to_write(string arguments, string word)
    {
        var run = Mix(arguments);
        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldStartWith("lowdose: ");
        run.Error.ShouldContain(word);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("--tablet 50mg --volume 50mL")]
    [InlineData("--tablet 50mg --volume 10mL")]
    [InlineData("--tablet 50mg --volume 500mL --vehicle preserved")]
    [InlineData("--tablet 50mg --volume 33mL --vehicle preserved --store refrigerator")]
    public void Every_rendered_dose_follows_the_ISMP_rules_and_no_line_is_too_long(string mixture)
    {
        var doses = string.Join(' ', Enumerable.Range(1, 250).Select(i => (i * 0.05m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + "mg"));
        var run = Mix($"{mixture} --dose {doses}");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
        run.Output.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        run.Output.Split('\n').Where(line => line.Trim().StartsWith("Draw", StringComparison.Ordinal)).Count().ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Help_states_the_contract()
    {
        foreach (var (verb, words) in ((string, string[])[])[("mix", ["--tablet", "--volume", "--dose", "--json", "Exit codes"]), ("plan", ["--profile", "--protocol", "--ics", "--start", "Exit codes"])])
        {
            var run = LowdoseProcess.Run(verb, "--help");
            (run.ExitCode, run.Error).ShouldBe((0, ""));
            foreach (var word in words) run.Output.ShouldContain(word);
        }
    }

    [Fact]
    public void A_card_says_strength_dose_and_volume_together()
    {
        var text = Mix("--tablet 50mg --volume 50mL --dose 0.5mg 4.5mg").Output.Replace("\n    ", " ");
        foreach (var part in (string[])["Naltrexone 50 mg in 50 mL = 1 mg/mL", "0.5 mg (500 micrograms) = 0.5 mL at 1 mg/mL", "4.5 mg = 4.5 mL at 1 mg/mL", "Draw 4.4 mL in a 5 mL syringe",
            "Closer: draw 4.5 mL in a 3 mL syringe", "No study was found", "immediate-release", "Shake", "does not prescribe"])
            text.ShouldContain(part);
    }

    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
