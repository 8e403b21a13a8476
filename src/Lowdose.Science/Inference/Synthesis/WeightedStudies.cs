namespace Lowdose.Science.Inference.Synthesis;

/// <summary>
/// Weighted least squares of the effects at one τ², by Gram–Schmidt on the rows scaled by √w, w = 1/(v + τ²). With U the
/// orthonormal columns, P = √W (I − UUᵀ) √W, and everything that the estimators ask of P is a sum over studies: no k × k matrix.
/// </summary>
/// <remarks>Source: Björck, BIT 7 (1967) 1–21 (modified Gram–Schmidt for least squares); docs/methods/meta-analysis.md §3.</remarks>
internal sealed class WeightedStudies
{
    // As R's lm: a column of which less than this share is left beside the earlier ones is determined by them.
    private const double Determined = 1e-7;

    private readonly double[][] _columns;
    private readonly double[] _means, _y, _v, _w, _e;
    private readonly double[][] _u;
    private readonly double[] _t, _c;
    private readonly double _shift;

    /// <summary>The studies with the columns that stand.</summary>
    public WeightedStudies(IReadOnlyList<StudyEffect> effects, IReadOnlyList<double[]> moderators)
    {
        K = effects.Count;
        (_y, _v, _w, _e) = (new double[K], new double[K], new double[K], new double[K]);
        for (var i = 0; i < K; i++) (_y[i], _v[i]) = (effects[i].Estimate, effects[i].Variance);
        _shift = Centre(_y);
        MeanSquare = Dot(_y, _y) / K;
        (_columns, _means, Kept) = Standing(moderators, K);
        P = _columns.Length;
        _u = new double[P][];
        for (var j = 0; j < P; j++) _u[j] = new double[K];
        (_t, _c) = (new double[P * P], new double[P]);
        SmallestVariance = _v.Min();
    }

    /// <summary>How many studies.</summary>
    public int K { get; }

    /// <summary>How many coefficients, the intercept among them.</summary>
    public int P { get; }

    /// <summary>Which moderators stand; the others are determined by those before them.</summary>
    public bool[] Kept { get; }

    /// <summary>The mean squared deviation of the effects from their mean.</summary>
    public double MeanSquare { get; }

    /// <summary>The smallest sampling variance.</summary>
    public double SmallestVariance { get; }

    /// <summary>The sampling variances.</summary>
    public ReadOnlySpan<double> V => _v;

    /// <summary>The weights 1/(v + τ²).</summary>
    public ReadOnlySpan<double> W => _w;

    /// <summary>yᵀPy: the weighted sum of squared residuals.</summary>
    public double Residual { get; private set; }

    /// <summary>ln det XᵀWX.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Σ w.</summary>
    public double SumW { get; private set; }

    /// <summary>Σ w².</summary>
    public double SumW2 { get; private set; }

    /// <summary>Fits at a τ².</summary>
    public void At(double tau2)
    {
        for (var i = 0; i < K; i++) _w[i] = 1 / (_v[i] + tau2);
        Fit();
    }

    /// <summary>Fits with one weight for all.</summary>
    public void Unweighted()
    {
        Array.Fill(_w, 1);
        Fit();
    }

