using Lowdose.Dosing;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.SignIn;

/// <summary>The addresses of whoever has no way in yet: the first administrator, somebody invited, somebody who lost a device.</summary>
internal static class EntrancePages
{
    private const int LongestName = 80;

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/begin", IResult (ClinicMode clinic) => clinic.MayBegin ? Begin(FormCollection.Empty, null) : Door.Nothing());
        site.MapPost("/begin/options", async (HttpContext context, ClinicMode clinic, Guesses guesses, Ceremony ceremony) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            return Counted(context, guesses, () => clinic.IsFirst(form["code"].ToString())) ?? await ceremony.Making(context, NewId(), Shown(form)).ConfigureAwait(false);
        });
        site.MapPost("/begin", BeginWith);
        site.MapGet("/invitation", () => Reply.Page<InvitationCodePage>(new()));
        site.MapPost("/invitation/code", async Task<IResult> (HttpContext context) => Results.Redirect("/invitation/" + PrintedCode.Plain((await Reply.Form(context.Request).ConfigureAwait(false))["code"].ToString())));
        site.MapGet("/invitation/{code}", IResult (HttpContext context, string code, Invitations invitations, Accounts accounts, Guesses guesses) =>
        {
            Invitation? found = null;
            return Counted(context, guesses, () => (found = invitations.Find(code)) is not null) ?? Invited(context, accounts, found!, code, FormCollection.Empty, null);
        });
        site.MapPost("/invitation/options", async (HttpContext context, Invitations invitations, Accounts accounts, Guesses guesses, Ceremony ceremony) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            Invitation? found = null;
            return Counted(context, guesses, () => (found = invitations.Find(form["code"].ToString())) is not null)
                ?? await ceremony.Making(context, found!.Account ?? NewId(), found.Account is { } back ? accounts.Find(back)!.ShownName : Shown(form)).ConfigureAwait(false);
        });
        site.MapPost("/invitation", Redeem);
        site.MapPost("/invitation/take-up", async Task<IResult> (HttpContext context, Invitations invitations, Accounts accounts) =>
        {
            var form = await Reply.Form(context.Request).ConfigureAwait(false);
            if (SignedIn.Of(context) is not { } signedIn || invitations.Find(form["code"].ToString()) is not { } found) return CodePage();
            return accounts.TakeUp(found, signedIn.Account) is null ? Results.Redirect(SignInPages.Home(signedIn.Account)) : CodePage();
        });
    }

    private static async Task<IResult> BeginWith(HttpContext context, ClinicMode clinic, Accounts accounts, Guesses guesses, Ceremony ceremony, Passwords passwords)
    {
        if (!clinic.MayBegin) return Door.Nothing();
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        if (Counted(context, guesses, () => clinic.IsFirst(form["code"].ToString()), () => Begin(form, new("the code is not the one that was printed", "look at the window in which Lowdose was started"))) is { } wrong) return wrong;
        var organisation = form["organisation"].ToString().Trim();
        if (organisation.Length is 0 or > LongestName) return Begin(form, new("the clinic has no name yet", "give it one"));
        var (newcomer, refused) = await Newcomer(context, form, null, organisation, ceremony, passwords).ConfigureAwait(false);
        if (newcomer is null) return Begin(form, refused);
        if (accounts.Begin(organisation, newcomer) is not { } account) return Door.Nothing();
        clinic.Begun();
        return In(context, account, newcomer);
    }

    private static async Task<IResult> Redeem(HttpContext context, Invitations invitations, Accounts accounts, Guesses guesses, Ceremony ceremony, Passwords passwords)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        var code = form["code"].ToString();
        Invitation? found = null;
        if (Counted(context, guesses, () => (found = invitations.Find(code)) is not null) is { } wrong) return wrong;
        var (newcomer, refused) = await Newcomer(context, form, found!.Account is { } back ? accounts.Find(back) : null, accounts.NameOf(found.Organisation), ceremony, passwords).ConfigureAwait(false);
        if (newcomer is null) return Invited(context, accounts, found, code, form, refused);
        return accounts.Redeem(found, newcomer, out var account) is { } gone ? Invited(context, accounts, found, code, form, gone) : In(context, account!, newcomer);
    }

    /// <summary>Who stands at the door, with the passkey or the password they made; or what is wrong with it.</summary>
    private static async Task<(Newcomer? Newcomer, Refused? Refused)> Newcomer(HttpContext context, IFormCollection form, Account? back, string organisation, Ceremony ceremony, Passwords passwords)
    {
        var shown = back?.ShownName ?? Shown(form);
        if (shown.Length == 0) return (null, new("there is no name yet", "give the name that others will see"));
        if (form["credential"].ToString().Length > 0)
        {
            if (await ceremony.Made(context, form).ConfigureAwait(false) is not var (id, passkey) || (back is not null && back.Id != id)) return (null, new("the passkey could not be made", "try again, or take a password"));
            passkey.Name = "The first passkey";
            return (new(id, shown, null, null, AccountStore.Kept(id, passkey)), null);
        }
        var (name, password) = (Account.Plain(form["sign-in-name"].ToString()), form["password"].ToString());
        if (name.Length is < 2 or > LongestName) return (null, new("there is no name to sign in with", "give one of two letters or more"));
        if (password != form["again"]) return (null, new("the two passwords are not the same", "type the same one twice"));
        return Passwords.WrongWith(password, name, shown, organisation) is { } wrong ? (null, wrong) : (new(back?.Id ?? NewId(), shown, name, passwords.Hash(password)), null);
    }

    private static IResult In(HttpContext context, Account account, Newcomer newcomer)
    {
        SignedIn.Begin(context, account, newcomer.Passkey is null ? Way.Password : Way.Passkey);
        return Results.Redirect(newcomer.Passkey is null && account.IsStaff ? "/account/app" : "/account?new=yes");
    }

    // Null where the code is good; a wrong one is counted.
    private static IResult? Counted(HttpContext context, Guesses guesses, Func<bool> isGood, Func<IResult>? otherwise = null)
    {
        var counted = Limits.Code(context);
        if (guesses.Wait(counted) is { } wait) return Limits.TooMany(context, wait);
        if (isGood()) return null;
        guesses.Wrong(null, counted);
        return otherwise is null ? CodePage() : otherwise();
    }

    private static RazorComponentResult<EntrancePage> Begin(IFormCollection form, Refused? refused) => Reply.Page<EntrancePage>(new()
    {
        [nameof(EntrancePage.Heading)] = "Begin", [nameof(EntrancePage.Text)] = "You become the first to let others in.", [nameof(EntrancePage.Action)] = "/begin", [nameof(EntrancePage.AsksCode)] = true,
        [nameof(EntrancePage.Code)] = form["code"].ToString(), [nameof(EntrancePage.Organisation)] = form["organisation"].ToString(), [nameof(EntrancePage.Typed)] = form["name"].ToString(),
        [nameof(EntrancePage.SignInName)] = form["sign-in-name"].ToString(), [nameof(EntrancePage.Refused)] = refused,
    }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<EntrancePage> Invited(HttpContext context, Accounts accounts, Invitation invitation, string code, IFormCollection form, Refused? refused)
    {
        var back = invitation.Account is { } id ? accounts.Find(id) : null;
        var by = invitation.MadeBy is { } inviter ? accounts.Find(inviter)?.ShownName : null;
        var organisation = accounts.NameOf(invitation.Organisation);
        return Reply.Page<EntrancePage>(new()
        {
            [nameof(EntrancePage.Heading)] = back is null ? "You are invited" : $"Welcome back, {back.ShownName}",
            [nameof(EntrancePage.Text)] = back is null ? $"{(by is null ? "You are invited" : by + " invites you")} to {organisation}, as {RoleWords.One(invitation.Role!.Value)}." : "Your old ways in are gone. Make a new one.",
            [nameof(EntrancePage.Action)] = "/invitation", [nameof(EntrancePage.Code)] = code, [nameof(EntrancePage.Name)] = back?.ShownName, [nameof(EntrancePage.Typed)] = form["name"].ToString(),
            [nameof(EntrancePage.SignInName)] = form["sign-in-name"].ToString(), [nameof(EntrancePage.Refused)] = refused,
            [nameof(EntrancePage.HasAccount)] = back is null && SignedIn.Of(context)?.Account.Organisation == invitation.Organisation,
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static RazorComponentResult<InvitationCodePage> CodePage() => Reply.Page<InvitationCodePage>(new() { [nameof(InvitationCodePage.Wrong)] = true }, StatusCodes.Status422UnprocessableEntity);

    private static string Shown(IFormCollection form) => form["name"].ToString().Trim() is var name && name.Length <= LongestName ? name : name[..LongestName];

    private static string NewId() => Guid.NewGuid().ToString("N");
}

/// <summary>The roles in words.</summary>
internal static class RoleWords
{
    /// <summary>After "as".</summary>
    public static string One(Role role) => role switch
    {
        Role.Person => "somebody who keeps a diary",
        Role.Carer => "somebody who helps with a diary",
        Role.Prescriber => "a prescriber",
        Role.Pharmacist => "a pharmacist",
        Role.Researcher => "a researcher",
        _ => "an administrator",
    };

    /// <summary>The page a role comes for; null: the diary.</summary>
    public static string? Place(Role role) => role switch
    {
        Role.Carer => "/helping",
        Role.Prescriber => "/clinic",
        Role.Pharmacist => "/preparing",
        Role.Researcher => "/cohort",
        Role.Admin => "/people",
        _ => null,
    };

    /// <summary>In a list.</summary>
    public static string Name(Role role) => role switch
    {
        Role.Person => "keeps a diary",
        Role.Carer => "helps with a diary",
        Role.Prescriber => "prescriber",
        Role.Pharmacist => "pharmacist",
        Role.Researcher => "researcher",
        _ => "administrator",
    };
}
