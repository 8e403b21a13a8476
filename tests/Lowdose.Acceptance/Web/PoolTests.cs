using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lowdose.Acceptance.CommandLine;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>Many people's diaries, dropped in and pooled.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PoolTests(FrontDoor door)
{
    private static readonly HttpClient Http = new();
    private static readonly string Sixteen = File.ReadAllText(LowdoseProcess.Example("sixteen-people.csv"));

    [Theory, InlineData(1100, true), InlineData(320, false)]
    public async Task From_the_first_page_an_example_is_two_presses_from_its_pool(int width, bool script)
    {
        await using var visit = await door.Visit(width, script: script);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "pool the diaries of many people" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sixteen made-up people" }).ClickAsync();
        (await visit.Sentence).ShouldBe("On the drug, pain was 1.20 points lower on average (95 % interval −1.88 to −0.52)");
        (await visit.Page.Locator(".caterpillar .plot-field .interval-mean").CountAsync()).ShouldBe(18);
        (await visit.Page.Locator("section.chart tbody tr").CountAsync()).ShouldBe(16);
        visit.Abroad.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("route=two-stage", "--route two-stage")]
    [InlineData("onset=0 method=ML", "--tau 0 --method ML")]
    [InlineData("predictor=esr contrast=4.5 mcid=1.5", "--predictor esr --contrast 4.5 --mcid 1.5")]
    [InlineData("covariate=esr better=higher", "--covariate esr --higher-is-better")]
    [InlineData("scale-min=0 scale-max=20", "--scale 0..20")]
    public async Task The_numbers_taken_along_are_the_commands_to_the_last_digit(string said, string options)
    {
        var form = Form(("sixteen-people.csv", Sixteen));
        foreach (var field in said.Split(' ', StringSplitOptions.RemoveEmptyEntries)) form.Add(new StringContent(field.Split('=')[1]), field.Split('=')[0]);
        var run = LowdoseProcess.Run(["pool", LowdoseProcess.Example("sixteen-people.csv"), "--json", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        run.ExitCode.ShouldBe(0, run.Error);
        (await Text("/pool/json", form)).ShouldBe(run.Output);
    }

    [Fact]
    public async Task One_file_a_person_is_pooled_as_the_command_does()
    {
        using var folder = new TemporaryFolder();
        var files = Apart(Sixteen, 4);
        var paths = files.Select(f => folder.File(f.Name, f.Text)).ToArray();
        var run = LowdoseProcess.Run(["pool", .. paths, "--tau", "0", "--json"]);
        run.ExitCode.ShouldBe(0, run.Error);
        var form = Form(files);
        form.Add(new StringContent("0"), "onset");
        (await Text("/pool/json", form)).ShouldBe(run.Output);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ShouldBe(["P01", "P02", "P03", "P04"]);
    }

    [Fact]
    public async Task Files_that_are_dropped_are_pooled_at_once_and_more_can_be_added()
    {
        using var folder = new TemporaryFolder();
        var paths = Apart(Sixteen, 6).Select(f => folder.File(f.Name, f.Text)).ToArray();
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/pool");
        await visit.Page.SetInputFilesAsync("#file", paths[..5]);
        await visit.Page.WaitForSelectorAsync(".caterpillar");
        (await visit.Page.Locator(".eyebrow").InnerTextAsync()).ShouldContain("5 people");
        await visit.Page.Locator("#reading summary").ClickAsync();
        await visit.Page.SetInputFilesAsync("#file", paths[5..]);
        await visit.Page.WaitForFunctionAsync("document.querySelector('.eyebrow')?.textContent.includes('6 people')");
        (await visit.Page.Locator(".warnings").InnerTextAsync()).ShouldContain("With 6 people the spread between them is a guess");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "pool in two stages" }).ClickAsync();
        (await visit.Page.Locator(".eyebrow").InnerTextAsync()).ShouldContain("6 people · two stages, Bayes");
    }

    [Fact]
    public async Task Without_script_a_box_is_ticked_and_the_effect_depends_on_it()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/pool/example");
        await visit.Page.Locator("#reading summary").ClickAsync();
        await visit.Page.Locator("[name=predictor][value=esr]").CheckAsync();
        await visit.Page.Locator("#reading details .button").ClickAsync();
        (await visit.Page.Locator("table", new() { HasText = "Term" }).InnerTextAsync()).ShouldContain("effect:esr");
        (await visit.Page.Locator("[name=predictor][value=esr]").IsCheckedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Summaries_hold_no_name_and_no_score_and_pool_as_the_command_pools_them()
    {
        using var folder = new TemporaryFolder();
        var tables = await Text("/pool/tables", Form(("x.csv", Sixteen)));
        tables.ShouldNotContain("P01");
        var export = Path.Combine(folder.Path, "site.json");
        LowdoseProcess.Run("pool", LowdoseProcess.Example("sixteen-people.csv"), "--route", "two-stage", "--export-summary", export, "--json").ExitCode.ShouldBe(0);
        tables.ShouldBe(File.ReadAllText(export));
        var form = Form(("site.json", tables));
        (await Text("/pool/json", form)).ShouldBe(LowdoseProcess.Run("pool", "--from-summaries", export, "--json").Output);
        (await Text("/pool", Form(("site.json", tables)))).ShouldContain("site 16");
    }

    [Fact]
    public async Task A_crossovers_numbers_are_the_commands()
    {
        using var folder = new TemporaryFolder();
        var trial = PeopleDiaries.Crossover(12);
        var form = Form(("trial.csv", trial));
        form.Add(new StringContent("3"), "discard");
        (await Text("/pool/crossover-json", form)).ShouldBe(LowdoseProcess.Run("crossover", folder.File("trial.csv", trial), "--discard-days", "3", "--json").Output);
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/pool/example");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "compare as a crossover" }).ClickAsync();
        (await visit.Sentence).ShouldContain("lower than on placebo");
        (await visit.Page.Locator("main").InnerTextAsync()).ShouldContain("The test of carryover has little power");
    }

    [Fact]
    public async Task The_people_and_the_plot_can_be_taken_along()
    {
        var people = (await Text("/pool/people", Form(("x.csv", Sixteen.Replace("P01,", "=cmd|calc,", StringComparison.Ordinal))))).TrimEnd('\n').Split('\n');
        people[0].ShouldBe("person,effect,se,own_effect");
        people.Length.ShouldBe(17);
        people[1].ShouldStartWith("'=cmd|calc,");
        var plot = XDocument.Parse(await Text("/pool/plot", Form(("x.csv", Sixteen.Replace("P02,", "</text><script>,", StringComparison.Ordinal)))));
        plot.Descendants().Count(e => e.Name.LocalName == "circle" && (string?)e.Attribute("class") == "interval-mean").ShouldBe(18);
        plot.Descendants().ShouldNotContain(e => e.Name.LocalName == "script");
        plot.ToString().ShouldNotContain("NaN");
    }

    [Theory]
    [InlineData("a.csv", "person,day,dose_mg,pain\nA,1,0,five\n", "a.csv, line 2: the pain score \"five\" is not a number")]
    [InlineData("a.csv", "person,day,dose_mg,pain\nA,1,0,5\nA,1,0,5\n", "a.csv, line 3: day 1 of \"A\" is here and on line 2 too")]
    [InlineData("a.csv", "person,day,dose_mg,pain\n,1,0,5\n", "a.csv, line 2: the person is empty")]
    [InlineData("a.json", "{\"format\":\"other\"}", "a.json, line 1: this is not a file of tables")]
    [InlineData("a.json", "{", "a.json, line 1: this is not JSON")]
    [InlineData("a.json", "{\"format\":1}", "a.json, line 1: this is not a file of tables")]
    [InlineData("a.json", "{\"format\":\"lowdose-pool-tables\",\"version\":\"1\"}", "a.json, line 1: its version is not 1")]
    [InlineData("alone.csv", "person,day,dose_mg,pain\nA,1,0,\n", "alone.csv, line 1: no day has a score and what else is asked for")]
    [InlineData("a.xlsx", "PK\u0003\u0004\0\0", "a.xlsx, line 1: the file is a workbook or an archive, not text")]
    public async Task What_cannot_be_read_is_named_with_its_file_and_line(string name, string text, string said)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/pool"), name == "alone.csv" ? Form((name, text)) : Form((name, text), ("b.csv", "person,day,dose_mg,pain\nB,1,0,5\n")));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        page.ShouldContain($"<h1>{said}");
        page.ShouldContain("What to do: ");
        Regex.IsMatch(page, "What to do:[^<]*--").ShouldBeFalse("a page names fields, not options");
    }

    [Theory]
    [InlineData("onset=slow", "The onset “slow” is not a number of days")]
    [InlineData("contrast=three", "“three” is not a dose")]
    [InlineData("contrast=3", "nobody took 3 mg")]
    [InlineData("mcid=11", "The smallest change that matters is more than the scale’s range")]
    [InlineData("predictor=age", "there is no column \"age\"")]
    public async Task What_cannot_be_meant_is_asked_again(string field, string said)
    {
        var form = Form(("x.csv", Sixteen));
        form.Add(new StringContent(field.Split('=')[1]), field.Split('=')[0]);
        using var answer = await Http.PostAsync(new Uri(door.Address + "/pool"), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain(said);
    }

    [Fact]
    public async Task A_wrong_file_is_mended_in_place_and_the_others_are_kept()
    {
        await using var visit = await door.Visit();
        using var folder = new TemporaryFolder();
        var files = Apart(Sixteen, 3);
        var paths = files.Select((f, i) => folder.File(f.Name, i == 1 ? f.Text.Replace("\n5,", "\nfive,", StringComparison.Ordinal) : f.Text)).ToArray();
        await visit.Page.GotoAsync("/pool");
        await visit.Page.SetInputFilesAsync("#file", paths);
        await visit.Page.WaitForSelectorAsync("[role=alert]");
        (await visit.Sentence).ShouldStartWith("P02.csv, line 6: ");
        (await visit.Page.Locator(".excerpt mark").InnerTextAsync()).ShouldContain("five");
        await visit.Page.FillAsync("#diary", files[1].Text);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pool them" }).ClickAsync();
        (await visit.Page.Locator(".eyebrow").InnerTextAsync()).ShouldContain("3 people");
    }

    [Fact]
    public async Task Who_is_left_out_and_what_stood_at_an_edge_are_said()
    {
        var page = WebUtility.HtmlDecode(await Text("/pool", Form(("x.csv", Sixteen + "P17,1,,none,0,,20\n"))));
        page.ShouldContain("P17 is left out: no day has a score.");
        var one = WebUtility.HtmlDecode(await Text("/pool", Form(Apart(Sixteen, 1))));
        one.ShouldContain("There is one person: the spread between people cannot be seen, and is taken as 0.");
    }

    [Fact]
    public async Task More_than_a_page_takes_is_sent_to_the_command()
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + "/pool"), Form(("x.csv", new string('x', 3 << 20))));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("lowdose pool FILE.csv");
    }

    [Theory]
    [InlineData("", ColorScheme.Dark), InlineData("example", ColorScheme.Dark), InlineData("example", ColorScheme.Light)]
    [InlineData("crossover", ColorScheme.Dark), InlineData("two-stage", ColorScheme.Dark), InlineData("refused", ColorScheme.Dark)]
    public async Task Every_page_can_be_seen_and_pressed_at_320_px(string place, ColorScheme scheme)
    {
        await using var visit = await door.Visit(320, 700, scheme);
        await visit.Page.GotoAsync(place is "" or "refused" ? "/pool" : "/pool/example");
        if (place == "crossover") await visit.Page.GetByRole(AriaRole.Button, new() { Name = "compare as a crossover" }).ClickAsync();
        if (place == "two-stage") await visit.Page.GetByRole(AriaRole.Button, new() { Name = "pool in two stages" }).ClickAsync();
        if (place == "refused")
        {
            await visit.Page.FillAsync("#diary", Sixteen.Replace("P03,7,", "P03,seven,", StringComparison.Ordinal));
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pool them" }).ClickAsync();
            (await visit.Sentence).ShouldContain("line 148");
        }
        await CareLooks.AreRight(visit);
    }

    /// <summary>A file a person, without the column that says whose it is.</summary>
    private static (string Name, string Text)[] Apart(string table, int people)
    {
        var lines = table.TrimEnd('\n').Split('\n');
        return [.. lines[1..].GroupBy(l => l.Split(',')[0]).Take(people).Select(g => (g.Key + ".csv", string.Join('\n', g.Prepend(lines[0]).Select(l => l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..])) + "\n"))];
    }

    private static MultipartFormDataContent Form(params (string Name, string Text)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, text) in files) form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name);
        return form;
    }

    private async Task<string> Text(string path, MultipartFormDataContent form)
    {
        using var answer = await Http.PostAsync(new Uri(door.Address + path), form);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text;
    }
}
