using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Lowdose.Safety;

namespace Lowdose.Acceptance.Clinic;

/// <summary>A prescriber approves, holds and changes a plan, and the person reads who, when and why.</summary>
public sealed class PrescribeTests
{
    /// <summary>What the plan's page holds, posted as a browser would.</summary>
    internal static async Task<HttpResponseMessage> Decide(HttpClient http, Account person, string act, params (string, string)[] fields)
    {
        var page = await http.GetStringAsync(new Uri($"/for/{person.Record}/prescribe", UriKind.Relative));
        return await http.Post($"/for/{person.Record}/prescribe{act}", [("id", Guid.NewGuid().ToString()), ("base", Base(page)), .. fields]);
    }

    private static string Base(string page) => Regex.Match(page, "name=\"base\" value=\"([^\"]*)\"").Groups[1].Value;

    private static Task<string> Text(HttpClient http, string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    [Fact]
    public async Task The_person_reads_that_the_plan_is_approved_by_whom_and_when_and_the_trail_says_so()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        using var paula = cared.Clinic.Visitor(person);
        (await Text(paula, "/course")).ShouldContain("Your plan is not approved yet.");
        (await Decide(dora, person, "/approve", ("why", "seen today"))).Goes().ShouldBe($"/for/{person.Record}/prescribe");
        var course = await Text(paula, "/course");
        course.ShouldContain("<strong>Approved</strong> by Dora Doctor on Sunday 2026-12-20. Seen today.");
        cared.Trail(person)[0].Act.ShouldBe(Act.PlanApproved);
        (await Text(dora, $"/for/{person.Record}/prescribe")).ShouldContain("<strong>Approved</strong> by you");
    }

    [Fact]
    public async Task Every_page_of_anothers_record_begins_with_whose_it_is()
    {
        await using var cared = await Cared.Start();
        var (paula, quinn) = (cared.Person("Paula"), cared.Person("Quinn"));
        using var dora = cared.Clinic.Visitor(cared.Dora);
        foreach (var person in (Account[])[paula, quinn])
            foreach (var page in (string[])["/course", "/course/report", "/course/weeks", "/prescribe", "/questionnaires"])
                (await Text(dora, $"/for/{person.Record}{page}")).ShouldContain($"<main id=\"main\"><p class=\"notice\">You are in the record of <strong>{person.ShownName}</strong>.");
        using var own = cared.Clinic.Visitor(paula);
        (await Text(own, "/course")).ShouldNotContain("You are in the record of");
    }

