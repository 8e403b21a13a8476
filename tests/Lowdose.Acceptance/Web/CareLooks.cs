using System.Text.Json;
using System.Text.RegularExpressions;

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
              .filter(e => !e.matches(".skip, p > a:not(.button), li a, [hidden]"))
              .filter(e => e.getBoundingClientRect().height > 0 && e.getBoundingClientRect().height < 47.5).map(e => e.outerHTML.slice(0, 80))
            """)).ShouldBeEmpty();
        visit.Complaints.Where(c => !c.Contains("422", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>The school grade by Flesch and Kincaid; syllables are groups of vowels, a silent e aside.</summary>
    public static double ReadingGrade(IEnumerable<string> paragraphs)
    {
        var text = string.Join(" . ", paragraphs);
        var words = Regex.Matches(text.ToLowerInvariant(), "[a-z’']+").Select(m => m.Value).ToArray();
        var sentences = Math.Max(1, Regex.Count(text, @"[\p{L}\d%”)][^.!?:]*[.!?:]"));
        var syllables = words.Sum(w => Math.Max(1, Regex.Count(Regex.Replace(w, "(?<=[^l])e$|es$|(?<=[^td])ed$", ""), "[aeiouy]+")));
        return (0.39 * words.Length / sentences) + (11.8 * syllables / words.Length) - 15.59;
    }

    /// <summary>One page, on A4 and on Letter.</summary>
    public static async Task PrintsOnOneSheet(Visit visit)
    {
        foreach (var format in (string[])["A4", "Letter"])
        {
            var pdf = System.Text.Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { Format = format, PreferCSSPageSize = false }));
            Regex.Count(pdf, @"/Type\s*/Page\b(?!s)").ShouldBe(1, format);
        }
    }
}
