using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Pairing;

/// <summary>
/// What lets a phone in. A program on this computer needs nothing; whoever comes over the network must have opened, once, the address in the square that
/// <c>/pair</c> shows on this computer. Its file can be deleted: then every phone must pair again.
/// </summary>
public static class PhoneKey
{
    private const string Cookie = "lowdose-phone";
    private const int Length = 16;

    /// <summary>Reads the key; makes one where there is none. Only the owner may read its file.</summary>
    /// <param name="folder">Where it is kept; must be there.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static string OpenOrMake(string folder)
    {
        var path = Path.Combine(folder, "phone.key");
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: 22 } kept) return kept;
        var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
        OwnFile.Write(path, Encoding.ASCII.GetBytes(made + "\n"));
        return made;
    }

    /// <summary>Whether a request may pass: from this computer, or from a phone that was paired.</summary>
    internal static bool Admits(HttpContext context, string? key) =>
        IsHere(context) || (key is not null && context.Request.Cookies.TryGetValue(Cookie, out var shown) && Same(shown, key));

    /// <summary>Whether a request comes from this computer.</summary>
    internal static bool IsHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is null || System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress)
        || context.Connection.RemoteIpAddress.Equals(context.Connection.LocalIpAddress);

    /// <summary>Lets this phone in for a year, where it shows the right key.</summary>
    internal static bool Pair(HttpContext context, string shown, string? key)
    {
        if (key is null || !Same(shown, key)) return false;
        context.Response.Cookies.Append(Cookie, key, new()
        {
            HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), Path = "/", IsEssential = true,
        });
        return true;
    }

    // In the same time whatever is wrong, so that nobody finds it letter by letter.
    private static bool Same(string shown, string key) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(key));
}
