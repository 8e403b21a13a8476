using System.Security.Cryptography;
using System.Text;

namespace Lowdose.Records.Clinic;

/// <summary>A code that a person reads off one thing and types into another: letters and digits that do not look alike, in groups of four.</summary>
public static class PrintedCode
{
    // Crockford's base 32: no I, L, O, U.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>26 letters: 130 random bits. Nobody guesses it, so a plain digest of it may be kept.</summary>
    public static string Strong() => New(26);

    /// <summary>12 letters: 60 random bits, for paper. Only a digest with a key may be kept of it, and guesses are counted.</summary>
    public static string ForPaper() => New(12);

    /// <summary>What was meant by what was typed: in any case, with or without spaces and dashes, O for 0 and I or L for 1.</summary>
    /// <param name="typed">As typed.</param>
    public static string Plain(string typed) =>
        string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }));

    /// <summary>SHA-256 of a code, or of what a browser holds, as the tables keep it.</summary>
    /// <param name="secret">At least 128 random bits.</param>
    public static string Digest(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static string New(int letters) => string.Join('-', RandomNumberGenerator.GetString(Letters, letters).Chunk(4).Select(four => new string(four)));
}
