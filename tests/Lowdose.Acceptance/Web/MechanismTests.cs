using System.Net;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>The page of the models, as it is used.</summary>
[Collection(nameof(FrontDoor))]
public sealed class MechanismTests(FrontDoor door)
{
    private static readonly HttpClient Http = new();

    [Theory, InlineData(1100, true), InlineData(320, true), InlineData(320, false)]
    public async Task From_the_first_page_another_dose_is_one_press_from_its_curves(int width, bool script)
    {
        await using var visit = await door.Visit(width, script: script);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "how a low dose might work" }).ClickAsync();
        (await visit.Page.Locator(".lead").InnerTextAsync()).ShouldStartWith("Measured in people: ");
        await visit.Page.FillAsync("#dose", "3");
        await visit.Page.SelectOptionAsync("#view", "plasma-driven");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync("[data-answer] >> text=After nightly 3 mg: plan 7 full days off", new() { Timeout = 30_000 });
        (await visit.Page.Locator("section[aria-labelledby=block-h] h3").AllInnerTextsAsync()).ShouldBe(["As the blood level", "Slow to come free", "No block in the brain"]);
        visit.Page.Url.ShouldContain("dose=3");
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Theory, InlineData(1100), InlineData(320)]
    public async Task A_slider_moves_the_curves_without_a_press_and_keeps_the_keyboard(int width)
    {
        await using var visit = await door.Visit(width);
        await visit.Page.GotoAsync("/mechanism");
        var slider = visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Dose, in mg: slider" });
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldBe("4.5");
        await slider.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        (await visit.Page.InputValueAsync("#dose")).ShouldBe("3.5");
        await visit.Page.WaitForSelectorAsync("[data-answer] >> text=After nightly 3.5 mg: plan", new() { Timeout = 30_000 });
        (await visit.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-valuetext')")).ShouldBe("3.5");
        (await visit.Page.Locator("[data-status]").InnerTextAsync()).ShouldBe("Shown below.");
        visit.Page.Url.ShouldContain("dose=3.5");
        // Between two stops a number is typed; the slider stands at the nearest.
        await visit.Page.FillAsync("#dose", "3.4");
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldBe("3.5");
        await visit.Page.WaitForSelectorAsync("[data-answer] >> text=After nightly 3.4 mg: plan", new() { Timeout = 30_000 });
        await visit.Page.FillAsync("#days", "0");
        await visit.Page.WaitForSelectorAsync("#days-wrong");
        await visit.Page.FillAsync("#days", "7");
        await visit.Page.WaitForSelectorAsync("#days-wrong", new() { State = WaitForSelectorState.Detached });
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.Where(c => !c.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Where_one_points_or_is_with_the_keyboard_the_letter_and_the_sources_are_told(bool script)
    {
        await using var visit = await door.Visit(1100, script: script);
        await visit.Page.GotoAsync("/mechanism");
        var summary = visit.Page.Locator("section[aria-labelledby=block-h] .level > summary").First;
        var told = visit.Page.Locator("section[aria-labelledby=block-h] .told").First;
        (await told.IsVisibleAsync()).ShouldBeFalse();
        await summary.FocusAsync();
        (await told.InnerTextAsync()).ShouldStartWith("B: Extrapolated from higher doses. From: calc-occupancy, ");
        (await summary.GetAttributeAsync("aria-describedby")).ShouldBe(await told.GetAttributeAsync("id"));
        if (script)
        {
            await visit.Page.Keyboard.PressAsync("Escape");
            (await told.IsVisibleAsync()).ShouldBeFalse();
        }
        await visit.Page.Locator("h1").ClickAsync();
        (await told.IsVisibleAsync()).ShouldBeFalse();
        await summary.HoverAsync();
        (await told.IsVisibleAsync()).ShouldBeTrue();
        (await visit.Page.EvaluateAsync<int>("new Set([...document.querySelectorAll('.told')].map(t => t.id)).size")).ShouldBe(await visit.Page.Locator(".told").CountAsync());
        (await visit.Page.Locator(".plot-field .line").EvaluateAllAsync<bool>("lines => lines.every(l => /^.+ Sources: /.test(l.parentElement.querySelector('title').textContent))")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", ColorScheme.Dark), InlineData("", ColorScheme.Light), InlineData("?dose=lots&days=900&missed=40", ColorScheme.Dark), InlineData("?dose=50&days=84&missed=every 7th&view=none&tone=receptor-turnover&liver=severe&kidney=30&preset=bertolotti", ColorScheme.Dark)]
    public async Task Every_page_can_be_seen_and_pressed_at_320_px(string question, ColorScheme scheme)
    {
        await using var visit = await door.Visit(320, 700, scheme);
        await visit.Page.GotoAsync("/mechanism" + question);
        await CareLooks.AreRight(visit);
    }

    [Theory]
    [InlineData("dose", "-1", "Write the dose in mg, from 0.1 to 50.")]
    [InlineData("dose", "nan", "Write the dose in mg, from 0.1 to 50.")]
    [InlineData("days", "2.5", "Write a whole number of days, from 1 to 84.")]
    [InlineData("days", "99999999999", "Write a whole number of days, from 1 to 84.")]
    [InlineData("missed", "3, 40", "Day 40 is after the last day, 28.")]
    [InlineData("missed", "1-28", "Then no dose is left. Leave at least one.")]
    [InlineData("missed", "mostly <b>", "Write days, as 3, 7 or 10-12, or write every 7th.")]
    [InlineData("missed", "every 1st", "Every 2nd is the most that can be missed.")]
    [InlineData("at", "late", "Write the time as 21:00.")]
    [InlineData("kidney", "0", "Write a number from 5 to 200. Leave 120 if you do not know.")]
    [InlineData("liver", "good", "Choose one of the list.")]
    public async Task What_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(string field, string typed, string said)
    {
        using var answer = await Http.GetAsync(new Uri($"{door.Address}/mechanism?{field}={Uri.EscapeDataString(typed)}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain($"id=\"{field}-wrong\"><strong>{said}</strong>");
        if (field != "liver") page.ShouldContain($"value=\"{typed}\"");
    }

    [Theory]
    [InlineData("dose=4,5&days=28", "6.7 days", "9.7 days", "plan 8 full days off")]
    [InlineData("dose=0.1&days=1", "0 days", "0 days", "plan 7 full days off")]
    [InlineData("dose=50&days=84&missed=every+7th", "12 days", "17 days", "plan 14 full days off")]
    public async Task The_page_says_how_long_the_block_lasts_by_the_slow_view_and_the_rule(string question, params string[] said)
    {
        foreach (var view in (string[])["slow-offset", "none"])
        {
            var page = await Http.GetStringAsync(new Uri($"{door.Address}/mechanism?view={view}&{question}"));
            foreach (var text in said) page.ShouldContain(text, customMessage: view);
            page.ShouldContain("seed 1");
            page.ShouldContain("illustrative");
        }
    }
}
