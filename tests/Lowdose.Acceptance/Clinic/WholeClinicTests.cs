using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Records;
using Lowdose.Acceptance.Reminders;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Microsoft.Playwright;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>One course in a clinic on PostgreSQL, each in a real browser of their own: administrator, person, prescriber, carer and pharmacist.</summary>
[Collection(nameof(Bedside))]
public sealed class WholeClinicTests(Bedside bedside)
{
    private const int Baseline = 16, HeldOn = Baseline + 28, FreeOn = HeldOn + 13, Days = 62;
    private const string Planted = "canarynote of the cedar wood";
    private static readonly int[] CarersDays = [4, 9, HeldOn - 3];
    private static readonly LocalDate First = OwnDiary.Today;

    [Fact, Trait("speed", "slow")]
    public async Task From_the_first_code_through_a_held_step_and_a_verdict_to_consent_taken_back()
    {
        var store = new ServerStore();
        var clock = new SetClock(At(0));
        await using var clinic = await OwnClinic.Start(clock, empty: true, store: store);
        await using var ada = await Member.Arrives("Ada Admin", bedside.Browser, clinic, 1100);
        await using var dora = await Member.Arrives("Dora Doctor", bedside.Browser, clinic, 1100);
        await using var fia = await Member.Arrives("Fia Pharmacist", bedside.Browser, clinic, 1100);
        await using var paula = await Member.Arrives("Paula Person", bedside.Browser, clinic, 320);
        await using var nora = await Member.Arrives("Nora Niece", bedside.Browser, clinic, 320);

        await ada.Begins(clinic.FirstCode!, "Clinic of the Meadow");
        await dora.JoinsWithPassword(await ada.Invites("Prescriber"), app: true);
        await fia.JoinsWithPasskey(await ada.Invites("Pharmacist"));
        await paula.JoinsWithPasskey(await ada.Invites("Person"));
        await nora.JoinsWithPassword(await LetsEverybodyIn(paula), app: false);
        await Begins(paula);
        var record = await Approves(dora);
        (await paula.Opens("/course")).ShouldContain($"Approved by Dora Doctor on {Named(0)}. As we said.");

        // Paula writes most days, Nora some for her; a headache in the last week before the step.
        await Travel(clock, paula, 1);
        await WritesToday(paula);
        foreach (var day in CarersDays)
        {
            await Travel(clock, nora, day);
            await WritesFor(nora, record, headache: day > Baseline);
        }
        await Travel(clock, paula, HeldOn);
        await Sends(paula, Enumerable.Range(2, HeldOn - 2).Except(CarersDays));
        (await paula.Opens($"/day/{Iso(CarersDays[0])}")).ShouldContain(", by Nora Niece");
        await OnlyPrepares(fia, clock, record);
        await HoldsTheStep(paula);
        await SeesWhyAndDecides(dora, clock, record);
        await Travel(clock, paula, FreeOn);
        var course = await paula.Opens("/course");
        course.ShouldContain("Go on with the plan. Headache is gone. By Dora Doctor.");
        course.ShouldContain("Approved by Dora Doctor");

        await Travel(clock, paula, Days);
        await Sends(paula, Enumerable.Range(HeldOn, Days - HeldOn));
        await paula.Page.GotoAsync("/course");
        var answer = await paula.Reads("section[aria-labelledby=works-h] .lead");
        answer.ShouldContain("1 mg");
        answer.ShouldNotContain("too early");
        await dora.SignsIn($"/for/{record}/course");
        (await dora.Reads("section[aria-labelledby=works-h] .lead")).ShouldBe(answer);

        await SawEveryLook(paula, clinic, record, (dora, "Dora Doctor, prescriber"), (fia, "Fia Pharmacist, pharmacist"), (nora, "Nora Niece, carer"));
        await IsShutOut(dora, paula, clinic);
        Whole(store, clinic);
        foreach (var one in (Member[])[ada, dora, fia, paula, nora]) one.Visit.Abroad.ShouldBeEmpty();
    }

