using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Evidence;
using Lowdose.Tests.Evidence;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What every page before the first dose must look like, wherever its answers led.</summary>
internal static class CareLooks
{
    /// <summary>Axe finds nothing, nothing is cut off at 320 px, and what is pressed is large enough.</summary>
    public static async Task AreRight(Visit visit)
    {
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await visit.Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(FrontDoor.Root, "tests", "Lowdose.Acceptance", "Web", "node_modules", "axe-core", "axe.min.js")));
        JsonSerializer.Deserialize<string[]>(await visit.Page.EvaluateAsync<string>("""
            async () => JSON.stringify((await axe.run(document, { rules: { "color-contrast-enhanced": { enabled: true } } }))
              .violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + " " + n.failureSummary).join(" | ")}`))
            """))!.ShouldBeEmpty();
        (await visit.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBe(320);
        (await visit.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea")].map(e => e.closest(".checks label") ?? e)
              .filter(e => !e.matches(".skip, .skip-plot, .unseen, p > a:not(.button), li a, [hidden]"))
              .filter(e => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty();
        visit.Complaints.Where(c => !c.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>The school grade of the page's prose: every shown paragraph and item that is a sentence, but not what is folded away (sources and claims as researchers word them).</summary>
    public static async Task<double> Grade(Visit visit) => ReadingGrade.Of(await visit.Page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll("main :is(p, li)")].filter(e => e.offsetParent && !e.closest("details") && !e.querySelector("p, li"))
          .map(e => e.innerText.trim()).filter(t => /[.?!:]["”)]?$/.test(t))
        """), Names);

    private static readonly IReadOnlySet<string> Names = ReadingGrade.NamesOf(Knowledge.BuiltIn());

    // A browser that is busy printing for another test says "Printing failed"; asked again it prints.
    private static async Task<byte[]> Printed(Visit visit, string format, int tries = 3)
    {
        try
        {
            return await visit.Page.PdfAsync(new() { Format = format, PreferCSSPageSize = false });
        }
        catch (PlaywrightException busy) when (tries > 1 && busy.Message.Contains("Printing failed", StringComparison.Ordinal))
        {
            await Task.Delay(500);
            return await Printed(visit, format, tries - 1);
        }
    }

    /// <summary>One page, on A4 and on Letter.</summary>
    public static async Task PrintsOnOneSheet(Visit visit)
    {
        foreach (var format in (string[])["A4", "Letter"])
        {
            var pdf = System.Text.Encoding.Latin1.GetString(await Printed(visit, format));
            Regex.Count(pdf, @"/Type\s*/Page\b(?!s)").ShouldBe(1, format);
        }
    }
}
