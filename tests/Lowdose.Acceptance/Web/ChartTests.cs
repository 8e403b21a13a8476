using System.Net;
using Lowdose.Acceptance.CommandLine;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>A table of treated patients, dropped in and reviewed.</summary>
[Collection(nameof(FrontDoor))]
public sealed class ChartTests(FrontDoor door)
{
    private static readonly HttpClient Http = new();
    private const string Clinics = "days,stopped,response,clinic\n10,yes,no,north\n400,no,yes,south\n200,yes,yes,north\n300,no,,south\n";

    [Theory, InlineData(1100, true), InlineData(320, false)]
    public async Task From_the_first_page_the_example_is_two_presses_away(int width, bool script)
    {
        await using var visit = await door.Visit(width, script: script);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "review charts" }).ClickAsync();
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "218 charts in Finland" }).ClickAsync();
        (await visit.Sentence).ShouldBe("218 charts tell of a response in 161 of 218: 73.9 % (67.6 to 79.2).");
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        (await visit.Page.ContentAsync()).ShouldContain("There was no group to compare with.");
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Patients_are_divided_and_the_numbers_are_the_commands()
    {
        using var folder = new TemporaryFolder();
        var page = await Text("/charts", Form(Clinics, ("by", "clinic")));
        foreach (var says in (string[])["north", "south", "log-rank"]) page.ShouldContain(says);
        var run = LowdoseProcess.Run("chart-review", folder.File("c.csv", Clinics), "--by", "clinic", "--json");
        (await Text("/charts/json", Form(Clinics, ("by", "clinic")))).ShouldBe(run.Output);
    }

    [Theory]
    [InlineData(""), InlineData("a,b\n1,2\n"), InlineData("response\nperhaps\n")]
    public async Task What_cannot_be_read_is_422_and_says_what_to_do(string text)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/charts"), Form(text));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("What to do:");
    }

    private async Task<string> Text(string address, HttpContent form)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + address), form);
        return await answer.Content.ReadAsStringAsync();
    }

    private static MultipartFormDataContent Form(string text, params (string Name, string Value)[] said)
    {
        var form = new MultipartFormDataContent { { new StringContent(text), "patients" } };
        foreach (var (name, value) in said) form.Add(new StringContent(value), name);
        return form;
    }
}
