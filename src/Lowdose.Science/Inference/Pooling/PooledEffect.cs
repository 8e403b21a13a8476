namespace Lowdose.Science.Inference.Pooling;

/// <summary>An edge of the model that a pool has come to, or what its data cannot tell.</summary>
public enum PoolEdge
{
    /// <summary>One person: no spread between people can be seen; it is taken as 0.</summary>
    OnePerson,
    /// <summary>No spread of levels beyond the noise.</summary>
    NoLevelSpread,
    /// <summary>No spread of effects beyond the noise.</summary>
    NoEffectSpread,
    /// <summary>Level and effect are perfectly correlated.</summary>
    CorrelationAtEdge,
    /// <summary>Nobody has two scored days, so ρ cannot be seen; it is taken as 0.</summary>
    NoPairs,
    /// <summary>ρ is at −1 or 1.</summary>
    RhoAtEdge,
    /// <summary>τ is at an end of its range.</summary>
    TauAtEdge,
    /// <summary>The likelihood is flat: spread between people and noise cannot be told apart. The fixed effects stand.</summary>
    Flat,
    /// <summary>The drug's column is determined by the others: the effect cannot be seen.</summary>
    EffectDetermined,
    /// <summary>A covariate is determined by the columns before it.</summary>
    CovariateDetermined,
    /// <summary>The fixed effects fit every score: there is no noise to measure by.</summary>
    PerfectFit,
    /// <summary>Everyone's scores lie on a line of their own: there is no noise to weigh the spread by.</summary>
    NoNoise,
}

/// <summary>An estimate with its standard error and 95 % interval, score units; NaN where it cannot be had.</summary>
public readonly record struct FixedEffect(double Estimate, double Se, double Lo, double Hi);

/// <summary>One person's effect, drawn towards the others' as far as their own days leave it open.</summary>
/// <param name="Effect">Score units; NaN where the effect cannot be had.</param>
/// <param name="Se">Its prediction standard error, the fixed effects' own included.</param>
/// <param name="OwnEffect">From this person's days alone, at the pool's ρ; NaN where they cannot give it.</param>
public readonly record struct PersonEffect(double Effect, double Se, double OwnEffect);

/// <summary>The effect to expect in a new person.</summary>
/// <param name="Mean">Score units.</param>
/// <param name="Lo">Lower end of the 95 % prediction interval (t with one degree of freedom fewer than people); NaN for one person.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct NewPerson(double Mean, double Lo, double Hi);

/// <summary>What many diaries say together, in one model.</summary>
public sealed record PooledEffect
{
    /// <summary>Scored days used.</summary>
    public required int Observations { get; init; }
    /// <summary>τ, days; 0 where the drug acts at once.</summary>
    public required double TauDays { get; init; }
    /// <summary>The (restricted) log-likelihood at its highest, with nlme's constant; NaN where there is no noise.</summary>
    public required double LogLikelihood { get; init; }
    /// <summary>Intercept, effect, then for every covariate its own and, where it predicts, its product with the effect (from the covariate's mean).</summary>
    public required IReadOnlyList<FixedEffect> Fixed { get; init; }
    /// <summary>Between-person SD of the level, score units.</summary>
    public required double SdIntercept { get; init; }
    /// <summary>Between-person SD of the effect, score units.</summary>
    public required double SdEffect { get; init; }
    /// <summary>Their correlation; NaN where one of them is 0.</summary>
    public required double Correlation { get; init; }
    /// <summary>Autocorrelation of the noise from one day to the next.</summary>
    public required double Rho { get; init; }
    /// <summary>SD of the noise, score units.</summary>
    public required double Sigma { get; init; }
    /// <summary>The effect in a new person, at the predictors' means.</summary>
    public required NewPerson NewPerson { get; init; }
    /// <summary>Everyone, in the order given.</summary>
    public required IReadOnlyList<PersonEffect> People { get; init; }
    /// <summary>The share of people whose shrunken effect is a meaningful benefit; NaN where there is none.</summary>
    public required double RespondersShrunken { get; init; }
    /// <summary>The same by their own days alone, of those whose days give an effect.</summary>
    public required double RespondersRaw { get; init; }
    /// <summary>Edges met; empty in the ordinary case.</summary>
    public required IReadOnlyList<PoolEdge> Edges { get; init; }
}
