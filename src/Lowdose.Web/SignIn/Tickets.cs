using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>What a page hands back to Lowdose a little later, unread and unchanged.</summary>
internal sealed class Tickets(IDataProtectionProvider protection, IClock clock)
{
    /// <summary>Closes a text.</summary>
    /// <param name="purpose">What it is for; for nothing else does it open.</param>
    /// <param name="content">The text.</param>
    /// <param name="life">How long it opens.</param>
    public string Make(string purpose, string content, Duration life) =>
        Protector(purpose).Protect((clock.GetCurrentInstant() + life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "\n" + content);

    /// <summary>Opens it; null where it is too old, for something else, or not ours.</summary>
    public string? Read(string purpose, string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            var parts = Protector(purpose).Unprotect(ticket).Split('\n', 2);
            return clock.GetCurrentInstant() < Instant.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture)) ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("Lowdose.SignIn", purpose);
}
