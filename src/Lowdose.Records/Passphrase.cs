using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Dosing;

namespace Lowdose.Records;

/// <summary>
/// From a passphrase to the key that wraps the data key. Deliberately slow, so that a stolen file cannot be tried fast; a lost
/// passphrase is lost. Source: OWASP Password Storage Cheat Sheet (PBKDF2-SHA-512, at least 210,000 rounds); RFC 8018.
/// </summary>
internal static class Passphrase
{
    private const string Derivation = "PBKDF2-SHA-512";
    private const int Rounds = 600_000, SaltBytes = 32, Shortest = 8, Longest = 1_000;

    /// <summary>Why it cannot be one; null where it can.</summary>
    public static Refused? WrongWith(string passphrase) => passphrase.Length switch
    {
        < Shortest => new($"the passphrase is shorter than {Shortest} characters", "take a longer one: four or five words that have nothing to do with each other"),
        > Longest => new($"the passphrase is longer than {Longest} characters", "take a shorter one"),
        _ => null,
    };

    /// <summary>Wraps a data key.</summary>
    public static KeyRow Wrap(byte[] dataKey, string passphrase, string person)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new()
        {
            Person = person, Derivation = Derivation, Rounds = Rounds, Salt = salt,
            Wrapped = new Seal(Derive(passphrase, salt, Rounds)).Close(dataKey, Beside(person, Rounds, salt)),
        };
    }

    /// <summary>The data key; null where the passphrase is wrong.</summary>
    public static byte[]? Unwrap(KeyRow row, string passphrase) => row.Derivation == Derivation
        ? new Seal(Derive(passphrase, row.Salt, row.Rounds)).Open(row.Wrapped, Beside(row.Person, row.Rounds, row.Salt))
        : throw new DamagedException($"the key is derived with {row.Derivation}, which this version does not know");

    private static byte[] Derive(string passphrase, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, rounds, HashAlgorithmName.SHA512, Seal.KeyBytes);

    private static string Beside(string person, int rounds, byte[] salt) =>
        string.Join('\n', "lowdose key", person, Derivation, rounds.ToString(CultureInfo.InvariantCulture), Convert.ToHexString(salt));
}
