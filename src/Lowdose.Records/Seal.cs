using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Diary;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>
/// AES-256-GCM with a random nonce: what was closed opens only with the same key and beside the same words, so that a row moved
/// to another day or person does not open. Source: NIST SP 800-38D; docs/methods/records.md.
/// </summary>
internal sealed class Seal(byte[] key)
{
    public const int KeyBytes = 32;
    private const byte Kind = 1;
    private const int NonceBytes = 12, TagBytes = 16, Overhead = 1 + NonceBytes + TagBytes;

    /// <summary>Closes a text.</summary>
    /// <param name="open">The text.</param>
    /// <param name="beside">What it belongs to, which stays readable.</param>
    public byte[] Close(ReadOnlySpan<byte> open, string beside)
    {
        var closed = new byte[open.Length + Overhead];
        closed[0] = Kind;
        var nonce = closed.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, open, closed.AsSpan(1 + NonceBytes, open.Length), closed.AsSpan(closed.Length - TagBytes), Encoding.UTF8.GetBytes(beside));
        return closed;
    }

    /// <summary>Opens it again; null where the key is another, or a bit of either was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> closed, string beside)
    {
        if (closed.Length < Overhead || closed[0] != Kind) return null;
        var open = new byte[closed.Length - Overhead];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(closed.Slice(1, NonceBytes), closed[(1 + NonceBytes)..^TagBytes], closed[^TagBytes..], open, Encoding.UTF8.GetBytes(beside));
            return open;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Everything about a write but what it says.</summary>
    public static string Beside(string person, DiaryWrite write) => string.Join('\n', "lowdose write", person, write.Id.ToString("D", CultureInfo.InvariantCulture), write.Subject,
        write.Base?.ToString("D", CultureInfo.InvariantCulture) ?? "", InstantPattern.ExtendedIso.Format(write.WrittenAt), write.Zone, write.Actor);
}
