namespace Lowdose.Science.Inference.Pooling;

/// <summary>Which parts of the spread are searched; what is not is held at 0.</summary>
[Flags]
internal enum Searched
{
    Nothing = 0,
    Rho = 1,
    Level = 2,
    Both = 4,
    Effect = 8,
}

/// <summary>The highest point of a pool's likelihood by BFGS with exact gradients, ρ through atanh.</summary>
/// <remarks>Source: Nocedal &amp; Wright, Numerical Optimization, 2nd ed., §6.1; no line search goes on for ever: every loop has a bound.</remarks>
internal sealed class SpreadSearch(PooledLikelihood likelihood)
{
    /// <summary>Beyond it ρ is told to be at its edge.</summary>
    public const double RhoEdge = 0.99999;

    private const int MostSteps = 200, MostHalvings = 25, MostResets = 2;

    /// <summary>Twice what is still to gain in the log-likelihood: parameters are then within a millionth of their standard errors.</summary>
    private const double Converged = 1e-12;

    private static readonly double Furthest = Math.Atanh(RhoEdge);

    private readonly double[] _x = new double[4], _next = new double[4], _gradient = new double[4], _direction = new double[4], _change = new double[4], _step = new double[4], _inverse = new double[16];
    private readonly int[] _free = new int[4];
    private int _updates;

    /// <summary>Searches from a start; the likelihood is left at the point returned.</summary>
    /// <param name="start">Where from.</param>
    /// <param name="searched">What may change.</param>
    /// <param name="sameCurvature">Begin with the curvature that the last search ended with: of a neighbouring likelihood, of the same parameters.</param>
    public Spread From(Spread start, Searched searched, bool sameCurvature = false)
    {
        var n = 0;
        for (var k = 0; k < 4; k++) if (((int)searched >> k & 1) == 1) _free[n++] = k;
        Write(start, _x);
        var value = At(_x, _gradient);
        if (!sameCurvature || _updates == 0) Reset(n);
        var resets = 0;
        for (var step = 0; step < MostSteps && n > 0; step++)
        {
            var slope = Direction(n);
            // A curvature that has not been learnt yet cannot say how much is left to gain.
            if (!(slope > (_updates >= n ? Converged : 1e-8 * Converged))) break;
            var next = Search(n, value, slope);
            if (double.IsNaN(next))
            {
                if (_updates == 0 || resets++ == MostResets) break;
                Reset(n);
                continue;
            }
            value = next;
            Update(n);
        }
        var best = Read(_x);
        likelihood.At(best);
        return best;
    }

    /// <summary>Whether the likelihood is flat in some direction at its highest point: differences of the exact gradient.</summary>
    public bool IsFlat(Spread best, Searched searched)
    {
        int[] free = [.. Enumerable.Range(0, 4).Where(k => ((int)searched >> k & 1) == 1)];
        var n = free.Length;
        if (n == 0) return false;
        var curvature = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n);
        Write(best, _x);
        double[] up = new double[4], down = new double[4];
        for (var i = 0; i < n; i++)
        {
            var step = 1e-4 * Math.Max(0.1, Math.Abs(_x[free[i]]));
            _x.CopyTo(_next, 0);
            _next[free[i]] += step;
            At(_next, up);
            _next[free[i]] -= 2 * step;
            At(_next, down);
            for (var j = 0; j < n; j++) curvature[i, j] = (down[free[j]] - up[free[j]]) / (2 * step);
        }
        likelihood.At(best);
        curvature = (curvature + curvature.Transpose()) / 2;
        if (curvature.Enumerate().Any(v => !double.IsFinite(v))) return true;
        var values = curvature.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues;
        // A standard error above 30 in a parameter that is a logarithm or a ratio: the data say nothing of it.
        return values.Min(v => v.Real) < 1e-3;
    }

    private double At(double[] x, double[] gradient)
    {
        var spread = Read(x);
        likelihood.At(spread);
        likelihood.Gradient.CopyTo(gradient, 0);
        gradient[0] *= 1 - spread.Rho * spread.Rho;
        return likelihood.Value;
    }

    private static void Write(Spread spread, double[] x) => (x[0], x[1], x[2], x[3]) = (Math.Atanh(spread.Rho), spread.Level, spread.Both, spread.Effect);

    private static Spread Read(double[] x) => new(Math.Tanh(x[0]), x[1], x[2], x[3]);

    private void Reset(int n)
    {
        _updates = 0;
        var scale = 0.0;
        for (var i = 0; i < n; i++) scale += _gradient[_free[i]] * _gradient[_free[i]];
        Array.Clear(_inverse);
        for (var i = 0; i < n; i++) _inverse[i * 4 + i] = 0.2 / Math.Max(0.2, Math.Sqrt(scale));
    }

    /// <summary>The way uphill, and how steep it is.</summary>
    private double Direction(int n)
    {
        var slope = 0.0;
        for (var i = 0; i < n; i++)
        {
            _direction[i] = 0;
            for (var j = 0; j < n; j++) _direction[i] += _inverse[i * 4 + j] * _gradient[_free[j]];
            slope += _direction[i] * _gradient[_free[i]];
        }
        return slope;
    }

    /// <summary>Halves or doubles the step until it gains enough (Armijo); NaN where none does.</summary>
    private double Search(int n, double value, double slope)
    {
        var length = 1.0;
        // One step moves no parameter by more than 2: beyond lie ratios no data have.
        for (var i = 0; i < n; i++) length = Math.Min(length, 2 / Math.Max(2, Math.Abs(_direction[i])));
        for (var halving = 0; halving < MostHalvings; halving++, length *= halving < 2 ? 0.3 : 0.5)
        {
            _x.CopyTo(_next, 0);
            for (var i = 0; i < n; i++) _next[_free[i]] += length * _direction[i];
            _next[0] = Math.Clamp(_next[0], -Furthest, Furthest);
            var next = At(_next, _change);
            if (!(next >= value + 1e-4 * length * slope - 1e-14 * Math.Abs(value))) continue;
            for (var i = 0; i < 4; i++)
            {
                (_step[i], _x[i]) = (_next[i] - _x[i], _next[i]);
                (_gradient[i], _change[i]) = (_change[i], _change[i] - _gradient[i]);
            }
            return next;
        }
        return double.NaN;
    }

    private void Update(int n)
    {
        Span<double> moved = stackalloc double[4];
        double along = 0, curved = 0, bent = 0;
        for (var i = 0; i < n; i++)
        {
            along -= _step[_free[i]] * _change[_free[i]];
            bent += _change[_free[i]] * _change[_free[i]];
        }
        if (!(along > 1e-12 * bent)) return;
        // The first step says how large a step is.
        if (_updates++ == 0)
            for (var i = 0; i < n; i++) _inverse[i * 4 + i] = along / bent;
        for (var i = 0; i < n; i++)
        {
            moved[i] = 0;
            for (var j = 0; j < n; j++) moved[i] -= _inverse[i * 4 + j] * _change[_free[j]];
        }
        for (var i = 0; i < n; i++) curved -= moved[i] * _change[_free[i]];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                _inverse[i * 4 + j] += (along + curved) / (along * along) * _step[_free[i]] * _step[_free[j]] - (moved[i] * _step[_free[j]] + _step[_free[i]] * moved[j]) / along;
    }
}
