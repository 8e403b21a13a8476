using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>
/// The exact course of a model's linear compartments in eight lanes, at any time within a step: dx/dt = Kx + r has x(s) = V (e^{λs} a + b (e^{λs} − 1)/λ), with a and b the
/// parts of x(0) and r in each mode of K. Every lane has a K of its own.
/// </summary>
internal sealed class LaneModes(int n)
{
    private readonly RealModes _modes = new(n);
    private readonly Vector512<double>[] _rate = LaneMemory.Of(n), _vectors = LaneMemory.Of(n * n), _inverse = LaneMemory.Of(n * n);
    private readonly Vector512<double>[] _share = LaneMemory.Of(n), _feed = LaneMemory.Of(n), _now = LaneMemory.Of(n);
    private bool _fed;

    /// <summary>Takes over a lane's K; false where its modes are not to be trusted.</summary>
    public bool Set(int lane, ReadOnlySpan<double> k)
    {
        if (!_modes.Of(k)) return false;
        for (var i = 0; i < n; i++) LaneMemory.Numbers(_rate)[i * LaneMemory.Width + lane] = _modes.Rates[i];
        for (var i = 0; i < n * n; i++)
        {
            LaneMemory.Numbers(_vectors)[i * LaneMemory.Width + lane] = _modes.Vectors[i];
            LaneMemory.Numbers(_inverse)[i * LaneMemory.Width + lane] = _modes.Inverse[i];
        }
        return true;
    }

    /// <summary>A step begins.</summary>
    /// <param name="x">What is in the compartments; the linear ones come first.</param>
    /// <param name="infused">What infusions bring, per hour.</param>
    public void Begin(Vector512<double>[] x, Vector512<double>[] infused)
    {
        var any = Vector512<double>.Zero;
        for (var i = 0; i < n; i++) any |= infused[i];
        _fed = any != Vector512<double>.Zero;
        Times(_inverse, x, ref MemoryMarshal.GetArrayDataReference(_share));
        if (_fed) Times(_inverse, infused, ref MemoryMarshal.GetArrayDataReference(_feed));
    }

    /// <summary>What is in the linear compartments so many hours into the step.</summary>
    public void At(Vector512<double> hours, ref Vector512<double> into)
    {
        for (var i = 0; i < n; i++)
        {
            var rate = _rate[i];
            var (grown, less) = Exponential(rate * hours);
            var now = _share[i] * grown;
            if (_fed) now += _feed[i] * Vector512.ConditionalSelect(Vector512.Equals(rate, Vector512<double>.Zero), hours, less / rate);
            _now[i] = now;
        }
        Times(_vectors, _now, ref into);
    }

    private void Times(Vector512<double>[] matrix, Vector512<double>[] vector, ref Vector512<double> into)
    {
        for (var i = 0; i < n; i++)
        {
            var sum = matrix[i * n] * vector[0];
            for (var j = 1; j < n; j++) sum = Vector512.FusedMultiplyAdd(matrix[i * n + j], vector[j], sum);
            Unsafe.Add(ref into, i) = sum;
        }
    }

    /// <summary>e^z and e^z − 1, each with its own digits, by e^z = 2^k e^r and a series of thirteen terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Grown, Vector512<double> Less) Exponential(Vector512<double> z)
    {
        z = Vector512.Min(Vector512.Max(z, Vector512.Create(-700.0)), Vector512.Create(700.0));
        // The sum's last bits are the whole number next to z / ln 2.
        var whole = Vector512.FusedMultiplyAdd(z, Vector512.Create(1.4426950408889634), Vector512.Create(6755399441055744.0));
        var k = whole - Vector512.Create(6755399441055744.0);
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-6.93147180369123816490e-01), z);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-1.90821492927058770002e-10), r);
        // Σ rⁿ/n!, from 1/2! to 1/13!, in two sums that do not wait for each other.
        var square = r * r;
        var even = Vector512.FusedMultiplyAdd(square, Vector512.Create(1.0 / 479001600), Vector512.Create(1.0 / 3628800));
        var odd = Vector512.FusedMultiplyAdd(square, Vector512.Create(1.0 / 6227020800), Vector512.Create(1.0 / 39916800));
        even = Vector512.FusedMultiplyAdd(square, even, Vector512.Create(1.0 / 40320));
        odd = Vector512.FusedMultiplyAdd(square, odd, Vector512.Create(1.0 / 362880));
        even = Vector512.FusedMultiplyAdd(square, even, Vector512.Create(1.0 / 720));
        odd = Vector512.FusedMultiplyAdd(square, odd, Vector512.Create(1.0 / 5040));
        even = Vector512.FusedMultiplyAdd(square, even, Vector512.Create(1.0 / 24));
        odd = Vector512.FusedMultiplyAdd(square, odd, Vector512.Create(1.0 / 120));
        even = Vector512.FusedMultiplyAdd(square, even, Vector512.Create(0.5));
        odd = Vector512.FusedMultiplyAdd(square, odd, Vector512.Create(1.0 / 6));
        var part = Vector512.FusedMultiplyAdd(square, Vector512.FusedMultiplyAdd(r, odd, even), r);
        var power = (Vector512.ShiftLeft(whole.AsInt64(), 52) + Vector512.Create(1023L << 52)).AsDouble();
        return (Vector512.FusedMultiplyAdd(power, part, power), Vector512.FusedMultiplyAdd(power, part, power - Vector512<double>.One));
    }
}
