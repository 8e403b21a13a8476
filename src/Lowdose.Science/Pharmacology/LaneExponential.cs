using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>
/// e^{Kh} and its integral over the step, for eight matrices at once, by scaling and doubling. It does not ask for eigenvalues, so equal ones are ordinary.
/// </summary>
/// <remarks>
/// Sources: Moler &amp; Van Loan, SIAM Review 45 (2003) 3–49; Higham, Functions of Matrices (2008), ch. 10. While the matrix is near I, e^{Kh} − I is doubled in its place:
/// else a slow compartment beside a fast one would lose a digit every three doublings.
/// </remarks>
internal sealed class LaneExponential(int n)
{
    /// <summary>Doublings that are done on e^{Kh} itself.</summary>
    private const int Plain = 7;

    /// <summary>Terms of the series: at a norm of 1/2 the next is below 1e-17.</summary>
    private const int Terms = 14;

    private readonly Vector512<double>[] _a = LaneMemory.Of(n * n), _s = LaneMemory.Of(n * n), _t = LaneMemory.Of(n * n);

    /// <summary>The matrices of a step.</summary>
    /// <param name="k">K, per hour.</param>
    /// <param name="h">Hours.</param>
    /// <param name="e">Receives e^{Kh}.</param>
    /// <param name="integral">Receives ∫₀ʰ e^{Ks} ds.</param>
    public void Of(Vector512<double>[] k, Vector512<double> h, Vector512<double>[] e, Vector512<double>[] integral)
    {
        var norm = Vector512<double>.Zero;
        for (var i = 0; i < n; i++)
        {
            var row = Vector512<double>.Zero;
            for (var j = 0; j < n; j++) row += Vector512.Abs(k[i * n + j]);
            norm = Vector512.Max(norm, row);
        }
        norm *= Vector512.Abs(h);
        Span<int> doublings = stackalloc int[LaneMemory.Width];
        var most = 0;
        var small = h;
        for (var lane = 0; lane < LaneMemory.Width; lane++)
        {
            var of = norm[lane];
            doublings[lane] = of > 0.5 && double.IsFinite(of) ? Math.ILogB(of) + 2 : 0;
            most = Math.Max(most, doublings[lane]);
            small = small.WithElement(lane, Math.ScaleB(h[lane], -doublings[lane]));
        }
        Series(k, small, e, integral);
        for (var d = most; d > Plain; d--) Double(e, integral, Vector512<double>.Zero, Of(doublings, d));
        for (var i = 0; i < n; i++) e[i * n + i] += Vector512<double>.One;
        for (var d = Math.Min(most, Plain); d > 0; d--) Double(e, integral, Vector512<double>.One, Of(doublings, d));
    }

    private static Vector512<double> Of(ReadOnlySpan<int> doublings, int atLeast)
    {
        var lanes = 0;
        for (var lane = 0; lane < doublings.Length; lane++)
            if (doublings[lane] >= atLeast) lanes |= 1 << lane;
        return LaneMemory.Mask(lanes);
    }

    /// <summary>e^{Kh} − I and the integral where Kh is small, by Horner.</summary>
    private void Series(Vector512<double>[] k, Vector512<double> h, Vector512<double>[] less, Vector512<double>[] integral)
    {
        for (var i = 0; i < n * n; i++) (_a[i], _s[i]) = (k[i] * h, i % (n + 1) == 0 ? Vector512<double>.One : Vector512<double>.Zero);
        for (var term = Terms; term > 0; term--)
        {
            Multiply(_a, _s, _t);
            var share = Vector512.Create(1.0 / (term + 1));
            for (var i = 0; i < n * n; i++) _s[i] = _t[i] * share;
            for (var i = 0; i < n; i++) _s[i * n + i] += Vector512<double>.One;
        }
        Multiply(_a, _s, less);
        for (var i = 0; i < n * n; i++) integral[i] = _s[i] * h;
    }

    /// <summary>Twice the step: with one = 1 of e^{Kh}, with one = 0 of e^{Kh} − I.</summary>
    private void Double(Vector512<double>[] e, Vector512<double>[] integral, Vector512<double> one, Vector512<double> lanes)
    {
        var two = Vector512<double>.One - one;
        Multiply(e, integral, _t);
        for (var i = 0; i < n * n; i++) _s[i] = _t[i] + integral[i] + two * integral[i];
        LaneMemory.Blend(integral, _s, lanes);
        Multiply(e, e, _t);
        for (var i = 0; i < n * n; i++) _s[i] = _t[i] + two * (e[i] + e[i]);
        LaneMemory.Blend(e, _s, lanes);
    }

    private void Multiply(Vector512<double>[] left, Vector512<double>[] right, Vector512<double>[] into)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = left[i * n] * right[j];
                for (var m = 1; m < n; m++) sum = Vector512.FusedMultiplyAdd(left[i * n + m], right[m * n + j], sum);
                into[i * n + j] = sum;
            }
        }
    }
}
