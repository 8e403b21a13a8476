using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Day;
using Lowdose.Acceptance.Records;
using Lowdose.Acceptance.Web;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Evidence;
using Lowdose.Tests.Safety;
using Lowdose.Web.Audited;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Audited;

/// <summary>A person sees who looked, in words they know.</summary>
[Collection(nameof(Bedside))]
public sealed class WhoLookedTests(Bedside bedside, ITestOutputHelper output)
{
    private const string Place = "/settings/who-looked";
    private static readonly string Person = Deeds.Id(1), Doctor = Deeds.Id(2), Gone = Deeds.Id(3), Mine = Deeds.Id(200);

    [Fact]
    public async Task On_ones_own_computer_it_says_that_no_list_is_kept()
    {
        await using var diary = await OwnDiary.Start();
        await using var phone = await Phone.Open(bedside.Browser, diary.Address);
        await phone.Page.GotoAsync(Place);
        (await phone.Page.Locator("main").InnerTextAsync()).ShouldContain("Only you use this Lowdose. So no list is kept.");
    }

    [Theory, Trait("trust", "S17"), InlineData(ColorScheme.Dark), InlineData(ColorScheme.Light)]
    public async Task It_names_who_looked_at_what_and_when_without_any_code_and_axe_finds_nothing(ColorScheme scheme)
    {
        await using var diary = await OwnDiary.Start();
        var html = await Html(Looked(diary.Archive));
        await using var phone = await Phone.Open(bedside.Browser, diary.Address, scheme: scheme);
        await phone.Context.RouteAsync("**" + Place + "*", route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = html }));
        await using var visit = new Visit(phone.Context, phone.Page, diary.Address);
        await phone.Page.GotoAsync(Place);
        await CareLooks.AreRight(visit);
        visit.Abroad.ShouldBeEmpty();
        string[] lines = [.. (await phone.Page.Locator(".looks li").AllInnerTextsAsync()).Select(t => Regex.Replace(t, @"\s+", " "))];
        lines.Length.ShouldBe(4);
        lines[0].ShouldEndWith(" Lowdose itself Took a copy of all you wrote");
        lines[1].ShouldMatch("^1 December 2026, [0-9:]{5} Somebody whose account is gone Wrote in your day, 30 November 2026$");
        lines[2].ShouldMatch("^1 December 2026, [0-9:]{5} to [0-9:]{5} Dr Ada Smith, prescriber Looked at your course, 3 times$");
        lines[3].ShouldEndWith(" Dr Ada Smith, prescriber Put your plan on hold");
        var all = await phone.Page.Locator("main").InnerTextAsync();
        all.ShouldNotMatch("[0-9a-f]{8}-", "no ids");
        // Names and days are not ours to simplify.
        var texts = await phone.Page.Locator("main").EvaluateAsync<string[]>("main => [...main.querySelectorAll('p:not(.buttons)')].map(e => e.textContent.trim())");
        ReadingGrade.Of(texts).ShouldBeLessThanOrEqualTo(6);
        texts.SelectMany(t => Regex.Split(t, @"[.!?:]\s|\n")).Where(s => Regex.Count(s, @"[\p{L}’']+") > 15).ShouldBeEmpty();
    }

    [Fact, Trait("trust", "S17")]
    public async Task In_a_clinic_a_person_sees_who_looked_and_nobody_else_sees_that()
    {
        await using var clinic = await OwnClinic.Start();
        var (person, doctor) = (clinic.Somebody(Role.Person), clinic.Somebody(Role.Prescriber, "Dora Doctor"));
        new Consent(clinic.Archive, clinic.Clock).Give(person, doctor.Id, May.Prescribe).ShouldBeNull();
        using (var looking = clinic.Visitor(doctor))
        {
            (await looking.Get($"/for/{person.Record}/course")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await looking.Get($"/for/{person.Record}{Place}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        using var asking = clinic.Visitor(person);
        var seen = await Text(Place);
        seen.ShouldContain("Dora Doctor, prescriber Looked at your course");
        seen.ShouldNotContain("Gave consent");
        (await Text(Place + "?by=me")).ShouldContain("Gave consent");
        AuditWalk.Along(clinic.Archive, []).Fault.ShouldBeNull();
        output.WriteLine(new FaultCount("S17", "a prescriber looks at a course; the person asks who looked", 1, 1, "looks", "name, role, time and page are shown to the person, and to nobody else").ToString());

        async Task<string> Text(string place) => Regex.Replace(Regex.Replace(await asking.GetStringAsync(new Uri(place, UriKind.Relative)), "<[^>]*>", " "), @"\s+", " ");
    }

    [Fact]
    public void Every_act_and_every_part_of_a_record_has_words_of_its_own()
    {
        var said = Enum.GetValues<Act>().Where(a => Sentence(a, Detail.None).StartsWith("Did something else", StringComparison.Ordinal)).ToArray();
        // What is not about one person's diary never stands in its list.
        said.ShouldBe([Act.OrganisationMade, Act.RoleGiven, Act.RoleTaken, Act.CohortSeen, Act.CohortExported, Act.BackupMade]);
        var parts = Enum.GetValues<RecordPart>().Select(p => Sentence(Act.RecordSeen, Detail.Of(p))).ToArray();
        parts.Distinct().Count().ShouldBe(parts.Length);
        Detail.Read(Detail.Of(new LocalDate(2026, 11, 30)).And(Detail.Account(Guid.NewGuid())).ToString()).ShouldBe((RecordPart.Day, new LocalDate(2026, 11, 30)));
        Detail.Read("something of a later version").ShouldBe((null, null));

        static string Sentence(Act act, Detail detail) => AuditedWords.What(new AuditEntry(1, Some.Clock.Now, Person, act, act.ToString(), Mine, detail.ToString()));
    }

    /// <summary>The trail of a record that three others came near.</summary>
    private static (IReadOnlyList<AuditEntry> Entries, IReadOnlyDictionary<string, NamedActor> Names) Looked(Archive archive)
    {
        var clock = new FixedClock(Instant.FromUtc(2026, 12, 1, 11, 0));
        var trail = new AuditTrail(archive, clock);
        archive.Change(tables =>
        {
            tables.Database.ExecuteSqlRaw("INSERT INTO organisations (id, name, created_at) VALUES ('o', 'The clinic', '2026-12-01T00:00:00Z')");
            tables.Database.ExecuteSql($"INSERT INTO accounts (id, organisation, roles, sign_in_name, shown_name, security_stamp, version, two_factor, created_at) VALUES ({Doctor}, 'o', 'prescriber', 'ada', 'Dr Ada Smith', '', '', {false}, '2026-12-01T00:00:00Z')");
        });
        Deed[] deeds =
        [
            new(Act.PlanHeld, Doctor, Record: Mine), new(Act.RecordSeen, Doctor, Record: Mine, Detail: Detail.Of(RecordPart.Course)), new(Act.RecordSeen, Person, Record: Mine, Detail: Detail.Of(RecordPart.Diary)),
            new(Act.RecordSeen, Doctor, Record: Mine, Detail: Detail.Of(RecordPart.Course)), new(Act.RecordSeen, Doctor, Record: Deeds.Id(201), Detail: Detail.Of(RecordPart.Course)),
            new(Act.RecordSeen, Doctor, Record: Mine, Detail: Detail.Of(RecordPart.Course)), new(Act.RecordWritten, Gone, Record: Mine, Detail: Detail.Of(new LocalDate(2026, 11, 30))), new(Act.Exported, Deed.Lowdose, Record: Mine, Detail: Detail.Of(RecordPart.Everything)),
        ];
        foreach (var deed in deeds)
        {
            trail.Note(deed);
            clock.Now += Duration.FromMinutes(3);
        }
        trail.Of(Mine, Person, byOthers: false, null, 50).Select(e => e.Actor).ShouldBe([Person]);
        var entries = trail.Of(Mine, Person, byOthers: true, null, 50);
        return (entries, trail.Names(entries));
    }

    private static async Task<string> Html((IReadOnlyList<AuditEntry> Entries, IReadOnlyDictionary<string, NamedActor> Names) looked)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<WhoLookedPage>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(WhoLookedPage.Entries)] = looked.Entries, [nameof(WhoLookedPage.Names)] = looked.Names, [nameof(WhoLookedPage.HasOlder)] = true,
            [nameof(WhoLookedPage.IsOlder)] = true, [nameof(WhoLookedPage.ByMe)] = false, [nameof(WhoLookedPage.Alone)] = false,
        }))).ToHtmlString());
    }
}
