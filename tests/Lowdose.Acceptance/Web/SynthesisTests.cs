using System.Net;
using System.Xml.Linq;
using Lowdose.Acceptance.CommandLine;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>A table of studies, dropped in and pooled.</summary>
[Collection(nameof(FrontDoor))]
public sealed class SynthesisTests(FrontDoor door)
{
    private static readonly HttpClient Http = new();
    private static readonly string Bcg = File.ReadAllText(LowdoseProcess.Example("bcg-trials.csv"));

    [Theory, InlineData(1100, true), InlineData(320, false)]
    public async Task From_the_first_page_an_example_is_two_presses_from_its_synthesis(int width, bool script)
    {
        await using var visit = await door.Visit(width, script: script);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "pool what studies found" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Thirteen trials of BCG" }).ClickAsync();
        (await visit.Sentence).ShouldBe("13 studies: risk ratio 0.49 (95% interval 0.34 to 0.70).");
        (await visit.Page.Locator(".forest .interval-mean").CountAsync()).ShouldBe(13);
        (await visit.Page.Locator(".forest .diamond").CountAsync()).ShouldBe(1);
        (await visit.Page.Locator("section.chart tbody tr").CountAsync()).ShouldBe(13);
        (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "test as Knapp and Hartung" }).ClickAsync();
        (await visit.Sentence).ShouldBe("13 studies: risk ratio 0.49 (95% interval 0.33 to 0.73).");
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "--measure RR")]
    [InlineData("measure=OR method=DL", "--measure OR --method DL")]
    [InlineData("measure=RD test=KnappHartungAdHoc", "--measure RD --knapp-hartung-adhoc")]
    [InlineData("subgroup=allocation cumulative=year", "--measure RR --subgroup allocation --cumulative year")]
    [InlineData("moderator=latitude moderator=allocation", "--measure RR --moderator latitude --moderator allocation")]
    public async Task The_numbers_taken_along_are_the_commands_to_the_last_digit(string said, string options)
    {
        var run = LowdoseProcess.Run(["meta", LowdoseProcess.Example("bcg-trials.csv"), "--json", .. options.Split(' ')]);
        run.ExitCode.ShouldBe(0, run.Error);
        (await Text("/synthesis/json", Form(Bcg, said))).ShouldBe(run.Output);
    }

    [Fact]
    public async Task A_table_that_is_dropped_is_pooled_at_once_and_its_subgroups_are_one_choice_away()
    {
        using var folder = new TemporaryFolder();
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/synthesis");
        await visit.Page.SetInputFilesAsync("#file", folder.File("bcg.csv", Bcg));
        await visit.Page.WaitForSelectorAsync(".forest");
        await visit.Page.GetByText("Read from bcg.csv").ClickAsync();
        await visit.Page.SelectOptionAsync("#subgroup", "allocation");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pool again" }).Last.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Each group alone" }).WaitForAsync();
        await visit.Page.WaitForLoadStateAsync();
        (await visit.Page.Locator(".forest .diamond").CountAsync()).ShouldBe(4);
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_that_is_wrong_comes_back_with_the_line_and_is_mended_in_place()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/synthesis");
        await visit.Page.FillAsync("#studies", "study,ai,n1i,ci,n2i\nA,4,20,9,21\nB,30,20,9,21\nC,5,18,8,20\n");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pool the studies" }).ClickAsync();
        (await visit.Page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("Line 3: ai is 30, more than the 20 people of n1i");
        await visit.Page.FillAsync("#studies", (await visit.Page.InputValueAsync("#studies")).Replace("B,30", "B,3", StringComparison.Ordinal));
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pool the studies" }).ClickAsync();
        (await visit.Sentence).ShouldStartWith("3 studies: risk ratio");
        (await visit.Page.Locator(".warnings").InnerTextAsync()).ShouldContain("fewer than five studies");
    }

    [Theory]
    [InlineData("study,yi,vi\nA,0.5,0.04\n", "One study, nothing to pool: effect 0.50 (95% interval 0.11 to 0.89).")]
    [InlineData("study;yi;sei\nA;0,5;0,2\nB;0,1;0,3\n", "2 studies: effect 0.36 (95% interval")]
    [InlineData("author,xi,ni\nA,0,20\nB,5,30\nC,3,25\n", "3 studies: proportion")]
    public async Task Measures_separators_and_names_are_guessed(string text, string sentence) =>
        WebUtility.HtmlDecode(await Text("/synthesis", Form(text))).ShouldContain(sentence);

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("study,yi,vi\nA,0.5,-1\n")]
    public async Task What_cannot_be_pooled_is_422_and_says_what_to_do(string text)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/synthesis"), Form(text));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("What to do:");
    }

    [Fact]
    public async Task Studies_and_plots_are_taken_along_and_names_do_no_harm()
    {
        var text = Bcg.Replace("Aronson 1948", "=cmd|calc", StringComparison.Ordinal).Replace("Ferguson & Simes 1949", "</text><script>", StringComparison.Ordinal);
        var rows = (await Text("/synthesis/studies", Form(text))).TrimEnd('\n').Split('\n');
        (rows.Length, rows[0], rows[1][0]).ShouldBe((14, "study,yi,vi,lo,hi,weight", '\''));
        foreach (var address in (string[])["/synthesis/forest", "/synthesis/funnel"]) XDocument.Parse(await Text(address, Form(text))).Root!.Name.LocalName.ShouldBe("svg");
        (await Text("/synthesis/json", Form(string.Join('\n', rows.Select(r => r.Split(',')[..3]).Select(r => string.Join(',', r)))))).ShouldContain("\"measure\": \"GEN\"");
    }

    [Fact]
    public async Task A_picture_or_a_header_of_a_million_columns_is_refused_with_a_small_page()
    {
        foreach (var bytes in (byte[][])[[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. new byte[500]], [.. Enumerable.Range(0, 900_000).Select(i => i % 2 == 0 ? (byte)'a' : (byte)',')]])
        {
            using var answer = await Http.PostAsync(new Uri(door.Address + "/synthesis"), new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "x.csv" } });
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await answer.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(2 << 20);
        }
    }

    [Fact]
    public async Task Too_large_a_table_is_refused_with_the_command_that_takes_it()
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/synthesis"), Form(new string('x', 3 << 20)));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("lowdose meta");
    }

    private async Task<string> Text(string address, HttpContent form)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + address), form);
        return await answer.Content.ReadAsStringAsync();
    }

    private static MultipartFormDataContent Form(string text, string said = "")
    {
        var form = new MultipartFormDataContent { { new StringContent(text), "studies" }, { new StringContent("bcg-trials.csv"), "studies-name" } };
        foreach (var field in said.Split(' ', StringSplitOptions.RemoveEmptyEntries)) form.Add(new StringContent(field.Split('=')[1]), field.Split('=')[0]);
        return form;
    }
}
