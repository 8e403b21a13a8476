namespace Lowdose.Science.Numerics;

/// <summary>The highest point of a curve with one peak.</summary>
public static class Golden
{
    private static readonly double Share = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Golden sections, ended by a parabola's worth of steps where the curve is smooth.</summary>
    /// <param name="curve">The function.</param>
    /// <param name="from">One end.</param>
    /// <param name="to">The other, above it.</param>
    /// <param name="tolerance">How closely the place is wanted.</param>
    /// <returns>Where it is highest; an end where it rises towards that.</returns>
    /// <remarks>Source: Brent, Algorithms for Minimization without Derivatives (1973), ch. 5.</remarks>
    public static double Maximum(Func<double, double> curve, double from, double to, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double a = from, b = to, x = to - Share * (to - from), w = x, v = x, fx = curve(x), fw = fx, fv = fx, last = 0, step = 0;
        for (var i = 0; i < 80 && b - a > 2 * tolerance; i++)
        {
            var middle = (a + b) / 2;
            double r = (x - w) * (fx - fv), q = (x - v) * (fx - fw), p = (x - v) * q - (x - w) * r;
            q = 2 * (q - r);
            if (q > 0) p = -p; else q = -q;
            var before = last;
            last = step;
            // The parabola through the best three, where it falls inside and moves less than half the step before last.
            if (Math.Abs(p) < Math.Abs(q * before / 2) && p > q * (a - x) && p < q * (b - x)) step = p / q;
            else
            {
                last = x < middle ? b - x : a - x;
                step = (1 - Share) * last;
            }
            var u = x + (Math.Abs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance);
            if (u <= from || u >= to) u = u <= from ? from : to;
            var fu = curve(u);
            if (fu >= fx)
            {
                if (u < x) b = x; else a = x;
                (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
                continue;
            }
            if (u < x) a = u; else b = u;
            if (fu >= fw || w == x) (v, fv, w, fw) = (w, fw, u, fu);
            else if (fu >= fv || v == x || v == w) (v, fv) = (u, fu);
        }
        return x;
    }
}
