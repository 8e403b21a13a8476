using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S23: what somebody wrote is shown and given out as text, whatever it looks like.</summary>
[Trait("trust", "S23"), Collection(nameof(FrontDoor))]
public sealed partial class InjectionTests(FrontDoor door)
{
    private const string Hit = "lowdose-hit";

    private static readonly string[] Corpus =
    [
        $"<script>window['{Hit}']=1</script>", $"\"><img src=x onerror=\"window['{Hit}']=1\">", $"'><svg onload=\"window['{Hit}']=1\">", $"</textarea><script>window['{Hit}']=1</script>", $"</title><script>window['{Hit}']=1</script>",
        $"javascript:window['{Hit}']=1", $"[x](javascript:window['{Hit}']=1)", "'; DROP TABLE writes; --", "\" OR 1=1 --", "{{7*7}}", "${7*7}", "@(7*7)", "%00%0d%0aSet-Cookie: a=b", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\u202Eevil", "&lt;script&gt;",
    ];

    [Fact]
    public async Task Whatever_is_written_in_every_field_no_page_runs_it()
    {
        await using var cared = await Cared.Start();
        var clinic = cared.Clinic;
        var person = cared.Person(Corpus[0], days: 40, letsIn: true);
        var day = 0;
        foreach (var text in Corpus)
            cared.Write(person, Subjects.Day(Cared.Today.PlusDays(-(++day))), day, (DayFields.Note, text), (DayFields.Event("other"), text), (DayFields.Treatment(text), "started: " + text));
        cared.Write(person, Subjects.Plan, 0, (PlanFields.Change("stay-1"), $"stay from {Cared.Today.ToString("uuuu-MM-dd", null)}: {Corpus[1]}"));
        List<string> ran = [];
        var seen = 0;
        foreach (var (account, prefix) in ((Account, string)[])[(person, ""), (cared.Dora, "/for/" + person.Record), (cared.Dora, ""), (clinic.Admin, "")])
        {
            var page = await clinic.Page(door.Browser, account);
            page.Dialog += (_, dialog) => ran.Add(page.Url + " asks " + dialog.Message);
            foreach (var address in Address.Of(clinic).Where(a => a.Method == "GET" && (a.IsPersonal || account == person) && !a.Path.Contains('.', StringComparison.Ordinal) && a.Path is not ("/sign-out" or "/data" or "/plan/calendar" or "/screen/profile")))
            {
                try
                {
                    await page.GotoAsync(prefix + address.Filled(clinic).Replace("2026-11-02", Cared.Today.PlusDays(-1).ToString("uuuu-MM-dd", null), StringComparison.Ordinal));
                }
                catch (Microsoft.Playwright.PlaywrightException download) when (download.Message.Contains("Download is starting", StringComparison.Ordinal))
                {
                    continue;
                }
                seen++;
                if (await page.EvaluateAsync<bool>($"() => '{Hit}' in window || document.querySelector('img[src=x], svg[onload]') !== null")) ran.Add(page.Url);
                foreach (var link in await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[href], [action], [src]')].map(e => e.getAttribute('href') ?? e.getAttribute('action') ?? e.getAttribute('src'))"))
                    if (link?.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) == true) ran.Add($"{page.Url} links to {link}");
            }
            await page.Context.CloseAsync();
        }
        ran.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task Whatever_is_written_no_file_given_out_has_a_cell_that_a_spreadsheet_calculates()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("=1+1", days: 40);
        var day = 0;
        foreach (var text in Corpus) cared.Write(person, Subjects.Day(Cared.Today.PlusDays(-(++day))), day, (DayFields.Note, text), (DayFields.Event("other"), text), (DayFields.Treatment(text), "started: " + text));
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(cared.Clinic.Archive.Read(Lowdose.Exchange.Everything.Zip, person.Record!)));
        List<string> formulas = [];
        var cells = 0;
        foreach (var file in zip.Entries.Where(e => e.Name.EndsWith(".csv", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(file.Open());
            foreach (var cell in Cell().Matches(await reader.ReadToEndAsync()).Select(m => m.Groups[1].Value.TrimStart('"')))
            {
                cells++;
                if (cell is ['=' or '+' or '-' or '@', _, ..] && !double.TryParse(cell, CultureInfo.InvariantCulture, out var _)) formulas.Add($"{file.Name}: {cell}");
            }
        }
        formulas.ShouldBeEmpty();
        cells.ShouldBeGreaterThan(500);
    }

    /// <summary>A cell of a CSV file, with its quotes (RFC 4180).</summary>
    [GeneratedRegex("(?:^|,|\n)(\"(?:[^\"]|\"\")*\"|[^,\n]*)")] private static partial Regex Cell();
}
