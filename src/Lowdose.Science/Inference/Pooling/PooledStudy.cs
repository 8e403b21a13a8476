namespace Lowdose.Science.Inference.Pooling;

/// <summary>One person's scores as a pool sees them: anonymous, and only on or off the drug of the contrast.</summary>
public sealed record PooledDiary
{
    /// <summary>The calendar day of every score, 0 first, ascending. Length n.</summary>
    public required int[] Days { get; init; }

    /// <summary>The scores, on the outcome's own scale. Length n.</summary>
    public required double[] Scores { get; init; }

    /// <summary>Whether the drug was taken, every calendar day from 0 to the last scored day or beyond.</summary>
    public required bool[] OnDrug { get; init; }

    /// <summary>One array a covariate: of length 1 where it is the person's, of length n where it is the day's.</summary>
    public IReadOnlyList<double[]> Covariates { get; init; } = [];
}

/// <summary>Many people's diaries for one outcome and one contrast.</summary>
public sealed record PooledStudy
{
    /// <summary>Everyone, at least one, all with the same covariates.</summary>
    public required IReadOnlyList<PooledDiary> People { get; init; }

    /// <summary>For every covariate, whether the drug's effect may depend on it too (from its mean).</summary>
    public IReadOnlyList<bool> Predicts { get; init; } = [];

    /// <summary>The smallest change that matters, score units, above 0; for the share of responders.</summary>
    public double MeaningfulChange { get; init; } = 1;

    /// <summary>True where a higher score is a better one; only the responders ask.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>Time constant of onset and wash-out, days: 0 for on or off at once; null to profile it.</summary>
    public double? TauDays { get; init; }

    /// <summary>Restricted maximum likelihood; else maximum likelihood. τ is profiled by maximum likelihood either way.</summary>
    public bool Restricted { get; init; } = true;
}
