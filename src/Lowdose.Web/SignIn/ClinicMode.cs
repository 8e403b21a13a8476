using System.Security.Cryptography;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>Many people with accounts, in place of one person on their own computer. Source: docs/methods/clinic-access.md.</summary>
public sealed class ClinicMode
{
    private byte[]? _first;

    private ClinicMode(ClinicKey key, Uri? address) => (Key, Address) = (key, address);

    /// <summary>Seals what a stolen database must not tell.</summary>
    public ClinicKey Key { get; }

    /// <summary>Where a proxy in front shows Lowdose to people, over https; null: nothing stands in front.</summary>
    public Uri? Address { get; }

    /// <summary>Makes ready what clinic mode needs.</summary>
    /// <param name="archive">The records.</param>
    /// <param name="keyFile">The clinic's key; made where there is none.</param>
    /// <param name="address">Where a proxy in front shows Lowdose; null: nothing stands in front.</param>
    /// <param name="clinic">Null where refused.</param>
    /// <returns>Null, or why not.</returns>
    public static Refused? Open(Archive archive, string keyFile, Uri? address, out ClinicMode? clinic)
    {
        clinic = null;
        if (ClinicKey.OpenOrMake(keyFile, out var key) is { } refused) return refused;
        if (new KeyRing(archive, key!).Check() is { } other) return other;
        clinic = new(key!, address);
        return null;
    }

    /// <summary>The code with which the first administrator comes in, once; null where there is one. Only a digest is kept, and only until Lowdose ends.</summary>
    /// <param name="archive">The records.</param>
    public string? FirstCode(Archive archive)
    {
        if (new Accounts(archive, SystemClock.Instance).HasBegun) return null;
        var code = PrintedCode.Strong();
        _first = Digest(code);
        return code;
    }

    /// <summary>Whether somebody may still begin.</summary>
    internal bool MayBegin => _first is not null;

    /// <summary>Whether this is the first administrator's code.</summary>
    internal bool IsFirst(string typed) => _first is { } first && CryptographicOperations.FixedTimeEquals(first, Digest(typed));

    /// <summary>The code was used.</summary>
    internal void Begun() => _first = null;

    private static byte[] Digest(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(PrintedCode.Plain(code)));
}
