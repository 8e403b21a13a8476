using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What a person is told before the first dose.</summary>
[Collection(nameof(FrontDoor))]
public sealed class ScreenTests(FrontDoor door)
{
    [Fact]
    public async Task Codeine_cough_syrup_that_was_stopped_gives_a_day_with_its_reason_and_its_sources()
    {
        await using var visit = await door.Visit(script: false);
        await Answer(visit, $"codeine cough syrup, {Day(-3)}");
        (await visit.Sentence).ShouldStartWith("Wait: not before ");
        var finding = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Wait: codeine cough syrup" });
        var text = await finding.InnerTextAsync();
        text.ShouldContain("Why: LDN blocks opioids");
        text.ShouldContain("Until: the first day possible is");
        text.ShouldContain("Certainty A: measured in people");
        text.ShouldContain("Sources disagree.");
        await finding.Locator("summary").ClickAsync();
        (await finding.Locator("details ul").Last.InnerTextAsync()).Length.ShouldBeGreaterThan(20);
        visit.Abroad.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_opioid_that_is_still_taken_stops_the_plan()
    {
        await using var visit = await door.Visit(script: false);
        await Answer(visit, "Percocet\nvitamin D");
        (await visit.Sentence).ShouldBe("Do not take LDN as things stand");
        (await visit.Page.Locator("main").InnerTextAsync()).ShouldContain("Next: show this page to your prescriber");
        (await visit.Page.Locator("[formaction='/plan']").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Levothyroxine_and_an_operation_in_ten_days_give_a_dated_hold_and_a_care()
    {
        await using var visit = await door.Visit(script: false);
        await Answer(visit, "levothyroxine", surgery: Day(10));
        (await visit.Sentence).ShouldStartWith("Wait: ");
        var text = await visit.Page.Locator("main").InnerTextAsync();
        text.ShouldContain($"Wait: operation on {Day(10)}");
        text.ShouldContain("Take care: levothyroxine");
        text.ShouldContain("72 hours");
    }

    [Fact]
    public async Task Nonsense_is_asked_about_and_never_passed()
    {
        await using var visit = await door.Visit(script: false);
        await Answer(visit, "blorbozine\n<script>alert(1)</script>");
        (await visit.Sentence).ShouldBe("Nothing found that forbids it, but not all is known");
        var asked = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Not known here" });
        (await asked.InnerTextAsync()).ShouldContain("blorbozine");
        (await visit.Page.Locator("main script").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_answered_is_listed_and_one_click_brings_the_answers_back()
    {
        await using var visit = await door.Visit(script: false);
        await Answer(visit, $"tramadol, {Day(-40)}\nfish oil");
        var open = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Still open, so not known to be safe" });
        (await open.Locator("li").AllInnerTextsAsync()).ShouldContain("How old are you?");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Answer what is open" }).ClickAsync();
        (await visit.Page.Locator("#medicines").InputValueAsync()).ShouldBe($"tramadol, {Day(-40)}\nfish oil");
    }

    [Fact]
    public async Task On_paper_every_finding_names_its_rule_and_sources()
    {
        await using var visit = await door.Visit();
        await Answer(visit, "tramadol");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var finding in await visit.Page.Locator(".finding").AllAsync()) (await finding.InnerTextAsync()).ShouldMatch(@"Rule [\w-]+\. Sources: \w");
    }

    [Theory]
    [InlineData("codeine, 3/4/2026", "the day cannot be read for sure"), InlineData("codeine 2199-01-01", "still to come"), InlineData("codeine 2026-13-01", "cannot be read")]
    public async Task A_day_that_could_mean_two_is_asked_again_and_nothing_is_lost(string medicine, string said)
    {
        await using var visit = await door.Visit(script: false);
        await Answer(visit, medicine);
        (await visit.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain(said);
        (await visit.Page.Locator("#medicines").InputValueAsync()).ShouldBe(medicine);
    }

    [Fact]
    public async Task A_saved_profile_loads_again_and_finds_the_same()
    {
        await using var visit = await door.Visit();
        await Answer(visit, $"oxycodone patch, {Day(-2)}\nlevothyroxine", surgery: Day(30));
        var (sentence, text) = (await visit.Sentence, await visit.Page.Locator("main").InnerTextAsync());
        using var folder = new CommandLine.TemporaryFolder();
        var file = Path.Combine(folder.Path, "PROFILE.json");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save my answers to a file" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("PROFILE.json");
        await download.SaveAsAsync(file);
        await Load(visit, file);
        (await visit.Sentence).ShouldBe(sentence);
        (await visit.Page.Locator("main").InnerTextAsync()).ShouldBe(text);
    }

    [Fact]
    public async Task A_profile_with_codes_is_screened_and_saved_whole()
    {
        await using var visit = await door.Visit();
        using var folder = new CommandLine.TemporaryFolder();
        var file = Path.Combine(folder.Path, "PROFILE.json");
        await File.WriteAllTextAsync(file, """{"medicines": [{"text": "", "atc": "N07BC02"}], "labs": [{"loinc": "1742-6", "value": 38, "unit": "U/L", "date": "2026-01-02"}]}""");
        await Load(visit, file);
        (await visit.Sentence).ShouldBe("Do not take LDN as things stand");
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change my answers" }).CountAsync()).ShouldBe(0, "the form would lose the code");
        var kept = await visit.Page.Locator("textarea[name=profile]").InputValueAsync();
        kept.ShouldContain("N07BC02");
        kept.ShouldContain("2026-01-02");
    }

    [Fact]
    public async Task A_misspelt_member_of_a_profile_is_refused_with_its_line()
    {
        await using var visit = await door.Visit();
        using var folder = new CommandLine.TemporaryFolder();
        var file = Path.Combine(folder.Path, "PROFILE.json");
        await File.WriteAllTextAsync(file, "{\n\"medicine\": []\n}");
        await Load(visit, file);
        (await visit.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("line 2: \"medicine\" is not a member of a profile");
    }

    [Theory]
    [InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Everyone_can_see_reach_and_read_it(ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        await visit.Page.GotoAsync("/screen");
        await CareLooks.AreRight(visit);
        await Answer(visit, "codeine 3/4/2026");
        await CareLooks.AreRight(visit);
        await Answer(visit, $"codeine\nlevothyroxine\nblorbozine, {Day(-3)}", surgery: Day(10));
        await CareLooks.AreRight(visit);
    }

    private static async Task Answer(Visit visit, string medicines, string? surgery = null)
    {
        await visit.Page.GotoAsync("/screen");
        await visit.Page.FillAsync("#medicines", medicines);
        if (surgery is not null) await CarePath.Fill(visit, "#surgery-date", surgery);
        await CarePath.Send(visit, "See what was found");
    }

    private static async Task Load(Visit visit, string file)
    {
        await visit.Page.GotoAsync("/screen");
        await visit.Page.GetByText("Load a profile you saved").ClickAsync();
        // Choosing a file sends it.
        await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.SetInputFilesAsync("#file", file), r => r.Request.Method == "POST");
        await visit.Page.WaitForLoadStateAsync();
    }

    private static string Day(int fromToday) => DateTime.Today.AddDays(fromToday).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
