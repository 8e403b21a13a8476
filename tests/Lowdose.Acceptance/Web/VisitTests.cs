using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What a person does at the front door.</summary>
[Collection(nameof(FrontDoor))]
public sealed class VisitTests(FrontDoor door)
{
    [Theory]
    [InlineData("It probably works", "probably works for pain")]
    [InlineData("It cannot tell", "cannot tell")]
    [InlineData("It does not work", "does not help with pain")]
    [InlineData("A real one: melatonin and mood", "mood")]
    public async Task An_example_is_one_click_from_its_verdict(string example, string sentence)
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = example }).ClickAsync();
        (await visit.Sentence).ShouldContain(sentence);
        (await visit.Page.Locator(".plot-field .day").CountAsync()).ShouldBeGreaterThan(60);
        (await visit.Page.Locator(".dotplot-field :is(.better, .between, .worse)").CountAsync()).ShouldBe(20);
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_dropped_is_judged_at_once()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/");
        await visit.Page.SetInputFilesAsync("#file", Path.Combine(FrontDoor.Root, "examples", "probably-works.csv"));
        await visit.Page.WaitForURLAsync("**/verdict");
        (await visit.Sentence).ShouldContain("pain");
    }

    [Fact]
    public async Task A_pasted_diary_is_read_whatever_its_columns_are_called()
    {
        await using var visit = await door.Visit();
        await Paste(visit, Diaries.ThreeScores(';'));
        (await visit.Sentence).ShouldContain("Pain");
        (await visit.Page.Locator("#reading summary").InnerTextAsync()).ShouldContain("LDN mg");
    }

    [Fact]
    public async Task Another_score_is_one_click_away_and_brings_its_own_scale()
    {
        await using var visit = await door.Visit();
        await Paste(visit, Diaries.ThreeScores());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "judge Mood" }).ClickAsync();
        (await visit.Page.Locator("#reading summary").InnerTextAsync()).ShouldContain("Mood from 0 to 100, higher is better");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "lower is better" }).ClickAsync();
        (await visit.Page.Locator("#reading summary").InnerTextAsync()).ShouldContain("Mood from 0 to 100, lower is better");
    }

    [Fact]
    public async Task A_broken_file_shows_its_line_in_place_and_keeps_what_was_typed()
    {
        await using var visit = await door.Visit();
        await Paste(visit, Diaries.Broken());
        (await visit.Sentence).ShouldStartWith("Line 31:");
        (await visit.Page.Locator(".excerpt mark").InnerTextAsync()).ShouldContain("about");
        var area = visit.Page.Locator("#diary");
        (await area.InputValueAsync()).ShouldBe(Diaries.Broken());
        (await area.EvaluateAsync<string>("a => a.value.slice(a.selectionStart, a.selectionEnd)")).ShouldContain("about");
        await area.FillAsync(Diaries.ThreeScores());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Judge it" }).ClickAsync();
        (await visit.Sentence).ShouldContain("Pain");
    }

    [Fact]
    public async Task Nothing_at_all_is_answered_kindly()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See the verdict" }).ClickAsync();
        (await visit.Sentence).ShouldContain("nothing in it yet");
    }

    [Fact]
    public async Task What_a_diary_says_is_never_run()
    {
        await using var visit = await door.Visit();
        var asked = false;
        visit.Page.Dialog += (_, dialog) => { asked = true; dialog.DismissAsync(); };
        var score = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        var rows = Enumerable.Range(1, 60).Select(d => $"{d},{(d > 20 ? 1.5 : 0)},{d % 7},\"</textarea><svg onload=alert(3)>\"");
        await Paste(visit, $"day,dose_mg,{score},event\n" + string.Join('\n', rows));
        (await visit.Sentence).ShouldContain("<script>");
        (await visit.Page.Locator("main img, main script").CountAsync()).ShouldBe(0);
        asked.ShouldBeFalse();
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_alone_leads_to_the_verdict_and_through_its_days()
    {
        await using var visit = await door.Visit();
        var page = visit.Page;
        await page.GotoAsync("/");
        await TabTo("document.activeElement.textContent === 'It probably works'");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/example/probably-works");
        await TabTo("document.activeElement.matches('.day')");
        (await page.Locator(".readout").InnerTextAsync()).ShouldStartWith("Day 1,");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("End");
        (await page.Locator(".readout").InnerTextAsync()).ShouldStartWith("Day 126,");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<bool>("document.activeElement.matches('.day')")).ShouldBeFalse("the days are one stop");

        async Task TabTo(string condition)
        {
            for (var i = 0; i < 40; i++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (await page.EvaluateAsync<bool>(condition)) return;
            }
            throw new InvalidOperationException("Tab never came there: " + condition);
        }
    }

    [Fact]
    public async Task A_pointer_over_the_plot_tells_the_day()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/example/probably-works");
        await visit.Page.Locator(".plot-field").HoverAsync();
        (await visit.Page.Locator(".readout").InnerTextAsync()).ShouldMatch("^Day 6[34], .* 2026: (pain|no score)");
    }

    [Fact]
    public async Task Everything_works_without_script()
    {
        await using var visit = await door.Visit(script: false);
        await Paste(visit, Diaries.ThreeScores());
        (await visit.Page.Locator("h1").InnerTextAsync()).ShouldContain("Pain");
        await visit.Page.Locator("#reading summary").ClickAsync();
        await visit.Page.Locator("#score").SelectOptionAsync("Fatigue");
        await visit.Page.Locator("#reading details .button").ClickAsync();
        (await visit.Page.Locator("h1").InnerTextAsync()).ShouldContain("Fatigue");
        var report = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Report" }).ClickAsync());
        (await File.ReadAllTextAsync(await report.PathAsync())).ShouldContain("Fatigue");
        (await visit.Page.Locator(".readout").CountAsync()).ShouldBe(0);
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Print" }).IsVisibleAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Report", "lowdose-report.html", "<h1>")]
    [InlineData("Days", "lowdose-days.csv", "date,arm,dose_mg,period,dose_assumed,Pain,level,level_lo,level_hi,event")]
    [InlineData("Numbers", "lowdose-verdict.json", "\"verdictDose\"")]
    public async Task A_verdict_can_be_taken_along(string button, string file, string holds)
    {
        await using var visit = await door.Visit();
        await Paste(visit, Diaries.ThreeScores());
        var taken = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        taken.SuggestedFilename.ShouldBe(file);
        (await File.ReadAllTextAsync(await taken.PathAsync())).ShouldContain(holds);
    }

    [Fact]
    public async Task It_stops_cleanly_on_an_interrupt()
    {
        var (lowdose, address) = await FrontDoor.Start();
        using (lowdose)
        {
            using var http = new HttpClient();
            (await http.GetAsync(new Uri(address))).IsSuccessStatusCode.ShouldBeTrue();
            FrontDoor.Interrupt(lowdose);
            await lowdose.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            lowdose.ExitCode.ShouldBe(0);
            (await lowdose.StandardError.ReadToEndAsync()).ShouldBeEmpty();
        }
    }

    private static async Task Paste(Visit visit, string diary)
    {
        await visit.Page.GotoAsync("/");
        await visit.Page.Locator("#diary").FillAsync(diary);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See the verdict" }).ClickAsync();
    }
}
