using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// The posterior of τ as a curve: for each w the log density at the nodes in ln τ is interpolated by the polynomial through
/// them, and the sum over w is added up on a fine grid.
/// </summary>
/// <remarks>Source: barycentric interpolation at Legendre nodes; Berrut &amp; Trefethen, SIAM Review 46 (2004) 501–517.</remarks>
internal sealed class OnsetTime
{
    private const int Points = 801;
    private const double Negligible = 1e-30;

    private readonly double[] _logTau = new double[Points], _cumulative = new double[Points];

    public OnsetTime(CoursePosterior posterior)
    {
        double from = Math.Log(CourseModel.TauMin), to = Math.Log(posterior.Model.TauMax);
        for (var i = 0; i < Points; i++) _logTau[i] = from + (to - from) * i / (Points - 1);
        var density = new double[Points];
        foreach (var slices in Slices(posterior).GroupBy(s => s.WhiteShare)) Add([.. slices], density);
        for (var i = 1; i < Points; i++) _cumulative[i] = _cumulative[i - 1] + (density[i - 1] + density[i]) / 2;
        for (var i = 0; i < Points; i++) _cumulative[i] /= _cumulative[^1];
    }

    /// <summary>P(τ ≤ days).</summary>
    public double Cdf(double days) => Interpolation.Linear(_logTau, _cumulative, Math.Log(days));

    /// <summary>The τ, days, below which a share p of the posterior lies.</summary>
    public double Quantile(double p) => Math.Exp(Interpolation.Linear(_cumulative, _logTau, p));

    private readonly record struct Slice(double WhiteShare, double LogTau, double LogDensity);

    /// <summary>ln of the density in ln τ at every (w, τ), relative to the evidence.</summary>
    private static IEnumerable<Slice> Slices(CoursePosterior posterior)
    {
        var nodes = posterior.Nodes;
        var mass = new double[nodes.Slices.Length];
        foreach (var c in nodes.Components) mass[nodes.SliceOf(c.Node)] += Math.Exp(c.LogWeight - posterior.LogEvidence);
        return [.. mass.Select((m, i) => new Slice(nodes.Slices[i].WhiteShare, Math.Log(nodes.Slices[i].Tau), Math.Log(Math.Max(m, Negligible)) - nodes.Slices[i].LogWeight))];
    }

    private void Add(Slice[] slices, double[] density)
    {
        var weights = new double[slices.Length];
        for (var i = 0; i < slices.Length; i++)
        {
            var product = 1.0;
            for (var j = 0; j < slices.Length; j++)
                // Scaled so that forty nodes do not underflow.
                if (j != i) product *= 4 * (slices[i].LogTau - slices[j].LogTau) / (slices[^1].LogTau - slices[0].LogTau);
            weights[i] = 1 / product;
        }
        // Legendre nodes stop short of the interval's ends by about a third of their first gap.
        var margin = (slices[1].LogTau - slices[0].LogTau) / 3;
        for (var p = 0; p < density.Length; p++)
        {
            if (_logTau[p] < slices[0].LogTau - margin || _logTau[p] > slices[^1].LogTau + margin) continue;
            double top = 0, bottom = 0;
            var exact = double.NaN;
            for (var i = 0; i < slices.Length; i++)
            {
                var apart = _logTau[p] - slices[i].LogTau;
                if (Math.Abs(apart) < 1e-12) exact = slices[i].LogDensity;
                top += weights[i] / apart * slices[i].LogDensity;
                bottom += weights[i] / apart;
            }
            density[p] += Math.Exp(double.IsNaN(exact) ? top / bottom : exact);
        }
    }
}
