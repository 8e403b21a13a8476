using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lowdose.Web.Reminders;

/// <summary>The content coding <c>aes128gcm</c>, in one record. Source: RFC 8188, section 2.</summary>
public static class EncryptedContent
{
    /// <summary>The size of a salt and of a key, in bytes.</summary>
    public const int KeyLength = 16;

    private const int RecordSize = 4096, TagLength = 16, NonceLength = 12;
    private const byte LastRecord = 2;

    /// <summary>The longest text, padding included, in bytes: a record less its end mark and its tag.</summary>
    public const int Longest = RecordSize - TagLength - 1;

    /// <summary>Encrypts one text.</summary>
    /// <param name="text">What is said.</param>
    /// <param name="padding">How many zero bytes follow it, so that its length tells nothing.</param>
    /// <param name="keyingMaterial">The secret both sides have.</param>
    /// <param name="salt">16 random bytes, never used twice with the same secret.</param>
    /// <param name="keyId">What tells the reader which secret it is; at most 255 bytes, may be empty.</param>
    /// <returns>Header and record.</returns>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, int padding, ReadOnlySpan<byte> keyingMaterial, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> keyId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length + padding, Longest);
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, KeyLength);
        Span<byte> secret = stackalloc byte[SHA256.HashSizeInBytes], key = stackalloc byte[KeyLength], nonce = stackalloc byte[NonceLength];
        HKDF.Extract(HashAlgorithmName.SHA256, keyingMaterial, salt, secret);
        HKDF.Expand(HashAlgorithmName.SHA256, secret, key, "Content-Encoding: aes128gcm\0"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, secret, nonce, "Content-Encoding: nonce\0"u8);

        var header = KeyLength + sizeof(uint) + 1 + keyId.Length;
        var content = new byte[text.Length + 1 + padding];
        text.CopyTo(content);
        content[text.Length] = LastRecord;
        var whole = new byte[header + content.Length + TagLength];
        salt.CopyTo(whole);
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(KeyLength), RecordSize);
        whole[KeyLength + sizeof(uint)] = checked((byte)keyId.Length);
        keyId.CopyTo(whole.AsSpan(KeyLength + sizeof(uint) + 1));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, content, whole.AsSpan(header, content.Length), whole.AsSpan(header + content.Length));
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(key);
        return whole;
    }
}
