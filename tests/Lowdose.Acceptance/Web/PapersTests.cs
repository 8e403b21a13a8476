using System.Text.RegularExpressions;
using Lowdose.Tests.Quantities;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Web;

/// <summary>What is carried on paper: to a doctor, to a pharmacy, in a wallet; and what a month costs.</summary>
[Collection(nameof(FrontDoor))]
public sealed class PapersTests(FrontDoor door)
{
    private const string Course = "0.5 mg, 14 days\n1.5 14\n4.5 mg for 60 days";

    [Theory, InlineData(1100, true), InlineData(320, false)]
    public async Task From_the_plan_a_sheet_says_what_is_asked_what_was_found_and_the_trials_without_effect_first(int width, bool script)
    {
        await using var visit = await door.Visit(width, 700, script: script);
        await Sheet(visit);
        var text = await CarePath.Text(visit);
        text.ShouldContain("low dose, off-label, as an oral liquid of 1 mg/mL");
        text.ShouldContain("With care: levothyroxine.");
        text.ShouldContain("TSH and free T4: before the start.");
        text.ShouldContain("Liver values before the start");
        text.ShouldContain("is not licensed at low dose");
        Order(text, "FINAL]", "INNOVA]", "YOUNGER2013]").ShouldBeTrue();
        text.ShouldContain("FINAL: FINAL trial");
        // A share as a study wrote it and the address of a paper are no doses.
        Regex.Replace(text, @"\d+(\.\d+)?\s?%|doi \S+", "").Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
        visit.Abroad.ShouldBeEmpty();
    }

