using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.SignIn;

/// <summary>The addresses of one's own account: where one is signed in, and showing that it is still oneself.</summary>
internal static class AccountPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/account", (HttpContext context, SignedIn me, Accounts accounts, Sessions sessions, Passkeys passkeys, RecoveryCodes codes) => Reply.Page<AccountPage>(new()
        {
            [nameof(AccountPage.Me)] = me, [nameof(AccountPage.Organisation)] = accounts.NameOf(me.Account.Organisation), [nameof(AccountPage.Sessions)] = sessions.Of(me.Account),
            [nameof(AccountPage.Passkeys)] = passkeys.Of(me.Account.Id).Count, [nameof(AccountPage.Codes)] = codes.Left(me.Account.Id), [nameof(AccountPage.IsNew)] = context.Request.Query["new"] == "yes",
        })).ForSignedIn();
        site.MapPost("/account/sessions/end", async (HttpContext context, SignedIn me, Sessions sessions) =>
        {
            sessions.End(me.Account, (await Reply.Form(context.Request).ConfigureAwait(false))["session"].ToString());
            return Results.Redirect("/account");
        }).ForSignedIn();
        site.MapPost("/account/sessions/end-others", (SignedIn me, Sessions sessions) =>
        {
            sessions.EndOthers(me.Account, me.Session.Key);
            return Results.Redirect("/account");
        }).ForSignedIn();
        site.MapGet("/account/confirm", (HttpContext context, SignedIn me, Passkeys passkeys) => Confirm(me, passkeys, SignedIn.Own(context.Request.Query["then"], "/account"))).ForSignedIn();
        site.MapPost("/account/confirm/options", (HttpContext context, SignedIn me, Ceremony ceremony) => ceremony.Using(context, me.Account)).ForSignedIn();
        site.MapPost("/account/confirm/passkey", async (HttpContext context, SignedIn me, Sessions sessions, Passkeys passkeys, Ceremony ceremony) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            var used = await ceremony.Used(context, form).ConfigureAwait(false);
            return Confirmed(me, sessions, passkeys, form, used?.Id == me.Account.Id);
        }).ForSignedIn();
        site.MapPost("/account/confirm/password", async (HttpContext context, SignedIn me, Sessions sessions, Passkeys passkeys, Passwords passwords, SecondStep second, Guesses guesses) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            var counted = Limits.Password(context, me.Account.SignInName);
            if (guesses.Wait(counted) is { } wait) return Limits.TooMany(context, wait);
            var right = passwords.IsRight(me.Account, form["password"].ToString()) && (!me.Account.TwoFactor || await second.IsRightOrPrinted(me.Account, form["code"].ToString()).ConfigureAwait(false));
            if (!right) guesses.Wrong(me.Account, counted);
            return Confirmed(me, sessions, passkeys, form, right);
        }).ForSignedIn();
    }

    private static IResult Confirmed(SignedIn me, Sessions sessions, Passkeys passkeys, IFormCollection form, bool right)
    {
        var then = SignedIn.Own(form["then"], "/account");
        if (!right) return Confirm(me, passkeys, then, wrong: true);
        sessions.Confirm(me.Session.Key);
        return Results.Redirect(then);
    }

    private static RazorComponentResult<ConfirmPage> Confirm(SignedIn me, Passkeys passkeys, string then, bool wrong = false) => Reply.Page<ConfirmPage>(new()
    {
        [nameof(ConfirmPage.Me)] = me.Account, [nameof(ConfirmPage.Then)] = then, [nameof(ConfirmPage.HasPasskey)] = passkeys.Of(me.Account.Id).Count > 0, [nameof(ConfirmPage.Wrong)] = wrong,
    }, wrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
