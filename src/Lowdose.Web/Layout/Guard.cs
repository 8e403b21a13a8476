using System.Net;
using Lowdose.Web.Pairing;
using Lowdose.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Layout;

/// <summary>
/// What stands before every page: only the names Lowdose answers to (a foreign name that resolves to this computer is how
/// another site would read it), only this computer and paired phones, no post from another site, and headers that let a page
/// do nothing it does not need.
/// </summary>
internal static class Guard
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Puts the guard in front.</summary>
    /// <param name="app">The application.</param>
    /// <param name="where">Where it was told to listen.</param>
    /// <param name="phones">The phones that may come in.</param>
    /// <param name="clinic">Who signs in is let in from everywhere, but only over https; null: this computer and paired phones.</param>
    public static void UseGuard(this WebApplication app, Listening where, PairedPhones phones, ClinicMode? clinic = null) => app.Use((context, next) =>
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
        context.Response.OnStarting(static response => Task.FromResult(((HttpResponse)response).Headers.Remove("blazor-enhanced-nav")), context.Response);

        if (!IsOurs(context, where, clinic?.Address)) return Refuse(context, StatusCodes.Status421MisdirectedRequest, "Lowdose does not answer to this name.");
        // Promised for a name only: a browser keeps no such promise for an address, and this computer's own names also serve without https.
        if (request.IsHttps && !IsHere(request.Host.Host) && !IPAddress.TryParse(request.Host.Host, out _)) headers.StrictTransportSecurity = "max-age=2592000";
        if (clinic is not null && !request.IsHttps && !PhoneKey.IsHere(context)) return Refuse(context, StatusCodes.Status403Forbidden, "Lowdose answers over https only.");
        if (clinic is null && !phones.Admits(context) && !IsOpen(request))
            return Refuse(context, StatusCodes.Status403Forbidden, "Lowdose does not know this device. On the computer that Lowdose runs on, open the page /pair and scan the square.");
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !FromHere(request))
            return Refuse(context, StatusCodes.Status403Forbidden, "Lowdose takes a diary only from its own pages.");
        return next(context);
    });

    private static bool IsHere(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    private static bool IsOurs(HttpContext context, Listening where, Uri? shownAt)
    {
        var host = context.Request.Host.Host;
        if (shownAt is not null && host.Equals(shownAt.Host, StringComparison.OrdinalIgnoreCase)) return true;
        if (IsHere(host) || where.Urls.Any(url => host.Equals(url.Host, StringComparison.OrdinalIgnoreCase))) return true;
        if (!where.Everywhere) return false;
        return IPAddress.TryParse(host, out var address)
            ? Plain(address).Equals(Plain(context.Connection.LocalIpAddress))
            : Listening.OwnNames().Contains(host, StringComparer.OrdinalIgnoreCase);

        static IPAddress Plain(IPAddress? own) => own is null ? IPAddress.None : own.IsIPv4MappedToIPv6 ? own.MapToIPv4() : own;
    }

    // What a device may have before it is let in: the key in the square, and files that are the same for everybody.
    private static bool IsOpen(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.Path.StartsWithSegments("/pair", StringComparison.Ordinal, out var rest) ? rest.HasValue : Asset.All.Any(asset => asset.Path == request.Path));

    // A browser says where a post comes from: in Sec-Fetch-Site, or at least in Origin. What says neither is not a browser,
    // and carries nobody's rights but its own.
    private static bool FromHere(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site)) return site == "same-origin" || site == "none";
        return !request.Headers.TryGetValue("Origin", out var origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme == request.Scheme && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static Task Refuse(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n");
    }
}
