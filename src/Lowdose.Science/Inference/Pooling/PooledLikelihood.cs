using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// The (restricted) likelihood of everyone's days at given ρ and spread, with σ and the fixed effects profiled out, and its
/// exact gradient. One pass over people; no allocation.
/// </summary>
/// <remarks>
/// With Δ the people's covariance over σ², M = ZᵀR⁻¹Z and K = (I + MΔ)⁻¹: V⁻¹ reduces products uᵀR⁻¹w by (ΔKZᵀR⁻¹u)ᵀZᵀR⁻¹w,
/// and ζ_u = KZᵀR⁻¹u = ZᵀV⁻¹u gives every derivative in Δ. Nothing is divided by Δ, so singular ones are ordinary.
/// Source: Laird &amp; Ware, Biometrics 38 (1982) 963–974; Lindstrom &amp; Bates, JASA 83 (1988) 1014–1022; docs/methods/pooling.md §2.
/// </remarks>
internal sealed class PooledLikelihood
{
    // The parts of the sums: the products themselves and their derivatives in ρ, Δ11, Δ12, Δ22.
    private const int Parts = 5;

    private readonly PooledColumns _columns;
    private readonly GapProducts _products;
    private readonly PooledColumns.Column[] _wanted;
    private readonly bool _restricted, _plain;
    private readonly int _size, _basis;
    private readonly double[] _weights, _sums, _entries, _reduced, _factor, _residual;

    /// <param name="columns">The days.</param>
    /// <param name="products">Their products.</param>
    /// <param name="stand">Which fixed columns are in the model: none that others determine.</param>
    /// <param name="restricted">REML.</param>
    public PooledLikelihood(PooledColumns columns, GapProducts products, int[] stand, bool restricted)
    {
        (_columns, _products, _restricted, _basis) = (columns, products, restricted, columns.Basis);
        Stand = stand;
        _wanted = [.. stand.Select(c => columns.Fixed[c]), new(_basis - 1, -1)];
        _size = _wanted.Length;
        _plain = _wanted.All(c => c.Scale < 0) && _wanted.Select(c => c.Basis).SequenceEqual(Enumerable.Range(0, _basis));
        _weights = new double[4 * products.Gaps.Length];
        _sums = new double[Parts * _size * _size];
        _entries = new double[2 * products.Stride];
        _reduced = new double[Parts * products.Stride];
        _factor = new double[(_size - 1) * (_size - 1)];
        _residual = new double[_size];
        Inverse = new double[(_size - 1) * (_size - 1)];
        Gradient = new double[4];
    }

    /// <summary>The fixed columns in the model.</summary>
    public int[] Stand { get; }
    /// <summary>Numbers of fixed columns in the model.</summary>
    public int Columns => _size - 1;
    /// <summary>The log-likelihood at the last point; −∞ where it is not defined.</summary>
    public double Value { get; private set; }
    /// <summary>σ² at the last point.</summary>
    public double Variance { get; private set; }
    /// <summary>Residual sum of squares in V⁻¹ over σ².</summary>
    public double Squares { get; private set; }
    /// <summary>(XᵀV⁻¹X)⁻¹/σ² at the last point.</summary>
    public double[] Inverse { get; }
    /// <summary>In ρ, Level, Both, Effect.</summary>
    public double[] Gradient { get; }
    /// <summary>[X y]ᵀV⁻¹[X y] over σ² at the last point, (Columns + 1)².</summary>
    public ReadOnlySpan<double> Products => _sums.AsSpan(0, _size * _size);
    /// <summary>ln det of V/σ² at the last point.</summary>
    public double LogDeterminant { get; private set; }
    /// <summary>β, of the columns in the model, at the last point.</summary>
    public ReadOnlySpan<double> Estimate => _residual.AsSpan(0, Columns);
    /// <summary>Degrees of freedom of σ².</summary>
    public int Df => _columns.Scored - (_restricted ? Columns : 0);

