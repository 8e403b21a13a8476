using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Lowdose.Acceptance.Reminders;

/// <summary>A browser's side of RFC 8291 and the reader's of RFC 8188, written from the RFCs for these tests alone.</summary>
internal static class Decoder
{
    public static byte[] Bytes(string base64Url) => Base64Url.DecodeFromUtf8(Encoding.ASCII.GetBytes(base64Url));

    public static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static ECDiffieHellman Pair(string publicPoint, string privateScalar) => ECDiffieHellman.Create(Parameters(Bytes(publicPoint), Bytes(privateScalar)));

    public static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    /// <summary>Every record of a body, without its padding.</summary>
    public static byte[] Decrypt(byte[] body, byte[] keyingMaterial)
    {
        var (salt, size, idLength) = (body[..16], (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)), body[20]);
        var secret = HKDF.Extract(HashAlgorithmName.SHA256, keyingMaterial, salt);
        var key = HKDF.Expand(HashAlgorithmName.SHA256, secret, 16, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var first = HKDF.Expand(HashAlgorithmName.SHA256, secret, 12, "Content-Encoding: nonce\0"u8.ToArray());
        using var cipher = new AesGcm(key, 16);
        List<byte> text = [];
        var records = body[(21 + idLength)..].Chunk(size).ToArray();
        foreach (var (number, record) in records.Index())
        {
            byte[] nonce = [.. first];
            nonce[^1] ^= checked((byte)number);
            var content = new byte[record.Length - 16];
            cipher.Decrypt(nonce, record.AsSpan(0, content.Length), record.AsSpan(content.Length), content);
            var end = Array.FindLastIndex(content, b => b != 0);
            content[end].ShouldBe((byte)(number == records.Length - 1 ? 2 : 1), "the delimiter says whether it is the last record");
            text.AddRange(content[..end]);
        }
        return [.. text];
    }

    /// <summary>A push message, as the browser with this key pair and secret reads it.</summary>
    public static byte[] DecryptPush(byte[] body, ECDiffieHellman browser, byte[] auth)
    {
        var sender = body[21..(21 + body[20])];
        using var other = ECDiffieHellman.Create(Parameters(sender, null));
        var mixed = HKDF.Extract(HashAlgorithmName.SHA256, browser.DeriveRawSecretAgreement(other.PublicKey), auth);
        byte[] info = [.. "WebPush: info\0"u8, .. Point(browser.ExportParameters(false)), .. sender];
        return Decrypt(body, HKDF.Expand(HashAlgorithmName.SHA256, mixed, 32, info));
    }

    /// <summary>The token and key of a VAPID header, where the signature holds.</summary>
    public static string VerifiedClaims(string authorization)
    {
        var parts = authorization.Split("t=", 2)[1].Split(", k=");
        var token = parts[0].Split('.');
        using var key = ECDsa.Create(Parameters(Bytes(parts[1]), null));
        key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Bytes(token[2]), HashAlgorithmName.SHA256).ShouldBeTrue("the signature does not hold");
        return Encoding.UTF8.GetString(Bytes(token[1]));
    }

    private static ECParameters Parameters(byte[] point, byte[]? scalar) =>
        new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] }, D = scalar };
}
