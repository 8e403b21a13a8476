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
    private readonly uint _key0, _key1;
    private readonly ulong _stream;
    private ulong _block;
    private uint _x0, _x1, _x2, _x3;
    private int _left;
    private double _spareNormal;

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
        var high = NextWord();
        var low = NextWord();
        return ((((ulong)high << 32) | low) >> 11) * 1.1102230246251565e-16 + 5.551115123125783e-17;
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

    private uint NextWord()
    {
        if (_left == 0)
        {
            (_x0, _x1, _x2, _x3) = Block((uint)(_block & uint.MaxValue), (uint)(_block >> 32),
                (uint)(_stream & uint.MaxValue), (uint)(_stream >> 32), _key0, _key1);
            _block++;
            _left = 4;
        }
        return _left-- switch { 4 => _x0, 3 => _x1, 2 => _x2, _ => _x3 };
    }
}