    /// <summary>Evaluates at a point.</summary>
    public void At(in Spread spread)
    {
        Array.Clear(_sums);
        var (logs, logRho) = Weigh(spread.Rho);
        Span<double> logDelta = stackalloc double[3];
        logDelta.Clear();
        if (_plain && _products.Fours is { } fours)
        {
            AtFours(fours, spread, logs, logRho);
            return;
        }
        for (var person = 0; person < _columns.People; person++)
        {
            logs += Reduce(person, spread, ref logRho, logDelta);
            Accumulate(person);
        }
        Profile(spread, logs, logRho, logDelta);
    }

    private void AtFours(FourPeople fours, in Spread spread, double logs, double logRho)
    {
        Span<double> triangles = stackalloc double[Parts * 6], more = stackalloc double[5];
        fours.At(spread, _weights, triangles, more);
        for (int part = 0, e = 0; part < Parts; part++)
            for (var i = 0; i < 3; i++)
                for (var j = i; j < 3; j++) _sums[part * 9 + i * 3 + j] = triangles[e++];
        Profile(spread, logs + more[0], logRho + more[1], more[2..]);
    }

    /// <summary>XᵀX of the columns in the model, without spread or autocorrelation.</summary>
    public double[] CrossProducts()
    {
        At(default);
        var cross = new double[Columns * Columns];
        for (var i = 0; i < Columns; i++)
            for (var j = 0; j < Columns; j++) cross[i * Columns + j] = _sums[i * _size + j];
        return cross;
    }

    /// <summary>What is left of everyone's scores about a line of their own, on and off the drug, without autocorrelation.</summary>
    public double SquaresAboutOwnLines()
    {
        Weigh(0);
        var m = _entries.AsSpan(0, _products.Stride);
        var left = 0.0;
        for (var person = 0; person < _columns.People; person++)
        {
            _products.At(person, _weights, m, _entries.AsSpan(_products.Stride));
            double n = m[0], x = m[1], xx = m[_basis], y = m[_basis - 1], xy = m[2 * _basis - 2], yy = m[_products.Entries - 1], about = xx - x * x / n;
            if (n == 0) continue;
            left += yy - y * y / n - (about > 1e-9 * n ? (xy - x * y / n) * (xy - x * y / n) / about : 0);
        }
        return left;
    }

    /// <summary>Weights of the gaps at ρ; ln det R and its derivative.</summary>
    private (double Log, double Slope) Weigh(double rho)
    {
        double log = 0, slope = 0;
        for (var g = 0; g < _products.Gaps.Length; g++)
        {
            var gap = _products.Gaps[g];
            double phi = Math.Pow(rho, gap), change = gap * Math.Pow(rho, gap - 1), left = (1 - phi) * (1 + phi);
            _weights[4 * g] = 1 / (1 + phi);
            _weights[4 * g + 1] = phi / left;
            _weights[4 * g + 2] = -change / ((1 + phi) * (1 + phi));
            _weights[4 * g + 3] = change * (1 + phi * phi) / (left * left);
            log += _products.Counts[g] * Math.Log(left);
            slope -= _products.Counts[g] * 2 * phi * change / left;
        }
        return (log, slope);
    }

