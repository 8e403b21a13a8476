using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>
/// What one person's diary says of the effect, all that leaves a site: a small Gaussian mixture, the posterior of the
/// effect under the course model with its sceptical prior N(0, PriorSd²). Benefit is negative, whatever way the scale runs.
/// </summary>
/// <param name="Weights">Weights, summing to 1. At least one.</param>
/// <param name="Means">Means, score units, same length.</param>
/// <param name="Sds">Standard deviations, above 0 and at most PriorSd, same length.</param>
public sealed record PersonTable(double[] Weights, double[] Means, double[] Sds)
{
    /// <summary>Bins of the table: in posterior SDs of the mean, and in ln of the SD.</summary>
    private const double Bin = 0.15, Negligible = 1e-6;

    /// <summary>The posterior mean, score units.</summary>
    public double Mean => new GaussianMixture(Weights, Means, Sds).Mean;

    internal static PersonTable Of(GaussianMixture posterior, double priorSd)
    {
        var bins = new SortedDictionary<(int Mean, int Sd), (double Weight, double First, double Second)>();
        for (var k = 0; k < posterior.Weights.Length; k++)
        {
            double w = posterior.Weights[k], m = posterior.Means[k], s = posterior.Sds[k];
            var bin = ((int)Math.Floor((m - posterior.Mean) / (Bin * posterior.Sd)), (int)Math.Floor(Math.Log(s) / Bin));
            var (weight, first, second) = bins.GetValueOrDefault(bin);
            bins[bin] = (weight + w, first + w * m, second + w * (s * s + m * m));
        }
        var kept = bins.Values.Where(b => b.Weight > Negligible).ToList();
        var total = kept.Sum(b => b.Weight);
        return new([.. kept.Select(b => b.Weight / total)], [.. kept.Select(b => b.First / b.Weight)],
            [.. kept.Select(b => Math.Min(priorSd, Math.Sqrt(b.Second / b.Weight - Math.Pow(b.First / b.Weight, 2))))]);
    }
}

/// <summary>Tables from one or more sites, for one outcome and one contrast.</summary>
/// <param name="Range">Range of the scale, score units.</param>
/// <param name="Tables">One a person.</param>
public sealed record TableStudy(double Range, IReadOnlyList<PersonTable> Tables)
{
    /// <summary>SD of the course model's prior of an effect, which the tables were made under: 0.2 of the range.</summary>
    public double PriorSd => 0.2 * Range;

    /// <summary>The smallest change that matters, score units, above 0.</summary>
    public double MeaningfulChange { get; init; } = 0.1 * Range;

    /// <summary>Prior SD of the mean effect: as sceptical as one person's.</summary>
    public double MeanPriorSd => PriorSd;

    /// <summary>Scale of the half-normal prior of the SD between people: a tenth of the range.</summary>
    public double SpreadPriorScale => 0.1 * Range;
}

/// <summary>What tables say together. Benefit is negative; SDs and intervals are the posterior's.</summary>
/// <param name="Effect">The mean effect of people like these.</param>
/// <param name="Spread">SD of effects between people.</param>
/// <param name="NewPerson">The effect in a new person.</param>
/// <param name="People">One a table: mean, SD, and the table's own mean.</param>
/// <param name="RespondersShrunken">The share whose mean is a meaningful benefit.</param>
/// <param name="RespondersRaw">The same by the tables' own means.</param>
public sealed record CombinedEffect(Summary Effect, Summary Spread, Summary NewPerson, IReadOnlyList<PersonEffect> People, double RespondersShrunken, double RespondersRaw);
