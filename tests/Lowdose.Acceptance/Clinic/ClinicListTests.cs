using System.Diagnostics;
using System.Net;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Web;
using Lowdose.Diary;
using Lowdose.Records.Clinic;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Clinic;

/// <summary>The list of those who need a prescriber.</summary>
[Collection(nameof(Bedside))]
public sealed class ClinicListTests(Bedside bedside, ITestOutputHelper says)
{
    [Fact]
    public async Task Who_let_the_prescriber_in_is_listed_danger_first_and_nobody_else()
    {
        await using var cared = await Cared.Start();
        var (quiet, danger, hidden) = (cared.Person("Quinn"), cared.Person("Paula"), cared.Person("Rosa", letsIn: false));
        cared.Write(danger, Subjects.Day(Cared.Today), 0, ("treatment/tramadol", "started"));
        using var dora = cared.Clinic.Visitor(cared.Dora);
        var page = await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative));
        page.ShouldNotContain("Rosa");
        page.ShouldContain("Stop: tramadol, new since the course began");
        page.ShouldContain("The plan is not approved");
        page.IndexOf("Paula", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("Quinn", StringComparison.Ordinal));
        page.ShouldContain($"/for/{danger.Record}/course");
        page.ShouldContain($"/for/{danger.Record}/prescribe");
        foreach (var (seen, person) in ((bool, Account)[])[(true, danger), (true, quiet), (false, hidden)])
            cared.Trail(person).Any(e => e is { Act: Act.RecordSeen, Detail: "clinic list" } && e.Actor == cared.Dora.Id).ShouldBe(seen);
    }

    [Trait("trust", "S4")]
    [Fact]
    public async Task Consent_that_is_taken_back_takes_the_person_off_the_list_at_once()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        (await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative))).ShouldContain("Paula");
        new Consent(cared.Clinic.Archive, cared.Clinic.Clock).Withdraw(paula, cared.Dora.Id);
        var page = await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative));
        page.ShouldNotContain("Paula");
        page.ShouldContain("Nobody has let you in yet");
    }

    [Fact]
    public async Task Nobody_but_a_prescriber_has_the_list_and_no_personal_computer_has_one()
    {
        await using var cared = await Cared.Start();
        using var paula = cared.Clinic.Visitor(cared.Person("Paula"));
        using var admin = cared.Clinic.Visitor(cared.Clinic.Admin);
        using var nobody = cared.Clinic.Visitor();
        (await paula.Get("/clinic")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await paula.Get("/prescribe")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.Get("/clinic")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await nobody.Get("/clinic")).Goes().ShouldBe("/sign-in?then=%2Fclinic");
        await using var diary = await OwnDiary.Start();
        using var own = new HttpClient { BaseAddress = new(diary.Address) };
        foreach (var address in (string[])["/clinic", "/prescribe"]) (await own.Get(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_approved_course_is_folded_below_as_needing_nothing()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        using var dora = cared.Clinic.Visitor(cared.Dora);
        (await PrescribeTests.Decide(dora, paula, "/approve")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative));
        page.ShouldContain("<h1>Nothing needs you</h1>");
        page.ShouldContain("Paula");
    }

    [Fact]
    public async Task Fifty_people_with_twelve_weeks_each_are_listed_in_less_than_a_second()
    {
        await using var cared = await Cared.Start();
        var random = new Random(6);
        for (var i = 0; i < 50; i++) cared.Person($"Person {i}", days: 84, random: random);
        using var dora = cared.Clinic.Visitor(cared.Dora);
        var cold = Stopwatch.StartNew();
        (await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative))).ShouldContain("Person 49");
        cold.Stop();
        var warm = Stopwatch.StartNew();
        (await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative))).ShouldContain("Person 49");
        warm.Stop();
        says.WriteLine($"50 people, 84 days: first {cold.ElapsedMilliseconds} ms, again {warm.ElapsedMilliseconds} ms");
        warm.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact, Trait("speed", "slow")]
    public async Task Five_thousand_people_are_listed_page_by_page_in_less_than_two_seconds_once_read()
    {
        await using var cared = await Cared.Start();
        cared.Crowd(5_000, days: 28);
        using var dora = cared.Clinic.Visitor(cared.Dora);
        dora.Timeout = TimeSpan.FromMinutes(10);
        var cold = Stopwatch.StartNew();
        (await dora.GetStringAsync(new Uri("/clinic", UriKind.Relative))).ShouldContain("Page 1 of 100");
        cold.Stop();
        var warm = Stopwatch.StartNew();
        (await dora.GetStringAsync(new Uri("/clinic?page=2", UriKind.Relative))).ShouldContain("Page 2 of 100");
        warm.Stop();
        says.WriteLine($"5,000 people, 28 days: first {cold.ElapsedMilliseconds} ms, again {warm.ElapsedMilliseconds} ms");
        warm.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task More_than_fifty_are_paged_and_found_by_name()
    {
        await using var cared = await Cared.Start();
        for (var i = 0; i < 53; i++) cared.Person($"Person {i:00}", days: i);
        using var dora = cared.Clinic.Visitor(cared.Dora);
        async Task<string> Page(string query) => await dora.GetStringAsync(new Uri("/clinic" + query, UriKind.Relative));
        var (first, second) = (await Page(""), await Page("?page=2"));
        first.ShouldContain("Page 1 of 2");
        // What has waited longest stands first.
        first.ShouldContain("Person 52");
        first.ShouldNotContain("Person 02");
        second.ShouldContain("Person 02");
        (await Page("?page=99")).ShouldContain("Page 2 of 2");
        var found = await Page("?name=person+07");
        found.ShouldContain("Person 07");
        found.ShouldNotContain("Person 08");
        (await Page("?name=nobody")).ShouldContain("Nobody here is called that");
    }

    [Theory, InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task Its_pages_are_seen_read_and_pressed_at_320_px(ColorScheme scheme)
    {
        await using var cared = await Cared.Start();
        var (paula, quinn) = (cared.Person("Paula Person"), cared.Person("Quinn Quiet"));
        for (var ago = 0; ago < 8; ago++) cared.Write(paula, Subjects.Day(Cared.Today.PlusDays(-ago)), ago, ("effect/headache", "mild"));
        cared.Write(paula, Subjects.Day(Cared.Today), 0, ("treatment/tramadol", "started"), ("effect/nausea", "severe"));
        using (var dora = cared.Clinic.Visitor(cared.Dora))
        {
            (await PrescribeTests.Decide(dora, quinn, "/change", ("kind", "hold"), ("to", "14"), ("why", "headache: let it pass"))).Dispose();
            (await PrescribeTests.Decide(dora, quinn, "/approve", ("why", "seen on the phone"))).Dispose();
        }
        foreach (var (address, who) in ((string, Account)[])[("/clinic", cared.Dora), ($"/for/{paula.Record}/prescribe", cared.Dora), ($"/for/{quinn.Record}/prescribe", cared.Dora), ($"/for/{paula.Record}/course", cared.Dora), ("/course", quinn)])
        {
            var page = await cared.Clinic.Page(bedside.Browser, who, scheme: scheme);
            await using var visit = new Visit(page.Context, page, cared.Clinic.Address);
            (await page.GotoAsync(address))!.Status.ShouldBe(200, address);
            await CareLooks.AreRight(visit);
        }
    }
}
