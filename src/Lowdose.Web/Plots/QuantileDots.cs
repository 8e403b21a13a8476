using Lowdose.Science.Inference;

namespace Lowdose.Web.Plots;

/// <summary>What one of the twenty dots stands for.</summary>
public enum Dot
{
    /// <summary>Better by at least the smallest change that matters.</summary>
    Better,
    /// <summary>Neither.</summary>
    Between,
    /// <summary>Worse by at least the smallest change that matters.</summary>
    Worse,
}

/// <summary>One of twenty equally likely values of an effect.</summary>
/// <param name="Effect">Score units, the outcome's own sign.</param>
/// <param name="Kind">What it stands for.</param>
public readonly record struct QuantileDot(double Effect, Dot Kind);

/// <summary>
/// Twenty equally likely values of a dose's effect (Kay et al. 2016, doi:10.1145/2858036.2858558). How many are better or
/// worse follows from the exact probabilities; where each one stands is read off a curve through all that is known of the
/// posterior: three quantiles and three tail probabilities, joined by straight lines on the log-odds scale (the outermost dots are the 2.5 and 97.5 % points, so nothing is extrapolated).
/// </summary>
public static class QuantileDots
{
    /// <summary>The twenty dots, ascending by effect; empty where the summary is not finite.</summary>
    /// <param name="dose">A judged dose.</param>
    /// <param name="mcid">Smallest change that matters, score units.</param>
    /// <param name="higherIsBetter">True where a positive effect is a benefit.</param>
    public static IReadOnlyList<QuantileDot> Of(DoseJudgement dose, double mcid, bool higherIsBetter)
    {
        var e = dose.Effect;
        if (!double.IsFinite(e.Q025 + e.Q50 + e.Q975 + dose.ProbMeaningfulBenefit + dose.ProbMeaningfulHarm)) return [];
        var low = higherIsBetter ? dose.ProbMeaningfulHarm : dose.ProbMeaningfulBenefit;
        var high = higherIsBetter ? dose.ProbMeaningfulBenefit : dose.ProbMeaningfulHarm;
        var below = higherIsBetter ? 1 - dose.ProbAnyBenefit : dose.ProbAnyBenefit;
        var curve = Monotone([(0.025, e.Q025), (0.5, e.Q50), (0.975, e.Q975), (low, -mcid), (below, 0), (1 - high, mcid)]);

        var lows = Figures.InTwenty(low);
        var highs = Math.Min(Figures.InTwenty(high), 20 - lows);
        var (lowKind, highKind) = higherIsBetter ? (Dot.Worse, Dot.Better) : (Dot.Better, Dot.Worse);
        return [.. Enumerable.Range(0, 20).Select(i =>
        {
            var value = At(curve, (i + 0.5) / 20);
            return i < lows ? new QuantileDot(Math.Min(value, -mcid), lowKind)
                : i >= 20 - highs ? new QuantileDot(Math.Max(value, mcid), highKind)
                : new QuantileDot(Math.Clamp(value, -mcid, mcid), Dot.Between);
        })];
    }

    private static List<(double Z, double X)> Monotone(IEnumerable<(double P, double X)> points)
    {
        var curve = new List<(double Z, double X)>();
        foreach (var (p, x) in points.Where(p => p.P is > 0.0005 and < 0.9995).OrderBy(p => p.P).ThenBy(p => p.X))
        {
            var z = Math.Log(p / (1 - p));
            if (curve.Count == 0 || (z > curve[^1].Z + 1e-6 && x >= curve[^1].X)) curve.Add((z, x));
        }
        return curve;
    }

    private static double At(List<(double Z, double X)> curve, double p)
    {
        if (curve.Count == 1) return curve[0].X;
        var z = Math.Log(p / (1 - p));
        var i = Math.Clamp(curve.FindIndex(c => c.Z >= z), 1, curve.Count - 1);
        if (curve[^1].Z < z) i = curve.Count - 1;
        var (a, b) = (curve[i - 1], curve[i]);
        return a.X + ((b.X - a.X) * (z - a.Z) / (b.Z - a.Z));
    }
}
