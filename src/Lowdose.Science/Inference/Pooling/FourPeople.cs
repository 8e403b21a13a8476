using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// The ordinary model, level and onset alone, for four people at a time: what <see cref="PooledLikelihood"/> sums over people one by
/// one, in vectors. Of the products by gap each four keep a piece of memory; who is not there has zeros, which add nothing.
/// </summary>
/// <remarks>The names are those of <see cref="PooledLikelihood"/>; the triangle's entries are (1,1) (1,x) (1,y) (x,x) (x,y) (y,y).</remarks>
internal sealed class FourPeople
{
    /// <summary>More different gaps than these would waste memory on zeros.</summary>
    public const int MostGaps = 8;

    private const int Entries = 6, Differences = 3, OfGap = Entries + Differences, Parts = 5;

    private readonly int _fours, _gaps, _piece;
    private readonly double[] _numbers;

    public FourPeople(int people, int gaps)
    {
        _fours = (people + 3) / 4;
        _gaps = gaps;
        _piece = 4 * (Entries + OfGap * gaps);
        _numbers = new double[_fours * _piece];
    }

    public long Bytes => 8L * _numbers.Length;

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_numbers);

    /// <summary>Puts down a person's base: the first of their products.</summary>
    public void PutBase(int person, ReadOnlySpan<double> products)
    {
        var at = person / 4 * _piece + person % 4;
        for (var e = 0; e < Entries; e++) _numbers[at + 4 * e] = products[e];
    }

    /// <summary>Puts down a person's sums over one gap.</summary>
    /// <param name="person">Which.</param>
    /// <param name="gap">Which gap.</param>
    /// <param name="sums">Σ of products.</param>
    /// <param name="differences">Σ of products of differences; those of the constant are 0.</param>
    public void PutGap(int person, int gap, ReadOnlySpan<double> sums, ReadOnlySpan<double> differences)
    {
        var at = person / 4 * _piece + 4 * (Entries + gap * OfGap) + person % 4;
        for (var e = 0; e < Entries; e++) _numbers[at + 4 * e] = sums[e];
        for (var e = 0; e < Differences; e++) _numbers[at + 4 * (Entries + e)] = differences[Entries - Differences + e];
    }

    /// <summary>Everyone's products in V⁻¹ with their derivatives.</summary>
    /// <param name="spread">The point.</param>
    /// <param name="weights">Four a gap.</param>
    /// <param name="sums">Receives five triangles, each of six.</param>
    /// <param name="logs">Receives Σ ln det(I + MΔ), its derivative in ρ, and in Δ11, Δ12, Δ22.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void At(in Spread spread, ReadOnlySpan<double> weights, Span<double> sums, Span<double> logs)
    {
        Span<Vector256<double>> total = stackalloc Vector256<double>[Parts * Entries + 5];
        total.Clear();
        ref var all = ref MemoryMarshal.GetReference(total);
        ref var numbers = ref MemoryMarshal.GetArrayDataReference(_numbers);
        Vector256<double> d11 = Vector256.Create(spread.D11), d12 = Vector256.Create(spread.D12), d22 = Vector256.Create(spread.D22), one = Vector256<double>.One;
        for (nint four = 0; four < _fours; four++)
        {
            ref var own = ref Unsafe.Add(ref numbers, four * _piece);
            Vector256<double> m00 = Vector256.LoadUnsafe(ref own), m01 = Vector256.LoadUnsafe(ref own, 4), m02 = Vector256.LoadUnsafe(ref own, 8);
            Vector256<double> m11 = Vector256.LoadUnsafe(ref own, 12), m12 = Vector256.LoadUnsafe(ref own, 16), m22 = Vector256.LoadUnsafe(ref own, 20);
            Vector256<double> s00 = default, s01 = default, s02 = default, s11 = default, s12 = default, s22 = default;
            for (var gap = 0; gap < _gaps; gap++)
            {
                ref var of = ref Unsafe.Add(ref own, 4 * (Entries + gap * OfGap));
                Vector256<double> w = Vector256.Create(weights[4 * gap]), v = Vector256.Create(weights[4 * gap + 1]), dw = Vector256.Create(weights[4 * gap + 2]), dv = Vector256.Create(weights[4 * gap + 3]);
                Sum(ref of, 0, w, dw, ref m00, ref s00);
                Sum(ref of, 4, w, dw, ref m01, ref s01);
                Sum(ref of, 8, w, dw, ref m02, ref s02);
                Sum(ref of, 12, w, dw, ref m11, ref s11);
                Sum(ref of, 16, w, dw, ref m12, ref s12);
                Sum(ref of, 20, w, dw, ref m22, ref s22);
                Sum(ref of, 24, v, dv, ref m11, ref s11);
                Sum(ref of, 28, v, dv, ref m12, ref s12);
                Sum(ref of, 32, v, dv, ref m22, ref s22);
            }
            // I + MΔ and its inverse K.
            Vector256<double> a = one + m00 * d11 + m01 * d12, b = m00 * d12 + m01 * d22, c = m01 * d11 + m11 * d12, d = one + m01 * d12 + m11 * d22;
            Vector256<double> determinant = a * d - b * c, over = one / determinant, k00 = d * over, k01 = -b * over, k10 = -c * over, k11 = a * over;
            // ζ and Δζ of 1, x and y.
            Vector256<double> z00 = k00 * m00 + k01 * m01, z10 = k10 * m00 + k11 * m01, z01 = k00 * m01 + k01 * m11, z11 = k10 * m01 + k11 * m11, z02 = k00 * m02 + k01 * m12, z12 = k10 * m02 + k11 * m12;
            Vector256<double> g00 = d11 * z00 + d12 * z10, g10 = d12 * z00 + d22 * z10, g01 = d11 * z01 + d12 * z11, g11 = d12 * z01 + d22 * z11, g02 = d11 * z02 + d12 * z12, g12 = d12 * z02 + d22 * z12;
            Vector256<double> h00 = s00 - s00 * g00 - s01 * g10, h10 = s01 - s01 * g00 - s11 * g10, h01 = s01 - s00 * g01 - s01 * g11, h11 = s11 - s01 * g01 - s11 * g11;
            Vector256<double> h02 = s02 - s00 * g02 - s01 * g12, h12 = s12 - s01 * g02 - s11 * g12;
            Entry(ref all, 0, m00 - m00 * g00 - m01 * g10, s00 - s00 * g00 - s01 * g10 - g00 * h00 - g10 * h10, z00, z10, z00, z10);
            Entry(ref all, 1, m01 - m00 * g01 - m01 * g11, s01 - s00 * g01 - s01 * g11 - g00 * h01 - g10 * h11, z00, z10, z01, z11);
            Entry(ref all, 2, m02 - m00 * g02 - m01 * g12, s02 - s00 * g02 - s01 * g12 - g00 * h02 - g10 * h12, z00, z10, z02, z12);
            Entry(ref all, 3, m11 - m01 * g01 - m11 * g11, s11 - s01 * g01 - s11 * g11 - g01 * h01 - g11 * h11, z01, z11, z01, z11);
            Entry(ref all, 4, m12 - m01 * g02 - m11 * g12, s12 - s01 * g02 - s11 * g12 - g01 * h02 - g11 * h12, z01, z11, z02, z12);
            Entry(ref all, 5, m22 - m02 * g02 - m12 * g12, s22 - s02 * g02 - s12 * g12 - g02 * h02 - g12 * h12, z02, z12, z02, z12);
            Add(ref all, 30, Vector256.Log(determinant));
            Add(ref all, 31, (d11 * k00 + d12 * k10) * s00 + (d11 * k01 + d12 * k11 + d12 * k00 + d22 * k10) * s01 + (d12 * k01 + d22 * k11) * s11);
            Add(ref all, 32, z00);
            Add(ref all, 33, z01 + z01);
            Add(ref all, 34, z11);
        }
        for (var e = 0; e < Parts * Entries; e++) sums[e] = Vector256.Sum(total[e]);
        for (var e = 0; e < 5; e++) logs[e] = Vector256.Sum(total[Parts * Entries + e]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(ref double of, nuint at, Vector256<double> weight, Vector256<double> slope, ref Vector256<double> product, ref Vector256<double> change)
    {
        var sum = Vector256.LoadUnsafe(ref of, at);
        product = Vector256.FusedMultiplyAdd(sum, weight, product);
        change = Vector256.FusedMultiplyAdd(sum, slope, change);
    }

    /// <summary>One entry of the five triangles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Entry(ref Vector256<double> all, int entry, Vector256<double> product, Vector256<double> slope, Vector256<double> z0, Vector256<double> z1, Vector256<double> y0, Vector256<double> y1)
    {
        Add(ref all, entry, product);
        Add(ref all, Entries + entry, slope);
        Add(ref all, 2 * Entries + entry, -(z0 * y0));
        Add(ref all, 3 * Entries + entry, -(z0 * y1 + z1 * y0));
        Add(ref all, 4 * Entries + entry, -(z1 * y1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<double> all, int at, Vector256<double> more) => Unsafe.Add(ref all, at) += more;
}
