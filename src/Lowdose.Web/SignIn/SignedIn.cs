using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lowdose.Web.SignIn;

/// <summary>The session a request comes in, and whose it is; a feature of the request, like <see cref="Who"/>.</summary>
/// <param name="Session">The session.</param>
/// <param name="Account">Whose.</param>
public sealed record SignedIn(Session Session, Account Account)
{
    private const string Cookie = "__Host-lowdose-session";

    /// <summary>Says of every request who is signed in, asking the records each time.</summary>
    internal static void Use(WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.Cookies.TryGetValue(Cookie, out var secret) && secret.Length > 0 && !Asset.All.Any(asset => asset.Path == context.Request.Path)
            && context.RequestServices.GetRequiredService<Sessions>().Now(secret) is (var session, var account))
        {
            context.Features.Set(new SignedIn(session, account));
            context.Features.Set(new Who(account.Id, account.Organisation, account.Roles, account.Record, account.ShownName, session.Key));
            if (NeedsSecondStep(session, account) && !IsAboutAccount(context.Request.Path))
            {
                context.Response.Redirect("/account/app");
                return Task.CompletedTask;
            }
        }
        return next(context);
    });

    /// <summary>For handlers behind the rule that somebody is signed in.</summary>
    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>Who is signed in; null: nobody.</summary>
    internal static SignedIn? Of(HttpContext context) => context.Features.Get<SignedIn>();

    /// <summary>Begins a session, always a new one.</summary>
    internal static void Begin(HttpContext context, Account account, Way way)
    {
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        if (Of(context) is { } before) sessions.End(before.Account, before.Session.Key);
        var life = account.IsStaff ? Sessions.StaffWhole : Sessions.PersonWhole;
        // Lax: somebody who follows a link to Lowdose is still signed in. No post from another site gets past the guard.
        context.Response.Cookies.Append(Cookie, sessions.Begin(account, Device.Of(context.Request.Headers.UserAgent.ToString()), way),
            new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life.ToTimeSpan(), IsEssential = true });
    }

    /// <summary>Ends it.</summary>
    internal static void End(HttpContext context)
    {
        if (Of(context) is { } signedIn) context.RequestServices.GetRequiredService<Sessions>().End(signedIn.Account, signedIn.Session.Key);
        context.Response.Cookies.Append(Cookie, "", new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.Zero, IsEssential = true });
    }

    /// <summary>A page back into Lowdose, never to another site.</summary>
    internal static string Own(string? then, string otherwise = "/") => then is ['/', not ('/' or '\\'), ..] && !then.Any(char.IsControl) ? then : otherwise;

    // Staff who sign in with a password alone see nothing of anybody until they have a second step.
    private static bool NeedsSecondStep(Session session, Account account) => session.Way == Way.Password && account.IsStaff && !account.TwoFactor;

    private static bool IsAboutAccount(PathString path) => path.StartsWithSegments("/account", StringComparison.Ordinal) || path == "/sign-out";
}

/// <summary>A browser in words, so that somebody knows it again in a list.</summary>
internal static class Device
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Places = [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux")];

    /// <summary>What it says it is.</summary>
    public static string Of(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name ?? "A browser";
        return Places.FirstOrDefault(p => userAgent.Contains(p.Mark, StringComparison.Ordinal)).Name is { } place ? $"{browser} on {place}" : browser;
    }
}
