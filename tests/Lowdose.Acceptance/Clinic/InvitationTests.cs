using System.Net;
using Lowdose.Acceptance.Reminders;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S24 and S5: letting people in, once each, into one's own organisation only.</summary>
public sealed class InvitationTests
{
    [Trait("trust", "S24")]
    [Fact]
    public async Task Of_twenty_who_use_one_code_at_once_one_comes_in()
    {
        await using var clinic = await OwnClinic.Start();
        var code = clinic.Invitations.Invite(clinic.Admin, Role.Prescriber);
        using var http = clinic.Visitor();
        var before = clinic.Accounts.In(clinic.Admin.Organisation).Count;
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => http.Post("/invitation", ("code", code), ("name", $"Guest {i}"), ("sign-in-name", $"guest{i}"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"))));
        answers.Count(a => a.Secret() is { Length: > 0 }).ShouldBe(1);
        answers.Where(a => a.Secret() is null).ShouldAllBe(a => a.StatusCode == HttpStatusCode.UnprocessableEntity || a.StatusCode == HttpStatusCode.TooManyRequests);
        clinic.Accounts.In(clinic.Admin.Organisation).Count.ShouldBe(before + 1);
    }

    [Trait("trust", "S24")]
    [Fact]
    public async Task Of_two_who_take_one_name_at_once_one_is_told_to_take_another()
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => http.Post("/invitation", ("code", clinic.Invitations.Invite(clinic.Admin, Role.Person)), ("name", "Paula"), ("sign-in-name", "paula"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"))));
        answers.Count(a => a.Secret() is { Length: > 0 }).ShouldBe(1);
        foreach (var refused in answers.Where(a => a.Secret() is null)) (await refused.Content.ReadAsStringAsync()).ShouldContain("Somebody signs in with this name already");
        clinic.Invitations.Open(clinic.Admin.Organisation).Count.ShouldBe(3, "a name that was taken costs nobody the invitation");
    }

    [Fact]
    public async Task A_code_ends_after_seven_days_when_it_is_taken_back_and_when_guessing()
    {
        var clock = new SetClock(Instant.FromUtc(2026, 12, 1, 12, 0));
        await using var clinic = await OwnClinic.Start(clock);
        using var http = clinic.Visitor();
        var (old, back) = (clinic.Invitations.Invite(clinic.Admin, Role.Person), clinic.Invitations.Invite(clinic.Admin, Role.Person));
        (await http.Get("/invitation/" + old)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var admin = clinic.Visitor(clinic.Admin);
        (await admin.Post("/people/take-back", ("invitation", PrintedCode.Digest(PrintedCode.Plain(back))))).Dispose();
        (await http.Get("/invitation/" + back)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        clock.Now += Duration.FromDays(7);
        (await http.Get("/invitation/" + old)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        for (var i = 0; i < 19; i++) (await http.Get("/invitation/" + PrintedCode.Strong())).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var waits = await http.Get("/invitation/" + PrintedCode.Strong());
        waits.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        waits.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_lost_a_device_is_out_and_comes_back_once_within_a_day_as_the_same_person()
    {
        var clock = new SetClock(Instant.FromUtc(2026, 12, 1, 12, 0));
        await using var clinic = await OwnClinic.Start(clock);
        var paula = clinic.Somebody(Role.Person);
        clinic.Codes.Renew(paula);
        using var lost = clinic.Visitor(paula);
        var older = clinic.Accounts.LoseDevice(paula, clinic.Admin)!;
        var code = clinic.Accounts.LoseDevice(paula, clinic.Admin)!;
        (await lost.Get("/account")).Goes().ShouldStartWith("/sign-in");
        clinic.Codes.Left(paula.Id).ShouldBe(0);
        using var http = clinic.Visitor();
        (await http.Get("/invitation/" + older)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await http.Post("/invitation/code", ("code", code.ToLowerInvariant()))).Goes().ShouldBe("/invitation/" + PrintedCode.Plain(code));
        (await (await http.Get("/invitation/" + code)).Content.ReadAsStringAsync()).ShouldContain("Welcome back, Paula Person");
        using var back = await http.Post("/invitation", ("code", code), ("sign-in-name", "paula"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"));
        back.Goes().ShouldBe("/account?new=yes");
        clinic.Accounts.FindByName("paula")!.ShouldSatisfyAllConditions(a => a.Id.ShouldBe(paula.Id), a => a.Record.ShouldBe(paula.Record), a => a.ShownName.ShouldBe("Paula Person"));
        using var again = await http.Post("/invitation", ("code", code), ("sign-in-name", "thief"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"));
        again.Secret().ShouldBeNull();
        var late = clinic.Accounts.LoseDevice(paula, clinic.Admin)!;
        clock.Now += Duration.FromHours(24);
        (await http.Get("/invitation/" + late)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_person_has_a_record_of_their_own_and_an_invitation_can_open_it_to_a_carer()
    {
        await using var clinic = await OwnClinic.Start();
        var paula = clinic.Somebody(Role.Person);
        Guid.TryParse(paula.Record, out _).ShouldBeTrue();
        clinic.Somebody(Role.Prescriber, "Dora Doctor").Record.ShouldBeNull();
        var carl = clinic.Somebody(Role.Carer, "Carl Carer", paula, new(paula.Record!, May.Write, null));
        new Grants(clinic.Archive).Allowed(paula.Record!, carl.Id, carl.Organisation, SystemClock.Instance.GetCurrentInstant()).ShouldBe([May.Write, May.See], "whoever may write may see");

        // Somebody who is here already takes it up with the account there is.
        var code = clinic.Invitations.Invite(paula, Role.Carer, new(paula.Record!, May.See, null));
        var nora = clinic.Somebody(Role.Person, "Nora Neighbour");
        using var http = clinic.Visitor(nora);
        (await (await http.Get("/invitation/" + code)).Content.ReadAsStringAsync()).ShouldContain("Take it up with my account");
        (await http.Post("/invitation/take-up", ("code", code))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        clinic.Accounts.Find(nora.Id)!.Roles.ShouldBe([Role.Person, Role.Carer]);
        new Grants(clinic.Archive).Allowed(paula.Record!, nora.Id, nora.Organisation, SystemClock.Instance.GetCurrentInstant()).ShouldBe([May.See]);
    }

    [Trait("trust", "S5")]
    [Fact]
    public async Task An_administrator_reaches_nobody_of_another_organisation()
    {
        await using var clinic = await OwnClinic.Start();
        var stranger = clinic.Accounts.Begin("Clinic of the Hill", new(OwnClinic.NewId(), "Hilda Admin"), onlyFirst: false)!;
        var theirs = clinic.Somebody(Role.Person, "Hans Hill", stranger);
        var code = clinic.Invitations.Invite(stranger, Role.Person);
        using var admin = clinic.Visitor(clinic.Admin);
        (await (await admin.Get("/people")).Content.ReadAsStringAsync()).ShouldNotContain("Hans Hill");
        foreach (var answer in new[] { await admin.Get("/people/" + theirs.Id), await admin.Post($"/people/{theirs.Id}/roles", ("role", "Admin")), await admin.Post($"/people/{theirs.Id}/lost"), await admin.Post($"/people/{theirs.Id}/close") })
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.Post("/people/take-back", ("invitation", PrintedCode.Digest(PrintedCode.Plain(code))))).Dispose();
        (await admin.Post("/invitation/take-up", ("code", code))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        clinic.Invitations.Find(code).ShouldNotBeNull();
        clinic.Accounts.Find(theirs.Id)!.ShouldSatisfyAllConditions(a => a.ClosedAt.ShouldBeNull(), a => a.Roles.ShouldBe([Role.Person]));
        clinic.Accounts.Find(clinic.Admin.Id)!.Roles.ShouldBe([Role.Admin]);
    }

    [Theory, InlineData(Role.Person), InlineData(Role.Carer), InlineData(Role.Prescriber), InlineData(Role.Pharmacist), InlineData(Role.Researcher)]
    public async Task Who_lets_nobody_in_finds_no_such_page(Role role)
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor(clinic.Somebody(role));
        var nowhere = await (await http.Get("/nowhere")).Content.ReadAsStringAsync();
        foreach (var path in (string[])["/people", "/people/" + clinic.Admin.Id])
        {
            using var answer = await http.Get(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadAsStringAsync()).ShouldBe(nowhere);
        }
        (await http.Post("/people/invite", ("role", "Admin"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
