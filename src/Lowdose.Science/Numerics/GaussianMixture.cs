using System.Runtime.Intrinsics;

namespace Lowdose.Science.Numerics;

/// <summary>A mixture of normals. Probabilities and quantiles are those of the mixture itself.</summary>
/// <param name="weights">Weights that sum to 1.</param>
/// <param name="means">Means, same length.</param>
/// <param name="sds">Standard deviations above 0, same length.</param>
public sealed class GaussianMixture(double[] weights, double[] means, double[] sds)
{
    /// <summary>The mean.</summary>
    public double Mean { get; } = WeightedMean(weights, means);

    /// <summary>The standard deviation, spread between components included.</summary>
    public double Sd { get; } = WeightedSd(weights, means, sds);

    internal double[] Weights => weights;
    internal double[] Means => means;
    internal double[] Sds => sds;

    /// <summary>P(X ≤ x).</summary>
    /// <param name="x">In the mixture's own units.</param>
    public double Cdf(double x) => CdfAndDensity(x).Cdf;

    /// <summary>The x with P(X ≤ x) = p, to 1e-9 of a standard deviation.</summary>
    /// <param name="p">A probability strictly between 0 and 1.</param>
    public double Quantile(double p)
    {
        double low = Mean - 40 * Sd, high = Mean + 40 * Sd;
        var x = Mean + Sd * Normal.Quantile(p);
        // Newton, kept inside a bracket that every step tightens.
        for (var step = 0; step < 100; step++)
        {
            var (cdf, density) = CdfAndDensity(x);
            if (cdf > p) high = x; else low = x;
            var next = x - (cdf - p) / density;
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - x) < 1e-9 * Sd) return next;
            x = next;
        }
        return x;
    }

    private (double Cdf, double Density) CdfAndDensity(double x)
    {
        Vector256<double> sums = default, densities = default;
        var at = Vector256.Create(x);
        var i = 0;
        for (; i <= weights.Length - 4; i += 4)
        {
            var sd = Vector256.Create(sds.AsSpan(i, 4));
            var weight = Vector256.Create(weights.AsSpan(i, 4));
            sums = Vector256.FusedMultiplyAdd(weight, Normal.Cdf((at - Vector256.Create(means.AsSpan(i, 4))) / sd, out var d), sums);
            densities = Vector256.FusedMultiplyAdd(weight / sd, d, densities);
        }
        double sum = Vector256.Sum(sums), density = Vector256.Sum(densities);
        for (; i < weights.Length; i++)
        {
            sum += weights[i] * Normal.Cdf((x - means[i]) / sds[i], out var d);
            density += weights[i] * d / sds[i];
        }
        return (sum, density);
    }

    private static double WeightedMean(double[] weights, double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * values[i];
        return sum;
    }

    private static double WeightedSd(double[] weights, double[] means, double[] sds)
    {
        var mean = WeightedMean(weights, means);
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * (sds[i] * sds[i] + (means[i] - mean) * (means[i] - mean));
        return Math.Sqrt(sum);
    }
}