    /// <summary>One person's products in V⁻¹ with their derivatives, into <see cref="_reduced"/>; returns ln det(I + MΔ).</summary>
    private double Reduce(int person, in Spread spread, ref double logRho, Span<double> logDelta)
    {
        var stride = _products.Stride;
        Span<double> m = _entries.AsSpan(0, stride), dm = _entries.AsSpan(stride, stride);
        _products.At(person, _weights, m, dm);
        double d11 = spread.D11, d12 = spread.D12, d22 = spread.D22;
        double m00 = m[0], m01 = m[1], m11 = m[_basis], s00 = dm[0], s01 = dm[1], s11 = dm[_basis];
        // I + MΔ and its inverse K.
        double a = 1 + m00 * d11 + m01 * d12, b = m00 * d12 + m01 * d22, c = m01 * d11 + m11 * d12, d = 1 + m01 * d12 + m11 * d22;
        double determinant = a * d - b * c, k00 = d / determinant, k01 = -b / determinant, k10 = -c / determinant, k11 = a / determinant;
        Span<double> z0 = stackalloc double[_basis], z1 = stackalloc double[_basis], g0 = stackalloc double[_basis], g1 = stackalloc double[_basis];
        for (var u = 0; u < _basis; u++)
        {
            // Row 0 of the triangle is 1ᵀR⁻¹u, row 1 the onset's; entry (1, 0) is (0, 1).
            double c0 = m[u], c1 = u == 0 ? m01 : m[_basis - 1 + u];
            z0[u] = k00 * c0 + k01 * c1;
            z1[u] = k10 * c0 + k11 * c1;
            g0[u] = d11 * z0[u] + d12 * z1[u];
            g1[u] = d12 * z0[u] + d22 * z1[u];
        }
        Span<double> t = _reduced.AsSpan(0, stride), tr = _reduced.AsSpan(stride, stride), t11 = _reduced.AsSpan(2 * stride, stride), t12 = _reduced.AsSpan(3 * stride, stride), t22 = _reduced.AsSpan(4 * stride, stride);
        var e = 0;
        for (var u = 0; u < _basis; u++)
        {
            double c0 = m[u], c1 = u == 0 ? m01 : m[_basis - 1 + u], e0 = dm[u], e1 = u == 0 ? s01 : dm[_basis - 1 + u];
            for (var w = u; w < _basis; w++, e++)
            {
                t[e] = m[e] - c0 * g0[w] - c1 * g1[w];
                double f0 = dm[w], f1 = w == 0 ? s01 : dm[_basis - 1 + w];
                tr[e] = dm[e] - e0 * g0[w] - e1 * g1[w] - g0[u] * (f0 - s00 * g0[w] - s01 * g1[w]) - g1[u] * (f1 - s01 * g0[w] - s11 * g1[w]);
                t11[e] = -z0[u] * z0[w];
                t12[e] = -(z0[u] * z1[w] + z1[u] * z0[w]);
                t22[e] = -z1[u] * z1[w];
            }
        }
        // ZᵀV⁻¹Z is ζ of Z's own columns; tr(ΔK dM) is the derivative of ln det in ρ.
        logDelta[0] += z0[0];
        logDelta[1] += 2 * z0[1];
        logDelta[2] += z1[1];
        logRho += (d11 * k00 + d12 * k10) * s00 + (d11 * k01 + d12 * k11 + d12 * k00 + d22 * k10) * s01 + (d12 * k01 + d22 * k11) * s11;
        return Math.Log(determinant);
    }

    private void Accumulate(int person)
    {
        var stride = _products.Stride;
        if (_plain)
        {
            for (var part = 0; part < Parts; part++)
            {
                Span<double> sum = _sums.AsSpan(part * _size * _size), add = _reduced.AsSpan(part * stride);
                var e = 0;
                for (var i = 0; i < _size; i++)
                    for (var j = i; j < _size; j++) sum[i * _size + j] += add[e++];
            }
            return;
        }
        for (var i = 0; i < _size; i++)
            for (var j = i; j < _size; j++)
            {
                var (left, right) = (_wanted[i], _wanted[j]);
                var scale = ScaleOf(person, left) * ScaleOf(person, right);
                int low = Math.Min(left.Basis, right.Basis), high = Math.Max(left.Basis, right.Basis);
                var entry = low * _basis - low * (low - 1) / 2 + high - low;
                for (var part = 0; part < Parts; part++) _sums[part * _size * _size + i * _size + j] += scale * _reduced[part * stride + entry];
            }
    }

    private double ScaleOf(int person, PooledColumns.Column column) => column.Scale < 0 ? 1 : _columns.Scales[person * _columns.ScaleCount + column.Scale];

