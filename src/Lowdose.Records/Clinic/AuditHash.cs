using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lowdose.Records.Clinic;

/// <summary>
/// What an entry's hash covers: the hash before it, its number as 8 bytes, then time, organisation, actor, act, record and detail, each with its
/// length in bytes before it as 4 bytes, the highest first, and its text in UTF-8; a length of FF FF FF FF is "none". Source: docs/methods/audit.md.
/// </summary>
internal static class AuditHash
{
    /// <summary>What stands before the first entry.</summary>
    public static byte[] Start => new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash of an entry whose texts are still the bytes the database holds.</summary>
    public static byte[] Of(ReadOnlySpan<byte> previous, long sequence, byte[] at, byte[]? organisation, byte[] actor, byte[] act, byte[]? record, byte[] detail)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        hash.AppendData(number);
        foreach (var text in (ReadOnlySpan<byte[]?>)[at, organisation, actor, act, record, detail])
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, text is null ? uint.MaxValue : (uint)text.Length);
            hash.AppendData(number[..4]);
            if (text is not null) hash.AppendData(text);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>The hash of an entry about to be written.</summary>
    public static byte[] Of(ReadOnlySpan<byte> previous, long sequence, string at, string? organisation, string actor, string act, string? record, string detail) =>
        Of(previous, sequence, Bytes(at), organisation is null ? null : Bytes(organisation), Bytes(actor), Bytes(act), record is null ? null : Bytes(record), Bytes(detail));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
