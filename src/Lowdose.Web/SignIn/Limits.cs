using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lowdose.Records.Clinic;
using Lowdose.Web.Layout;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>How often somebody may guess. A passkey cannot be guessed, so it is never held up. Source: OWASP ASVS 5.0.0, 6.3.1; docs/methods/clinic-access.md.</summary>
internal static class Limits
{
    private static readonly Duration While = Duration.FromMinutes(15);

    /// <summary>What a wrong password or second step counts for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name, whether anybody has it or not.</param>
    public static Guessing[] Password(HttpContext context, string name) =>
    [
        new($"name and address|{name}|{Address(context)}", 10, While),
        new($"name|{name}", 100, Duration.FromDays(1)),
        new($"address|{Address(context)}", 100, While),
    ];

    /// <summary>What a wrong code counts for.</summary>
    public static Guessing[] Code(HttpContext context) => [new($"code|{Address(context)}", 20, While)];

    /// <summary>The page that asks for patience.</summary>
    public static IResult TooMany(HttpContext context, Duration wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var minutes = (long)Math.Ceiling(wait.TotalMinutes);
        return Reply.Page<WaitPage>(new() { [nameof(WaitPage.Minutes)] = minutes }, StatusCodes.Status429TooManyRequests);
    }

    // One household has a whole /64 of the newer addresses.
    private static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
