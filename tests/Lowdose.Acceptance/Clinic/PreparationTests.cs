using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Safety;

namespace Lowdose.Acceptance.Clinic;

/// <summary>A pharmacist sees what to make for those who let them in, and nothing else.</summary>
public sealed class PreparationTests
{
    private static async Task<string> Text(HttpClient http, string path) =>
        WebUtility.HtmlDecode(await http.GetStringAsync(new Uri(path, UriKind.Relative))).Replace('\u00A0', ' ');

    private static Account Pharmacist(Cared cared, params Account[] people)
    {
        var fia = cared.Clinic.Somebody(Role.Pharmacist, "Fia Pharmacist");
        foreach (var person in people) new Consent(cared.Clinic.Archive, cared.Clinic.Clock).Give(person, fia.Id, May.Prepare).ShouldBeNull();
        return fia;
    }

    [Fact]
    public async Task Doses_days_capsules_allergies_and_who_approved_are_there()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula", profile: new([], [], [], Pregnancy.No, 43, [], ["lactose"], Cared.Today));
        using var fia = cared.Clinic.Visitor(Pharmacist(cared, paula));
        (await Text(fia, "/preparing")).ShouldContain($"/for/{paula.Record}/preparation");
        var page = await Text(fia, $"/for/{paula.Record}/preparation");
        page.ShouldContain("To prepare for Paula");
        page.ShouldContain("No prescriber has approved this plan.");
        page.ShouldContain("From Sunday 2026-12-20 to Monday 2027-01-18");
        // Ten days of fourteen at 1.5 mg have passed: 4 of them, 14 of 3 mg and 12 of 4.5 mg are left of thirty.
        page.ShouldContain("The doses, in all 102 mg");
        page.ShouldContain("Allergies, as the patient wrote them: lactose.");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        (await PrescribeTests.Decide(dora, paula, "/approve", ("why", "canaryreason"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page = await Text(fia, $"/for/{paula.Record}/preparation");
        page.ShouldContain("<strong>Approved</strong> by Dora Doctor on Sunday 2026-12-20.");
        page.ShouldNotContain("canaryreason");
        cared.Trail(paula)[0].ShouldSatisfyAllConditions(e => e.Act.ShouldBe(Act.RecordSeen), e => e.Detail.ShouldBe("preparation"));
    }

    [Fact]
    public async Task A_liquid_is_asked_for_in_the_strength_of_the_plan_and_with_no_formula_of_another()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        cared.Write(paula, Subjects.Plan, 0, (PlanFields.Product, "50 mg in 100 mL"));
        using var fia = cared.Clinic.Visitor(Pharmacist(cared, paula));
        var page = await Text(fia, $"/for/{paula.Record}/preparation");
        page.ShouldContain("0.5 mg/mL");
        page.ShouldContain("204 mL in all for these 30 days");
        page.ShouldNotContain("hospital formula for");
    }

    [Trait("trust", "S2")]
    [Fact]
    public async Task Nothing_of_the_diary_of_reasons_or_of_an_answer_can_be_read()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula", days: 20, random: new Random(1), profile: new([new("canarymedicine")], ["canarycondition"], [], Pregnancy.No, 43, [], [], Cared.Today));
        (string, string?)[] planted =
        [
            .. DayFields.Scores.Select(s => (s, (string?)"7")), ("note", "canarynote"), ("crash", "yes"), ("event/infection", "canaryevent"), ("treatment/canarytreatment", "started: canarydose"),
            ("effect/canaryeffect", "severe"), ("effect/vivid-dreams", "severe"),
        ];
        cared.Write(paula, Subjects.Day(Cared.Today.PlusDays(-1)), 0, planted);
        using (var own = cared.Clinic.Visitor(paula)) (await own.Post("/course/change", ("kind", "stay"), ("why", "canarywhy"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var fia = Pharmacist(cared, paula);
        using var http = cared.Clinic.Visitor(fia);
        var page = await Text(http, $"/for/{paula.Record}/preparation");
        page.ShouldNotContain("canary", Case.Insensitive);
        // Titles of sources are whatever their authors called them.
        var shown = Regex.Replace(page, "<p class=\"on-paper\">.*?</p>|<script.*?</script>|<details.*?</details>|<[^>]+>", " ", RegexOptions.Singleline);
        foreach (var word in (string[])["pain", "fatigue", "sleep", "mood", "stress", "function", "crash", "infection", "dreams", "verdict", "Is it working", "works", "unclear", "too early", "score", "My course"])
            Regex.Matches(shown, $@"\b{word}\b", RegexOptions.IgnoreCase).Select(m => shown[Math.Max(0, m.Index - 25)..m.Index]).Where(before => !before.Contains("at the same time", StringComparison.Ordinal)).ShouldBeEmpty(word);
        page.ShouldNotContain($"/for/{paula.Record}/course");
        foreach (var shut in (string[])["/course", "/today", "/course/report", "/prescribe", "/questionnaires"]) (await http.Get($"/for/{paula.Record}{shut}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, shut);
    }

    [Fact]
    public async Task What_the_screen_forbids_is_said_without_why()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        cared.Write(paula, Subjects.Day(Cared.Today), 0, ("treatment/tramadol", "started"));
        using var fia = cared.Clinic.Visitor(Pharmacist(cared, paula));
        var page = await Text(fia, $"/for/{paula.Record}/preparation");
        page.ShouldContain("found something that forbids LDN");
        page.ShouldNotContain("tramadol", Case.Insensitive);
    }

    [Fact]
    public async Task Somebody_without_a_plan_needs_nothing_and_whoever_took_consent_back_is_gone_at_once()
    {
        await using var cared = await Cared.Start();
        var (paula, bare) = (cared.Person("Paula"), cared.Clinic.Somebody(Role.Person, "Bea"));
        var fia = Pharmacist(cared, paula, bare);
        using var http = cared.Clinic.Visitor(fia);
        (await Text(http, $"/for/{bare.Record}/preparation")).ShouldContain("There is nothing to make.");
        new Consent(cared.Clinic.Archive, cared.Clinic.Clock).Withdraw(paula, fia.Id);
        (await Text(http, "/preparing")).ShouldNotContain("Paula");
        (await http.Get($"/for/{paula.Record}/preparation")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