    [Fact]
    public async Task A_change_by_the_person_makes_it_changed_since_it_was_approved()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        using var paula = cared.Clinic.Visitor(person);
        (await Decide(dora, person, "/approve")).Dispose();
        (await paula.Post("/course/change", ("kind", "stay"), ("why", "well on it"))).Dispose();
        (await Text(paula, "/course")).ShouldContain("Changed since it was approved");
        var page = await Text(dora, $"/for/{person.Record}/prescribe");
        page.ShouldContain("Since then it was changed by the patient");
        page.ShouldContain("The plan was changed after it was approved");
    }

    [Fact]
    public async Task A_hold_is_written_with_its_reason_and_the_person_reads_both_with_the_name()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        using var paula = cared.Clinic.Visitor(person);
        using (var none = await Decide(dora, person, "/change", ("kind", "hold"), ("to", "14"), ("why", "  ")))
        {
            none.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await none.Content.ReadAsStringAsync()).ShouldContain("A change needs a reason");
        }
        (await Decide(dora, person, "/change", ("kind", "hold"), ("to", "14"), ("why", "headache: let it pass"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(paula, "/course")).ShouldContain("Hold this step. Headache: let it pass. By Dora Doctor.");
        cared.Trail(person)[0].Act.ShouldBe(Act.PlanHeld);
        cared.Trail(person).Count(e => e.Act == Act.PlanHeld).ShouldBe(1);
    }

    [Theory]
    [InlineData("ceiling", "3", "No more than 3")]
    [InlineData("time", "08:00", "Move to the morning")]
    [InlineData("finish", "", "Stop")]
    public async Task A_ceiling_a_time_and_an_end_are_changes_the_person_reads(string kind, string to, string said)
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        using var paula = cared.Clinic.Visitor(person);
        (await Decide(dora, person, "/change", ("kind", kind), ("to", to), ("why", "as we said"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(paula, "/course")).Replace('\u00A0', ' ').Replace("&#xA0;", " ", StringComparison.Ordinal).ShouldContain(said);
        cared.Trail(person)[0].Act.ShouldBe(Act.PlanChanged);
    }

    [Theory]
    [InlineData("ceiling", "6", "above the highest dose")]
    [InlineData("back", "", "lowest dose")]
    [InlineData("resume", "", "nothing holds the dose")]
    [InlineData("hold", "soon", "cannot be read")]
    [InlineData("double", "", "cannot be read")]
    public async Task What_cannot_be_done_is_refused_with_its_reason_and_nothing_is_written(string kind, string to, string said)
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        var before = cared.Clinic.Archive.Read(log => log.Writes.Count, person.Record!);
        using var answer = await Decide(dora, person, "/change", ("kind", kind), ("to", to), ("why", "why not"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(said, Case.Insensitive);
        cared.Clinic.Archive.Read(log => log.Writes.Count, person.Record!).ShouldBe(before);
        cared.Trail(person).ShouldNotContain(e => e.Act == Act.PlanChanged || e.Act == Act.PlanHeld);
    }

    [Fact]
    public async Task A_plan_beside_an_opioid_cannot_be_approved_and_the_finding_is_shown()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula", profile: new([new("tramadol")], [], [], Pregnancy.No, 43, [], [], Cared.Today));
        using var dora = cared.Clinic.Visitor(cared.Dora);
        (await Text(dora, $"/for/{person.Record}/prescribe")).ShouldContain("It cannot be approved now. Tramadol");
        using var answer = await Decide(dora, person, "/approve", ("why", "I know her"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        cared.Clinic.Archive.Read(log => log.Now(Subjects.Plan).ContainsKey(PlanFields.Approved), person.Record!).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_changed_while_the_prescriber_looked_is_looked_at_again()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        var seen = Base(await Text(dora, $"/for/{person.Record}/prescribe"));
        cared.Write(person, Subjects.Plan, 0, (PlanFields.Change("stay-1"), "stay from 2026-12-20: well"));
        using var answer = await dora.Post($"/for/{person.Record}/prescribe/approve", ("id", Guid.NewGuid().ToString()), ("base", seen));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("The plan was changed while you looked at it");
    }

    [Trait("trust", "S24")]
    [Fact]
    public async Task The_same_decision_sent_twice_is_written_and_noted_once()
    {
        await using var cared = await Cared.Start();
        var person = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        var (id, seen) = (Guid.NewGuid().ToString(), Base(await Text(dora, $"/for/{person.Record}/prescribe")));
        for (var i = 0; i < 2; i++) (await dora.Post($"/for/{person.Record}/prescribe/approve", ("id", id), ("base", seen))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        cared.Trail(person).Count(e => e.Act == Act.PlanApproved).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_decides_about_a_record_they_were_not_let_in_to_nor_about_their_own()
    {
        await using var cared = await Cared.Start();
        var (person, hidden) = (cared.Person("Paula"), cared.Person("Rosa", letsIn: false));
        using var dora = cared.Clinic.Visitor(cared.Dora);
        using var paula = cared.Clinic.Visitor(person);
        foreach (var (http, path) in ((HttpClient, string)[])[(dora, $"/for/{hidden.Record}/prescribe"), (paula, "/prescribe"), (paula, $"/for/{person.Record}/prescribe")])
        {
            (await http.Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await http.Post(path + "/approve", ("id", Guid.NewGuid().ToString()))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        // What the person's own device writes is no approval.
        cared.Write(person, Subjects.Plan, 0, (PlanFields.Approved, "yes"));
        (await Text(paula, "/course")).ShouldContain("Your plan is not approved yet.");
    }
}
