using System.Net;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>A carer finds whom they help, and what they write has their name.</summary>
public sealed class HelpingTests
{
    private static Task<string> Text(HttpClient http, string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    private static Account Carer(Cared cared, Account person, string name, May may, Instant? until = null) =>
        cared.Clinic.Somebody(Role.Carer, name, person, new(person.Record!, may, until ?? Cared.Now + Duration.FromDays(30)));

    [Fact]
    public async Task A_carer_sees_whom_they_help_until_when_and_the_way_to_write_only_where_they_may()
    {
        await using var cared = await Cared.Start();
        var (paula, quinn, hidden) = (cared.Person("Paula"), cared.Person("Quinn"), cared.Person("Hilda"));
        var nora = Carer(cared, paula, "Nora Niece", May.Write);
        cared.Clinic.Accounts.TakeUp(cared.Clinic.Invitations.Find(cared.Clinic.Invitations.Invite(quinn, Role.Carer, new(quinn.Record!, May.See, null)))!, nora).ShouldBeNull();
        using var http = cared.Clinic.Visitor(nora);
        var page = await Text(http, "/helping");
        page.ShouldContain("Until Tuesday 2027-01-19.");
        page.ShouldContain("Until it is taken back.");
        page.ShouldContain($"/for/{paula.Record}/today");
        page.ShouldContain($"/for/{paula.Record}/course");
        page.ShouldContain($"/for/{quinn.Record}/course");
        page.ShouldNotContain($"/for/{quinn.Record}/today");
        page.ShouldNotContain("Hilda");
        page.ShouldNotContain(hidden.Record!);
        (await http.Get($"/for/{paula.Record}/today")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_is_no_longer_let_in_has_an_empty_list_at_the_next_request()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        var nora = Carer(cared, paula, "Nora Niece", May.Write);
        using var http = cared.Clinic.Visitor(nora);
        (await Text(http, "/helping")).ShouldContain("Paula");
        new Consent(cared.Clinic.Archive, cared.Clinic.Clock).Withdraw(paula, nora.Id);
        var page = await Text(http, "/helping");
        page.ShouldNotContain("Paula");
        page.ShouldContain("Nobody lets you in now.");
    }

    [Fact]
    public async Task What_a_carer_writes_has_their_name_for_the_person_and_you_for_themselves()
    {
        await using var cared = await Cared.Start();
        var paula = cared.Person("Paula");
        var nora = Carer(cared, paula, "Nora Niece", May.Write);
        using var helper = cared.Clinic.Visitor(nora);
        using var own = cared.Clinic.Visitor(paula);
        (await Text(own, "/day/2026-12-20")).ShouldNotContain(", by you");
        (await helper.Post($"/for/{paula.Record}/day/2026-12-20", ("id", Guid.NewGuid().ToString()), ("base", ""), ("fatigue", "6"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var hers = await Text(own, "/day/2026-12-20");
        hers.ShouldContain(", by Nora Niece");
        hers.ShouldContain(", by you");
        var helpers = await Text(helper, $"/for/{paula.Record}/day/2026-12-20");
        helpers.ShouldContain(", by you");
        helpers.ShouldContain(", by Paula");
    }
}
