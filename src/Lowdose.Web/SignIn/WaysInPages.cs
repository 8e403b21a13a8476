using System.Buffers.Text;
using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.SignIn;

/// <summary>The addresses where somebody changes how they come in. Whatever is changed ends every other session.</summary>
internal static class WaysInPages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/account/passkeys", (SignedIn me, Passkeys passkeys) => List(me, passkeys)).ForSignedIn().NeedsFresh();
        site.MapPost("/account/passkeys/options", (HttpContext context, SignedIn me, Ceremony ceremony) => ceremony.Making(context, me.Account.Id, me.Account.ShownName)).ForSignedIn().NeedsFresh();
        site.MapPost("/account/passkeys", AddPasskey).ForSignedIn().NeedsFresh();
        site.MapPost("/account/passkeys/name", NamePasskey).ForSignedIn().NeedsFresh("/account/passkeys");
        site.MapPost("/account/passkeys/remove", RemovePasskey).ForSignedIn().NeedsFresh("/account/passkeys");
        site.MapGet("/account/password", (SignedIn me) => Password(me.Account)).ForSignedIn().NeedsFresh();
        site.MapPost("/account/password", SetPassword).ForSignedIn().NeedsFresh();
        site.MapPost("/account/password/remove", RemovePassword).ForSignedIn().NeedsFresh("/account/password");
        site.MapGet("/account/app", async (SignedIn me, SecondStep second) => App(me.Account, await second.Key(me.Account).ConfigureAwait(false))).ForSignedIn().NeedsFresh();
        site.MapPost("/account/app", TurnOnApp).ForSignedIn().NeedsFresh();
        site.MapPost("/account/app/remove", TurnOffApp).ForSignedIn().NeedsFresh("/account/app");
        site.MapGet("/account/printed", (SignedIn me, RecoveryCodes codes) => Reply.Page<CodesPage>(new() { [nameof(CodesPage.Left)] = codes.Left(me.Account.Id) })).ForSignedIn().NeedsFresh();
        site.MapPost("/account/printed", (SignedIn me, RecoveryCodes codes) => Reply.Page<CodesPage>(new() { [nameof(CodesPage.Codes)] = codes.Renew(me.Account), [nameof(CodesPage.Name)] = me.Account.ShownName }))
            .ForSignedIn().NeedsFresh();
    }

    private static async Task<IResult> AddPasskey(HttpContext context, SignedIn me, Ceremony ceremony, Passkeys passkeys, Sessions sessions)
    {
        var made = await ceremony.Made(context, await Reply.Form(context.Request).ConfigureAwait(false)).ConfigureAwait(false);
        if (made is not (var id, var passkey) || id != me.Account.Id) return List(me, passkeys, new("the passkey could not be made", "try again"));
        passkeys.Add(me.Account, AccountStore.Kept(id, passkey));
        sessions.EndOthers(me.Account, me.Session.Key);
        return Results.Redirect("/account/passkeys");
    }

    private static async Task<IResult> NamePasskey(HttpContext context, SignedIn me, Passkeys passkeys)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        if (Chosen(form, me, passkeys) is { } chosen && form["name"].ToString().Trim() is { Length: > 0 and <= 60 } name)
        {
            var passkey = AccountStore.Read(chosen);
            passkey.Name = name;
            passkeys.Keep(AccountStore.Kept(me.Account.Id, passkey));
        }
        return Results.Redirect("/account/passkeys");
    }

    private static async Task<IResult> RemovePasskey(HttpContext context, SignedIn me, Passkeys passkeys, Sessions sessions)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        if (Chosen(form, me, passkeys) is not { } chosen) return Results.Redirect("/account/passkeys");
        if (passkeys.Of(me.Account.Id).Count == 1 && me.Account.PasswordHash is null) return List(me, passkeys, new("this is your only way in", "make another passkey or a password first"));
        passkeys.Remove(me.Account, chosen.Credential);
        sessions.EndOthers(me.Account, me.Session.Key);
        return Results.Redirect("/account/passkeys");
    }

    private static async Task<IResult> SetPassword(HttpContext context, SignedIn me, Accounts accounts, Passwords passwords, Sessions sessions)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        var (name, password) = (Account.Plain(form["sign-in-name"].ToString()), form["password"].ToString());
        if (name.Length is < 2 or > 80) return Password(me.Account, new("there is no name to sign in with", "give one of two letters or more"));
        if (password != form["again"]) return Password(me.Account, new("the two passwords are not the same", "type the same one twice"));
        if (Passwords.WrongWith(password, name, me.Account.ShownName, accounts.NameOf(me.Account.Organisation)) is { } wrong) return Password(me.Account, wrong);
        if (accounts.FindByName(name) is { } other && other.Id != me.Account.Id) return Password(me.Account, new("somebody signs in with this name already", "take another one, such as your name and your town"));
        (me.Account.SignInName, me.Account.PasswordHash, me.Account.SecurityStamp) = (name, passwords.Hash(password), Guid.NewGuid().ToString("N"));
        if (!accounts.Keep(me.Account, wayIn: true)) return Password(me.Account, new("something else was changed in the same moment", "try again"));
        sessions.EndOthers(me.Account, me.Session.Key);
        return Results.Redirect(me.Account is { IsStaff: true, TwoFactor: false } ? "/account/app" : "/account");
    }

    private static IResult RemovePassword(SignedIn me, Accounts accounts, Passkeys passkeys, Sessions sessions)
    {
        if (passkeys.Of(me.Account.Id).Count == 0) return Password(me.Account, new("this is your only way in", "make a passkey first"));
        (me.Account.PasswordHash, me.Account.TwoFactor, me.Account.TotpKey, me.Account.SecurityStamp) = (null, false, null, Guid.NewGuid().ToString("N"));
        if (!accounts.Keep(me.Account, wayIn: true)) return Password(me.Account, new("something else was changed in the same moment", "try again"));
        sessions.EndOthers(me.Account, me.Session.Key);
        return Results.Redirect("/account");
    }

    private static async Task<IResult> TurnOnApp(HttpContext context, SignedIn me, Accounts accounts, SecondStep second, Sessions sessions, RecoveryCodes codes, Guesses guesses)
    {
        var counted = Limits.Password(context, me.Account.Id);
        if (guesses.Wait(counted) is { } wait) return Limits.TooMany(context, wait);
        if (!await second.IsRight(me.Account, (await Reply.Form(context.Request).ConfigureAwait(false))["code"].ToString()).ConfigureAwait(false))
        {
            guesses.Wrong(me.Account, counted);
            return App(me.Account, await second.Key(me.Account).ConfigureAwait(false), wrong: true);
        }
        me.Account.TwoFactor = true;
        if (!accounts.Keep(me.Account, wayIn: true)) return App(me.Account, await second.Key(me.Account).ConfigureAwait(false), wrong: true);
        sessions.EndOthers(me.Account, me.Session.Key);
        // Who waited at this step is let through with the very next request; a new session says so.
        SignedIn.Begin(context, me.Account, me.Session.Way == Way.Password ? Way.TwoSteps : me.Session.Way);
        return Results.Redirect(codes.Left(me.Account.Id) == 0 ? "/account/printed" : "/account");
    }

    private static async Task<IResult> TurnOffApp(SignedIn me, Accounts accounts, SecondStep second, Sessions sessions)
    {
        (me.Account.TwoFactor, me.Account.TotpKey, me.Account.SecurityStamp) = (false, null, Guid.NewGuid().ToString("N"));
        if (!accounts.Keep(me.Account, wayIn: true)) return App(me.Account, await second.Key(me.Account).ConfigureAwait(false), wrong: true);
        sessions.EndOthers(me.Account, me.Session.Key);
        return Results.Redirect("/account");
    }

    private static Passkey? Chosen(IFormCollection form, SignedIn me, Passkeys passkeys)
    {
        var typed = form["passkey"].ToString();
        return Base64Url.IsValid(typed) && passkeys.Find(Base64Url.DecodeFromChars(typed)) is { } passkey && passkey.Account == me.Account.Id ? passkey : null;
    }

    private static RazorComponentResult<PasskeysPage> List(SignedIn me, Passkeys passkeys, Refused? refused = null) => Reply.Page<PasskeysPage>(new()
    {
        [nameof(PasskeysPage.Passkeys)] = passkeys.Of(me.Account.Id).Select(AccountStore.Read).ToArray(), [nameof(PasskeysPage.Refused)] = refused,
    }, Status(refused is not null));

    private static RazorComponentResult<PasswordPage> Password(Account account, Refused? refused = null) =>
        Reply.Page<PasswordPage>(new() { [nameof(PasswordPage.Account)] = account, [nameof(PasswordPage.Refused)] = refused }, Status(refused is not null));

    private static RazorComponentResult<AppPage> App(Account account, string key, bool wrong = false) =>
        Reply.Page<AppPage>(new() { [nameof(AppPage.Account)] = account, [nameof(AppPage.Key)] = key, [nameof(AppPage.Wrong)] = wrong }, Status(wrong));

    private static int Status(bool wrong) => wrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}