    // Prescriber and pharmacist by name, the carer with a code, which is answered.
    private static async Task<string> LetsEverybodyIn(Member paula)
    {
        await paula.Page.GotoAsync("/rights");
        await paula.Presses(AriaRole.Button, "Let them in.*Dora Doctor");
        await paula.Presses(AriaRole.Button, "Let them in.*Fia Pharmacist");
        await paula.Presses(AriaRole.Button, "Make a code for them");
        return await paula.Page.Locator("main code").InnerTextAsync();
    }

    private static async Task Begins(Member paula)
    {
        await CarePath.AnswerAll(paula.Visit, "levothyroxine");
        await paula.Page.Locator("[formaction='/plan']").ClickAsync();
        await CarePath.PlanLiquid(paula.Visit, start: Iso(Baseline));
        await CarePath.Press(paula.Visit, "Start my course with this plan");
        (await paula.Reads("h1")).ShouldBe("What should get better?");
        await CarePath.Press(paula.Visit, "Pain");
        (await paula.Reads("h1")).ShouldStartWith($"Today: The first dose is on {Named(Baseline)}.");
    }

    // Approves the plan from the list; the record, as the address names it.
    private static async Task<string> Approves(Member dora)
    {
        var list = await dora.Opens("/clinic");
        list.ShouldContain("Paula Person");
        list.ShouldContain("The plan is not approved");
        await dora.Presses(AriaRole.Link, "Decide.*Paula Person");
        (await dora.Reads()).ShouldContain("evothyroxine");
        await dora.Page.FillAsync("#why", "as we said");
        await dora.Presses(AriaRole.Button, "Approve this plan");
        (await dora.Reads()).ShouldContain("Approved by you");
        return new Uri(dora.Page.Url).AbsolutePath.Split('/')[2];
    }

    private static async Task WritesToday(Member paula)
    {
        await paula.Page.GotoAsync("/today");
        await paula.Page.WaitForSelectorAsync("form.day-entry[data-ready]");
        await paula.Page.Locator("label.pick:has(input[name=pain][value='7'])").ClickAsync();
        await paula.Page.Locator("summary", new() { HasTextString = "Note" }).ClickAsync();
        await paula.Page.FillAsync("#note", Planted);
        await paula.Page.Locator("h1").ClickAsync();
        await Until(paula, "document.querySelector('#saved').dataset.unsent === '0'");
    }

    private static async Task WritesFor(Member nora, string record, bool headache)
    {
        (await nora.Opens("/helping")).ShouldContain("You can see the diary and write in it.");
        await nora.Presses(AriaRole.Link, "Write today.*Paula Person");
        new Uri(nora.Page.Url).AbsolutePath.ShouldBe($"/for/{record}/today");
        await nora.Unfolds();
        await nora.Page.Locator($"label.pick:has(input[name=pain][value='{(headache ? 3 : 7)}'])").ClickAsync();
        if (headache)
        {
            await nora.Page.Locator("label.pick:has(input[name='effect/headache'][value=mild])").ClickAsync();
            await nora.Page.Locator("label.pick:has(input[name=dose][value^=taken])").First.ClickAsync();
        }
        await Phone.Leave(nora.Page, () => nora.Page.Locator("#saved button[data-plain]").ClickAsync());
        (await nora.Reads()).ShouldContain(headache ? "Headache: mild" : "Pain: 7");
    }

