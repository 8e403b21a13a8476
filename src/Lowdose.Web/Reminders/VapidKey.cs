using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Web.Pairing;
using NodaTime;

namespace Lowdose.Web.Reminders;

/// <summary>
/// The key with which this Lowdose shows a push service that it is the one the browser subscribed to. It names nobody. A browser's subscription is bound to it:
/// with another key all must subscribe again. Source: RFC 8292.
/// </summary>
public sealed class VapidKey : IDisposable
{
    private static readonly Duration Life = Duration.FromHours(12);
    private readonly ECDsa key;

    private VapidKey(ECDsa key) => (this.key, PublicKey) = (key, Base64Url.EncodeToString(PushSubscription.Point(key.ExportParameters(false))));

    /// <summary>What the browser is given as <c>applicationServerKey</c>, base64url.</summary>
    public string PublicKey { get; }

    /// <summary>Reads the key from a file; makes both where there is none. Only the owner may read the file.</summary>
    /// <param name="path">The file, PEM.</param>
    /// <param name="vapid">The key; null where it is refused.</param>
    /// <returns>Why there is none; null where there is one.</returns>
    public static ReminderRefusal? OpenOrMake(string path, out VapidKey? vapid)
    {
        vapid = null;
        try
        {
            if (!File.Exists(path)) OwnFile.Write(path, System.Text.Encoding.ASCII.GetBytes(NewText()));
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
                return new($"others may read the key of the reminders, {path}", $"run: chmod 600 {path}");
            vapid = Of(File.ReadAllText(path));
            return null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            return new($"{path} is not a key of the reminders", "move it away: another is made, and reminders must be turned on again in each browser");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new($"the key of the reminders cannot be read or written: {path}", "check that its folder is there and that you may write in it");
        }
    }

    /// <summary>The key of a text that <see cref="NewText"/> made.</summary>
    /// <exception cref="CryptographicException">It is none, or <see cref="ArgumentException"/>.</exception>
    public static VapidKey Of(string text)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(text);
        return key.KeySize == 256 ? new(key) : throw new CryptographicException("the key is of another curve");
    }

    /// <summary>A new key, as a text that must stay secret.</summary>
    public static string NewText()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>The <c>Authorization</c> header of a message.</summary>
    /// <param name="endpoint">Where it goes; the token is good for this push service only.</param>
    /// <param name="now">The token is good for 12 hours from here.</param>
    /// <param name="contact">Whom the push service may write to: <c>mailto:</c> or <c>https:</c>; null for nobody.</param>
    public string Authorization(Uri endpoint, Instant now, string? contact)
    {
        var claims = new Dictionary<string, object> { ["aud"] = endpoint.GetLeftPart(UriPartial.Authority), ["exp"] = (now + Life).ToUnixTimeSeconds() };
        if (contact is not null) claims["sub"] = contact;
        var signed = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8) + "." + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"vapid t={signed}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
