using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>
/// The steady state of one lane of a linear model: an interval takes x to e^{KT}x + g, so (I − e^{KT})x = g. As I − e^{KT} = −KΦ with Φ the integral of e^{Ks},
/// it is solved by K and Φ one after the other: a slow elimination is then no difference of near numbers.
/// </summary>
internal sealed class LinearSteady(int n, Vector512<double>[] k, int lane, SteadyRegimen regimen)
{
    private readonly LaneExponential _exponential = new(n);
    private readonly Vector512<double>[] _e = LaneMemory.Of(n * n), _integral = LaneMemory.Of(n * n);

    /// <summary>What is in the compartments when an interval begins; null where there is none.</summary>
    public double[]? State()
    {
        var rates = new double[n];
        foreach (var (compartment, rate) in regimen.Running) rates[compartment] += rate;
        if (regimen.Constant) return Solved(K(), rates);
        // One interval from nothing.
        var (x, at) = (new double[n], 0.0);
        foreach (var e in regimen.Events)
        {
            Advance(x, rates, e.TimeHours - at);
            at = e.TimeHours;
            if (e.What == Happening.Bolus) x[e.At] += e.Amount;
            else rates[e.At] += e.What == Happening.InfusionStarts ? e.Amount : -e.Amount;
        }
        Advance(x, rates, regimen.IntervalHours - at);
        if (Solved(K(), x) is not { } y) return null;
        // A compartment that never empties has nothing in it, and then Φ is regular all the same.
        _exponential.Of(k, Vector512.Create(regimen.IntervalHours), _e, _integral);
        for (var i = 0; i < n; i++) y[i] = -y[i];
        return Solved(Of(_integral), y);
    }

    private double[] K() => Of(k);

    private double[] Of(Vector512<double>[] matrix) => [.. matrix.Select(v => v[lane])];

    private void Advance(double[] x, double[] rates, double hours)
    {
        if (hours <= 0) return;
        _exponential.Of(k, Vector512.Create(hours), _e, _integral);
        var from = (double[])x.Clone();
        for (var i = 0; i < n; i++)
        {
            x[i] = 0;
            for (var j = 0; j < n; j++) x[i] += _e[i * n + j][lane] * from[j] + _integral[i * n + j][lane] * rates[j];
        }
    }

    /// <summary>The y with A y = −b, or null; what has no equation and no right-hand side is 0.</summary>
    private double[]? Solved(double[] a, double[] b)
    {
        var y = b.Select(v => -v).ToArray();
        var (most, size) = (a.Max(Math.Abs), b.Max(Math.Abs));
        for (var c = 0; c < n; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < n; r++)
                if (Math.Abs(a[r * n + c]) > Math.Abs(a[pivot * n + c])) pivot = r;
            if (!(Math.Abs(a[pivot * n + c]) > 1e-14 * most)) continue;
            for (var j = 0; j < n; j++) (a[c * n + j], a[pivot * n + j]) = (a[pivot * n + j], a[c * n + j]);
            (y[c], y[pivot]) = (y[pivot], y[c]);
            for (var r = c + 1; r < n; r++)
            {
                var factor = a[r * n + c] / a[c * n + c];
                if (factor == 0) continue;
                for (var j = c; j < n; j++) a[r * n + j] -= factor * a[c * n + j];
                y[r] -= factor * y[c];
            }
        }
        for (var r = n - 1; r >= 0; r--)
        {
            for (var j = r + 1; j < n; j++) y[r] -= a[r * n + j] * y[j];
            if (Math.Abs(a[r * n + r]) > 1e-14 * most) y[r] /= a[r * n + r];
            else if (Math.Abs(y[r]) <= 1e-12 * size) y[r] = 0;
            else return null;
        }
        return y.All(double.IsFinite) ? y : null;
    }
}
