using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.SignIn;

/// <summary>The addresses where an administrator lets people in and out of their own organisation. No record is seen here.</summary>
internal static class PeoplePages
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/people", (SignedIn me, Accounts accounts, Invitations invitations) => Reply.Page<PeoplePage>(new()
        {
            [nameof(PeoplePage.Organisation)] = accounts.NameOf(me.Account.Organisation), [nameof(PeoplePage.Accounts)] = accounts.In(me.Account.Organisation),
            [nameof(PeoplePage.Invitations)] = invitations.Open(me.Account.Organisation),
        })).ForRole(Role.Admin);
        site.MapPost("/people/invite", async Task<IResult> (HttpContext context, SignedIn me, Invitations invitations) =>
            Enum.TryParse<Role>((await Reply.Form(context.Request).ConfigureAwait(false))["role"].ToString(), out var role) && Enum.IsDefined(role)
                ? Code(context, "Invitation", invitations.Invite(me.Account, role), RoleWords.One(role), "7 days")
                : Results.Redirect("/people")).ForRole(Role.Admin).NeedsFresh("/people");
        site.MapPost("/people/take-back", async (HttpContext context, SignedIn me, Invitations invitations) =>
        {
            invitations.TakeBack(me.Account.Organisation, (await Reply.Form(context.Request).ConfigureAwait(false))["invitation"].ToString());
            return Results.Redirect("/people");
        }).ForRole(Role.Admin);
        site.MapGet("/people/{id}", IResult (string id, SignedIn me, Accounts accounts, Sessions sessions) => Theirs(id, me, accounts) is { } account ? Person(account, me, sessions) : Door.Nothing()).ForRole(Role.Admin);
        site.MapPost("/people/{id}/roles", async Task<IResult> (HttpContext context, string id, SignedIn me, Accounts accounts, Sessions sessions) =>
        {
            if (Theirs(id, me, accounts) is not { ClosedAt: null } account) return Door.Nothing();
            Role[] roles = [.. (await Reply.Form(context.Request).ConfigureAwait(false))["role"].Select(word => Enum.TryParse<Role>(word, out var role) && Enum.IsDefined(role) ? role : (Role?)null).OfType<Role>().Distinct()];
            if (roles.Length == 0) return Person(account, me, sessions, "Somebody without a role can do nothing. Close the account instead.");
            if (IsOnlyAdmin(account, accounts) && !roles.Contains(Role.Admin)) return Person(account, me, sessions, OnlyAdmin);
            accounts.SetRoles(id, roles, me.Account);
            return Results.Redirect("/people/" + id);
        }).ForRole(Role.Admin).NeedsFreshPerson();
        site.MapPost("/people/{id}/lost", IResult (HttpContext context, string id, SignedIn me, Accounts accounts) =>
            Theirs(id, me, accounts) is { } account && accounts.LoseDevice(account, me.Account) is { } code ? Code(context, "Code to come back", code, account.ShownName, "24 hours") : Door.Nothing())
            .ForRole(Role.Admin).NeedsFreshPerson();
        site.MapPost("/people/{id}/close", IResult (string id, SignedIn me, Accounts accounts, Sessions sessions) =>
        {
            if (Theirs(id, me, accounts) is not { ClosedAt: null } account) return Door.Nothing();
            if (IsOnlyAdmin(account, accounts)) return Person(account, me, sessions, OnlyAdmin);
            accounts.Close(account, me.Account);
            return Results.Redirect("/people");
        }).ForRole(Role.Admin).NeedsFreshPerson();
    }

    private const string OnlyAdmin = "This is the only administrator. Invite another one first.";

    private static RouteHandlerBuilder NeedsFreshPerson(this RouteHandlerBuilder route) => route.NeedsFresh("/people");

    // Somebody of another organisation is nobody.
    private static Account? Theirs(string id, SignedIn me, Accounts accounts) => accounts.Find(id) is { } account && account.Organisation == me.Account.Organisation ? account : null;

    private static bool IsOnlyAdmin(Account account, Accounts accounts) =>
        account.Roles.Contains(Role.Admin) && !accounts.In(account.Organisation).Any(other => other.Id != account.Id && other.ClosedAt is null && other.Roles.Contains(Role.Admin));

    private static RazorComponentResult<PersonPage> Person(Account account, SignedIn me, Sessions sessions, string? wrong = null) => Reply.Page<PersonPage>(new()
    {
        [nameof(PersonPage.Account)] = account, [nameof(PersonPage.IsMe)] = account.Id == me.Account.Id, [nameof(PersonPage.Seen)] = sessions.Of(account) is [var last, ..] ? last.SeenAt : null, [nameof(PersonPage.Wrong)] = wrong,
    }, wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<CodePage> Code(HttpContext context, string heading, string code, string who, string life)
    {
        var address = $"{context.Request.Scheme}://{context.Request.Host}/invitation/{PrintedCode.Plain(code)}";
        return Reply.Page<CodePage>(new()
        {
            [nameof(CodePage.Heading)] = heading, [nameof(CodePage.Who)] = who, [nameof(CodePage.Code)] = code, [nameof(CodePage.Life)] = life, [nameof(CodePage.Address)] = address,
        });
    }
}
