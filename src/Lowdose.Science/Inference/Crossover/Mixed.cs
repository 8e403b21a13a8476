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
    private const int Grid = 60, Steps = 200, MostColumns = 40;

    private readonly int _rows, _columns, _size;
    private readonly double[] _cross;
    private readonly PeriodGroup[] _groups;

    /// <summary>Everyone has the same periods and as many on the drug: the between-person part then knows of the columns only the level.</summary>
    private readonly bool _balanced;

    /// <param name="scored">A person's rows together.</param>
    private Mixed(PeriodMean[] scored)
    {
        var column = ColumnOfPeriod(scored, out var periods);
        _rows = scored.Length;
        _columns = periods + 1;
        _size = _columns + 1;
        _cross = new double[_size * _size];
        // Scores are taken from their middle, so that sums of squares keep their digits.
        var middle = 0.0;
        foreach (var mean in scored) middle += mean.Mean / _rows;
        double[] sums = new double[_size], first = new double[_size];
        var groups = new PeriodGroup[periods + 1];
        _balanced = true;
        for (var row = 0; row < _rows;)
        {
            var start = row;
            Array.Clear(sums);
            for (; row < _rows && scored[row].Person == scored[start].Person; row++) AddRow(column[scored[row].Period], scored[row].Drug, scored[row].Mean - middle, sums);
            var n = row - start;
            ref var group = ref groups[n];
            group = new(n, group.People + 1, group.Products ?? new double[_size * _size]);
            for (var i = 0; i < _size; i++)
            {
                var sum = sums[i];
                var own = group.Products.AsSpan(i * _size, _size);
                for (var j = i; j < own.Length; j++) own[j] += sum * sums[j];
            }
            if (start == 0) sums.CopyTo(first, 0);
            _balanced &= sums.AsSpan(0, _columns).SequenceEqual(first.AsSpan(0, _columns));
        }
        _groups = Array.FindAll(groups, g => g.People > 0);
        Mirror(_cross);
        foreach (var group in _groups) Mirror(group.Products);
    }

    /// <summary>The lower triangle from the upper.</summary>
    private void Mirror(double[] products)
    {
        for (var i = 0; i < _size; i++)
            for (var j = 0; j < i; j++) products[i * _size + j] = products[j * _size + i];
    }

    /// <summary>For every period the column of its indicator, the first's being the level's; and how many periods there are.</summary>
    private static int[] ColumnOfPeriod(PeriodMean[] scored, out int periods)
    {
        var last = 0;
        foreach (var mean in scored) last = Math.Max(last, mean.Period);
        var column = new int[last + 1];
        foreach (var mean in scored) column[mean.Period] = 1;
        periods = 0;
        for (var period = 0; period <= last; period++) if (column[period] == 1) column[period] = periods++;
        return column;
    }

    /// <summary>A row has at most four entries that are not 0.</summary>
    private void AddRow(int period, bool drug, double mean, double[] sums)
    {
        int d = _columns - 1, y = _columns;
        _cross[0]++;
        _cross[y] += mean;
        _cross[y * _size + y] += mean * mean;
        sums[0]++;
        sums[y] += mean;
        if (period > 0)
        {
            _cross[period]++;
            _cross[period * _size + period]++;
            _cross[period * _size + y] += mean;
            sums[period]++;
        }
        if (!drug) return;
        _cross[d]++;
        _cross[d * _size + d]++;
        _cross[d * _size + y] += mean;
        sums[d]++;
        if (period > 0) _cross[period * _size + d]++;
    }

    public static MixedComparison Of(PeriodMean[] scored)
    {
        var nothing = new MixedComparison(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        if (scored.Length == 0) return nothing;
        var model = new Mixed(scored);
        if (model.Likeliest(out var estimate) is { } best) return model.Report(best);
        return nothing with { Effect = estimate };
    }

    /// <summary>The effect with its standard error and Satterthwaite's degrees of freedom alone; NaN where they cannot be had.</summary>
    /// <param name="scored">At least one, a person's together.</param>
    public static (double Estimate, double Se, double Df) Effect(PeriodMean[] scored)
    {
        var model = new Mixed(scored);
        if (model.Likeliest(out _) is not { } best) return (double.NaN, double.NaN, double.NaN);
        var (p, variance) = (model._columns, best.Squares / (model._rows - model._columns));
        return (best.Estimate[^1], Math.Sqrt(variance * best.Inverse[p * p - 1]), model.Satterthwaite(best, variance, p - 1));
    }

    /// <summary>The likeliest δ; null where there is none, with the estimate if that can be had.</summary>
    private Point? Likeliest(out double estimate)
    {
        estimate = double.NaN;
        if (_rows <= _columns) return null;
        if (_balanced && _columns <= MostColumns && Balanced() is { } known) return known;
        var point = At(0);
        // The drug's column must not be determined by level and periods, and something must be left to err with.
        if (point is null) return null;
        estimate = point.Estimate[^1];
        return point.Squares > 1e-20 * _cross[^1] ? Best() : null;
    }

    /// <summary>
    /// In a balanced trial the deviance is (N − 1) ln(1 + nδ) + df ln(W + B/(1 + nδ)) and a constant, with W and B the squares within
    /// and between people, and has one stationary point. Null where rounding has the last word; the search then has it.
    /// </summary>
    private Point? Balanced()
    {
        var (n, people, products) = _groups[0];
        var p = _columns;
        Span<double> factor = stackalloc double[p * p], slopes = stackalloc double[p];
        for (var i = 1; i < p; i++)
        {
            slopes[i - 1] = _cross[i * _size + p] - products[i * _size + p] / n;
            for (var j = 1; j < p; j++) factor[(i - 1) * (p - 1) + j - 1] = _cross[i * _size + j] - products[i * _size + j] / n;
        }
        if (SmallCholesky.Factor(factor, p - 1, out _) < p - 1) return null;
        double within = _cross[^1] - products[^1] / n, between = (products[^1] - products[p] * products[p] / products[0]) / n;
        SmallCholesky.Solve(factor, p - 1, slopes);
        for (var i = 1; i < p; i++) within -= slopes[i - 1] * (_cross[i * _size + p] - products[i * _size + p] / n);
        double own = _rows - p - people + 1, shrunken = (people - 1) * within / (own * between);
        if (!(within > 1e-9 * _cross[^1]) || !(shrunken > 1e-9) || own <= 0) return null;
        var delta = shrunken >= 1 ? 0 : (1 / shrunken - 1) / n;
        var point = At(delta);
        // One step more where rounding has left anything.
        return point is null || delta == 0 || Math.Abs(point.Slope / point.Curvature) <= 1e-10 * delta ? point : At(delta - point.Slope / point.Curvature) ?? point;
    }

    /// <summary>The model at one δ: derivatives of −2 ln L, σ profiled out.</summary>
    private sealed record Point(double Delta, double[] Inverse, double[] Estimate, double Squares, double Deviance, double Slope, double Curvature, double SquaresSlope, double[] Change);

    private Point? At(double delta)
    {
        double[] a = (double[])_cross.Clone(), d1 = new double[a.Length], d2 = new double[a.Length];
        foreach (var (n, _, products) in _groups)
        {
            double along = 1 / (1 + n * delta), w = -delta * along, w1 = -along * along, w2 = 2 * n * along * along * along;
            for (var k = 0; k < a.Length; k++)
            {
                a[k] += w * products[k];
                d1[k] += w1 * products[k];
                d2[k] += w2 * products[k];
            }
        }
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
        var residual = new double[_size];
        for (var i = 0; i < p; i++) residual[i] = -estimate[i];
        residual[p] = 1;
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
            curvature -= people * Square(n / (1 + n * delta));
        }
        var c1 = Times(inverse, d1);
        var trace2 = 0.0;
        for (var i = 0; i < p; i++)
            for (var j = 0; j < p; j++) trace2 += inverse[i * p + j] * d2[i * _size + j];
        slope += Trace(c1) + df * s1 / squares;
        curvature += trace2 - Trace(c1, c1) + df * (s2 / squares - Square(s1 / squares));
        var deviance = df * (Math.Log(2 * Math.PI * squares / df) + 1) + determinant + logDeterminant;
        return new(delta, inverse, estimate, squares, deviance, slope, curvature, s1, c1);
    }

    /// <summary>−2 ln L at one δ, and nothing else: y is one column more of the factor. NaN where a column is determined.</summary>
    private double DevianceAt(double delta)
    {
        var determinant = 0.0;
        var a = new double[_cross.Length];
        _cross.CopyTo(a, 0);
        foreach (var (n, people, products) in _groups)
        {
            determinant += people * Math.Log(1 + n * delta);
            var w = -delta / (1 + n * delta);
            for (var k = 0; k < a.Length; k++) a[k] += w * products[k];
        }
        if (SmallCholesky.Factor(a, _size, out var logDeterminant) < _size) return At(delta)?.Deviance ?? double.NaN;
        double df = _rows - _columns, squares = a[^1] * a[^1];
        return df * (Math.Log(2 * Math.PI * squares / df) + 1) + determinant + logDeterminant - Math.Log(squares);
    }

    /// <summary>The δ ≥ 0 of the highest likelihood: a grid over the share between people, then Newton within the grid's step.</summary>
    private Point Best()
    {
        var best = At(0)!;
        double low = 0, high = Share(1);
        var (at, least) = (0, best.Deviance);
        for (var i = 1; i < Grid; i++)
            if (DevianceAt(Share(i)) is var deviance && deviance < least) (at, least) = (i, deviance);
        if (at > 0 && At(Share(at)) is { } begun) (best, low, high) = (begun, Share(at - 1), Share(at + 1));
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
        var free = best.Curvature + df * Square(best.SquaresSlope / best.Squares);
        double tt = 2 * best.Slope + 4 * best.Delta * free, ts = -4 * theta * best.SquaresSlope / (variance * sigma), ss = 4 * df / variance;
        double gt = 2 * theta * variance * change, gs = 2 * sigma * unit, v = variance * unit;
        if (best.Delta == 0) return 2 * v * v / (gs * gs * 2 / ss);
        var determinant = tt * ss - ts * ts;
        return 2 * v * v / (2 * (gt * gt * ss - 2 * gt * gs * ts + gs * gs * tt) / determinant);
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

    private static double Square(double x) => x * x;
}
