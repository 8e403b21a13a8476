using System.Net;
using Lowdose.Acceptance.Reminders;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S4, S9, S10: where somebody is signed in, until when, and what the browser holds.</summary>
[Trait("trust", "S9")]
public sealed class SessionTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 12, 0);

    [Trait("trust", "S10")]
    [Fact]
    public async Task What_the_browser_holds_is_random_secure_out_of_a_scripts_reach_and_new_at_each_sign_in()
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        using var first = await Join(clinic, http);
        var cookie = first.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("__Host-lowdose-session=");
        foreach (var flag in (string[])["; secure", "; httponly", "; samesite=lax", "; path=/"]) cookie.ToLowerInvariant().ShouldContain(flag);
        cookie.ToLowerInvariant().ShouldNotContain("domain");
        first.Secret()!.Length.ShouldBe(43);

        using var holding = clinic.Holding(first.Secret());
        using var second = await holding.Post("/sign-in", ("name", "paula"), ("password", "four quiet herons wading"));
        second.Secret().ShouldNotBe(first.Secret());
        // The old one ended with it, and nobody can bring one of their own.
        (await holding.Get("/account")).Goes().ShouldStartWith("/sign-in");
        using var invented = clinic.Holding("A".PadRight(43, 'A'));
        (await invented.Get("/account")).Goes().ShouldStartWith("/sign-in");
        using var kept = clinic.Holding(clinic.Sessions.Of(clinic.Accounts.FindByName("paula")!).Single().Key);
        (await kept.Get("/account")).Goes().ShouldStartWith("/sign-in", customMessage: "what is in the table opens nothing");
    }

    [Theory]
    [InlineData(Role.Person, 90 * 24, 365 * 24), InlineData(Role.Carer, 90 * 24, 365 * 24), InlineData(Role.Prescriber, 12, 7 * 24), InlineData(Role.Admin, 12, 7 * 24)]
    public async Task A_session_ends_without_use_and_in_the_end_whatever_its_use(Role role, int idleHours, int wholeHours)
    {
        var clock = new SetClock(Noon);
        await using var clinic = await OwnClinic.Start(clock);
        var account = clinic.Somebody(role);
        using var idle = clinic.Visitor(account);
        clock.Now += Duration.FromHours(idleHours) - Duration.FromMinutes(2);
        (await idle.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Now += Duration.FromHours(idleHours);
        (await idle.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var began = clock.Now;
        using var used = clinic.Visitor(account);
        while (clock.Now - began < Duration.FromHours(wholeHours) - Duration.FromMinutes(1))
        {
            (await used.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
            clock.Now = Instant.Min(clock.Now + Duration.FromHours(idleHours) - Duration.FromMinutes(2), began + Duration.FromHours(wholeHours) - Duration.FromMinutes(1));
        }
        (await used.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Now = began + Duration.FromHours(wholeHours);
        (await used.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact, Trait("trust", "R8")]
    public async Task A_session_that_was_over_stays_over_though_the_clock_is_put_back()
    {
        var clock = new SetClock(Noon);
        await using var clinic = await OwnClinic.Start(clock);
        using var visitor = clinic.Visitor(clinic.Somebody(Role.Prescriber));
        clock.Now = Noon + Duration.FromDays(1);
        (await visitor.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        clock.Now = Noon + Duration.FromHours(1);
        (await visitor.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task One_of_the_list_or_all_others_can_be_ended_and_nobody_elses()
    {
        await using var clinic = await OwnClinic.Start();
        var (paula, carl) = (clinic.Somebody(Role.Person), clinic.Somebody(Role.Carer, "Carl Carer"));
        using var here = clinic.Visitor(paula);
        using var lost = clinic.Visitor(paula);
        using var other = clinic.Visitor(paula);
        using var carls = clinic.Visitor(carl);
        (await (await here.Get("/account")).Content.ReadAsStringAsync()).ShouldContain("(this one)");
        var key = clinic.Sessions.Of(paula)[^1].Key;
        foreach (var session in clinic.Sessions.Of(carl)) (await here.Post("/account/sessions/end", ("session", session.Key))).Dispose();
        (await carls.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await here.Post("/account/sessions/end", ("session", key))).Dispose();
        clinic.Sessions.Of(paula).Count.ShouldBe(2);
        (await other.Post("/account/sessions/end-others")).Dispose();
        clinic.Sessions.Of(paula).Count.ShouldBe(1);
        (await other.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await carls.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_closed_account_is_out_with_the_next_request_and_a_role_taken_is_gone_with_it()
    {
        await using var clinic = await OwnClinic.Start();
        var second = clinic.Somebody(Role.Admin, "Anton Admin");
        using var admin = clinic.Visitor(clinic.Admin);
        using var theirs = clinic.Visitor(second);
        (await theirs.Get("/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.Post($"/people/{second.Id}/roles", ("role", "Researcher"))).Goes().ShouldBe("/people/" + second.Id);
        (await theirs.Get("/people")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.Post($"/people/{second.Id}/close")).Goes().ShouldBe("/people");
        (await theirs.Get("/account")).Goes().ShouldStartWith("/sign-in");
        (await admin.Post($"/people/{clinic.Admin.Id}/close")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "the only administrator stays");
    }

    [Fact]
    public async Task What_changes_how_somebody_comes_in_is_asked_for_again_after_five_minutes()
    {
        var clock = new SetClock(Noon);
        await using var clinic = await OwnClinic.Start(clock);
        using var http = clinic.Visitor();
        using var joined = await Join(clinic, http);
        using var inside = clinic.Holding(joined.Secret());
        string[] risky = ["/account/passkeys", "/account/password", "/account/app", "/account/printed"];
        foreach (var path in risky) (await inside.Get(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        clock.Now += Duration.FromMinutes(5);
        foreach (var path in risky) (await inside.Get(path)).Goes().ShouldBe("/account/confirm?then=" + Uri.EscapeDataString(path));
        (await inside.Post("/account/printed")).Goes().ShouldStartWith("/account/confirm");
        (await inside.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK, "only what is risky asks");
        (await inside.Post("/account/confirm/password", ("then", "/account/printed"), ("password", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await inside.Post("/account/confirm/password", ("then", "/account/printed"), ("password", "four quiet herons wading"))).Goes().ShouldBe("/account/printed");
        (await inside.Post("/account/printed")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await inside.Post("/account/confirm/password", ("then", "//evil.example"), ("password", "four quiet herons wading"))).Goes().ShouldBe("/account");
    }

    [Fact]
    public async Task A_changed_password_ends_every_other_session()
    {
        await using var clinic = await OwnClinic.Start();
        using var http = clinic.Visitor();
        using var joined = await Join(clinic, http);
        var paula = clinic.Accounts.FindByName("paula")!;
        using var elsewhere = clinic.Visitor(paula, Way.Password);
        using var inside = clinic.Holding(joined.Secret());
        (await inside.Post("/account/password", ("sign-in-name", "paula"), ("password", "another pond, other herons"), ("again", "another pond, other herons"))).Goes().ShouldBe("/account");
        (await elsewhere.Get("/account")).Goes().ShouldStartWith("/sign-in");
        (await inside.Get("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.Post("/sign-in", ("name", "paula"), ("password", "four quiet herons wading"))).Secret().ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_it_and_asks_the_browser_to_forget()
    {
        await using var clinic = await OwnClinic.Start();
        using var inside = clinic.Visitor(clinic.Somebody(Role.Person));
        using var left = await inside.Post("/sign-out");
        string.Join(' ', left.Headers.GetValues("Clear-Site-Data")).ShouldBe("\"cache\", \"storage\"");
        left.Secret().ShouldBe("");
        (await inside.Get("/account")).Goes().ShouldStartWith("/sign-in");
    }

    private static Task<HttpResponseMessage> Join(OwnClinic clinic, HttpClient http) => http.Post("/invitation", ("code", clinic.Invitations.Invite(clinic.Admin, Role.Person)), ("name", "Paula"),
        ("sign-in-name", "paula"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"));
}
