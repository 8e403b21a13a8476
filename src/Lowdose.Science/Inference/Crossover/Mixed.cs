using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Crossover;

/// <summary>People with the same number of scored periods.</summary>
/// <param name="Periods">How many.</param>
/// <param name="People">How many have it.</param>
/// <param name="Products">Σ over them of ([X y]ᵀ1)(1ᵀ[X y]).</param>
internal readonly record struct PeriodGroup(int Periods, int People, double[] Products);

/// <summary>
/// Period means with a random level a person, by REML. With V = σ²(I + δ 11ᵀ) a person, everything is a sum over people of
/// 1ᵀX alone, so the search is over δ in one dimension with exact derivatives.
/// </summary>
/// <remarks>
/// Source: Patterson &amp; Thompson, Biometrika 58 (1971) 545–554; Satterthwaite's degrees of freedom as Kuznetsova et al.,
/// J Stat Softw 82(13) (2017); Kenward &amp; Roger, Biometrics 53 (1997) 983–997. Columns: placebo level, other periods, drug.
/// </remarks>
internal sealed class Mixed
{
    private const int Grid = 60, Steps = 200;

    private readonly int _rows, _columns, _size;
    private readonly double[] _cross;
    private readonly PeriodGroup[] _groups;

    private Mixed(PeriodMean[] scored)
    {
        double[][] columns = [[.. scored.Select(_ => 1.0)], .. Classical.Periods(scored), [.. scored.Select(m => m.Drug ? 1.0 : 0)], [.. scored.Select(m => m.Mean)]];
        _rows = scored.Length;
        _size = columns.Length;
        _columns = _size - 1;
        // Scores are taken from their middle, so that sums of squares keep their digits.
        var middle = scored.Average(m => m.Mean);
        for (var i = 0; i < _rows; i++) columns[^1][i] -= middle;
        _cross = new double[_size * _size];
        for (var row = 0; row < _rows; row++) Add(_cross, [.. columns.Select(c => c[row])]);
        _groups = [.. scored.Index().GroupBy(m => m.Item.Person, m => m.Index).GroupBy(rows => rows.Count()).OrderBy(g => g.Key).Select(people =>
        {
            var sums = new double[_size * _size];
            foreach (var rows in people) Add(sums, [.. columns.Select(c => rows.Sum(row => c[row]))]);
            return new PeriodGroup(people.Key, people.Count(), sums);
        })];
    }

    private void Add(double[] sums, double[] row)
    {
        for (var i = 0; i < _size; i++)
            for (var j = 0; j < _size; j++) sums[i * _size + j] += row[i] * row[j];
    }

