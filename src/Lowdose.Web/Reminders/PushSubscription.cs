using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Diary;

namespace Lowdose.Web.Reminders;

/// <summary>Where one browser asked to be reminded: the address its push service gave it, and the keys only that browser can read with.</summary>
public sealed class PushSubscription
{
    private const int PointLength = 65, SecretLength = 16;
    private readonly ECParameters reader;
    private readonly byte[] point, secret;

    private PushSubscription(Uri endpoint, ECParameters reader, byte[] point, byte[] secret) =>
        (Endpoint, this.reader, this.point, this.secret) = (endpoint, reader, point, secret);

    /// <summary>The address at the push service.</summary>
    public Uri Endpoint { get; }

    /// <summary>Reads what a browser's <c>PushSubscription.toJSON()</c> holds.</summary>
    /// <param name="endpoint">The address; whether it may be asked is <see cref="PushAllowance"/>'s to say.</param>
    /// <param name="p256dh">The browser's public key, base64url: an uncompressed point of P-256.</param>
    /// <param name="auth">Its secret, base64url: 16 bytes.</param>
    /// <param name="subscription">The subscription; null where it is refused.</param>
    /// <returns>Why it is refused; null where it is not.</returns>
    public static ReminderRefusal? Of(string endpoint, string p256dh, string auth, out PushSubscription? subscription)
    {
        subscription = null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address)) return Refused("its address is not a web address");
        if (Bytes(p256dh) is not { Length: PointLength } point || point[0] != 4) return Refused("its key p256dh is not a point of P-256");
        if (Bytes(auth) is not { Length: SecretLength } secret) return Refused("its secret auth is not 16 bytes");
        var reader = Key(point);
        try
        {
            // A point off the curve would give the sender's key away.
            using var check = ECDiffieHellman.Create(reader);
        }
        catch (CryptographicException)
        {
            return Refused("its key p256dh is not a point of P-256");
        }
        subscription = new(address, reader, point, secret);
        return null;

        static ReminderRefusal Refused(string what) => new($"the browser’s subscription cannot be used: {what}", "turn reminders off and on again in this browser");
    }

    /// <summary>Encrypts a message that only this browser can read. Source: RFC 8291, section 3.4.</summary>
    /// <param name="text">What is said.</param>
    /// <param name="padding">How many zero bytes follow it.</param>
    /// <param name="sender">A key pair on P-256 made for this message alone.</param>
    /// <param name="salt">16 random bytes made for this message alone.</param>
    /// <returns>The body of the request to the push service.</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> text, int padding, ECDiffieHellman sender, ReadOnlySpan<byte> salt)
    {
        var own = Point(sender.ExportParameters(false));
        using var other = ECDiffieHellman.Create(reader);
        var shared = sender.DeriveRawSecretAgreement(other.PublicKey);
        Span<byte> mixed = stackalloc byte[SHA256.HashSizeInBytes], keyingMaterial = stackalloc byte[SHA256.HashSizeInBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, shared, secret, mixed);
        HKDF.Expand(HashAlgorithmName.SHA256, mixed, keyingMaterial, [.. "WebPush: info\0"u8, .. point, .. own]);
        CryptographicOperations.ZeroMemory(shared);
        return EncryptedContent.Encrypt(text, padding, keyingMaterial, salt, own);
    }

    /// <summary>A public key as the wire has it: 4, then both coordinates.</summary>
    internal static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    private static ECParameters Key(byte[] point) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } };

    private static byte[]? Bytes(string text)
    {
        try
        {
            return Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