    private void Fit()
    {
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < K; i++)
        {
            var (w, root) = (_w[i], Math.Sqrt(_w[i]));
            (sum, squares) = (sum + w, squares + w * w);
            _e[i] = root * _y[i];
            for (var j = 0; j < P; j++) _u[j][i] = root * _columns[j][i];
        }
        (SumW, SumW2, LogDeterminant) = (sum, squares, 0);
        Array.Clear(_t);
        for (var j = 0; j < P; j++)
        {
            // Twice is enough: after the second round the columns are orthogonal to the last digit.
            for (var round = 0; round < (j == 0 ? 0 : 2); round++)
                for (var l = 0; l < j; l++) _t[l * P + j] += Take(_u[l], _u[j]);
            var length = Math.Sqrt(Dot(_u[j], _u[j]));
            _t[j * P + j] = length;
            LogDeterminant += 2 * Math.Log(length);
            for (var i = 0; i < K; i++) _u[j][i] /= length;
        }
        for (var j = 0; j < P; j++) _c[j] = Take(_u[j], _e);
        Residual = Dot(_e, _e);
    }

    /// <summary>tr P.</summary>
    public double TraceP() => TraceOf(_w);

    /// <summary>tr PP, the sum of the squares of P's entries.</summary>
    public double TracePP() => TraceOf(_w, _w);

    /// <summary>tr PV, V the sampling variances.</summary>
    public double TracePV() => TraceOf(Wv());

    /// <summary>tr PVPV.</summary>
    public double TracePVPV()
    {
        var wv = Wv();
        return TraceOf(wv, wv);
    }

    /// <summary>tr PVP.</summary>
    public double TracePVP() => TraceOf(Wv(), _w);

    /// <summary>yᵀPPy: −d(yᵀPy)/dτ².</summary>
    public double ResidualSlope()
    {
        var sum = 0.0;
        for (var i = 0; i < K; i++) sum += _w[i] * _e[i] * _e[i];
        return sum;
    }

    /// <summary>What the moderators explain: the sum of their squared standardised coefficients, in order, whatever their basis.</summary>
    public double Explained()
    {
        var sum = 0.0;
        for (var j = 1; j < P; j++) sum += _c[j] * _c[j];
        return sum;
    }

    /// <summary>The share of a study's own weight in its fitted value: hᵢ, so that the fitted value's variance is hᵢ/wᵢ.</summary>
    public double Leverage(int study)
    {
        var sum = 0.0;
        for (var j = 0; j < P; j++) sum += _u[j][study] * _u[j][study];
        return sum;
    }

    /// <summary>A study's fitted value.</summary>
    public double Fitted(int study) => _shift + _y[study] - _e[study] / Math.Sqrt(_w[study]);

    /// <summary>The coefficients on the moderators' own scales, and (XᵀWX)⁻¹ of them, row-major.</summary>
    public (double[] Coefficients, double[] Covariance) Solve()
    {
        // Rows of T⁻¹ on the centred columns; then the intercept moves back to where the moderators are 0.
        var inverse = new double[P * P];
        for (var j = 0; j < P; j++)
        {
            inverse[j * P + j] = 1 / _t[j * P + j];
            for (var i = j - 1; i >= 0; i--)
            {
                var sum = 0.0;
                for (var l = i + 1; l <= j; l++) sum += _t[i * P + l] * inverse[l * P + j];
                inverse[i * P + j] = -sum / _t[i * P + i];
            }
        }
        for (var j = 0; j < P; j++)
            for (var l = 1; l < P; l++) inverse[j] -= _means[l] * inverse[l * P + j];
        var (coefficients, covariance) = (new double[P], new double[P * P]);
        for (var i = 0; i < P; i++)
        {
            for (var l = 0; l < P; l++) coefficients[i] += inverse[i * P + l] * _c[l];
            for (var j = 0; j < P; j++)
                for (var l = 0; l < P; l++) covariance[i * P + j] += inverse[i * P + l] * inverse[j * P + l];
        }
        coefficients[0] += _shift;
        return (coefficients, covariance);
    }

    private double[] Wv()
    {
        var wv = new double[K];
        for (var i = 0; i < K; i++) wv[i] = _w[i] * _v[i];
        return wv;
    }

    /// <summary>Σ f (1 − h).</summary>
    private double TraceOf(double[] f)
    {
        var sum = 0.0;
        for (var i = 0; i < K; i++) sum += f[i] * (1 - Leverage(i));
        return sum;
    }

    /// <summary>Σᵢⱼ fᵢ gⱼ (I − H)ᵢⱼ² = Σ f g (1 − 2h) + tr(UᵀFU UᵀGU).</summary>
    private double TraceOf(double[] f, double[] g)
    {
        var sum = 0.0;
        for (var i = 0; i < K; i++) sum += f[i] * g[i] * (1 - 2 * Leverage(i));
        for (var j = 0; j < P; j++)
            for (var l = 0; l <= j; l++)
            {
                var (left, right) = (0.0, 0.0);
                for (var i = 0; i < K; i++)
                {
                    var both = _u[j][i] * _u[l][i];
                    left += f[i] * both;
                    right += g[i] * both;
                }
                sum += (j == l ? 1 : 2) * left * right;
            }
        return sum;
    }

    /// <summary>Takes out of a vector what lies along a unit vector; how much that was.</summary>
    private static double Take(double[] along, double[] from)
    {
        var share = Dot(along, from);
        for (var i = 0; i < from.Length; i++) from[i] -= share * along[i];
        return share;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double Centre(double[] values)
    {
        var mean = values.Average();
        for (var i = 0; i < values.Length; i++) values[i] -= mean;
        return mean;
    }

    /// <summary>The intercept and the centred moderators, without those that others determine.</summary>
    private static (double[][] Columns, double[] Means, bool[] Kept) Standing(IReadOnlyList<double[]> moderators, int k)
    {
        var ones = new double[k];
        Array.Fill(ones, 1);
        var (columns, means, units, kept) = (new List<double[]> { ones }, new List<double> { 0 }, new List<double[]>(), new bool[moderators.Count]);
        for (var m = 0; m < moderators.Count; m++)
        {
            double[] centred = [.. moderators[m]];
            var size = Math.Sqrt(Dot(centred, centred));
            var mean = Centre(centred);
            double[] rest = [.. centred];
            for (var round = 0; round < 2; round++)
                foreach (var unit in units) Take(unit, rest);
            var left = Math.Sqrt(Dot(rest, rest));
            kept[m] = left > Determined * size;
            if (!kept[m]) continue;
            for (var i = 0; i < k; i++) rest[i] /= left;
            units.Add(rest);
            columns.Add(centred);
            means.Add(mean);
        }
        return ([.. columns], [.. means], kept);
    }
}