    [Theory, InlineData("a4", "595"), InlineData("letter", "612")]
    public async Task The_pdf_is_one_tagged_page_that_says_the_same(string paper, string width)
    {
        await using var visit = await door.Visit();
        await Sheet(visit);
        var page = (await visit.Page.Locator("h1, h2, main li, main td").AllInnerTextsAsync()).Select(Plain);
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => CarePath.Press(visit, paper == "a4" ? "Save as PDF (A4)" : "PDF (Letter)"));
        var pdf = (await file.PathAsync())!;
        var facts = await PdfReader.Facts(pdf);
        facts.ShouldMatch(@"Pages:\s+1\b");
        facts.ShouldMatch(@"Tagged:\s+yes");
        facts.ShouldMatch(@"Title:\s+Low-dose naltrexone: a sheet for the prescriber");
        facts.ShouldMatch($@"Page size:\s+{width}");
        // The day it was made, and no hour.
        facts.ShouldMatch(@"CreationDate:.* 00:00:00 ");
        (await PdfReader.Fonts(pdf)).Split('\n').Skip(2).Where(l => l.Length > 0).ShouldAllBe(l => Regex.IsMatch(l, @"yes\s+yes\s+yes"));
        var said = Plain(await PdfReader.Text(pdf));
        foreach (var line in page) said.ShouldContain(line);
        (await PdfReader.Tags(pdf)).ShouldContain("H1 (block)");
    }

    [Fact]
    public async Task A_sheet_that_forbids_says_so_and_asks_for_nothing()
    {
        await using var visit = await door.Visit();
        await CarePath.AnswerAll(visit, "methadone");
        await CarePath.Press(visit, "Sheet for my doctor");
        var text = await CarePath.Text(visit);
        text.ShouldContain("Forbids it: methadone.");
        text.ShouldContain("No plan was made yet");
        (await visit.Page.Locator("table").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_told_makes_no_sheet()
    {
        await using var visit = await door.Visit();
        await visit.Page.GotoAsync("/sheet");
        visit.Page.Url.ShouldEndWith("/plan");
    }

    [Fact]
    public async Task The_wallet_card_tells_staff_and_leaves_lines_for_what_is_not_known()
    {
        await using var visit = await door.Visit(script: false);
        await Wallet(visit, "4.5", "Ada <b>Example</b>");
        (await CarePath.Text(visit, "h1")).ShouldBe("I take naltrexone 4.5 mg a day");
        var text = await CarePath.Text(visit, ".wallet");
        text.ShouldContain("While taken: opioids may not work.");
        text.ShouldContain("Danger of overdose.");
        text.ShouldContain("Ada <b>Example</b>");
        (await visit.Page.Locator(".blank").CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task The_card_of_who_stopped_warns_of_overdose_and_not_of_a_block()
    {
        await using var visit = await door.Visit(script: false);
        await visit.Page.GotoAsync("/wallet");
        await visit.Page.SelectOptionAsync("#taking", "no");
        await CarePath.Press(visit, "Show the card");
        var text = await CarePath.Text(visit, ".wallet");
        text.ShouldContain("I have stopped: opioids may act more strongly.");
        text.ShouldNotContain("While taken");
    }

    [Fact]
    public async Task Each_side_of_the_card_is_a_bank_card_and_holds_all_its_words()
    {
        await using var visit = await door.Visit(794, 1123);
        await Wallet(visit, "4.5", new string('W', 12) + " " + new string('i', 47));
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var side in await visit.Page.Locator(".wallet-side").AllAsync())
        {
            var box = (await side.BoundingBoxAsync())!;
            (box.Width * 25.4 / 96).ShouldBe(85.6, 0.3);
            (box.Height * 25.4 / 96).ShouldBe(54, 0.3);
            (await side.EvaluateAsync<bool>("e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1")).ShouldBeTrue();
        }
        await CareLooks.PrintsOnOneSheet(visit);
    }

    [Theory, InlineData("45", "above 12 mg"), InlineData("4,5", "A comma"), InlineData("4.5 mL", "not a unit of an amount")]
    public async Task A_dose_that_cannot_be_meant_makes_no_card(string dose, string said)
    {
        await using var visit = await door.Visit(script: false);
        await Wallet(visit, dose, "");
        (await CarePath.Text(visit, "[role=alert]")).ShouldContain(said);
        (await visit.Page.Locator("#dose").InputValueAsync()).ShouldBe(dose);
        (await visit.Page.Locator(".wallet").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Capsules_add_up_to_the_course_and_lead_to_the_pharmacy_sheet()
    {
        await using var visit = await door.Visit(script: false);
        await Fill(visit, "/prepare/capsules", Course, "Show the capsules");
        var text = await CarePath.Text(visit);
        // 14 x 0.5 + 14 x 1.5 + 60 x 4.5 = 298.
        text.ShouldContain("In all 298 mg");
        (await visit.Page.Locator("section").First.Locator("tbody tr").AllInnerTextsAsync()).Select(Plain).ShouldBe(["0.5 mg (500 micrograms) 14 capsules", "1.5 mg 14 capsules", "4.5 mg 60 capsules"]);
        text.ShouldContain("Not calcium carbonate. Never a slow-release filler or tablet.");
        text.Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
        await CarePath.Press(visit, "Sheet for the pharmacy");
        (await CarePath.Text(visit)).ShouldContain("Naltrexone is an opioid antagonist. It is not a narcotic.");
        (await visit.Page.Locator("section").First.Locator("tbody tr").CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task The_pharmacy_sheet_for_a_liquid_says_how_much_of_what_and_fits_a_page()
    {
        await using var visit = await door.Visit();
        await Fill(visit, "/prepare/pharmacy", Course, "Show the sheet");
        var text = await CarePath.Text(visit);
        text.ShouldContain("Naltrexone hydrochloride oral liquid, 1 mg/mL; 298 mL in all for these 88 days");
        text.ShouldContain("30 days at 25 °C, 60 days at 4 °C");
        text.ShouldContain("In plain water: no study was found");
        text.ShouldContain("Six of six naltrexone products");
        text.Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
        await CareLooks.PrintsOnOneSheet(visit);
    }

    [Theory, InlineData("nonsense"), InlineData("0.5 mg"), InlineData("0,5 mg, 14 days"), InlineData("45 mg, 14 days"), InlineData("1 mg, 0 days"), InlineData("1 mg, 999 days")]
    public async Task A_course_that_cannot_be_read_is_asked_again_with_what_was_typed(string course)
    {
        await using var visit = await door.Visit(script: false);
        await Fill(visit, "/prepare/capsules", course, "Show the capsules");
        (await visit.Page.Locator("[role=alert] li").CountAsync()).ShouldBe(1);
        (await visit.Page.Locator("#course").InputValueAsync()).ShouldBe(course);
    }

    [Fact]
    public async Task Prices_are_compared_by_the_month_in_the_money_they_were_typed_in()
    {
        await using var visit = await door.Visit(script: false);
        await Cost(visit, ("dose", "4.5"), ("currency", "EUR"), ("home-price", "30"), ("home-count", "3"), ("home-tablet", "50"), ("made-price", "65"), ("made-days", "90"));
        (await CarePath.Text(visit, "h1")).ShouldBe("21.67 EUR a month at 4.5 mg a day, the cheapest way");
        (await visit.Page.Locator("tbody tr").AllInnerTextsAsync()).Select(Plain).ShouldBe(
            ["Made by a pharmacy 21.67 EUR 65.00 EUR: lasts 90 days", "Liquid made at home 27.27 EUR 30.00 EUR: 3 tablets of 50 mg, each bottle used for 11 days"]);
        (await CarePath.Text(visit)).ShouldContain("In 2015, a ready-made tablet was sold for 1 US dollar.");
    }

    [Theory, InlineData("30,50", "not a plain number"), InlineData("", "No price is written yet"), InlineData("30", "Nothing is written here")]
    public async Task A_price_that_cannot_be_used_says_why(string price, string said)
    {
        await using var visit = await door.Visit(script: false);
        await Cost(visit, ("dose", "4.5"), ("made-price", price));
        (await CarePath.Text(visit, "[role=alert]")).ShouldContain(said);
    }

    [Theory, InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Everyone_can_see_reach_and_read_them(ColorScheme scheme)
    {
        await using var visit = await door.Visit(width: 320, height: 700, scheme: scheme);
        foreach (var place in (string[])["/wallet", "/prepare/capsules", "/prepare/pharmacy", "/prepare/cost"])
        {
            await visit.Page.GotoAsync(place);
            await CareLooks.AreRight(visit);
        }
        await Cost(visit, ("dose", "4.5"), ("ready-price", "40"), ("ready-count", "30"), ("ready-strength", "1.5"));
        await CareLooks.AreRight(visit);
        await Wallet(visit, "4.5", "Ada");
        await CareLooks.AreRight(visit);
        await Fill(visit, "/prepare/capsules", Course, "Show the capsules");
        await CareLooks.AreRight(visit);
        await CarePath.Press(visit, "Sheet for the pharmacy");
        await CareLooks.AreRight(visit);
        await Sheet(visit);
        await CareLooks.AreRight(visit);
    }

    // The sheets for the doctor and the pharmacist speak to professionals and are left out.
    [Fact]
    public async Task What_is_for_patients_reads_at_grade_6_or_below()
    {
        await using var visit = await door.Visit();
        async Task Read() => (await CareLooks.Grade(visit)).ShouldBeLessThanOrEqualTo(6, await visit.Sentence);
        await visit.Page.GotoAsync("/wallet");
        await Read();
        await Wallet(visit, "4.5", "");
        await Read();
        await Fill(visit, "/prepare/capsules", Course, "Show the capsules");
        await Read();
        await visit.Page.GotoAsync("/prepare/cost");
        await Read();
    }

    [Fact]
    public async Task The_doctors_sheet_prints_on_one_page()
    {
        await using var visit = await door.Visit();
        await Sheet(visit);
        await CareLooks.PrintsOnOneSheet(visit);
    }

    private static async Task Sheet(Visit visit)
    {
        await CarePath.AnswerAll(visit, "levothyroxine");
        await CarePath.Press(visit, "Go on to a plan");
        await CarePath.PlanLiquid(visit);
        await CarePath.Press(visit, "Sheet for my doctor");
    }

    private static async Task Wallet(Visit visit, string dose, string name)
    {
        await visit.Page.GotoAsync("/wallet");
        await visit.Page.FillAsync("#dose", dose);
        await visit.Page.FillAsync("#name", name);
        await CarePath.Press(visit, "Show the card");
    }

    private static async Task Fill(Visit visit, string place, string course, string button)
    {
        await visit.Page.GotoAsync(place);
        await visit.Page.FillAsync("#course", course);
        await CarePath.Press(visit, button);
    }

    private static async Task Cost(Visit visit, params (string Field, string Text)[] typed)
    {
        await visit.Page.GotoAsync("/prepare/cost");
        foreach (var (field, text) in typed) await visit.Page.FillAsync("#" + field, text);
        await CarePath.Press(visit, "Compare");
    }

    private static bool Order(string text, params string[] marks) => marks.Select(m => text.IndexOf(m, StringComparison.Ordinal)).ToArray() is var at && at.All(i => i >= 0) && at.SequenceEqual(at.Order());

    // Lines break elsewhere on paper, also after a hyphen.
    private static string Plain(string text) => Regex.Replace(text.Replace('\u00A0', ' '), @"\s+", " ").Trim();
}
