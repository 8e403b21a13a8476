using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Evidence;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What is known: answers, studies, claims and sources, each opening the next.</summary>
[Collection(nameof(FrontDoor))]
public sealed class KnownTests(FrontDoor door)
{
    [Fact]
    public async Task A_doctor_with_two_minutes_reads_the_evidence_in_fibromyalgia_from_one_page()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "What is known", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Does it help with pain in fibromyalgia?" }).ClickAsync();
        var page = await visit.Page.Locator("main").InnerTextAsync();
        page.ShouldContain("The two newest and largest found no gain.");
        page.ShouldContain("Certainty A: measured in people");
        page.ShouldContain("as of 21 Nov 2026");
        // DerSimonian and Laird; the domain's own check is −0.222 (−0.765 to 0.320).
        (await Row(visit, "How much less pain")).ShouldBe("3 | −0.22 | −0.76 to 0.32 | −2.30 to 1.87");
        (await Row(visit, "at least 30 % less pain")).ShouldBe("2 | 1.05 | 0.40 to 2.73 | –");
        foreach (var said in (string[])["have a side effect", "stop for a side effect", "One more study", "How the answer moved as studies came", "FINAL 2024", "INNOVA 2026"]) page.ShouldContain(said);
        // As studies came: one trial alone, then the two without effect.
        var moved = await visit.Page.Locator("table:has(th:text-is('After adding')) tbody tr").First.InnerTextAsync();
        moved.ShouldContain("YOUNGER2013");
        moved.ShouldContain("−0.55");
        visit.Abroad.ShouldBeEmpty();
    }

    [Fact]
    public async Task From_a_finding_a_person_comes_to_the_claim_its_source_and_what_was_learned_since()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/ask");
        var proof = visit.Page.GetByRole(AriaRole.Region, new() { Name = "“There is no proof.”" });
        await proof.Locator("summary").ClickAsync();
        await proof.GetByRole(AriaRole.Link, new() { Name = "In 99 women with fibromyalgia" }).ClickAsync();
        (await visit.Page.TitleAsync()).ShouldBe("A claim – Lowdose");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "FINAL: " }).First.ClickAsync();
        (await visit.Sentence).ShouldContain("FINAL trial");
        (await visit.Page.Locator("main").InnerTextAsync()).ShouldContain("-0.34 (-0.95 to 0.27)");

        await visit.Page.GotoAsync("/known");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "ME Association" }).ClickAsync();
        var text = await visit.Page.Locator("main").InnerTextAsync();
        text.ShouldContain("What this text says, and what has been learned since.");
        text.ShouldContain("The first Crohn's trial appeared in 2017.");
        text.ShouldContain("In 98 women with fibromyalgia 4.5 mg was no better than placebo");
    }

    [Theory]
    [InlineData("/screen"), InlineData("/plan/protocols"), InlineData("/mechanism"), InlineData("/ask"), InlineData("/beside")]
    public async Task A_source_whose_id_is_printed_is_a_link_there(string address)
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync(address);
        if (address == "/screen")
        {
            await visit.Page.FillAsync("#medicines", "tramadol");
            await visit.Page.ClickAsync("form[action='/screen'] button[type=submit]");
        }
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        (await visit.Page.Locator("main a[href^='/known/']").CountAsync()).ShouldBeGreaterThan(5);
        (await visit.Page.EvaluateAsync<string[]>("""
            ids => {
              const found = [], named = new RegExp(`(?<![\\w-])(${ids.map(RegExp.escape ?? (id => id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join("|")})(?![\\w-])`);
              const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
              while (texts.nextNode()) {
                const at = texts.currentNode.parentElement;
                if (!at.offsetParent || at.closest("a, textarea, svg, .forest-names")) continue;
                const id = named.exec(texts.currentNode.data)?.[0];
                // A protocol's own "where this comes from" is within its fold.
                if (id && !at.closest("li, tr, p")?.querySelector("a[href^='/known/']") && !at.closest("details:has(details a[href^='/known/'])")) found.push(`${id}: ${texts.currentNode.data.trim().slice(0, 80)}`);
              }
              return found;
            }
            """, Knowledge.BuiltIn().Sources.Keys.ToArray())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_entry_has_a_page_whose_title_and_address_do_not_say_what_it_is_about_and_every_link_leads_somewhere()
    {
        using var http = new HttpClient();
        var (waiting, seen, titles) = (new Queue<string>(["/known", "/known/timeline", "/beside", "/search", "/search?q=a%20dose%20of%20ldn", "/search?q=questionnaire%20acr%202016"]), new HashSet<string>(), new HashSet<string>());
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var answer = await http.GetAsync(new Uri(door.Address + path));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var html = await answer.Content.ReadAsStringAsync();
            titles.Add(WebUtility.HtmlDecode(Regex.Match(html, "<title>([^<]*)</title>").Groups[1].Value));
            foreach (var link in Regex.Matches(html, "href=\"(/[^\"#]*)").Select(m => m.Groups[1].Value).Where(l => Regex.IsMatch(l, "^/(known|beside|search|resources|ask|mechanism|plan/protocols)"))) waiting.Enqueue(link);
        }
        titles.Order(StringComparer.Ordinal).ShouldBe(["A claim – Lowdose", "A medicine – Lowdose", "A proposal – Lowdose", "A questionnaire – Lowdose", "A source – Lowdose", "A study – Lowdose", "Before or beside – Lowdose", "How to ask – Lowdose", "Mechanism – Lowdose", "Search – Lowdose",
            "Studies by year – Lowdose", "What is known – Lowdose", "What others have proposed – Lowdose", "Where to look further – Lowdose"], ignoreOrder: true);
        seen.Count(p => p.StartsWith("/known/", StringComparison.Ordinal)).ShouldBeGreaterThan(300);
        seen.Where(p => p.StartsWith("/known/", StringComparison.Ordinal)).ShouldAllBe(p => Regex.IsMatch(p, "^/known/([0-9a-f]{8}|timeline|all|schema)$"));
    }

    [Theory]
    [InlineData("fibromialgia", "Does it help with pain in fibromyalgia?"), InlineData("tramadoll", "tramadol"), InlineData("acupunture", "Acupuncture"), InlineData("opperation", "What if I need an operation?")]
    public async Task A_misspelt_word_leads_to_its_page(string asked, string name)
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/known");
        await visit.Page.FillAsync("#q", asked);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/search?q=*");
        (await visit.Page.Locator("main").InnerTextAsync()).ShouldContain($"Read as: “{asked}” as");
        (await visit.Page.Locator(".examples > li > a").AllInnerTextsAsync()).Take(5).ShouldContain(name);
    }

    [Fact]
    public async Task What_is_typed_is_text_and_nothing_else()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/search?q=" + Uri.EscapeDataString("\"><script>document.title='x'</script>"));
        (await visit.Page.TitleAsync()).ShouldBe("Search – Lowdose");
        (await visit.Page.InputValueAsync("#q")).ShouldContain("<script>");
    }

    [Fact]
    public async Task An_address_that_is_none_says_so_and_offers_a_search()
    {
        await using var visit = await door.Visit(script: false);
        var answer = await visit.Page.GotoAsync("/known/00000000");
        answer!.Status.ShouldBe(404);
        (await visit.Sentence).ShouldBe("There is no such page");
        (await visit.Page.Locator("#q").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_whole_base_is_one_file_and_fits_its_schema()
    {
        using var http = new HttpClient();
        using var schema = JsonDocument.Parse(await http.GetStringAsync(new Uri(door.Address + "/known/schema")));
        var text = await http.GetStringAsync(new Uri(door.Address + "/known/all"));
        using var whole = JsonDocument.Parse(text);
        JsonFits.Faults(schema.RootElement, whole.RootElement).ShouldBeEmpty();
        whole.RootElement.GetProperty("studies").GetArrayLength().ShouldBe(Knowledge.BuiltIn().Studies.Count);
        whole.RootElement.GetProperty("questions").GetArrayLength().ShouldBe(Knowledge.BuiltIn().Questions.Count);
        // The check can fail: an unknown design, a missing key, a number where a text belongs.
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("\"design\": \"randomised-parallel\"", "\"design\": \"guesswork\""), ("\"statement\":", "\"statemint\":"), ("\"asks\": \"Which dose is best?\"", "\"asks\": 7")])
        {
            using var broken = JsonDocument.Parse(new Regex(Regex.Escape(from)).Replace(text, to, 1));
            JsonFits.Faults(schema.RootElement, broken.RootElement).ShouldNotBeEmpty(from);
        }
    }

    [Fact]
    public async Task What_was_tried_is_asked_shown_kept_in_the_file_and_told_to_the_doctor()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/screen");
        await visit.Page.FillAsync("#tried", "tai chi\npregabalin");
        await visit.Page.ClickAsync("form[action='/screen'] button[type=submit]");
        (await visit.Page.GetByRole(AriaRole.Region, new() { Name = "What you have tried so far" }).Locator("li").AllInnerTextsAsync()).ShouldBe(["tai chi", "pregabalin"]);
        (await visit.Page.Locator("textarea[name=profile]").First.InputValueAsync()).ShouldContain("\"tried\"");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change my answers" }).Or(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Answer what is open" })).First.ClickAsync();
        (await visit.Page.InputValueAsync("#tried")).Replace("\r", "", StringComparison.Ordinal).ShouldBe("tai chi\npregabalin");
        await visit.Page.ClickAsync("form[action='/screen'] button[type=submit]");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sheet for my doctor" }).ClickAsync();
        (await visit.Page.Locator("main").InnerTextAsync()).ShouldContain("Tried before, as the patient wrote: tai chi, pregabalin.");
    }

    public static TheoryData<string, ColorScheme> Pages
    {
        get
        {
            var all = new TheoryData<string, ColorScheme>();
            foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
                foreach (var address in (string[])["/known", "/beside", "/known/timeline", "/search?q=fibromialgia", "/known/" + Security.Address.FibromyalgiaAnswer, "Study: INNOVA", "Claim: fibromyalgia-helps", "Source: seed-001", "Condition: fibromyalgia", "Substance: codeine", "Protocol: P10", "Instrument: acr-2016"])
                    all.Add(address, scheme);
            return all;
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Everyone_can_see_reach_and_read_it(string address, ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        await visit.Page.GotoAsync(Address(address));
        await CareLooks.AreRight(visit);
    }

    [Theory]
    [InlineData("/known"), InlineData("/known/ea69791a"), InlineData("/beside"), InlineData("/known/timeline")]
    public async Task On_a_desk_nothing_is_cut_off_and_axe_is_content(string address)
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync(address);
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        (await visit.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(1100);
        await visit.Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(FrontDoor.Root, "tests", "Lowdose.Acceptance", "Web", "node_modules", "axe-core", "axe.min.js")));
        JsonSerializer.Deserialize<string[]>(await visit.Page.EvaluateAsync<string>("async () => JSON.stringify((await axe.run(document, { rules: { 'color-contrast-enhanced': { enabled: true } } })).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | ')}`))"))!.ShouldBeEmpty();
    }

    /// <summary>The code of "Kind: id" is made as the program makes it, so that a change of the making is seen here.</summary>
    private static string Address(string named) => named.Split(": ") is not [var kind, var id] ? named
        : "/known/" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind}/{id}")))[..8];

    /// <summary>The numbers below a question in the short table.</summary>
    private static async Task<string> Row(Visit visit, string question) =>
        string.Join(" | ", await visit.Page.Locator($"table.short tbody:has(th:has-text(\"{question}\")) td").AllInnerTextsAsync());
}
