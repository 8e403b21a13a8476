using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// The hierarchy over tables: effects θ_i ~ N(θ, ω²), θ ~ N(0, (0.2R)²), ω half-normal with scale 0.1R. A table divided by
/// the prior it was made under is the person's likelihood, so (θ, ω) are integrated on a two-dimensional grid that closes
/// in on where the posterior is.
/// </summary>
/// <remarks>
/// A component N(m, s²) over N(0, P) is exp(−λδ²/2 + ηδ) with λ = 1/s² − 1/P, η = m/s²; under N(θ, ω²) its integral is
/// (1 + λω²)^−½ exp((−λθ²/2 + ηθ + η²ω²/2)/(1 + λω²)). Source: docs/methods/pooling.md §3; Higgins, Thompson &amp;
/// Spiegelhalter, J R Stat Soc A 172 (2009) 137–159 for the half-normal and for few people.
/// </remarks>
internal sealed class TwoStage
{
    private const int Coarse = 20, Fine = 52, Rounds = 3;
    private const double Negligible = 22;

    private readonly TableStudy _study;
    private readonly int[] _start;
    private readonly double[] _lambda, _eta, _log;
    private double[] _theta = [], _omega = [], _weight = [];

    public TwoStage(TableStudy study)
    {
        _study = study;
        _start = new int[study.Tables.Count + 1];
        for (var i = 0; i < study.Tables.Count; i++) _start[i + 1] = _start[i] + study.Tables[i].Weights.Length;
        (_lambda, _eta, _log) = (new double[_start[^1]], new double[_start[^1]], new double[_start[^1]]);
        var prior = study.PriorSd * study.PriorSd;
        for (var i = 0; i < study.Tables.Count; i++)
            for (var k = 0; k < study.Tables[i].Weights.Length; k++)
            {
                var (w, m, s) = (study.Tables[i].Weights[k], study.Tables[i].Means[k], study.Tables[i].Sds[k]);
                _lambda[_start[i] + k] = Math.Max(0, 1 / (s * s) - 1 / prior);
                _eta[_start[i] + k] = m / (s * s);
                _log[_start[i] + k] = Math.Log(w) - Math.Log(s) - m * m / (2 * s * s);
            }
    }

    public CombinedEffect Combine()
    {
        Integrate();
        PersonEffect[] people = [.. Enumerable.Range(0, _study.Tables.Count).Select(Person)];
        var theta = Marginal(_theta);
        var omega = Marginal(_omega);
        var newPerson = new GaussianMixture(_weight, _theta, _omega);
        double Share(IEnumerable<double> effects) => effects.Count(e => e <= -_study.MeaningfulChange) / (double)people.Length;
        return new(theta, omega, new(newPerson.Mean, newPerson.Sd, newPerson.Quantile(0.025), newPerson.Quantile(0.5), newPerson.Quantile(0.975)), people,
            Share(people.Select(p => p.Effect)), Share(people.Select(p => p.OwnEffect)));
    }

    private void Integrate()
    {
        double thetaLow = -5 * _study.MeanPriorSd, thetaHigh = 5 * _study.MeanPriorSd, omegaLow = 0, omegaHigh = 5 * _study.SpreadPriorScale;
        for (var round = 0; round <= Rounds; round++)
        {
            Grid(round < Rounds ? Coarse : Fine, thetaLow, thetaHigh, omegaLow, omegaHigh, out var log, out var step);
            var top = log.Max();
            if (round == Rounds)
            {
                var total = 0.0;
                for (var i = 0; i < log.Length; i++) total += _weight[i] *= Math.Exp(log[i] - top);
                for (var i = 0; i < log.Length; i++) _weight[i] /= total;
                return;
            }
            var near = Enumerable.Range(0, log.Length).Where(i => log[i] > top - Negligible).ToList();
            (thetaLow, thetaHigh) = (Math.Max(thetaLow, near.Min(i => _theta[i]) - step.Theta), Math.Min(thetaHigh, near.Max(i => _theta[i]) + step.Theta));
            (omegaLow, omegaHigh) = (Math.Max(omegaLow, near.Min(i => _omega[i]) - step.Omega), Math.Min(omegaHigh, near.Max(i => _omega[i]) + step.Omega));
        }
    }

