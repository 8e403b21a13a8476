namespace Lowdose.Science.Inference.Trials;

/// <summary>Rates that do not fall with the dose, by pooling adjacent violators.</summary>
/// <remarks>Ayer, Brunk, Ewing, Reid &amp; Silverman, Ann Math Stat 26 (1955) 641–647.</remarks>
internal static class Isotonic
{
    /// <summary>The weighted least-squares rates among those that do not fall.</summary>
    /// <param name="rates">By ascending dose.</param>
    /// <param name="weights">Above 0, same length.</param>
    public static double[] Rising(ReadOnlySpan<double> rates, ReadOnlySpan<double> weights)
    {
        var (level, weight, width) = (new double[rates.Length], new double[rates.Length], new int[rates.Length]);
        var pools = 0;
        for (var i = 0; i < rates.Length; i++)
        {
            (level[pools], weight[pools], width[pools]) = (rates[i], weights[i], 1);
            while (pools > 0 && level[pools - 1] >= level[pools])
            {
                var both = weight[pools - 1] + weight[pools];
                level[pools - 1] = (level[pools - 1] * weight[pools - 1] + level[pools] * weight[pools]) / both;
                weight[pools - 1] = both;
                width[pools - 1] += width[pools];
                pools--;
            }
            pools++;
        }
        var rising = new double[rates.Length];
        for (int pool = 0, i = 0; pool < pools; pool++)
            for (var j = 0; j < width[pool]; j++) rising[i++] = level[pool];
        return rising;
    }

    /// <summary>Where the straight lines between rising rates reach a target: −∞ where the lowest dose is beyond it, +∞ where none reaches it.</summary>
    public static double Reached(ReadOnlySpan<double> doses, ReadOnlySpan<double> rising, double target)
    {
        if (rising[0] > target) return double.NegativeInfinity;
        for (var i = 0; i < rising.Length; i++)
        {
            if (rising[i] < target) continue;
            // On a flat stretch at the target the middle of it.
            var last = i;
            while (last + 1 < rising.Length && rising[last + 1] == rising[i]) last++;
            if (rising[i] == target) return (doses[i] + doses[last]) / 2;
            return doses[i - 1] + (target - rising[i - 1]) / (rising[i] - rising[i - 1]) * (doses[i] - doses[i - 1]);
        }
        return double.PositiveInfinity;
    }
}
