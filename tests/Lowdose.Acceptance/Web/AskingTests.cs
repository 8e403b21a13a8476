using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>Asking a doctor for LDN, and looking further.</summary>
[Collection(nameof(FrontDoor))]
public sealed class AskingTests(FrontDoor door)
{
    [Fact]
    public async Task The_trials_without_effect_come_first()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/ask");
        var said = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What to say first: the bad news" });
        (await said.Locator("ol > li").First.InnerTextAsync()).ShouldContain("found no gain in pain");
        await said.Locator("summary").ClickAsync();
        var sources = string.Join('\n', await said.Locator("details li strong").AllInnerTextsAsync());
        sources.ShouldContain("FINAL");
        sources.ShouldContain("INNOVA");
    }

    [Fact]
    public async Task Every_objection_has_an_answer_that_opens_its_sources()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/ask");
        var objections = visit.Page.Locator("section:has(> h3)");
        (await objections.CountAsync()).ShouldBeGreaterThanOrEqualTo(9);
        foreach (var objection in await objections.AllAsync())
        {
            await objection.Locator("summary").ClickAsync();
            (await objection.Locator("details ul").Last.Locator("li").CountAsync()).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task A_no_leads_on_to_lists_and_every_place_says_who_speaks_for_it_and_that_it_is_not_verified()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/ask");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "lists of doctors" }).ClickAsync();
        (await visit.Sentence).ShouldBe("Where to look further");
        var places = await visit.Page.Locator(".resource").AllInnerTextsAsync();
        places.Count.ShouldBeGreaterThanOrEqualTo(15);
        places.ShouldAllBe(p => p.Contains("Who speaks for it:", StringComparison.Ordinal) && p.Contains("Not verified", StringComparison.Ordinal) && p.Contains("Source: seed-", StringComparison.Ordinal));
        visit.Abroad.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/ask", ColorScheme.Dark), InlineData("/ask", ColorScheme.Light), InlineData("/resources", ColorScheme.Dark), InlineData("/resources", ColorScheme.Light)]
    public async Task Everyone_can_see_reach_and_read_it(string address, ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        await visit.Page.GotoAsync(address);
        await CareLooks.AreRight(visit);
    }
}
