using Lowdose.Tests.Quantities;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>The plan's own page.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PlanTests(FrontDoor door)
{
    [Fact]
    public async Task Without_the_safety_questions_a_plan_is_provisional_and_says_what_is_next()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/plan");
        await CarePath.PlanLiquid(visit);
        (await visit.Sentence).ShouldStartWith("Provisional plan");
        (await CarePath.Text(visit)).ShouldContain("Next: answer the safety questions. Do not start before that.");
        await CarePath.Press(visit, "Answer what is open");
        (await visit.Sentence).ShouldBe("Is it safe for you?");
    }

    [Fact]
    public async Task A_plan_says_what_each_step_rests_on_and_what_to_do_when_it_goes_otherwise()
    {
        await using var visit = await door.Visit();
        await Plan(visit);
        var text = await CarePath.Text(visit);
        foreach (var said in (string[])["Rests on: Careful start. Go up no sooner than after 14 days.", "Proposed by Lowdose", "Certainty E", "0.5 mg (500 micrograms) = 0.5 mL at 1 mg/mL, daily at 22:00",
            "Never double.", "take it in the morning", "A side effect lasts 7 days: do not go up for 14 days.", "go back one step", "Is it still needed?", "Before each step up:", "Does it plainly help?", "8 weeks on the same dose"])
            text.ShouldContain(said);
    }

    [Fact]
    public async Task What_others_proposed_names_who_and_when_and_can_be_planned_with()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/plan");
        await visit.Page.FillAsync("#start", "2026-12-01");
        await CarePath.Press(visit, "See what others have proposed");
        (await visit.Page.Locator("section > details > summary").AllInnerTextsAsync()).Take(2).ShouldBe(["Weekly steps to 6\u00A0mg", "4.5\u00A0mg from the first night"], "trials first, and both found nothing");
        var final = await Opened(visit, "Weekly steps to 6\u00A0mg");
        (await final.InnerTextAsync()).ShouldContain("Proposed by FINAL trial (");
        await final.GetByRole(AriaRole.Button).ClickAsync();
        (await visit.Page.Locator("#start").InputValueAsync()).ShouldBe("2026-12-01");
        (await visit.Page.Locator("[value=P10]").IsCheckedAsync()).ShouldBeTrue();
        await CarePath.PlanLiquid(visit);
        var text = await CarePath.Text(visit);
        text.ShouldContain("P10 itself is judged after 12 weeks from the start.");
        text.ShouldContain("Above 4.5 mg only with your prescriber.");
    }

    [Fact]
    public async Task A_protocol_that_does_not_say_how_long_asks_beside_its_field()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/plan/protocols");
        await (await Opened(visit, "Half a milligram at a time")).GetByRole(AriaRole.Button).ClickAsync();
        await CarePath.PlanLiquid(visit, start: "2026-12-01");
        (await CarePath.Text(visit, "[role=alert]")).ShouldContain("Days: P8 does not say how long each step lasts.");
        (await visit.Page.Locator("#every").GetAttributeAsync("aria-invalid")).ShouldBe("true");
        await visit.Page.FillAsync("#every", "14");
        await CarePath.Press(visit, "Show the plan");
        (await visit.Sentence).ShouldStartWith("Provisional plan");
        await CarePath.Press(visit, "Go on to mixing");
        (await CarePath.Text(visit)).ShouldContain("Make another card for the rest: 3.5 mg, 4 mg, 4.5 mg.");
    }

    [Theory]
    [InlineData("#start", "", "Day: No day is written here"), InlineData("#tablet", "50,0", "Tablets: A comma may mean"), InlineData("#volume", "", "Water: Nothing is written here"), InlineData("#ceiling", "6", "Highest dose: Prudent goes no higher"),
     InlineData("#every", "two", "Days: This is not a number of days"), InlineData("#every", "7", "Days: Prudent steps no sooner")]
    public async Task What_cannot_be_used_is_said_beside_what_was_typed(string field, string typed, string said)
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/plan");
        await visit.Page.FillAsync("#tablet", "50");
        await visit.Page.FillAsync("#volume", "50");
        await visit.Page.FillAsync(field, typed);
        await CarePath.Press(visit, "Show the plan");
        (await CarePath.Text(visit, "[role=alert]")).ShouldContain(said);
        (await visit.Page.Locator(field).InputValueAsync()).ShouldBe(typed);
        (await visit.Page.Locator(field).GetAttributeAsync("aria-invalid")).ShouldBe("true");
    }

    [Fact]
    public async Task Own_steps_and_capsules_add_up_for_the_pharmacy()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/plan");
        await visit.Page.CheckAsync("[value=own]");
        await visit.Page.CheckAsync("[value=capsule]");
        foreach (var (field, value) in new[] { ("#from", "1.5"), ("#by", "1.5"), ("#every", "14"), ("#ceiling", "4.5"), ("#start", "2026-12-01"), ("#time", "08:00") }) await visit.Page.FillAsync(field, value);
        await CarePath.Press(visit, "Show the plan");
        var text = await CarePath.Text(visit);
        text.ShouldContain("3 mg = 2 capsules of 1.5 mg, daily at 08:00");
        text.ShouldContain("For the pharmacy, up to 2027-02-23");
        text.Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on to mixing" }).CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_opioid_shows_why_there_is_no_plan_and_what_is_next()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/plan");
        await CarePath.PlanLiquid(visit);
        await CarePath.Press(visit, "Answer what is open");
        await visit.Page.FillAsync("#medicines", "Percocet");
        await CarePath.Send(visit, "See what was found");
        // An older tab, or a hand that posts it all the same.
        var button = visit.Page.Locator("main form button[name=change]");
        await button.EvaluateAsync("b => b.setAttribute('formaction', '/plan')");
        await button.ClickAsync();
        (await visit.Sentence).ShouldBe("No plan as things stand");
        var text = await CarePath.Text(visit);
        text.ShouldContain("Stop: Percocet");
        text.ShouldContain("Next: show this page to your prescriber.");
        (await visit.Page.Locator(".plan-steps").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_plan_and_its_calendar_print_on_a_sheet_each()
    {
        await using var visit = await door.Visit();
        await Plan(visit);
        await CareLooks.PrintsOnOneSheet(visit);
        await CarePath.Press(visit, "A calendar to print");
        await CareLooks.PrintsOnOneSheet(visit);
    }

    [Theory]
    [InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Everyone_can_see_reach_and_read_it(ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        await visit.Page.GotoAsync("/plan");
        await CareLooks.AreRight(visit);
        await visit.Page.GotoAsync("/plan/protocols");
        await CareLooks.AreRight(visit);
        await Plan(visit);
        await CareLooks.AreRight(visit);
        (await CareLooks.Grade(visit)).ShouldBeLessThanOrEqualTo(6);
        await CarePath.Press(visit, "A calendar to print");
        await CareLooks.AreRight(visit);
    }

    private static async Task<ILocator> Opened(Visit visit, string protocol)
    {
        var summary = visit.Page.Locator("section > details > summary", new() { HasTextString = protocol });
        await summary.ClickAsync();
        return summary.Locator("..");
    }

    private static async Task Plan(Visit visit)
    {
        await visit.Page.GotoAsync("/plan");
        await CarePath.PlanLiquid(visit, start: "2026-12-01");
    }
}
