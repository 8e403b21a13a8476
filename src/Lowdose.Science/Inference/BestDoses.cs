using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>The probability of each dose being the most beneficial of those tried.</summary>
/// <remarks>
/// A fixed low-discrepancy set (additive recurrence on the square roots of primes, shifted by one half) through the
/// mixture: no seed, error about 0.01.
/// </remarks>
internal static class BestDoses
{
    private const int Points = 2048;

    public static BestDose[] Of(CoursePosterior posterior)
    {
        var doses = posterior.Model.DosesMg;
        if (doses.Length == 0) return [];
        var q = posterior.Nodes.Coefficients;
        var alphas = Enumerable.Range(2, int.MaxValue - 2).Where(IsPrime).Take(q).Select(p => Math.Sqrt(p) % 1).ToArray();
        var rows = Enumerable.Range(0, doses.Length).Select(d => posterior.DoseRow(d)).ToArray();
        var turned = new double[doses.Length * q];
        var wins = new int[doses.Length];
        int component = 0, node = -1;
        var below = posterior.Weights[0];
        for (var i = 0; i < Points; i++)
        {
            while (below < (i + 0.5) / Points && component < posterior.Weights.Length - 1) below += posterior.Weights[++component];
            if (posterior.Components[component].Node != node)
            {
                node = posterior.Components[component].Node;
                for (var d = 0; d < doses.Length; d++) posterior.Turn(rows[d], node, turned.AsSpan(d * q, q));
            }
            wins[BestAt(posterior, component, turned, alphas, i)]++;
        }
        return [.. doses.Select((mg, d) => new BestDose(mg, wins[d] / (double)Points))];
    }

    private static int BestAt(CoursePosterior posterior, int component, double[] turned, double[] alphas, int point)
    {
        var q = alphas.Length;
        Span<double> direction = q <= 64 ? stackalloc double[q] : new double[q];
        var shrink = posterior.Shrink(component);
        var pull = posterior.Pull(component);
        for (var k = 0; k < q; k++)
            direction[k] = pull[k] + Math.Sqrt(shrink[k]) * Normal.Quantile((0.5 + (point + 1) * alphas[k]) % 1);
        var best = 0;
        var lowest = double.PositiveInfinity;
        for (var d = 0; d < turned.Length / q; d++)
        {
            var effect = posterior.Model.PriorEffects[d];
            for (var k = 0; k < q; k++) effect += turned[d * q + k] * direction[k];
            if (effect < lowest) (lowest, best) = (effect, d);
        }
        return best;
    }

    private static bool IsPrime(int n)
    {
        for (var d = 2; d * d <= n; d++) if (n % d == 0) return false;
        return true;
    }
}
