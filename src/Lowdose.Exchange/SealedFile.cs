using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lowdose.Trials;

namespace Lowdose.Exchange;

/// <summary>
/// The sealed part of a trial as a file of its own, closed with a passphrase that the pharmacist or the friend has and nobody else of the trial.
/// The derivation is deliberately slow. Source: RFC 8018; OWASP Password Storage Cheat Sheet (PBKDF2-SHA-512, at least 210,000 rounds).
/// </summary>
public static class SealedFile
{
    /// <summary>The shortest passphrase.</summary>
    public const int ShortestPassphrase = 8;
    /// <summary>Random bytes a file needs: a salt, and a nonce.</summary>
    public const int RandomBytes = SaltBytes + SealedAllocation.NonceBytes;

    private const string Format = "lowdose-sealed-allocation", Derivation = "PBKDF2-SHA-512", Take = "take the file as lowdose trial seal wrote it, or from a backup";
    private const int Version = 1, Rounds = 600_000, MostRounds = 10_000_000, SaltBytes = 32;

    /// <summary>Closes an allocation and writes it as UTF-8.</summary>
    /// <param name="allocation">The allocation.</param>
    /// <param name="passphrase">At least <see cref="ShortestPassphrase"/> characters.</param>
    /// <param name="random"><see cref="RandomBytes"/> from a source of secrets.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Allocation allocation, string passphrase, ReadOnlySpan<byte> random, Stream stream)
    {
        var salt = random[..SaltBytes];
        var nonce = random[SaltBytes..];
        var closed = SealedAllocation.Of(allocation, Key(passphrase, salt, Rounds), nonce);
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("trial", closed.Commitment.Trial);
        json.WriteString("commitment", closed.Commitment.Hash);
        json.WriteString("derivation", Derivation);
        json.WriteNumber("rounds", Rounds);
        json.WriteBase64String("salt", salt);
        json.WriteBase64String("nonce", nonce);
        json.WriteBase64String("closed", [.. closed.Closed]);
        json.WriteEndObject();
    }

    /// <summary>Reads and opens one; what comes out is still sealed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="allocation">Null where it is refused.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static Refusal? Read(string path, string passphrase, out Allocation? allocation)
    {
        allocation = null;
        return TrialFile.Bytes(path, out var utf8) is { } unread ? unread : Read(utf8, passphrase, out allocation);
    }

    /// <summary>The same, of a file's bytes.</summary>
    /// <param name="utf8">What <see cref="Write"/> wrote.</param>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="allocation">Null where it is refused.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static Refusal? Read(byte[] utf8, string passphrase, out Allocation? allocation)
    {
        allocation = null;
        try
        {
            using var file = JsonDocument.Parse(utf8);
            var root = file.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("format", out var format) && format.ValueEquals(Format))) return new(1, "this is not a sealed allocation", Take);
            var rounds = root.GetProperty("rounds").GetInt32();
            if (root.GetProperty("version").GetInt32() != Version || root.GetProperty("derivation").GetString() != Derivation || rounds is < 1 or > MostRounds) return new(1, "this version does not know how it was closed", "read it with the version of Lowdose that wrote it");
            var closed = new SealedAllocation(new(root.GetProperty("trial").GetString()!, root.GetProperty("commitment").GetString()!), root.GetProperty("nonce").GetBytesFromBase64(), root.GetProperty("closed").GetBytesFromBase64());
            return closed.Open(Key(passphrase, root.GetProperty("salt").GetBytesFromBase64(), rounds), out allocation) is { } refused ? new(1, refused.What, refused.Do) : null;
        }
        catch (JsonException e)
        {
            return PlainText.NotJson(utf8, e, Take);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            return new(1, "a piece of the file is missing or of the wrong kind", Take);
        }
    }

    private static byte[] Key(string passphrase, ReadOnlySpan<byte> salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, rounds, HashAlgorithmName.SHA512, SealedAllocation.KeyBytes);
}