    // As the person's phone sends what waited on it: pain 7 before, falling to 3.
    private static async Task Sends(Member paula, IEnumerable<int> days)
    {
        object[] writes = [.. days.Select(n =>
        {
            Dictionary<string, string> changes = new() { ["pain"] = Number(n < Baseline + 7 ? 7 - (n % 3 == 0 ? 1 : 0) : 3 + (n % 4 == 0 ? 1 : 0)), ["fatigue"] = Number(5 + (n % 2)) };
            if (n >= Baseline) changes["dose"] = n < Baseline + 14 ? "taken 0.5 mg" : n < FreeOn + 1 ? "taken 1 mg" : "taken 1.5 mg";
            if (n is > HeldOn - 8 and < HeldOn) changes["effect/headache"] = "mild";
            return new { id = Guid.NewGuid(), subject = Subjects.Day(Day(n)), @base = (string?)null, changes, writtenAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(At(n)), zone = "UTC" };
        })];
        await paula.Page.GotoAsync("/course");
        var answer = await paula.Page.EvaluateAsync<string>("""
            async writes => {
              const sent = await fetch("/writes", { method: "POST", headers: { "Content-Type": "application/json" }, body: writes });
              return `${sent.status} ${await sent.text()}`;
            }
            """, JsonSerializer.Serialize(writes));
        answer.ShouldStartWith("200");
        answer.ShouldNotContain("\"what\"");
    }

    private static async Task OnlyPrepares(Member fia, SetClock clock, string record)
    {
        await fia.Lives(clock.Now);
        await fia.SignsIn("/preparing");
        await fia.Presses(AriaRole.Link, "Paula Person");
        var sheet = await fia.Reads();
        sheet.ShouldContain("To prepare for Paula Person");
        sheet.ShouldContain("Approved by Dora Doctor");
        sheet.ShouldContain("1 mg/mL");
        (await fia.Page.ContentAsync()).ShouldNotContain("canary");
        sheet.ShouldNotContain("eadache");
        sheet.ShouldNotContain("ain 7");
        foreach (var shut in (string[])["/today", $"/day/{Iso(1)}", "/course", "/course/report", "/course/weeks", "/prescribe", "/questionnaires", "/settings/who-looked"])
        {
            (await fia.Page.GotoAsync($"/for/{record}{shut}"))!.Status.ShouldBe(404, shut);
            (await fia.Reads()).ShouldContain("There is nothing here");
        }
    }

    private static async Task HoldsTheStep(Member paula)
    {
        await paula.Page.GotoAsync("/course");
        (await paula.Reads("h1")).ShouldBe("Today: A side effect lasts. Choose what to do about it.");
        await paula.Presses(AriaRole.Button, "Hold this step");
        var held = await paula.Reads();
        held.ShouldContain("Changed since it was approved by Dora Doctor");
        held.ShouldContain("Today: Take 1 mg");
    }

    // First that the hold is right; two weeks later, that the plan goes on.
    private static async Task SeesWhyAndDecides(Member dora, SetClock clock, string record)
    {
        await dora.Lives(clock.Now);
        await dora.SignsIn("/clinic");
        var list = await dora.Reads();
        list.ShouldContain("The step to 1.5 mg a day is held. Headache: a side effect for 7 days.");
        list.ShouldContain("The plan was changed after it was approved");
        await dora.Presses(AriaRole.Link, "Decide.*Paula Person");
        await dora.Page.FillAsync("#why", "the hold is right");
        await dora.Presses(AriaRole.Button, "Approve this plan");
        (await dora.Opens("/clinic")).ShouldNotContain("is held");

        clock.Now = At(FreeOn);
        await dora.Lives(clock.Now);
        await dora.SignsIn($"/for/{record}/prescribe");
        await dora.Unfolds();
        await dora.Page.FillAsync("#why-resume", "headache is gone");
        await dora.Presses(AriaRole.Button, "Go on");
        (await dora.Reads()).ShouldContain("Headache is gone");
    }

