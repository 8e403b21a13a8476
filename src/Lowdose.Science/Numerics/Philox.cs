using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lowdose.Science.Numerics;

/// <summary>
/// A counter-based random stream: the n-th number is a pure function of (seed, stream, n), so that any thread or machine
/// draws the same numbers for the same replicate. It is not a source of secrets.
/// </summary>
/// <remarks>
/// Source: Philox4x32-10; Salmon, Moraes, Dror &amp; Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
/// Checked against the authors' known-answer vectors.
/// </remarks>
public struct Philox
{
    /// <summary>Numbers made at a time: two of each of four blocks.</summary>
    private const int Batch = 8;

    private readonly uint _key0, _key1;
    private readonly ulong _stream;
    private ulong _block;
    private Ready _ready;
    private int _left;
    private double _spareNormal;

    /// <summary>The first numbers of four blocks, then their second.</summary>
    [InlineArray(Batch)]
    private struct Ready
    {
        private double _first;
    }

    /// <summary>The stream numbered <paramref name="stream"/> of a seed.</summary>
    /// <param name="seed">The seed a run reports.</param>
    /// <param name="stream">One stream a replicate, a person or a purpose.</param>
    public Philox(ulong seed, ulong stream)
    {
        _key0 = (uint)(seed & uint.MaxValue);
        _key1 = (uint)(seed >> 32);
        _stream = stream;
        _spareNormal = double.NaN;
    }

    /// <summary>Uniform on (0, 1), 53 bits, never 0 or 1.</summary>
    public double NextUniform()
    {
        if (_left == 0)
        {
            var (first, second) = NextBlocks();
            first.StoreUnsafe(ref _ready[0]);
            second.StoreUnsafe(ref _ready[4]);
            _left = Batch;
        }
        var n = Batch - _left--;
        return _ready[(n & 1) * 4 + (n >> 1)];
    }

    /// <summary>Uniforms from the next whole block on.</summary>
    /// <param name="into">Receives them.</param>
    internal void FillUniforms(Span<double> into)
    {
        while (into.Length > 0)
        {
            var (first, second) = NextBlocks();
            into = Stored(first, Stored(second, into));
        }
        _left = 0;
    }

    /// <summary>Standard normals from the next whole block on, eight at a time; the same numbers as one by one but for their order and last digits.</summary>
    /// <param name="into">Receives them.</param>
    internal void FillNormals(Span<double> into)
    {
        while (into.Length > 0)
        {
            var (first, second) = NextBlocks();
            var radius = Vector256.Sqrt(-2 * Vector256.Log(first));
            var (sin, cos) = Vector256.SinCos(2 * Math.PI * second);
            into = Stored(radius * sin, Stored(radius * cos, into));
        }
        _left = 0;
    }

    private static Span<double> Stored(Vector256<double> four, Span<double> into)
    {
        if (into.Length >= 4)
        {
            four.CopyTo(into);
            return into[4..];
        }
        for (var i = 0; i < into.Length; i++) into[i] = four[i];
        return [];
    }

    /// <summary>Standard normal (Box–Muller; both of a pair are used).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            var spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        var radius = Math.Sqrt(-2 * Math.Log(NextUniform()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * NextUniform());
        _spareNormal = radius * sin;
        return radius * cos;
    }

    /// <summary>Ten rounds on one counter: four words from (counter, key).</summary>
    internal static (uint, uint, uint, uint) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        unchecked
        {
            for (var round = 0; round < 10; round++)
            {
                var p0 = 0xD2511F53UL * c0;
                var p1 = 0xCD9E8D57UL * c2;
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The uniforms of the next four blocks: the first of each, and the second.</summary>
    private (Vector256<double> First, Vector256<double> Second) NextBlocks()
    {
        var (x0, x1, x2, x3) = Avx2.IsSupported ? FourAtOnce() : OneByOne();
        _block += 4;
        var low = Vector256.Create((ulong)uint.MaxValue);
        return (Uniform((x0 << 32) | (x1 & low)), Uniform((x2 << 32) | (x3 & low)));
    }

    private static Vector256<double> Uniform(Vector256<ulong> bits) =>
        Vector256.ConvertToDouble((bits >> 11).AsInt64()) * 1.1102230246251565e-16 + Vector256.Create(5.551115123125783e-17);

    // A word stands in the lower half of its lane; what is left in the upper half never comes down again.
    private readonly (Vector256<ulong>, Vector256<ulong>, Vector256<ulong>, Vector256<ulong>) FourAtOnce()
    {
        unchecked
        {
            var counter = Vector256.Create(_block, _block + 1, _block + 2, _block + 3);
            Vector256<ulong> c0 = counter, c1 = counter >> 32, c2 = Vector256.Create(_stream), c3 = Vector256.Create(_stream >> 32);
            Vector256<uint> m0 = Vector256.Create(0xD2511F53UL).AsUInt32(), m1 = Vector256.Create(0xCD9E8D57UL).AsUInt32();
            var (k0, k1) = (_key0, _key1);
            for (var round = 0; round < 10; round++)
            {
                Vector256<ulong> p0 = Avx2.Multiply(c0.AsUInt32(), m0), p1 = Avx2.Multiply(c2.AsUInt32(), m1);
                (c0, c1, c2, c3) = ((p1 >> 32) ^ c1 ^ Vector256.Create((ulong)k0), p1, (p0 >> 32) ^ c3 ^ Vector256.Create((ulong)k1), p0);
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
            return (c0, c1, c2, c3);
        }
    }

    private readonly (Vector256<ulong>, Vector256<ulong>, Vector256<ulong>, Vector256<ulong>) OneByOne()
    {
        Span<ulong> words = stackalloc ulong[16];
        for (var i = 0; i < 4; i++)
        {
            var block = unchecked(_block + (ulong)i);
            (words[i], words[4 + i], words[8 + i], words[12 + i]) = Block((uint)(block & uint.MaxValue), (uint)(block >> 32), (uint)(_stream & uint.MaxValue), (uint)(_stream >> 32), _key0, _key1);
        }
        return (Vector256.Create<ulong>(words), Vector256.Create<ulong>(words[4..]), Vector256.Create<ulong>(words[8..]), Vector256.Create<ulong>(words[12..]));
    }
}
