using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Layout;

/// <summary>
/// What stands before every page: only the names Lowdose answers to (a foreign name that resolves to this computer is how
/// another site would read it), no post from another site, and headers that let a page do nothing it does not need.
/// </summary>
internal static class Guard
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Puts the guard in front.</summary>
    /// <param name="app">The application.</param>
    /// <param name="ownName">The host it was told to listen on, besides the names of this computer.</param>
    public static void UseGuard(this WebApplication app, string ownName) => app.Use((context, next) =>
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

        if (!IsOurs(request.Host.Host, ownName)) return Refuse(context, StatusCodes.Status421MisdirectedRequest);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !FromHere(request))
            return Refuse(context, StatusCodes.Status403Forbidden);
        return next(context);
    });

    private static bool IsOurs(string host, string ownName) =>
        host is "localhost" or "127.0.0.1" or "[::1]" || host.Equals(ownName, StringComparison.OrdinalIgnoreCase);

    // A browser says where a post comes from: in Sec-Fetch-Site, or at least in Origin. What says neither is not a browser,
    // and carries nobody's rights: there is no session to borrow.
    private static bool FromHere(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site)) return site == "same-origin" || site == "none";
        return !request.Headers.TryGetValue("Origin", out var origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(status == StatusCodes.Status403Forbidden
            ? "Lowdose takes a diary only from its own pages.\n" : "Lowdose does not answer to this name.\n");
    }
}
