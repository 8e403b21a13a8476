using System.Security.Cryptography;
using System.Text;
using Lowdose.Dosing;

namespace Lowdose.Records.Clinic;

/// <summary>
/// The clinic's key: 256 random bits in a file of their own, which seal what a stolen database must not tell. Whoever has the
/// database but not this file can open none of it. Source: NIST SP 800-38D; OWASP ASVS 5.0.0, 13.3.1; docs/methods/clinic-access.md.
/// </summary>
public sealed class ClinicKey
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Seal _seal;
    private readonly byte[] _digestKey, _allocationKey;

    private ClinicKey(byte[] bytes)
    {
        _seal = new(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, Seal.KeyBytes, info: "lowdose clinic seal"u8.ToArray()));
        _digestKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, Seal.KeyBytes, info: "lowdose clinic digest"u8.ToArray());
        _allocationKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, Seal.KeyBytes, info: "lowdose clinic allocations"u8.ToArray());
    }

    /// <summary>Reads the key; makes one where there is no file. Only the file's owner may be able to read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">Null where it is refused.</param>
    /// <returns>Null, or why not.</returns>
    public static Refused? OpenOrMake(string path, out ClinicKey? key)
    {
        key = null;
        try
        {
            if (!File.Exists(path)) Make(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                return new($"others on this computer may read the clinic's key {path}", $"take their rights away (chmod 600 {path}) and ask yourself who has read it");
            var text = File.ReadAllText(path).Trim();
            if (text.Length != 2 * Seal.KeyBytes || !text.All(char.IsAsciiHexDigit)) return new($"{path} is not a clinic's key", "give the file that Lowdose made at the first start");
            key = new(Convert.FromHexString(text));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new($"the clinic's key {path} cannot be read or made", "give a file that you may read with --key");
        }
    }

    /// <summary>Closes bytes, so that they open only in the row they were closed for.</summary>
    /// <param name="open">The bytes.</param>
    /// <param name="table">The table they are kept in.</param>
    /// <param name="row">The row's key.</param>
    public byte[] Close(byte[] open, string table, string row) => _seal.Close(open, $"{table}|{row}");

    /// <summary>Opens them again; null where the key is another, or they were changed or moved.</summary>
    /// <param name="closed">What was closed.</param>
    /// <param name="table">The table they are kept in.</param>
    /// <param name="row">The row's key.</param>
    public byte[]? Open(byte[] closed, string table, string row) => _seal.Open(closed, $"{table}|{row}");

    /// <summary>What closes the allocations of trials, and nothing else.</summary>
    internal ReadOnlySpan<byte> ForAllocations => _allocationKey;

    /// <summary>What stands for a text in a table: nobody without the key can find the text by trying.</summary>
    internal string Digest(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_digestKey, Encoding.UTF8.GetBytes(text)));

    private static void Make(string path)
    {
        var whole = Path.GetFullPath(path);
        Durable.MakeFolder(Path.GetDirectoryName(whole)!);
        using (var file = Durable.Create(whole))
        {
            file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(2 * Seal.KeyBytes, lowercase: true) + "\n"));
            file.Flush(flushToDisk: true);
        }
        Durable.Folder(Path.GetDirectoryName(whole)!);
    }
}
