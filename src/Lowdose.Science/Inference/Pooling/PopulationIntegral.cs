using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// Deterministic integration of the one-stage model: the mean level and effect exactly, ln σ by Gauss–Hermite about its
/// conditional peak, (ρ, spreads over σ) by Gauss–Legendre in a box that closes in on where the posterior is. Spreads of 0
/// are inside the box, not at its edge in a logarithm.
/// </summary>
/// <remarks>Source: docs/methods/pooling.md §4; the rules are <see cref="Quadrature"/>'s.</remarks>
internal sealed class PopulationIntegral
{
    private const int RhoNodes = 9, SpreadNodes = 11, SigmaNodes = 7;
    private const double Negligible = 14;

    private readonly PooledLikelihood _likelihood;
    private readonly int _scored;
    private readonly double _levelMean, _levelSd, _effectSd, _spreadScale, _sigmaScale, _middle;
    private readonly double[] _first = new double[6], _second = new double[6];
    private double _total;

    public PopulationIntegral(PooledStudy study, double scaleMin, double scaleMax)
    {
        var columns = new PooledColumns(study);
        columns.SetOnset(study.TauDays!.Value);
        var products = new GapProducts(columns);
        products.Fill();
        _likelihood = new PooledLikelihood(columns, products, [0, 1], restricted: false);
        var range = scaleMax - scaleMin;
        (_scored, _middle) = (columns.Scored, columns.Middle);
        (_levelMean, _levelSd, _effectSd, _spreadScale, _sigmaScale) = ((scaleMin + scaleMax) / 2 - columns.Middle, 0.3 * range, 0.3 * range, 0.2 * range, 0.25 * range);
    }

    public PopulationPosterior Integrate()
    {
        var peak = new SpreadSearch(_likelihood).From(new Spread(0.4, 0.6, 0, 0.4), Searched.Rho | Searched.Level | Searched.Effect);
        peak = peak with { Level = Math.Abs(peak.Level), Effect = Math.Abs(peak.Effect) };
        var top = LogDensity(peak);
        var (rhoLow, rhoHigh) = (Edge(peak, top, 0, -1), Edge(peak, top, 0, 1));
        var (levelLow, levelHigh) = (Edge(peak, top, 1, -1), Edge(peak, top, 1, 1));
        var (effectLow, effectHigh) = (Edge(peak, top, 2, -1), Edge(peak, top, 2, 1));
        QuadratureRule rho = Quadrature.Legendre(RhoNodes), spread = Quadrature.Legendre(SpreadNodes), sigma = Quadrature.Hermite(SigmaNodes);
        for (var i = 0; i < RhoNodes; i++)
            for (var j = 0; j < SpreadNodes; j++)
                for (var k = 0; k < SpreadNodes; k++)
                {
                    var at = new Spread(Math.Tanh(Between(rhoLow, rhoHigh, rho.X[i])), Between(levelLow, levelHigh, spread.X[j]), 0, Between(effectLow, effectHigh, spread.X[k]));
                    _likelihood.At(at);
                    Add(at, rho.LogWeight[i] + spread.LogWeight[j] + spread.LogWeight[k] - top, sigma);
                }
        Moments Of(int parameter)
        {
            var mean = _first[parameter] / _total;
            return new(mean + (parameter == 0 ? _middle : 0), Math.Sqrt(Math.Max(0, _second[parameter] / _total - mean * mean)));
        }
        return new(Of(0), Of(1), Of(2), Of(3), Of(4), Of(5));
    }

    private static double Between(double low, double high, double x) => (low + high) / 2 + (high - low) / 2 * x;

    /// <summary>Where the density at the conditional peak of σ has become negligible, going one way from the peak; parameters atanh ρ, level, effect.</summary>
    private double Edge(Spread peak, double top, int parameter, int way)
    {
        double[] x = [Math.Atanh(peak.Rho), peak.Level, peak.Effect];
        var from = x[parameter];
        var step = 0.02;
        for (var i = 0; i < 60; i++, step *= 1.4)
        {
            x[parameter] = from + way * step;
            if (parameter > 0 && x[parameter] <= 0) return 0;
            if (parameter == 0 && Math.Abs(x[0]) > 6) return way * 6;
            if (LogDensity(new Spread(Math.Tanh(x[0]), x[1], 0, x[2])) < top - Negligible) return x[parameter];
        }
        return x[parameter];
    }

    /// <summary>ln of the density in (atanh ρ, spreads over σ, ln σ), at the ln σ where the likelihood peaks.</summary>
    private double LogDensity(Spread at)
    {
        _likelihood.At(at);
        return LogDensity(at, 0.5 * Math.Log(_likelihood.Variance), out _, out _);
    }

    /// <summary>At the likelihood's last point: the density at ln σ, with the mean level's and effect's moments given the rest.</summary>
    private double LogDensity(Spread at, double logSigma, out (double Mean, double Variance) level, out (double Mean, double Variance) effect)
    {
        var a = _likelihood.Products;
        double sigma = Math.Exp(logSigma), v = 1 / (sigma * sigma);
        double p0 = 1 / (_levelSd * _levelSd), p1 = 1 / (_effectSd * _effectSd);
        double l00 = a[0] * v + p0, l01 = a[1] * v, l11 = a[4] * v + p1, h0 = a[2] * v + p0 * _levelMean, h1 = a[5] * v, determinant = l00 * l11 - l01 * l01;
        level = ((l11 * h0 - l01 * h1) / determinant, l11 / determinant);
        effect = ((l00 * h1 - l01 * h0) / determinant, l00 / determinant);
        var quadratic = a[8] * v + p0 * _levelMean * _levelMean - h0 * level.Mean - h1 * effect.Mean;
        double levelSd = sigma * at.Level / _spreadScale, effectSd = sigma * at.Effect / _spreadScale, noise = sigma / _sigmaScale;
        return -_scored * logSigma - 0.5 * (_likelihood.LogDeterminant + Math.Log(determinant) + quadratic)
            + Math.Log(1 - at.Rho * at.Rho) - 0.5 * (levelSd * levelSd + effectSd * effectSd + noise * noise) + 3 * logSigma;
    }

    private void Add(Spread at, double logWeight, QuadratureRule sigma)
    {
        var (peak, sd) = (0.5 * Math.Log(_likelihood.Variance), 1 / Math.Sqrt(2.0 * _scored));
        Span<double> values = stackalloc double[6], extra = stackalloc double[6];
        for (var s = 0; s < sigma.X.Length; s++)
        {
            var logSigma = peak + sd * sigma.X[s];
            var weight = Math.Exp(LogDensity(at, logSigma, out var level, out var effect) + logWeight + sigma.LogWeight[s]);
            var scale = Math.Exp(logSigma);
            (values[0], values[1], values[2], values[3], values[4], values[5]) = (level.Mean, effect.Mean, scale * at.Level, scale * at.Effect, at.Rho, scale);
            (extra[0], extra[1]) = (level.Variance, effect.Variance);
            _total += weight;
            for (var i = 0; i < 6; i++)
            {
                _first[i] += weight * values[i];
                _second[i] += weight * (values[i] * values[i] + extra[i]);
            }
        }
    }
}
