using System.Security.Cryptography;
using System.Text;
using Lowdose.Dosing;

namespace Lowdose.Trials;

/// <summary>
/// An allocation closed with a key, to be kept. It opens only with that key and beside the trial's commitment, and only if it is what was committed to.
/// Its length is the same whichever arms it holds. Source: AES-256-GCM, NIST SP 800-38D; docs/methods/trials.md.
/// </summary>
/// <param name="Commitment">What it opens.</param>
/// <param name="Nonce">12 bytes, never used twice with a key.</param>
/// <param name="Closed">The text, padded, and the tag of 16 bytes.</param>
public sealed record SealedAllocation(Commitment Commitment, IReadOnlyList<byte> Nonce, IReadOnlyList<byte> Closed)
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;
    /// <summary>Bytes of the nonce.</summary>
    public const int NonceBytes = 12;
    private const int TagBytes = 16, Padded = 4096;

    /// <summary>Closes an allocation.</summary>
    /// <param name="allocation">The allocation.</param>
    /// <param name="key">32 bytes; whoever has it can open.</param>
    /// <param name="nonce">12 random bytes.</param>
    public static SealedAllocation Of(Allocation allocation, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        var text = Encoding.ASCII.GetBytes(allocation.Opened().Text);
        // The arms' names differ in length: whole pages hide which there are more of.
        var open = new byte[(text.Length / Padded + 1) * Padded];
        text.CopyTo(open, 0);
        var closed = new byte[open.Length + TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, open, closed.AsSpan(0, open.Length), closed.AsSpan(open.Length), Beside(allocation.Commitment));
        CryptographicOperations.ZeroMemory(open);
        CryptographicOperations.ZeroMemory(text);
        return new(allocation.Commitment, nonce.ToArray(), closed);
    }

    /// <summary>Opens it for the pharmacist's sheet, an unblinding or the reveal; what comes out is still sealed.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="allocation">Null where it is refused.</param>
    /// <returns>Null, or why it does not open.</returns>
    public Refused? Open(ReadOnlySpan<byte> key, out Allocation? allocation)
    {
        allocation = null;
        if (Nonce.Count != NonceBytes || Closed.Count <= TagBytes) return new("the sealed allocation is damaged", "take it from a backup");
        byte[] closed = [.. Closed];
        var open = new byte[closed.Length - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt([.. Nonce], closed.AsSpan(0, open.Length), closed.AsSpan(open.Length), open, Beside(Commitment));
        }
        catch (AuthenticationTagMismatchException)
        {
            return new("the key is another, or the sealed allocation was changed", "check the passphrase, and that both files are of one trial");
        }
        var (_, wrong) = Opening.Read(Encoding.ASCII.GetString(open).TrimEnd('\0'), out var opening);
        if (wrong is not null || !opening!.Opens(Commitment)) return new("what was sealed is not what was committed to", "keep both files as they are, and ask who sealed it");
        allocation = Allocation.Of(opening);
        return null;
    }

    private static byte[] Beside(Commitment commitment) => Encoding.UTF8.GetBytes($"lowdose sealed allocation\n{commitment.Trial}\n{commitment.Hash}");
}