    public static MixedComparison Of(PeriodMean[] scored)
    {
        var nothing = new MixedComparison(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        if (scored.Length == 0) return nothing;
        var model = new Mixed(scored);
        var point = model.At(0);
        // The drug's column must not be determined by level and periods, and something must be left to err with.
        if (point is null || model._rows <= model._columns) return nothing;
        if (!(point.Squares > 1e-20 * model._cross[^1])) return nothing with { Effect = point.Estimate[^1] };
        return model.Report(model.Best());
    }

    /// <summary>The model at one δ: derivatives of −2 ln L, σ profiled out.</summary>
    private sealed record Point(double Delta, double[] Inverse, double[] Estimate, double Squares, double Deviance, double Slope, double Curvature, double SquaresSlope, double[] Change);

    private Point? At(double delta)
    {
        double[] a = Weighted(n => -delta / (1 + n * delta), _cross), d1 = Weighted(n => -1 / Power(1 + n * delta, 2)), d2 = Weighted(n => 2 * n / Power(1 + n * delta, 3));
        var p = _columns;
        var factor = new double[p * p];
        var estimate = new double[p];
        for (var i = 0; i < p; i++)
        {
            estimate[i] = a[i * _size + p];
            for (var j = 0; j < p; j++) factor[i * p + j] = a[i * _size + j];
        }
        if (SmallCholesky.Factor(factor, p, out var logDeterminant) < p) return null;
        SmallCholesky.Solve(factor, p, estimate);
        var inverse = new double[p * p];
        SmallCholesky.Invert(factor, p, inverse);
        double[] residual = [.. estimate.Select(b => -b), 1];
        var squares = Quadratic(a, residual);
        double s1 = Quadratic(d1, residual), s2 = Quadratic(d2, residual);
        var moved = new double[p];
        for (var i = 0; i < p; i++)
            for (var j = 0; j < _size; j++) moved[i] += d1[i * _size + j] * residual[j];
        for (var i = 0; i < p; i++)
            for (var j = 0; j < p; j++) s2 -= 2 * moved[i] * inverse[i * p + j] * moved[j];
        var df = _rows - p;
        double determinant = 0, slope = 0, curvature = 0;
        foreach (var (n, people, _) in _groups)
        {
            determinant += people * Math.Log(1 + n * delta);
            slope += people * n / (1 + n * delta);
            curvature -= people * Power(n / (1 + n * delta), 2);
        }
        double[] c1 = Times(inverse, d1), c2 = Times(inverse, d2);
        slope += Trace(c1) + df * s1 / squares;
        curvature += Trace(c2) - Trace(c1, c1) + df * (s2 / squares - Power(s1 / squares, 2));
        var deviance = df * (Math.Log(2 * Math.PI * squares / df) + 1) + determinant + logDeterminant;
        return new(delta, inverse, estimate, squares, deviance, slope, curvature, s1, c1);
    }

    /// <summary>The δ ≥ 0 of the highest likelihood: a grid over the share between people, then Newton within the grid's step.</summary>
    private Point Best()
    {
        var best = At(0)!;
        double low = 0, high = Share(1);
        for (var i = 1; i < Grid; i++)
            if (At(Share(i)) is { } point && point.Deviance < best.Deviance) (best, low, high) = (point, Share(i - 1), Share(i + 1));
        for (var step = 0; step < Steps; step++)
        {
            if (best.Delta == 0 && best.Slope >= 0) return best;
            if (best.Slope > 0) high = best.Delta; else low = best.Delta;
            var next = best.Delta - best.Slope / best.Curvature;
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - best.Delta) <= 1e-15 * best.Delta || At(next) is not { } point) return best;
            best = point;
        }
        return best;
    }

    private static double Share(int step) => step < Grid ? step / (double)(Grid - step) * 1.5 : 1e9;

    private MixedComparison Report(Point best)
    {
        var df = _rows - _columns;
        var variance = best.Squares / df;
        var drug = _columns - 1;
        var se = Math.Sqrt(variance * best.Inverse[drug * _columns + drug]);
        var effect = best.Estimate[drug];
        var satterthwaite = Satterthwaite(best, variance, drug);
        var (seAdjusted, dfAdjusted) = new KenwardRoger(_groups, _cross, _size, best.Delta, variance, best.Inverse).Of(drug);
        return new(effect, se, satterthwaite, TTest.TwoSided(effect / se, satterthwaite), seAdjusted, dfAdjusted,
            TTest.TwoSided(effect / seAdjusted, dfAdjusted), best.Delta * variance, variance, -best.Deviance / 2);
    }

    /// <summary>2 v²/(gᵀ C g) with v the effect's variance, g its gradient in (√δ, σ) and C the inverse of half the deviance's Hessian there.</summary>
    private double Satterthwaite(Point best, double variance, int drug)
    {
        var p = _columns;
        var unit = best.Inverse[drug * p + drug];
        var change = 0.0;
        for (var k = 0; k < p; k++) change -= best.Change[drug * p + k] * best.Inverse[k * p + drug];
        double df = _rows - p, theta = Math.Sqrt(best.Delta), sigma = Math.Sqrt(variance);
        // With σ free the curvature in δ loses what profiling gained: (r′/r)² times the degrees of freedom.
        var free = best.Curvature + df * Power(best.SquaresSlope / best.Squares, 2);
        double tt = 2 * best.Slope + 4 * best.Delta * free, ts = -4 * theta * best.SquaresSlope / (variance * sigma), ss = 4 * df / variance;
        double gt = 2 * theta * variance * change, gs = 2 * sigma * unit, v = variance * unit;
        if (best.Delta == 0) return 2 * v * v / (gs * gs * 2 / ss);
        var determinant = tt * ss - ts * ts;
        return 2 * v * v / (2 * (gt * gt * ss - 2 * gt * gs * ts + gs * gs * tt) / determinant);
    }

    private double[] Weighted(Func<int, double> weight, double[]? start = null)
    {
        var sum = start is null ? new double[_size * _size] : (double[])start.Clone();
        foreach (var (n, _, products) in _groups)
        {
            var w = weight(n);
            for (var k = 0; k < sum.Length; k++) sum[k] += w * products[k];
        }
        return sum;
    }

    private double Quadratic(double[] a, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < _size; i++)
            for (var j = 0; j < _size; j++) sum += x[i] * a[i * _size + j] * x[j];
        return sum;
    }

    /// <summary>inverse × the design's part of a.</summary>
    private double[] Times(double[] inverse, double[] a)
    {
        var p = _columns;
        var product = new double[p * p];
        for (var i = 0; i < p; i++)
            for (var k = 0; k < p; k++)
                for (var j = 0; j < p; j++) product[i * p + j] += inverse[i * p + k] * a[k * _size + j];
        return product;
    }

    private double Trace(double[] a)
    {
        var sum = 0.0;
        for (var i = 0; i < _columns; i++) sum += a[i * _columns + i];
        return sum;
    }

    private double Trace(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < _columns; i++)
            for (var j = 0; j < _columns; j++) sum += a[i * _columns + j] * b[j * _columns + i];
        return sum;
    }

    private static double Power(double x, int n) => n == 2 ? x * x : x * x * x;
}
