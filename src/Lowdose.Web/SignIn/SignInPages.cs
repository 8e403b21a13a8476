using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>The addresses by which somebody comes in and goes out.</summary>
internal static class SignInPages
{
    private const string Second = "second step";
    private const string WrongPassword = "The name or the password is not right. Look at both and try again.";
    private static readonly Duration SecondLife = Duration.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder site)
    {
        EntrancePages.Map(site.MapGroup("").ForAnyone());
        AccountPages.Map(site);
        WaysInPages.Map(site);
        PeoplePages.Map(site);
        var open = site.MapGroup("").ForAnyone();
        open.MapGet("/sign-in", (HttpContext context) => Page(SignedIn.Own(context.Request.Query["then"])));
        open.MapPost("/sign-in", WithPassword);
        open.MapPost("/sign-in/second", WithSecondStep);
        open.MapPost("/sign-in/passkey/options", (HttpContext context, Ceremony ceremony) => ceremony.Using(context));
        open.MapPost("/sign-in/passkey", WithPasskey);
        open.MapGet("/sign-in/printed", () => Reply.Page<PrintedCodePage>(new()));
        open.MapPost("/sign-in/printed", WithPrintedCode);
        open.MapGet("/sign-out", () => Reply.Page<SignOutPage>(new()));
        open.MapPost("/sign-out", (HttpContext context) =>
        {
            SignedIn.End(context);
            context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            return Results.Redirect("/sign-in");
        });
    }

    /// <summary>Where somebody goes who came in without saying where to.</summary>
    public static string Home(Account account) => account.Record is not null ? "/today" : account.Roles.Select(RoleWords.Place).OfType<string>().FirstOrDefault() ?? "/account";

    private static async Task<IResult> WithPasskey(HttpContext context, Ceremony ceremony)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        var then = SignedIn.Own(form["then"]);
        if (await ceremony.Used(context, form).ConfigureAwait(false) is not { } account)
            return Page(then, wrong: "This passkey did not open Lowdose. Try again, or sign in another way.", status: StatusCodes.Status422UnprocessableEntity);
        return In(context, account, Way.Passkey, then);
    }

    private static async Task<IResult> WithPassword(HttpContext context, Accounts accounts, Passwords passwords, Guesses guesses, Tickets tickets)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        var (then, name) = (SignedIn.Own(form["then"]), Account.Plain(form["name"].ToString()));
        var counted = Limits.Password(context, name);
        if (guesses.Wait(counted) is { } wait) return Limits.TooMany(context, wait);
        var account = accounts.FindByName(name);
        if (!passwords.IsRight(account, form["password"].ToString()))
        {
            guesses.Wrong(account, counted);
            return Page(then, name, WrongPassword, StatusCodes.Status422UnprocessableEntity);
        }
        if (account!.TwoFactor) return SecondPage(then, tickets.Make(Second, account.Id, SecondLife));
        guesses.Right(counted[..2]);
        return In(context, account, Way.Password, then);
    }

    private static async Task<IResult> WithSecondStep(HttpContext context, Accounts accounts, SecondStep second, Guesses guesses, Tickets tickets)
    {
        var form = await Reply.Form(context.Request).ConfigureAwait(false);
        var then = SignedIn.Own(form["then"]);
        if (tickets.Read(Second, form["ticket"]) is not { } id || accounts.Find(id) is not { ClosedAt: null, TwoFactor: true } account)
            return Page(then, wrong: "This took too long. Please begin again.", status: StatusCodes.Status422UnprocessableEntity);
        var counted = Limits.Password(context, account.SignInName);
        if (guesses.Wait(counted) is { } wait) return Limits.TooMany(context, wait);
        if (!await second.IsRightOrPrinted(account, form["code"].ToString()).ConfigureAwait(false))
        {
            guesses.Wrong(account, counted);
            return SecondPage(then, form["ticket"]!, wrong: true);
        }
        guesses.Right(counted[..2]);
        return In(context, account, Way.TwoSteps, then);
    }

    private static async Task<IResult> WithPrintedCode(HttpContext context, Accounts accounts, RecoveryCodes codes, Guesses guesses)
    {
        var (form, counted) = (await Reply.Form(context.Request).ConfigureAwait(false), Limits.Code(context));
        if (guesses.Wait(counted) is { } wait) return Limits.TooMany(context, wait);
        var typed = form["code"].ToString();
        if (codes.Whose(typed) is not { } id || accounts.Find(id) is not { ClosedAt: null } account)
        {
            guesses.Wrong(null, counted);
            return Wrong("This code is not good. Each works once, and newer ones end older ones.");
        }
        // With a password, paper is the second step and not the only one.
        if (account.PasswordHash is not null) return Wrong("You have a password. Sign in with it first. Then this code takes the place of the app.");
        if (!codes.Use(typed, id)) return Wrong("This code was used in the same moment.");
        SignedIn.Begin(context, account, Way.Code);
        return Results.Redirect("/account/passkeys");

        static RazorComponentResult<PrintedCodePage> Wrong(string why) => Reply.Page<PrintedCodePage>(new() { [nameof(PrintedCodePage.Wrong)] = why }, StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult In(HttpContext context, Account account, Way way, string then)
    {
        SignedIn.Begin(context, account, way);
        return Results.Redirect(then == "/" ? Home(account) : then);
    }

    private static RazorComponentResult<SignInPage> Page(string then, string? name = null, string? wrong = null, int status = StatusCodes.Status200OK) =>
        Reply.Page<SignInPage>(new() { [nameof(SignInPage.Then)] = then, [nameof(SignInPage.Name)] = name, [nameof(SignInPage.Wrong)] = wrong }, status);

    private static RazorComponentResult<SecondStepPage> SecondPage(string then, string ticket, bool wrong = false) =>
        Reply.Page<SecondStepPage>(new() { [nameof(SecondStepPage.Then)] = then, [nameof(SecondStepPage.Ticket)] = ticket, [nameof(SecondStepPage.Wrong)] = wrong },
            wrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
