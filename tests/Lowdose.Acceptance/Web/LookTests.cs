using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>That every page can be seen, read and reached by everyone, and is light.</summary>
[Collection(nameof(FrontDoor))]
public sealed class LookTests(FrontDoor door)
{
    private static readonly string[] Places = ["/", "/example/probably-works", "/example/melatonin", "/style", "/nowhere", "refused", "/screen", "/plan", "/plan/protocols", "/prepare", "found", "planned", "waiting", "month", "card"];

    public static TheoryData<string> Everywhere => [.. Places];

    public static TheoryData<string, ColorScheme> EverywhereInBothThemes
    {
        get
        {
            var all = new TheoryData<string, ColorScheme>();
            foreach (var place in Places)
            {
                all.Add(place, ColorScheme.Dark);
                all.Add(place, ColorScheme.Light);
            }
            return all;
        }
    }

    [Theory, MemberData(nameof(EverywhereInBothThemes))]
    public async Task No_rule_of_axe_is_broken_not_even_7_to_1(string place, ColorScheme scheme)
    {
        await using var visit = await door.Visit(scheme: scheme);
        await Go(visit, place);
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        var axe = Path.Combine(FrontDoor.Root, "tests", "Lowdose.Acceptance", "Web", "node_modules", "axe-core", "axe.min.js");
        File.Exists(axe).ShouldBeTrue("axe-core is not installed; bin/test does it (npm ci in tests/Lowdose.Acceptance/Web)");
        await visit.Page.EvaluateAsync(await File.ReadAllTextAsync(axe));
        var found = await visit.Page.EvaluateAsync<string>("""
            async () => {
              const { violations } = await axe.run(document, { rules: { "color-contrast-enhanced": { enabled: true } } });
              return JSON.stringify(violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + " " + n.failureSummary).join(" | ")}`), null, 1);
            }
            """);
        JsonSerializer.Deserialize<string[]>(found)!.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task At_320_px_and_at_400_percent_nothing_is_cut_off_or_scrolls_sideways(string place)
    {
        await using var visit = await door.Visit(width: 320, height: 256, scale: 4);
        await Go(visit, place);
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        (await visit.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(320);
        var outside = await visit.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("main :is(h1,h2,p,li,td,th,button,a,input,select,textarea,label)")]
              .filter(e => !e.closest(".scroll, pre, [hidden], .unseen, .skip-plot:not(:focus), .unseen") && !e.matches(".unseen, .skip-plot"))
              .filter(e => { const b = e.getBoundingClientRect(); return b.width > 0 && (b.left < -1 || b.right > 321); })
              .map(e => e.tagName + " " + e.textContent.slice(0, 40))
            """);
        outside.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task Wider_spacing_of_the_text_loses_nothing(string place)
    {
        await using var visit = await door.Visit(width: 320, height: 700);
        await Go(visit, place);
        await visit.Page.EvaluateAsync("""
            for (const e of document.querySelectorAll("body, body *:not(svg, svg *)")) {
              e.style.lineHeight = "1.5"; e.style.letterSpacing = ".12em"; e.style.wordSpacing = ".16em";
              if (e.matches("p")) e.style.marginBottom = "2em";
            }
            """);
        (await visit.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(320);
    }

    [Theory, MemberData(nameof(Everywhere))]
    public async Task What_is_pressed_is_at_least_48_px_tall(string place)
    {
        await using var visit = await door.Visit(width: 320, height: 700);
        await Go(visit, place);
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        var small = await visit.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("a, button, summary, input, select, textarea")]
              .map(e => e.closest("label") ?? e)
              .filter(e => !e.matches(".skip, .skip-plot, .unseen, p > a:not(.button), [hidden]"))
              .filter(e => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 47.5)
              .map(e => e.outerHTML.slice(0, 80))
            """);
        small.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/example/probably-works"), InlineData("/example/cannot-tell"), InlineData("/example/does-not-work"), InlineData("/example/melatonin")]
    public async Task A_verdict_prints_on_one_sheet(string place)
    {
        await using var visit = await door.Visit();
        await Go(visit, place);
        foreach (var format in (string[])["A4", "Letter"])
        {
            var pdf = System.Text.Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { Format = format, PreferCSSPageSize = false }));
            Regex.Count(pdf, @"/Type\s*/Page\b(?!s)").ShouldBe(1, format);
        }
    }

    [Fact]
    public async Task The_page_is_painted_within_300_ms()
    {
        var fastest = double.PositiveInfinity;
        // The best of several: other tests share the machine.
        for (var i = 0; i < 12 && fastest >= 300; i++)
        {
            await using var visit = await door.Visit();
            await Go(visit, "/");
            fastest = Math.Min(fastest, await visit.Page.EvaluateAsync<double>("""
                () => new Promise(painted => {
                  const look = () => {
                    const [paint] = performance.getEntriesByName("first-contentful-paint");
                    if (paint) painted(paint.startTime); else requestAnimationFrame(look);
                  };
                  look();
                })
                """));
        }
        fastest.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task A_verdict_is_there_within_a_second()
    {
        using var http = new HttpClient();
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 12 && fastest >= TimeSpan.FromSeconds(1); i++)
        {
            var started = System.Diagnostics.Stopwatch.StartNew();
            await http.GetStringAsync(new Uri(door.Address + "/example/probably-works"));
            fastest = started.Elapsed;
        }
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("/"), InlineData("/example/probably-works"), InlineData("/style")]
    public async Task A_page_weighs_less_than_100_kB_without_the_diary(string place)
    {
        await using var visit = await door.Visit();
        var bytes = 0;
        visit.Page.Response += async (_, response) => Interlocked.Add(ref bytes, (await response.BodyAsync()).Length);
        await Go(visit, place);
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var diary = await visit.Page.EvaluateAsync<int>("""
            ["textarea", ".days", ".daytable"].map(s => [...document.querySelectorAll(s)].reduce((n, e) => n + e.outerHTML.length, 0)).reduce((a, b) => a + b, 0)
            """);
        (bytes - diary).ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task There_is_no_motion_and_the_first_paint_is_dark()
    {
        await using var visit = await door.Visit();
        await Go(visit, "/");
        (await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor")).ShouldBe("rgb(20, 23, 26)");
        (await visit.Page.EvaluateAsync<int>("document.getAnimations().length")).ShouldBe(0);
        Lowdose.Web.Layout.StyleSheet.Text.ShouldNotContain("transition");
        Lowdose.Web.Layout.StyleSheet.Text.ShouldNotContain("animation");
    }

    /// <summary>Goes to an address, or to what is reached by answering.</summary>
    internal static async Task Go(Visit visit, string place)
    {
        switch (place)
        {
            case "refused":
                await visit.Page.GotoAsync("/");
                await visit.Page.Locator("#diary").FillAsync(Diaries.Broken());
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "See the verdict" }).ClickAsync();
                break;
            case "found":
                await CarePath.AnswerAll(visit, $"codeine cough syrup, {CarePath.Day(-3)}\nlevothyroxine\nblorbozine");
                break;
            case "waiting":
                await Go(visit, "found");
                await visit.Page.Locator("[formaction='/plan']").ClickAsync();
                await CarePath.PlanLiquid(visit, start: CarePath.Day(1));
                break;
            case "planned":
                await CarePath.AnswerAll(visit, "levothyroxine");
                await visit.Page.Locator("[formaction='/plan']").ClickAsync();
                await CarePath.PlanLiquid(visit, start: "2026-12-01");
                break;
            case "month":
                await Go(visit, "planned");
                await CarePath.Press(visit, "A calendar to print");
                break;
            case "card":
                await Go(visit, "planned");
                await CarePath.Press(visit, "Go on to mixing");
                await CarePath.Send(visit, "Show the card");
                break;
            default:
                await visit.Page.GotoAsync(place);
                break;
        }
    }
}
