using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Reminders;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Trials;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Trials;

/// <summary>A whole blinded n-of-1 trial, each of four roles in a browser of their own: consent, seal, kits, 168 days, guesses, reveal, proof.</summary>
[Collection(nameof(Bedside))]
public sealed class WholeTrialTests(Bedside bedside)
{
    private const int PeriodDays = 42, Periods = 4;

    [Fact]
    public async Task From_consent_to_a_reveal_that_anybody_can_check()
    {
        var clock = new SetClock(TriedClinic.At(0));
        await using var clinic = await OwnClinic.Start(clock);
        var (dora, fia, rosa, paula) = (clinic.Somebody(Role.Prescriber, "Dora Doctor"), clinic.Somebody(Role.Pharmacist, "Fia Pharmacist"), clinic.Somebody(Role.Researcher, "Rosa Researcher"), clinic.Somebody(Role.Person, "Paula Person"));
        new Consent(clinic.Archive, clock).Give(paula, dora.Id, May.Prescribe).ShouldBeNull();

        var trial = await Plans(clinic, dora);
        await Consents(clinic, paula);
        var commitment = await Seals(clinic, dora, trial);
        var held = await MakesKits(clinic, fia);
        for (var period = 1; period <= Periods; period++) await Lives(clinic, clock, paula, period, held);
        await SeesNoArm(clinic, (dora, "/trials/" + trial), (rosa, "/studies/" + trial), (rosa, $"/studies/{trial}/days"), (paula, "/my-trial"), (paula, "/today"), (dora, $"/trials/{trial}/file"));
        foreach (var (who, shut) in ((Account, string)[])[(dora, "/kits/" + trial), (rosa, "/kits/" + trial), (paula, "/kits/" + trial), (fia, "/trials/" + trial), (rosa, $"/trials/{trial}/emergency"), (fia, "/studies/" + trial)])
        {
            using var http = clinic.Visitor(who);
            ((int)(await http.Get(shut)).StatusCode).ShouldBe(404, shut);
        }
        clock.Now = TriedClinic.At((Periods * PeriodDays) + 1);
        var answer = await Reveals(clinic, dora, trial);
        answer.ShouldContain("It helps");
        answer.ShouldContain("Nothing was changed. Drawing again from the seed deals the same.");
        foreach (var (who, place) in ((Account, string)[])[(dora, $"/trials/{trial}"), (rosa, $"/studies/{trial}"), (paula, "/my-trial")]) await Verifies(clinic, who, place, commitment, held);
    }

    private async Task<string> Plans(OwnClinic clinic, Account dora)
    {
        await using var visit = await Comes(clinic, dora, "/trials", 1100);
        await Presses(visit, AriaRole.Link, "Plan a trial");
        await visit.Page.FillAsync("#days", PeriodDays.ToString(CultureInfo.InvariantCulture));
        await visit.Page.FillAsync("#name", "meadow-1");
        await Presses(visit, AriaRole.Button, "Make this trial");
        await visit.Page.SelectOptionAsync("#record", new SelectOptionValue { Label = "Paula Person" });
        await Presses(visit, AriaRole.Button, "Give them a place");
        (await Reads(visit)).ShouldContain("Paula Person (P1). They have not consented yet.");
        return new Uri(visit.Page.Url).AbsolutePath.Split('/')[2];
    }

    private async Task Consents(OwnClinic clinic, Account paula)
    {
        await using var visit = await Comes(clinic, paula, "/today");
        await Presses(visit, AriaRole.Link, "My trial");
        (await Reads(visit)).ShouldContain("4 periods of 42 days");
        await visit.Page.Locator("input[name=agreed]").CheckAsync();
        await Presses(visit, AriaRole.Button, "Take part");
        (await Reads(visit)).ShouldContain("You consented.");
    }

    private async Task<string> Seals(OwnClinic clinic, Account dora, string trial)
    {
        await using var visit = await Comes(clinic, dora, "/trials/" + trial, 1100);
        await Presses(visit, AriaRole.Button, "Draw and seal");
        var hash = Regex.Match(await Reads(visit), "[0-9a-f]{64}").Value;
        hash.Length.ShouldBe(64);
        return hash;
    }

    /// <summary>What each kit holds, as the pharmacist's sheet says.</summary>
    private async Task<IReadOnlyDictionary<int, bool>> MakesKits(OwnClinic clinic, Account fia)
    {
        await using var visit = await Comes(clinic, fia, "/kits", 1100);
        await Presses(visit, AriaRole.Link, "Make kits");
        await Presses(visit, AriaRole.Button, "Open the sheet");
        var rows = await visit.Page.Locator("tbody tr").AllInnerTextsAsync();
        var held = rows.ToDictionary(row => int.Parse(Regex.Match(row, @"^\s*(\d{6})").Groups[1].Value, CultureInfo.InvariantCulture), row => row.Contains("naltrexone", StringComparison.Ordinal));
        held.Count.ShouldBe((2 * Periods) + 2);
        held.Values.Count(drug => drug).ShouldBe(Periods + 1);
        foreach (var label in await visit.Page.Locator(".label").AllInnerTextsAsync()) label.ShouldContain("Naltrexone or placebo");
        return held;
    }

