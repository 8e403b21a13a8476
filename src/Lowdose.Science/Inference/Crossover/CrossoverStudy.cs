namespace Lowdose.Science.Inference.Crossover;

/// <summary>One person's mean score over one period of a crossover.</summary>
/// <param name="Person">Which person, 0 first.</param>
/// <param name="Period">Which period, 1 first.</param>
/// <param name="Drug">True where the drug was assigned, false where the placebo.</param>
/// <param name="Mean">The mean score, score units; NaN where the period has no score.</param>
public readonly record struct PeriodMean(int Person, int Period, bool Drug, double Mean);

/// <summary>A crossover as anonymous numbers: what each person was assigned in each period, and how it went.</summary>
public sealed record CrossoverStudy
{
    /// <summary>One entry a person and period begun, any order; no person has a period twice.</summary>
    public required IReadOnlyList<PeriodMean> Means { get; init; }

    /// <summary>The mean score before the first period, one a person, score units; NaN where there was no run-in.</summary>
    public required IReadOnlyList<double> Baselines { get; init; }

    /// <summary>True where a higher score is a better one; only the responders ask.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>The seed of the permutation test.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many people were assigned anything.</summary>
    public int People => Baselines.Count;
}
