using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lowdose.Acceptance.CommandLine;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>A study that is planned on a page.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PowerTests(FrontDoor door)
{
    private static readonly HttpClient Http = new();

    [Theory, InlineData(1100, true), InlineData(320, true), InlineData(320, false)]
    public async Task From_the_first_page_a_crossover_is_three_presses_from_its_curve(int width, bool script)
    {
        await using var visit = await door.Visit(width, script: script);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "plan a study" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Crossover of drug and placebo, two periods of 8 weeks", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync(".plot-field .interval-mean", new() { Timeout = 90_000 });
        (await visit.Sentence).ShouldBe("20 people would show the effect 80 times of 100 or more.");
        (await visit.Page.Locator(".plot-field .interval-mean").CountAsync()).ShouldBe(5);
        (await visit.Page.Locator("section.chart tbody tr").CountAsync()).ShouldBe(5);
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue();
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("form", ColorScheme.Dark), InlineData("answer", ColorScheme.Dark), InlineData("answer", ColorScheme.Light), InlineData("refused", ColorScheme.Dark), InlineData("too much", ColorScheme.Dark)]
    public async Task Every_page_can_be_seen_and_pressed_at_320_px(string place, ColorScheme scheme)
    {
        await using var visit = await door.Visit(320, 700, scheme);
        await visit.Page.GotoAsync("/power/ldn-crossover");
        if (place == "refused") await visit.Page.FillAsync("#rho", "2");
        if (place == "too much") await visit.Page.FillAsync("#values", "90000");
        if (place != "form")
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
            await visit.Page.WaitForSelectorAsync("header.verdict", new() { Timeout = 90_000 });
        }
        await CareLooks.AreRight(visit);
    }

    [Fact]
    public async Task One_person_is_the_first_thing_offered_and_answers_within_seconds()
    {
        var since = Stopwatch.StartNew();
        var page = await Text("/power", await Form("/power"));
        page.ShouldContain("say that the drug works, or probably does,");
        page.ShouldContain("of 100 people,");
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task The_numbers_taken_along_are_the_commands_to_the_last_digit()
    {
        using var folder = new TemporaryFolder();
        var form = await Form("/power/ldn-crossover", ("values", "8 12"), ("people", "8"));
        var design = folder.File("d.yaml", await Text("/power/design", form));
        var run = LowdoseProcess.Run("power", design, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        (await Text("/power/json", form)).ShouldBe(run.Output);
        XDocument.Parse(await Text("/power/plot", form)).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Theory]
    [InlineData("rho", "1", "“How much a day is like the one before, 0 to 1”: 1 cannot be; it lies above -1 to below 1")]
    [InlineData("people", "0", "“People”: 0 cannot be")]
    [InlineData("sigma", "a lot", "“How days swing, SD”: a lot is not a number")]
    [InlineData("effect", "-1, note: \"x", "is not a number")]
    [InlineData("analysis", "guess", "analysis: guess is none of verdict, pool, crossover, permutation")]
    [InlineData("values", "ten", "is not a number")]
    public async Task What_cannot_be_is_said_in_the_words_of_the_form_and_the_form_keeps_what_was_typed(string field, string typed, string said)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/power"), new FormUrlEncodedContent(await Form("/power/ldn-crossover", (field, typed))));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain(said);
        if (field != "analysis") page.ShouldContain($"value=\"{WebUtility.HtmlEncode(typed)}\"".Replace("&quot;", "\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_design_too_large_for_a_page_is_refused_at_once_with_the_command_to_run()
    {
        var since = Stopwatch.StartNew();
        using var answer = await Http.PostAsync(new Uri(door.Address + "/power"), new FormUrlEncodedContent(await Form("/power/ldn-aggregated", ("values", "20000"))));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("lowdose power lowdose-design.yaml");
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    /// <summary>What the form holds, some of it changed.</summary>
    private async Task<Dictionary<string, string>> Form(string address, params (string Name, string Value)[] changed)
    {
        var page = await Http.GetStringAsync(new Uri(door.Address + address));
        var form = Regex.Matches(page, "<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"").ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        foreach (Match choice in Regex.Matches(page, "<select id=\"([^\"]+)\".*?<option value=\"([^\"]*)\" selected", RegexOptions.Singleline)) form[choice.Groups[1].Value] = choice.Groups[2].Value;
        foreach (var (name, value) in changed) form[name] = value;
        return form;
    }

    private async Task<string> Text(string address, Dictionary<string, string> form)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + address), new FormUrlEncodedContent(form));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return await answer.Content.ReadAsStringAsync();
    }
}
