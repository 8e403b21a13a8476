using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Lowdose.Acceptance.Clinic;

/// <summary>What an app shows (RFC 6238 with SHA-1, six digits, half a minute).</summary>
internal static class Totp
{
    /// <summary>The code of now, or of some steps before or after.</summary>
    public static string Now(string key, int steps = 0) => At(key, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + steps);

    public static string At(string key, long step)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The apps' own choice.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var cut = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (cut % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
