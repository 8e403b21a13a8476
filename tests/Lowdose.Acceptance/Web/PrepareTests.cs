using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>From a tablet to a dose in a syringe.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PrepareTests(FrontDoor door)
{
    // The rules of the Institute for Safe Medication Practices that a program can check.
    private static readonly string[] Forbidden =
    [
        @"(?<!\d)\.\d", @"\d\.\d*0(?!\d)", @"\d(mg|mL|micrograms?|mcg|g)\b", @"\d\s+(ml|ML|cc|mcg|ug|mgs|mLs)\b", "[µμ]g", @"(?<![\d,.])\d{4,}(\.\d+)? (mg|mL|micrograms)",
    ];

    [Fact]
    public async Task A_tablet_in_water_becomes_a_card_without_a_script()
    {
        await using var visit = await door.Visit(script: false);
        await Mix(visit, "50", "50", "0.5\n1.5\n4.5");
        (await visit.Sentence).ShouldBe("Naltrexone 50\u00A0mg in 50\u00A0mL = 1\u00A0mg/mL");
        var text = await Text(visit);
        text.ShouldContain("0.5 mg (500 micrograms) = 0.5 mL at 1 mg/mL");
        text.ShouldContain("Draw 1.5 mL in a 3 mL syringe, marked every 0.1 mL.");
        text.ShouldContain("No study was found of how long naltrexone keeps in plain water");
        text.ShouldContain("an opioid antagonist, not a narcotic");
        visit.Abroad.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("50", "50"), InlineData("50", "100"), InlineData("4.5", "45"), InlineData("50", "30"), InlineData("1000", "10000")]
    public async Task Every_dose_is_written_by_the_rules_and_drawn_where_its_number_says(string tablet, string volume)
    {
        await using var visit = await door.Visit();
        await Mix(visit, tablet, volume, "0.1\n0.75\n1\n1.33\n3\n4.5");
        await ConfirmAll(visit);
        var text = await Text(visit);
        foreach (var rule in Forbidden) Regex.Matches(text, rule).Select(m => text[Math.Max(0, m.Index - 20)..Math.Min(text.Length, m.Index + 20)]).ShouldBeEmpty(rule);
        foreach (Match heading in Regex.Matches(text, @"mg( \([\d.]+ micrograms\))? = .*")) heading.Value.ShouldMatch(@"mL at (about )?[\d.,]+ mg/mL");
        (await visit.Page.Locator("svg.syringe").CountAsync()).ShouldBeGreaterThan(3);
        foreach (var syringe in await visit.Page.Locator("svg.syringe").AllAsync()) await IsDrawnRight(syringe);
    }

    private static async Task IsDrawnRight(ILocator syringe)
    {
        var (mark, marks) = (int.Parse((await syringe.GetAttributeAsync("data-mark"))!, CultureInfo.InvariantCulture), int.Parse((await syringe.GetAttributeAsync("data-marks"))!, CultureInfo.InvariantCulture));
        var lines = Regex.Matches((await syringe.Locator(".syringe-marks").GetAttributeAsync("d"))!, @"M([\d.]+) ").Select(m => m.Groups[1].Value).ToArray();
        lines.Length.ShouldBe(marks + 1);
        (await syringe.Locator(".syringe-seal").GetAttributeAsync("x")).ShouldBe(lines[mark]);
        var said = Regex.Match((await syringe.Locator("desc").TextContentAsync())!, @"A ([\d.]+) mL syringe, marked every ([\d.]+) mL\. The front edge of the plunger stands at ([\d.]+) mL");
        decimal Number(int group) => decimal.Parse(said.Groups[group].Value, CultureInfo.InvariantCulture);
        (Number(2) * mark).ShouldBe(Number(3));
        (Number(2) * marks).ShouldBe(Number(1));
        (await syringe.Locator(".syringe-text").TextContentAsync()).ShouldBe($"{said.Groups[3].Value} mL");
        (await syringe.Locator("title").TextContentAsync()).ShouldBe($"Syringe filled to {said.Groups[3].Value} mL");
    }

    [Theory]
    [InlineData("50", "5", "4.5", "ten times the usual"), InlineData("50", "100", "4.5", "not the usual 1 mg/mL"), InlineData("50", "50", "45", "ten times too much"), InlineData("50", "50", "7", "more than the 6 mL")]
    public async Task A_slip_is_asked_about_before_any_card_is_shown(string tablet, string volume, string doses, string asked)
    {
        await using var visit = await door.Visit(script: false);
        await Mix(visit, tablet, volume, doses);
        (await visit.Sentence).ShouldBe("Is this what you mean?");
        (await Text(visit)).ShouldContain(asked);
        (await visit.Page.Locator("svg.syringe").CountAsync()).ShouldBe(0);
        await ConfirmAll(visit);
        (await visit.Sentence).ShouldStartWith("Naltrexone");
        (await visit.Page.Locator("svg.syringe").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_yes_to_one_strength_is_no_yes_to_another()
    {
        await using var visit = await door.Visit();
        await Mix(visit, "50", "100", "1");
        await ConfirmAll(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change the numbers" }).ClickAsync();
        (await visit.Page.Locator("#volume").InputValueAsync()).ShouldBe("100");
        await visit.Page.Locator("#volume").FillAsync("200");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show the card" }).ClickAsync();
        (await visit.Sentence).ShouldBe("Is this what you mean?");
    }

    [Theory]
    [InlineData("", "50", "1", "Tablets: Nothing is written here"), InlineData("50", "50,0", "1", "Water: A comma may mean"), InlineData("50", "50", "half", "Doses: It does not begin with a decimal number"),
     InlineData("50", "50", "60", "Doses: This is more than the whole bottle holds"), InlineData("50", "50", "1 mL", "Doses:"), InlineData("50", "50", "1\n2\n3\n4\n5\n6\n7", "A card has room for 6")]
    public async Task What_cannot_be_used_is_said_beside_what_was_typed(string tablet, string volume, string doses, string said)
    {
        await using var visit = await door.Visit(script: false);
        await Mix(visit, tablet, volume, doses);
        (await Text(visit, "[role=alert]")).ShouldContain(said);
        (await visit.Page.Locator("#volume").InputValueAsync()).ShouldBe(volume);
        (await visit.Page.Locator("#doses").InputValueAsync()).ShouldBe(doses);
    }

    [Fact]
    public async Task A_preserved_liquid_has_a_last_day_on_its_label()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/prepare");
        await visit.Page.SelectOptionAsync("#vehicle", "preserved");
        foreach (var (field, value) in new[] { ("#tablet", "50"), ("#volume", "50"), ("#doses", "1"), ("#mixed", "2026-12-01") }) await visit.Page.FillAsync(field, value);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show the card" }).ClickAsync();
        var text = await Text(visit);
        text.ShouldContain("Add the pharmacy’s liquid");
        text.ShouldContain("mixed 2026-12-01, discard after 2027-01-30");
    }

    [Fact]
    public async Task No_dose_is_filled_in_beforehand()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/prepare");
        foreach (var field in (string[])["#tablet", "#volume", "#doses"]) (await visit.Page.Locator(field).InputValueAsync()).ShouldBe("");
    }

    [Fact]
    public async Task The_fullest_card_prints_on_one_sheet()
    {
        await using var visit = await door.Visit();
        await Mix(visit, "50", "50", "0.05\n0.5\n2.33\n3.5\n4.7\n5.9");
        await ConfirmAll(visit);
        await CareLooks.PrintsOnOneSheet(visit);
    }

    [Theory]
    [InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Everyone_can_see_reach_and_read_it(ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        await visit.Page.GotoAsync("/prepare");
        await CareLooks.AreRight(visit);
        await Mix(visit, "50", "50,0", "4.5");
        await CareLooks.AreRight(visit);
        await Mix(visit, "50", "5", "4.5");
        await CareLooks.AreRight(visit);
        await ConfirmAll(visit);
        await CareLooks.AreRight(visit);
    }

    private static async Task Mix(Visit visit, string tablet, string volume, string doses)
    {
        await visit.Page.GotoAsync("/prepare");
        // What the browser itself would hold back is for the server to say well too.
        await CarePath.Fill(visit, "#tablet", tablet.Length == 0 ? " " : tablet);
        await CarePath.Fill(visit, "#volume", volume);
        await CarePath.Fill(visit, "#doses", doses);
        await CarePath.Send(visit, "Show the card");
    }

    private static async Task ConfirmAll(Visit visit)
    {
        var boxes = await visit.Page.GetByRole(AriaRole.Checkbox).AllAsync();
        foreach (var box in boxes) await box.CheckAsync();
        if (boxes.Count > 0) await visit.Page.GetByRole(AriaRole.Button, new() { Name = "I checked each line" }).ClickAsync();
    }

    private static async Task<string> Text(Visit visit, string part = "main") =>
        (await visit.Page.Locator(part).InnerTextAsync()).Replace('\u00A0', ' ');
}