    private void Grid(int nodes, double thetaLow, double thetaHigh, double omegaLow, double omegaHigh, out double[] log, out (double Theta, double Omega) step)
    {
        var rule = Quadrature.Legendre(nodes);
        step = ((thetaHigh - thetaLow) * 1.6 / nodes, (omegaHigh - omegaLow) * 1.6 / nodes);
        (_theta, _omega, _weight, log) = (new double[nodes * nodes], new double[nodes * nodes], new double[nodes * nodes], new double[nodes * nodes]);
        for (var i = 0; i < nodes; i++)
            for (var j = 0; j < nodes; j++)
            {
                var at = i * nodes + j;
                _theta[at] = (thetaLow + thetaHigh) / 2 + (thetaHigh - thetaLow) / 2 * rule.X[i];
                _omega[at] = (omegaLow + omegaHigh) / 2 + (omegaHigh - omegaLow) / 2 * rule.X[j];
                _weight[at] = Math.Exp(rule.LogWeight[i] + rule.LogWeight[j]);
                log[at] = LogPosterior(_theta[at], _omega[at]);
            }
    }

    private double LogPosterior(double theta, double omega)
    {
        var log = -0.5 * (Math.Pow(theta / _study.MeanPriorSd, 2) + Math.Pow(omega / _study.SpreadPriorScale, 2));
        Span<double> terms = stackalloc double[256];
        for (var i = 0; i + 1 < _start.Length; i++)
        {
            var top = double.NegativeInfinity;
            var n = _start[i + 1] - _start[i];
            if (n > terms.Length) terms = new double[n];
            for (var k = 0; k < n; k++) top = Math.Max(top, terms[k] = Term(_start[i] + k, theta, omega));
            var sum = 0.0;
            for (var k = 0; k < n; k++) if (terms[k] > top - 40) sum += Math.Exp(terms[k] - top);
            log += top + Math.Log(sum);
        }
        return log;
    }

    private double Term(int k, double theta, double omega)
    {
        var wide = 1 + _lambda[k] * omega * omega;
        return _log[k] - 0.5 * Math.Log(wide) + (theta * (_eta[k] - 0.5 * _lambda[k] * theta) + 0.5 * _eta[k] * _eta[k] * omega * omega) / wide;
    }

    /// <summary>Mean and SD of one person's effect given everyone.</summary>
    private PersonEffect Person(int person)
    {
        double first = 0, second = 0;
        var n = _start[person + 1] - _start[person];
        var terms = new double[n];
        for (var at = 0; at < _theta.Length; at++)
        {
            if (_weight[at] < 1e-9) continue;
            var top = double.NegativeInfinity;
            for (var k = 0; k < n; k++) top = Math.Max(top, terms[k] = Term(_start[person] + k, _theta[at], _omega[at]));
            double sum = 0, mean = 0, square = 0;
            for (var k = 0; k < n; k++)
            {
                var w = Math.Exp(terms[k] - top);
                var variance = _omega[at] * _omega[at] / (1 + _lambda[_start[person] + k] * _omega[at] * _omega[at]);
                var m = (_eta[_start[person] + k] * _omega[at] * _omega[at] + _theta[at]) / (1 + _lambda[_start[person] + k] * _omega[at] * _omega[at]);
                sum += w;
                mean += w * m;
                square += w * (m * m + variance);
            }
            first += _weight[at] * mean / sum;
            second += _weight[at] * square / sum;
        }
        return new(first, Math.Sqrt(Math.Max(0, second - first * first)), _study.Tables[person].Mean);
    }

    private Summary Marginal(double[] values)
    {
        var nodes = new WeightedNodes(values, _weight);
        return new(nodes.Mean, nodes.Sd, nodes.Quantile(0.025), nodes.Quantile(0.5), nodes.Quantile(0.975));
    }
}
