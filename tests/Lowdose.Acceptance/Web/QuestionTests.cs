using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>One question a view where there is room for no more.</summary>
[Collection(nameof(FrontDoor))]
public sealed class QuestionTests(FrontDoor door)
{
    [Theory]
    [InlineData("/screen", 8), InlineData("/plan", 4), InlineData("/prepare", 6)]
    public async Task A_phone_asks_one_question_at_a_time_with_the_way_on_in_one_place(string place, int questions)
    {
        await using var visit = await door.Visit(320, 700);
        await visit.Page.GotoAsync(place);
        var (next, where) = (visit.Page.Locator(".asked button").Nth(1), visit.Page.Locator("#asked-where"));
        var box = await next.BoundingBoxAsync();
        for (var i = 1; i <= questions; i++)
        {
            (await where.InnerTextAsync()).ShouldBe($"{i} of {questions}");
            (await visit.Page.Locator("form[data-questions] > :is(.field, fieldset):visible").CountAsync()).ShouldBe(1);
            (await visit.Page.Locator("form[data-questions] :is([type=radio], [type=checkbox]):visible, form[data-questions] select:visible option, form[data-questions] button:visible:not(.asked button)").CountAsync()).ShouldBeLessThanOrEqualTo(6);
            var here = await next.BoundingBoxAsync();
            (here!.X, here.Y, here.Height).ShouldBe((box!.X, box.Y, box.Height));
            if (i < questions) await next.ClickAsync();
        }
        (await next.InnerTextAsync()).ShouldNotBe("Next");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_answered_is_skipped_and_what_is_goes_on()
    {
        await using var visit = await door.Visit(320, 700);
        await visit.Page.GotoAsync("/screen");
        var next = visit.Page.Locator(".asked button").Nth(1);
        (await next.InnerTextAsync()).ShouldBe("Skip");
        await visit.Page.FillAsync("#medicines", "fish oil");
        (await next.InnerTextAsync()).ShouldBe("Next");
    }

    [Fact]
    public async Task The_keyboard_and_the_ear_are_taken_to_the_question()
    {
        await using var visit = await door.Visit(320, 700);
        await visit.Page.GotoAsync("/screen");
        await visit.Page.Locator(".asked button").Nth(1).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        (await visit.Page.EvaluateAsync<string>("document.activeElement.querySelector('textarea')?.id ?? ''")).ShouldBe("conditions");
        (await visit.Page.EvaluateAsync<string>("document.getElementById(document.activeElement.getAttribute('aria-labelledby')).textContent")).ShouldStartWith("Illnesses");
        (await visit.Page.EvaluateAsync<string>("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")).ShouldBe("2 of 8");
        await visit.Page.Keyboard.PressAsync("Tab");
        (await visit.Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("conditions");
        await CarePath.Press(visit, "Back");
        (await visit.Page.Locator("#medicines").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_server_could_not_use_is_the_question_that_is_shown()
    {
        await using var visit = await door.Visit(320, 700);
        await visit.Page.GotoAsync("/prepare");
        await CarePath.Fill(visit, "#tablet", "50");
        await CarePath.Fill(visit, "#volume", "50,0");
        await CarePath.Fill(visit, "#doses", "1");
        await CarePath.Send(visit, "Show the card");
        (await visit.Page.Locator("#volume").IsVisibleAsync()).ShouldBeTrue();
        (await visit.Page.Locator("#volume").InputValueAsync()).ShouldBe("50,0");
    }

    [Fact]
    public async Task A_wider_window_shows_the_whole_form_again()
    {
        await using var visit = await door.Visit(320, 700);
        await visit.Page.GotoAsync("/plan");
        await visit.Page.SetViewportSizeAsync(1100, 700);
        (await visit.Page.Locator("form[data-questions] > fieldset:visible").CountAsync()).ShouldBe(4);
        (await visit.Page.Locator(".asked").IsVisibleAsync()).ShouldBeFalse();
        (await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show the plan" }).IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_JavaScript_a_phone_has_the_whole_form()
    {
        await using var visit = await door.Visit(320, 700, script: false);
        await visit.Page.GotoAsync("/plan");
        (await visit.Page.Locator("form[data-questions] > fieldset:visible").CountAsync()).ShouldBe(4);
    }
}