    // The page tells as many looks and writes of each as their browsers were answered.
    private static async Task SawEveryLook(Member paula, OwnClinic clinic, string record, params (Member Who, string Called)[] others)
    {
        Dictionary<string, int> told = [];
        await paula.Page.GotoAsync("/settings/who-looked");
        for (var more = true; more;)
        {
            foreach (var line in await paula.Page.Locator(".looks li").AllInnerTextsAsync())
            {
                var (who, times) = (others.Single(o => line.Contains(o.Called, StringComparison.Ordinal)).Called, Regex.Match(line, @", (\d+) times$"));
                told[who] = told.GetValueOrDefault(who) + (times.Success ? int.Parse(times.Groups[1].Value, CultureInfo.InvariantCulture) : line.EndsWith(", twice", StringComparison.Ordinal) ? 2 : 1);
            }
            more = await paula.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).CountAsync() > 0;
            if (more) await paula.Presses(AriaRole.Link, "Older");
        }
        var account = clinic.Accounts.OfRecord(record)!;
        var trail = new AuditTrail(clinic.Archive, clinic.Clock).Of(record, account.Id, byOthers: true, null, 1000);
        foreach (var (who, called) in others)
        {
            // A redirect that answers a look is the way to the sign-in.
            var asked = who.Answers.Count(a => a.Path.StartsWith($"/for/{record}/", StringComparison.Ordinal) && (a.Status == 200 || a is { Method: "POST", Status: 302 }));
            var actor = clinic.Accounts.In(account.Organisation).Single(a => called.StartsWith(a.ShownName, StringComparison.Ordinal)).Id;
            var noted = trail.Where(e => e.Actor == actor).ToArray();
            told[called].ShouldBe(noted.Length, called);
            noted.Count(e => e is { Act: Act.RecordSeen or Act.RecordWritten, Detail: not "clinic list" }).ShouldBe(asked, called);
        }
        trail.Count(e => e.Act == Act.PlanApproved).ShouldBe(2);
        trail.Count(e => e.Act == Act.PlanChanged).ShouldBe(1);
        trail.ShouldContain(e => e.Detail == "clinic list");
    }

    private static async Task IsShutOut(Member dora, Member paula, OwnClinic clinic)
    {
        (await dora.Reads()).ShouldStartWith("You are in the record of Paula Person.");
        await paula.Page.GotoAsync("/rights");
        await paula.Presses(AriaRole.Button, "Take it back.*Dora Doctor");
        (await paula.Reads()).ShouldContain("Fia Pharmacist");
        await dora.Presses(AriaRole.Link, "Report on one page");
        dora.Answers.ShouldContain(a => a.Path.EndsWith("/course/report", StringComparison.Ordinal) && a.Status == (int)HttpStatusCode.NotFound);
        (await dora.Reads()).ShouldStartWith("There is nothing here");
        (await dora.Opens("/clinic")).ShouldContain("Nobody has let you in yet");
        clinic.Archive.IsOnServer.ShouldBeTrue();
    }

    private static void Whole(ServerStore store, OwnClinic clinic)
    {
        var outcome = LowdoseProcess.Run("audit", "verify", "--database", store.Connection!);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Output.ShouldContain($"The audit trail is whole: {new AuditTrail(clinic.Archive, clinic.Clock).Head().Sequence} entries");
    }

    private static async Task Travel(SetClock clock, Member who, int day)
    {
        clock.Now = At(day);
        await who.Lives(clock.Now);
    }

    private static async Task Until(Member who, string isSo)
    {
        for (var i = 0; i < 200 && !await who.Page.EvaluateAsync<bool>(isSo); i++) await Task.Delay(50);
        (await who.Page.EvaluateAsync<bool>(isSo)).ShouldBeTrue(isSo);
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static LocalDate Day(int n) => First.PlusDays(n);

    private static string Iso(int n) => Phone.Iso(Day(n));

    private static string Named(int n) => $"{Day(n).DayOfWeek} {Iso(n)}";

    private static Instant At(int n) => Day(n).At(new LocalTime(18, 30)).InZoneLeniently(DateTimeZoneProviders.Tzdb.GetSystemDefault()).ToInstant();
}
