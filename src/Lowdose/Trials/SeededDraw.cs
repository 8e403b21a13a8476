using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lowdose.Trials;

/// <summary>
/// The chance of an allocation: the n-th number is a pure function of a secret 256-bit seed, a purpose and n, so that the same seed
/// deals the same and nobody without it can tell the next. It is not Science's Philox, which is no source of secrets.
/// </summary>
/// <remarks>Block n is HMAC-SHA-256(seed, purpose, a line feed, n in decimal), read as four big-endian 64-bit words. Source: NIST SP 800-108r1 (counter mode); docs/methods/trials.md.</remarks>
public sealed class SeededDraw
{
    /// <summary>Bytes of a seed.</summary>
    public const int SeedBytes = 32;

    private readonly byte[] _seed;
    private readonly string _purpose;
    private readonly ulong[] _words = new ulong[4];
    private ulong _block;
    private int _left;

    /// <summary>The stream of one purpose.</summary>
    /// <param name="seed">32 bytes, from a source of secrets.</param>
    /// <param name="purpose">What is drawn; other purposes have other numbers.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public SeededDraw(ReadOnlySpan<byte> seed, string purpose)
    {
        if (seed.Length != SeedBytes) throw new ArgumentException($"a seed has {SeedBytes} bytes, not {seed.Length}", nameof(seed));
        (_seed, _purpose) = (seed.ToArray(), purpose);
    }

    /// <summary>A whole number from 0 to below <paramref name="count"/>, each as likely: a word that would favour some is thrown away.</summary>
    /// <param name="count">1 or more.</param>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var all = (ulong)count;
        // Of 2^64 words the last 2^64 mod count would make the low numbers likelier.
        var fair = ulong.MaxValue - (ulong.MaxValue % all + 1) % all;
        while (true)
            if (Next() is var word && word <= fair) return (int)(word % all);
    }

    /// <summary>Puts them in an order of which each is as likely. Source: Fisher &amp; Yates; Knuth, The Art of Computer Programming 2, §3.4.2.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Next()
    {
        if (_left == 0)
        {
            var block = HMACSHA256.HashData(_seed, Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_purpose}\n{_block++}")));
            for (var i = 0; i < 4; i++) _words[i] = BinaryPrimitives.ReadUInt64BigEndian(block.AsSpan(8 * i));
            _left = 4;
        }
        return _words[4 - _left--];
    }
}
