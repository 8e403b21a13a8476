using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Pairing;

/// <summary>
/// What pairs a phone. A program on this computer needs nothing; whoever comes over the network must have opened, once, the address in the square that
/// <c>/pair</c> shows on this computer. What the phone gets then is its own (<see cref="PairedPhones"/>).
/// </summary>
public static class PhoneKey
{
    private const int Length = 16;

    /// <summary>Reads the key; makes one where there is none. Only the owner may read its file.</summary>
    /// <param name="folder">Where it is kept; must be there.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static string OpenOrMake(string folder)
    {
        var path = PathIn(folder);
        return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: 22 } kept ? kept : Renew(folder);
    }

    /// <summary>Makes another: the square that was shown before lets nobody in.</summary>
    /// <param name="folder">Where it is kept; must be there.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static string Renew(string folder)
    {
        var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
        OwnFile.Write(PathIn(folder), Encoding.ASCII.GetBytes(made + "\n"));
        return made;
    }

    /// <summary>Whether a request comes from this computer.</summary>
    internal static bool IsHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is null || System.Net.IPAddress.IsLoopback(context.Connection.RemoteIpAddress)
        || context.Connection.RemoteIpAddress.Equals(context.Connection.LocalIpAddress);

    private static string PathIn(string folder) => Path.Combine(folder, "phone.key");
}
