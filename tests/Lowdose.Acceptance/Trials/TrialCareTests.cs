using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Trials;

namespace Lowdose.Acceptance.Trials;

/// <summary>A trial runs: a kit is lost, a finding stops a period, people come in groups, doses go up and down.</summary>
public sealed class TrialCareTests
{
    [Fact]
    public async Task A_lost_kit_has_a_spare_that_the_pharmacist_gives_out_and_the_persons_page_names()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        using var fia = clinic.Clinic.Visitor(clinic.Fia);
        using var person = clinic.Clinic.Visitor(clinic.People[0]);
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        var kit = clinic.Now.Trial.Kits!.All.First(k => k.Period == 1).Number;
        (await Page(person, "/my-trial")).ShouldContain($"Take one dose of kit {kit}");
        var given = await Sent(fia, "/kits/" + clinic.Id, ("kit", $"{kit}"));
        var spare = clinic.Now.Trial.InPlaceOf(kit);
        spare.ShouldNotBe(kit);
        given.ShouldContain($"Give out spare {spare} for kit {kit}");
        given.ShouldContain($"given out for kit {kit}: P1, period 1");
        (await Page(person, "/my-trial")).ShouldContain($"Take one dose of kit {spare}");
        (await person.Post("/my-trial/taken", ("taken", "yes"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        clinic.Clinic.Archive.Read(log => DayEntry.Of(log, TriedClinic.First).Doses[1], clinic.People[0].Record!).ShouldBe(new DoseEntry.Taken(new DoseContent.Kit(spare)));
        // One spare of each kind was made; a second one given out would tell that two kits differ, whatever they hold.
        (await Sent(fia, "/kits/" + clinic.Id, ("kit", $"{spare}"))).ShouldContain("could tell who has what");
        (await dora.Post("/kits/" + clinic.Id, ("kit", $"{kit}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_safety_finding_stops_the_kit_and_everybody_is_told_what_to_do_next()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        clinic.Clock.Now = TriedClinic.At(3);
        using var fia = clinic.Clinic.Visitor(clinic.Fia);
        using var person = clinic.Clinic.Visitor(clinic.People[0]);
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        clinic.Writes(TriedClinic.First.PlusDays(2), ("dose", $"taken kit {clinic.Now.Trial.Kits!.All[0].Number}"));
        clinic.Writes(TriedClinic.First.PlusDays(3), ("effect/headache", "severe"));
        var page = await Page(person, "/my-trial");
        page.ShouldContain("Take no kit now. Act as if it holds the drug. It is because of: Headache.");
        page.ShouldContain("Headache: It was severe.");
        page.ShouldNotContain("Take one dose of kit");
        (await person.Post("/my-trial/taken", ("taken", "yes"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Page(dora, "/trials/" + clinic.Id)).ShouldContain("Something stops the kit: Headache.");
        (await person.Post("/my-trial/stop", ("why", "side-effect-ask: Headache"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var stopped = clinic.Now.Trial.StopOf("P1", 1)!;
        (stopped.Finding, stopped.Day).ShouldBe(("side-effect-ask: Headache", TriedClinic.First.PlusDays(2)));
        (await Page(person, "/my-trial")).ShouldContain("Period 1 was stopped on 2026-12-03. Take no more of its kits. Call your prescriber.");
        (await Page(person, "/my-trial")).ShouldContain("If they agree, go on with period 2 on 2026-12-22.");
        (await Page(dora, "/trials/" + clinic.Id)).ShouldContain("Speak with them, and treat them as if they had the drug. If you agree, they go on with period 2 on 2026-12-22.");
        (await Page(fia, "/kits/" + clinic.Id)).ShouldContain($"P1, period 1 was stopped on 2026-12-03. Give out no more of kits {clinic.Now.Trial.Kits!.All.First(k => k.Period == 1).Number}.");
        clinic.Clock.Now = TriedClinic.At(21);
        clinic.Writes(TriedClinic.First.PlusDays(4), ("effect/headache", "none"));
        (await Seen(clinic, clinic.People[0], "/my-trial")).ShouldContain("Take this kit only if your prescriber agrees.");
    }

    [Fact]
    public async Task What_was_taken_of_what_was_planned_is_said_in_the_same_words_to_everybody()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        var kit = clinic.Now.Trial.Kits!.All[0].Number;
        for (var day = 0; day < 5; day++) clinic.Writes(TriedClinic.First.PlusDays(day), ("dose", day == 2 ? "skipped" : $"taken kit {kit}"));
        clinic.Clock.Now = TriedClinic.At(6);
        using var person = clinic.Clinic.Visitor(clinic.People[0]);
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        using var rosa = clinic.Clinic.Visitor(clinic.Rosa);
        (await Page(person, "/my-trial")).ShouldContain("You took the kit on 4 of 6 planned days.");
        (await Page(dora, "/trials/" + clinic.Id)).ShouldContain("Took the kit on 4 of 6 planned days.");
        (await Page(rosa, "/studies/" + clinic.Id)).ShouldContain("4 of 6");
        // Whoever looks is noted.
        new AuditTrail(clinic.Clinic.Archive, clinic.Clock).Of(clinic.People[0].Record!, clinic.People[0].Id, byOthers: true, null, 20).ShouldContain(e => e.Act == Act.RecordSeen && e.Actor == clinic.Dora.Id);
    }

    [Fact]
    public async Task A_trial_that_is_not_over_is_ended_with_a_reason_only()
    {
        await using var clinic = await TriedClinic.Start();
        await clinic.Sealed();
        clinic.Begins();
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        (await dora.Post($"/trials/{clinic.Id}/close", ("why", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await dora.Post($"/trials/{clinic.Id}/close", ("why", "no more kits"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        clinic.Now.Trial.Records.OfType<TrialRecord.Closed>().Single().StoppedEarly.ShouldBe("no more kits");
    }

    [Theory]
    [InlineData("trial-parallel", "groups"), InlineData("trial-parallel", "minimised"), InlineData("trial-crossover", "")]
    public async Task People_are_grouped_by_what_the_form_says_and_asked_for_their_level(string design, string dealt)
    {
        await using var clinic = await TriedClinic.Start(people: 3);
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        (string, string)[] asked = [("design", design), ("people", "3"), ("days", "56"), ("pairs", "1"), ("outcome", "pain"), ("change", "1"), ("decision", "Go on if it works."), ("name", "grouped"), ("dealt", dealt)];
        if (design == "trial-crossover") (await Sent(dora, "/trials/new", [.. asked.Select(a => a.Item1 == "people" ? ("people", "2") : a)])).ShouldContain("A crossover needs 3 people or more");
        (await Sent(dora, "/trials/new", [.. asked, ("factors", "sex woman man")])).ShouldContain("does not say what people are grouped by");
        (await dora.Post("/trials/new", [.. asked, ("factors", "sex: woman, man\nage: under 50, 50 or more")])).StatusCode.ShouldBe(HttpStatusCode.Found);
        var kept = clinic.Kept.In(clinic.Dora.Organisation).Single();
        kept.Trial.Design.TrialOrUsual.Factors.Select(f => f.Name).ShouldBe(["sex", "age"]);
        if (dealt.Length > 0) kept.Trial.Design.TrialOrUsual.Allocation.ToString().ShouldBe(dealt, StringCompareShould.IgnoreCase);
        (await Page(dora, "/trials/" + kept.Id)).ShouldContain("Sex woman man");
        (await Sent(dora, $"/trials/{kept.Id}/enrol", ("record", clinic.People[0].Record!), ("level-0", "woman"), ("level-1", "young"))).ShouldContain("no level of age");
        foreach (var person in clinic.People) (await dora.Post($"/trials/{kept.Id}/enrol", ("record", person.Record!), ("level-0", "woman"), ("level-1", "50 or more"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        foreach (var person in clinic.People)
        {
            using var http = clinic.Clinic.Visitor(person);
            (await http.Post("/my-trial/consent", ("agreed", "yes"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        }
        (await dora.Post($"/trials/{kept.Id}/seal")).StatusCode.ShouldBe(HttpStatusCode.Found);
        kept = clinic.Kept.In(clinic.Dora.Organisation).Single();
        kept.Trial.Subjects.ShouldAllBe(s => s.Levels.SequenceEqual(new[] { "woman", "50 or more" }));
        kept.Trial.Commitment.ShouldNotBeNull();
    }

    [Fact]
    public async Task In_an_up_and_down_search_the_record_proposes_the_next_dose_to_the_pharmacist_and_to_nobody_else()
    {
        await using var clinic = await TriedClinic.Start(people: 2);
        using var planning = clinic.Clinic.Visitor(clinic.Dora);
        (await planning.Post("/trials/new", ("design", "trial-up-and-down"), ("people", "27"), ("outcome", "pain"), ("change", "1"), ("decision", "It helped where pain fell by 2."), ("name", "search"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var id = clinic.Kept.In(clinic.Dora.Organisation).Single().Id;
        string[] doses = ["3 mg", "2.25 mg"];
        foreach (var (n, account) in clinic.People.Index())
        {
            var place = $"P{n + 1}";
            using var dora = clinic.Clinic.Visitor(clinic.Dora);
            using var fia = clinic.Clinic.Visitor(clinic.Fia);
            (await dora.Post($"/trials/{id}/enrol", ("record", account.Record!))).StatusCode.ShouldBe(HttpStatusCode.Found);
            using var person = clinic.Clinic.Visitor(account);
            (await Page(person, "/my-trial")).ShouldContain("You do not know how much.");
            (await person.Post("/my-trial/consent", ("agreed", "yes"))).StatusCode.ShouldBe(HttpStatusCode.Found);
            (await person.Post("/my-trial/start", ("day", "2026-12-01"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await Page(fia, "/kits/" + id)).ShouldContain($"Next: {place}. Make naltrexone hydrochloride {doses[n]} a day for 14 days");
            (await Sent(fia, "/kits/" + id)).ShouldContain($"naltrexone hydrochloride {doses[n]} a capsule {place}");
            (await person.Post("/my-trial/start", ("day", $"{clinic.Clock.Now.InUtc().Date:uuuu-MM-dd}"))).StatusCode.ShouldBe(HttpStatusCode.Found);
            clinic.Clock.Now = TriedClinic.At((n * 40) + 8);
            var kit = clinic.Kept.Find(id, clinic.Dora.Organisation)!.Trial.KitsOfSearch[^1].Number;
            (await Seen(clinic, account, "/my-trial")).ShouldContain($"Take one dose of kit {kit}");
            clinic.Clock.Now = TriedClinic.At((n + 1) * 40);
            await Answers(clinic, id, place, n == 0);
            foreach (var (who, path) in ((Account, string)[])[(clinic.Dora, "/trials/" + id), (clinic.Rosa, "/studies/" + id), (clinic.Rosa, $"/studies/{id}/days"), (account, "/my-trial")]) Regex.IsMatch(await Seen(clinic, who, path), @"\b2\.25\b|hydrochloride").ShouldBeFalse(path);
        }
        using (var again = clinic.Clinic.Visitor(clinic.Dora))
        {
            (await again.Post($"/trials/{id}/close", ("why", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "25 have not come yet");
            (await again.Post($"/trials/{id}/close", ("why", "enough"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        }
        (await Seen(clinic, clinic.Dora, $"/trials/{id}/answer")).ShouldContain("Half respond at about");
        (await Seen(clinic, clinic.People[0], "/my-trial/answer")).ShouldContain("Your kit held naltrexone 3 mg a day. It helped, by the rule.");
    }

    // Signed in anew: a session does not last from one person of a search to the next.
    private static async Task Answers(TriedClinic clinic, string id, string place, bool helped)
    {
        using var dora = clinic.Clinic.Visitor(clinic.Dora);
        (await dora.Post($"/trials/{id}/answered", ("place", place), ("helped", helped ? "yes" : "no"))).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    private static async Task<string> Seen(TriedClinic clinic, Account who, string path)
    {
        using var http = clinic.Clinic.Visitor(who);
        return await Page(http, path);
    }

    private static async Task<string> Sent(HttpClient http, string path, params (string, string)[] fields) => Plain(await (await http.Post(path, fields)).Content.ReadAsStringAsync());

    private static async Task<string> Page(HttpClient http, string path) => Plain(await http.GetStringAsync(new Uri(path, UriKind.Relative)));

    // What is read of a page: its words, with plain spaces and no space before a full stop.
    private static string Plain(string page) => Regex.Replace(Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(page, "<[^>]+>", " ")).Replace('\u00A0', ' '), @"\s+", " "), @" ([.,:;])", "$1");
}
