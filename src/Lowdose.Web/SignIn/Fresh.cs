using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lowdose.Web.SignIn;

/// <summary>What changes how somebody comes in asks first that it is still they. Source: OWASP ASVS 5.0.0, 7.5.1 and 7.5.3.</summary>
internal static class Fresh
{
    /// <summary>Only within five minutes of a passkey or a password; otherwise it is asked for, and then the page is shown.</summary>
    /// <param name="route">The address.</param>
    /// <param name="page">The page to come back to; null: the address itself.</param>
    public static RouteHandlerBuilder NeedsFresh(this RouteHandlerBuilder route, string? page = null) => route.AddEndpointFilter(async (call, next) =>
    {
        var context = call.HttpContext;
        if (SignedIn.Of(context) is { } signedIn && !context.RequestServices.GetRequiredService<Sessions>().IsFresh(signedIn.Session))
            return Results.Redirect("/account/confirm?then=" + Uri.EscapeDataString(page ?? context.Request.Path));
        return await next(call).ConfigureAwait(false);
    });
}