    private void Profile(in Spread spread, double logs, double logRho, ReadOnlySpan<double> logDelta)
    {
        var p = Columns;
        LogDeterminant = logs;
        for (var part = 0; part < Parts; part++)
            for (var i = 0; i < _size; i++)
                for (var j = 0; j < i; j++) _sums[part * _size * _size + i * _size + j] = _sums[part * _size * _size + j * _size + i];
        for (var i = 0; i < p; i++)
        {
            _residual[i] = _sums[i * _size + p];
            for (var j = 0; j < p; j++) _factor[i * p + j] = _sums[i * _size + j];
        }
        var rank = SmallCholesky.Factor(_factor, p, out var logDeterminant);
        SmallCholesky.Solve(_factor, p, _residual.AsSpan(0, p));
        SmallCholesky.Invert(_factor, p, Inverse);
        var squares = _sums[_size * _size - 1];
        for (var i = 0; i < p; i++) squares -= _residual[i] * _sums[i * _size + p];
        Squares = squares;
        Variance = squares / Df;
        Value = rank < p || !(squares > 0) || Df <= 0 ? double.NegativeInfinity
            : -0.5 * (Df * (Math.Log(2 * Math.PI * Variance) + 1) + logs + (_restricted ? logDeterminant : 0));
        if (double.IsNaN(Value)) Value = double.NegativeInfinity;
        double rho = Slope(1, logRho), g11 = Slope(2, logDelta[0]), g12 = Slope(3, logDelta[1]), g22 = Slope(4, logDelta[2]);
        Gradient[0] = rho;
        Gradient[1] = 2 * spread.Level * g11 + spread.Both * g12;
        Gradient[2] = spread.Level * g12 + 2 * spread.Both * g22;
        Gradient[3] = 2 * spread.Effect * g22;
    }

    /// <summary>The derivative of the log-likelihood where ln det changes by <paramref name="log"/> and the products by a part of the sums.</summary>
    private double Slope(int part, double log)
    {
        var p = Columns;
        var sums = _sums.AsSpan(part * _size * _size, _size * _size);
        var quadratic = sums[_size * _size - 1];
        for (var i = 0; i < p; i++)
        {
            var row = -2 * sums[i * _size + p];
            for (var j = 0; j < p; j++)
            {
                row += _residual[j] * sums[i * _size + j];
                if (_restricted) log += Inverse[i * p + j] * sums[i * _size + j];
            }
            quadratic += _residual[i] * row;
        }
        return -0.5 * (log + quadratic / Variance);
    }

    /// <summary>One person's random level and effect, and how far they are known, at the last point; all over σ² where variances.</summary>
    /// <param name="person">Which.</param>
    /// <param name="spread">The last point.</param>
    /// <param name="pull">Receives 2 × Columns: how the random effects answer the fixed columns.</param>
    /// <returns>The random level and effect, the effect's variance given the fixed effects, and the person's own effect.</returns>
    public (double Level, double Effect, double Variance, double Own) Person(int person, in Spread spread, Span<double> pull)
    {
        var ignored = 0.0;
        Reduce(person, spread, ref ignored, stackalloc double[3]);
        double d11 = spread.D11, d12 = spread.D12, d22 = spread.D22;
        var m = _entries.AsSpan(0, _products.Stride);
        double m00 = m[0], m01 = m[1], m11 = m[_basis];
        double a = 1 + m00 * d11 + m01 * d12, b = m00 * d12 + m01 * d22, c = m01 * d11 + m11 * d12, d = 1 + m01 * d12 + m11 * d22;
        var determinant = a * d - b * c;
        double left0 = 0, left1 = 0, level = 0, effect = 0;
        for (var i = 0; i < _size; i++)
        {
            var u = _wanted[i].Basis;
            double c0 = m[u], c1 = u == 0 ? m01 : m[_basis - 1 + u], scale = ScaleOf(person, _wanted[i]);
            double z0 = (d * c0 - b * c1) / determinant * scale, z1 = (a * c1 - c * c0) / determinant * scale;
            double r0 = d11 * z0 + d12 * z1, r1 = d12 * z0 + d22 * z1, sign = i < Columns ? -_residual[i] : 1;
            level += sign * r0;
            effect += sign * r1;
            if (i < Columns) (pull[i], pull[Columns + i]) = (r0, r1);
            // The person's own line is drawn through their scores less what the day's covariates explain.
            if (i < Columns && u < 2) continue;
            left0 += sign * scale * c0;
            left1 += sign * scale * c1;
        }
        var own = m00 * m11 - m01 * m01;
        return (level, effect, (d12 * -b + d22 * a) / determinant, own > 1e-9 * m00 * m11 ? (m00 * left1 - m01 * left0) / own : double.NaN);
    }
}
