using Lowdose.Tests.Quantities;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>Four people on the way from the safety questions to the mixing card: on a wide page, on a phone, and on a phone without JavaScript.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PathTests(FrontDoor door)
{
    public static TheoryData<int, bool> Ways => new() { { 1100, true }, { 320, true }, { 320, false } };

    [Theory, MemberData(nameof(Ways))]
    public async Task Who_stopped_codeine_syrup_gets_the_first_safe_day_and_a_plan_from_it(int width, bool script)
    {
        await using var visit = await door.Visit(width, 700, script: script);
        await CarePath.AnswerAll(visit, $"codeine cough syrup, {CarePath.Day(-3)}");
        var first = (await visit.Sentence).Replace("Wait: not before ", "", StringComparison.Ordinal);
        DateOnly.Parse(first).ShouldBeGreaterThan(DateOnly.FromDateTime(DateTime.Today));
        await CarePath.Press(visit, $"Plan from {first}");
        (await CarePath.Text(visit)).ShouldContain($"The first safe day is {first}");
        (await visit.Page.Locator("#start").InputValueAsync()).ShouldBe(first);

        await CarePath.PlanLiquid(visit, start: CarePath.Day(1));
        (await visit.Sentence).ShouldBe($"Wait: not before {first}");
        (await CarePath.Text(visit)).ShouldContain("LDN blocks opioids");
        await CarePath.Press(visit, $"Start on {first}");
        (await visit.Sentence).ShouldStartWith("Your plan: naltrexone");
        (await visit.Page.Locator(".plan-steps li").First.InnerTextAsync()).ShouldContain(first);
        await IsWellWritten(visit);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Levothyroxine_and_an_operation_in_ten_days_are_a_dated_hold_and_a_care(int width, bool script)
    {
        await using var visit = await door.Visit(width, 700, script: script);
        await CarePath.AnswerAll(visit, "levothyroxine", surgery: CarePath.Day(10));
        var first = (await visit.Sentence).Replace("Wait: not before ", "", StringComparison.Ordinal);
        DateOnly.Parse(first).ShouldBeGreaterThan(DateOnly.FromDateTime(DateTime.Today.AddDays(10)));
        await CarePath.Press(visit, $"Plan from {first}");
        await CarePath.PlanLiquid(visit);
        var text = await CarePath.Text(visit);
        text.ShouldContain("levothyroxine:");
        text.ShouldContain($"operation on {CarePath.Day(10)}:");
        (await visit.Page.Locator(".plan-steps li").First.InnerTextAsync()).ShouldContain(first);
        await IsWellWritten(visit);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Who_takes_nothing_arrives_at_a_calendar_and_a_mixing_card_and_back(int width, bool script)
    {
        await using var visit = await door.Visit(width, 700, script: script);
        await CarePath.AnswerAll(visit, "");
        (await visit.Sentence).ShouldBe("Nothing found that forbids it");
        await CarePath.Press(visit, "Go on to a plan");
        await CarePath.PlanLiquid(visit);
        (await CarePath.Text(visit, "h1")).ShouldBe("Your plan: naltrexone 0.5 mg to 4.5 mg a day");
        await IsWellWritten(visit);

        var file = await visit.Page.RunAndWaitForDownloadAsync(() => CarePath.Press(visit, "Reminders for my phone"));
        var reminders = await File.ReadAllTextAsync(await file.PathAsync());
        reminders.ShouldContain($"DTSTART:{CarePath.Day(1).Replace("-", "", StringComparison.Ordinal)}T220000");
        reminders.ShouldNotContain("naltrexone", Case.Insensitive);

        await CarePath.Press(visit, "A calendar to print");
        (await CarePath.Text(visit)).ShouldNotContain("naltrexone", Case.Insensitive);
        (await visit.Page.Locator(".month").CountAsync()).ShouldBeGreaterThan(3);
        await IsWellWritten(visit);
        await CarePath.Press(visit, "Back to my plan");

        await CarePath.Press(visit, "Go on to mixing");
        (await visit.Page.Locator("#doses").InputValueAsync()).ShouldBe("0.5 mg\n1 mg\n1.5 mg\n3 mg\n4.5 mg");
        await CarePath.Send(visit, "Show the card");
        (await CarePath.Text(visit, "h1")).ShouldBe("Naltrexone 50 mg in 50 mL = 1 mg/mL");
        await IsWellWritten(visit);
        await CarePath.Press(visit, "Back to my plan");
        (await CarePath.Text(visit, "h1")).ShouldBe("Your plan: naltrexone 0.5 mg to 4.5 mg a day");
        await CarePath.Press(visit, "Change my answers");
        await CarePath.Shown(visit, "#age");
        (await visit.Page.Locator("#age").InputValueAsync()).ShouldBe("43");
        await CarePath.Send(visit, "See what was found");
        await CarePath.Press(visit, "Back to my plan");
        (await CarePath.Text(visit, "h1")).ShouldBe("Your plan: naltrexone 0.5 mg to 4.5 mg a day");
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Nonsense_is_asked_about_and_keeps_the_plan_provisional_to_the_end(int width, bool script)
    {
        await using var visit = await door.Visit(width, 700, script: script);
        await CarePath.AnswerAll(visit, "blorbozine");
        (await CarePath.Text(visit)).ShouldContain("Not known here");
        await CarePath.Press(visit, "Make a provisional plan");
        await CarePath.PlanLiquid(visit);
        (await CarePath.Text(visit, "h1")).ShouldBe("Provisional plan: naltrexone 0.5 mg to 4.5 mg a day");
        var text = await CarePath.Text(visit);
        text.ShouldContain("Do not start before that.");
        text.ShouldContain("blorbozine: ask a pharmacist whether it holds an opioid.");
        await CarePath.Press(visit, "Answer what is open");
        await CarePath.Shown(visit, "#medicines");
        (await visit.Page.Locator("#medicines").InputValueAsync()).ShouldBe("blorbozine");
        await visit.Page.FillAsync("#medicines", $"tramadol\ncodeine, {CarePath.Day(-3)}");
        await CarePath.Send(visit, "See what was found");
        (await visit.Sentence).ShouldBe("Do not take LDN as things stand");
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Back to my plan" }).CountAsync()).ShouldBe(0, "no plan is made beside an opioid");
    }

    private static async Task IsWellWritten(Visit visit) => (await CarePath.Text(visit)).Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
}
