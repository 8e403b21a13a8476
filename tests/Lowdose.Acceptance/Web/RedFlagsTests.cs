using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What to do now, where there is danger.</summary>
[Collection(nameof(FrontDoor))]
public sealed class RedFlagsTests(FrontDoor door)
{
    [Theory]
    [InlineData("/"), InlineData("/example/probably-works"), InlineData("/prepare"), InlineData("/nowhere")]
    public async Task Danger_signs_are_one_click_from_everywhere(string place)
    {
        await using var visit = await door.Visit(width: 320, height: 700, script: false);
        await visit.Page.GotoAsync(place);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Danger signs" }).ClickAsync();
        (await visit.Sentence).ShouldBe("Danger signs: what to do now");
        visit.Abroad.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Thoughts of suicide", "Call your emergency number or a crisis line now."), InlineData("Yellow skin or eyes", "See a doctor today."),
     InlineData("Very ill after a dose, and opioids were taken", "Call your emergency number now."), InlineData("A whole 50 mg tablet was taken", "Was it a child")]
    public async Task Each_danger_begins_with_what_to_do_and_opens_its_sources(string danger, string firstStep)
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/red-flags");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = danger }).ClickAsync();
        var section = visit.Page.GetByRole(AriaRole.Region, new() { Name = danger });
        (await section.Locator("ol > li").First.InnerTextAsync()).ShouldStartWith(firstStep);
        await section.Locator("summary").ClickAsync();
        (await section.Locator("details li").AllInnerTextsAsync()).ShouldContain(t => t.Contains("Certainty", StringComparison.Ordinal));
        (await section.Locator("details ul").Last.Locator("li").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Everyone_can_see_reach_and_read_it(ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        await visit.Page.GotoAsync("/red-flags");
        await CareLooks.AreRight(visit);
    }

    [Fact]
    public async Task It_prints_on_one_sheet()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/red-flags");
        await CareLooks.PrintsOnOneSheet(visit);
    }
}