    /// <summary>One period: the kit of the day through the page on its first and last day, the days between as a phone sends them, and the guess.</summary>
    private async Task Lives(OwnClinic clinic, SetClock clock, Account paula, int period, IReadOnlyDictionary<int, bool> held)
    {
        var first = (period - 1) * PeriodDays;
        clock.Now = TriedClinic.At(first);
        int kit;
        await using (var visit = await Comes(clinic, paula, "/my-trial"))
        {
            if (period == 1) await Presses(visit, AriaRole.Button, "Begin on this day");
            (await Reads(visit)).ShouldContain($"Period {period} of {Periods}");
            kit = int.Parse(Regex.Match(await Reads(visit), @"one dose of kit (\d{6})").Groups[1].Value, CultureInfo.InvariantCulture);
            await Presses(visit, AriaRole.Button, "I took it");
            (await Reads(visit)).ShouldContain("You took it today.");
        }
        clinic.Archive.Read(log => DayEntry.Of(log, TriedClinic.First.PlusDays(first)).Doses[1], paula.Record!).ShouldBe(new DoseEntry.Taken(new DoseContent.Kit(kit)));
        for (var day = first; day < first + PeriodDays; day++) Scores(clinic, paula, day, held[kit]);
        clock.Now = TriedClinic.At(first + PeriodDays - 1);
        await using (var visit = await Comes(clinic, paula, "/my-trial"))
        {
            await visit.Page.Locator($"input[name=guess][value={(period % 2 == 0 ? "unknown" : "drug")}]").CheckAsync();
            await Presses(visit, AriaRole.Button, "Send");
            (await Reads(visit)).ShouldNotContain("What do you think you had?");
        }
    }

    // Seven without the drug, three with it, a little up and down; it comes within days.
    private static void Scores(OwnClinic clinic, Account paula, int day, bool drug)
    {
        var subject = Subjects.Day(TriedClinic.First.PlusDays(day));
        var score = (drug && day % PeriodDays > 5 ? 3 : 7) + (day * 7 % 3) - 1;
        List<Change> changes = [new("pain", score.ToString(CultureInfo.InvariantCulture))];
        clinic.Archive.Append(new DiaryWrite(Guid.NewGuid(), subject, clinic.Archive.Read(log => log.Head(subject), paula.Record!), changes, TriedClinic.At(day), "UTC", paula.Id), paula.Record!).ShouldBeOfType<Appended.Accepted>();
    }

    private static async Task SeesNoArm(OwnClinic clinic, params (Account Who, string Path)[] places)
    {
        foreach (var (who, path) in places)
        {
            using var http = clinic.Visitor(who);
            using var answer = await http.Get(path);
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldNotContain("ldn-4.5mg", Case.Sensitive, path);
            foreach (var period in Enumerable.Range(1, Periods)) Regex.IsMatch(text, $@"[Pp]eriod {period}\W+(?:is|was|held)\W+(?:the drug|placebo|naltrexone)").ShouldBeFalse(path);
        }
    }

    private async Task<string> Reveals(OwnClinic clinic, Account dora, string trial)
    {
        await using var visit = await Comes(clinic, dora, "/trials/" + trial, 1100);
        await Presses(visit, AriaRole.Button, "End the trial");
        await Presses(visit, AriaRole.Button, "Open it and read the answer");
        return await Reads(visit);
    }

    /// <summary>The file that is given out has the published hash, and says of each period what the pharmacist's kits held.</summary>
    private async Task Verifies(OwnClinic clinic, Account who, string place, string commitment, IReadOnlyDictionary<int, bool> held)
    {
        await using var visit = await Comes(clinic, who, place + "/answer");
        (await visit.Page.Locator("#commitment").InnerTextAsync()).ShouldBe(commitment);
        var order = new[] { await visit.Page.Locator("header.verdict").BoundingBoxAsync(), await visit.Page.Locator("#allocation-h").BoundingBoxAsync(), await visit.Page.Locator("#sure-h").BoundingBoxAsync(), await visit.Page.Locator("#guessed-h").BoundingBoxAsync() };
        order.Select(box => box!.Y).ShouldBeInOrder();
        using var http = clinic.Visitor(who);
        var file = await http.GetByteArrayAsync(new Uri(place + "/opened", UriKind.Relative));
        Convert.ToHexStringLower(SHA256.HashData(file)).ShouldBe(commitment);
        Opening.Read(Encoding.ASCII.GetString(file), out var opening).Wrong.ShouldBeNull();
        var kits = new Lowdose.Records.Trials.KeptTrials(clinic.Archive, clinic.Mode.Key, new(Exchange.TrialPieces.Write, Exchange.TrialPieces.ReadDesign, Exchange.TrialPieces.Write, Exchange.TrialPieces.ReadRecord), RandomNumberGenerator.GetBytes)
            .In(who.Organisation).Single().Trial.Kits!.All;
        foreach (var period in opening!.Periods) kits.Where(k => k.Period == period.Period).ShouldAllBe(k => held[k.Number] == period.Drug);
    }

    private async Task<Visit> Comes(OwnClinic clinic, Account who, string path, int width = 320)
    {
        var page = await clinic.Page(bedside.Browser, who, width: width);
        await page.GotoAsync(path);
        return new(page.Context, page, clinic.Address);
    }

    private static async Task Presses(Visit visit, AriaRole role, string called)
    {
        await visit.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await Phone.Leave(visit.Page, () => visit.Page.GetByRole(role, new() { NameRegex = new(called) }).First.ClickAsync());
    }

    private static async Task<string> Reads(Visit visit) => Regex.Replace((await visit.Page.Locator("main").InnerTextAsync()).Replace('\u00A0', ' '), @"\s+", " ");
}
