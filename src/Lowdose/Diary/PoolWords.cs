using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Diary;

/// <summary>How the edges of a pool's model are said.</summary>
public static class PoolWords
{
    /// <summary>One sentence an edge.</summary>
    /// <param name="edge">Which.</param>
    public static string Of(PoolEdge edge) => edge switch
    {
        PoolEdge.OnePerson => "There is one person: the spread between people cannot be seen, and is taken as 0.",
        PoolEdge.NoLevelSpread => "No spread of levels between people was found; its SD is 0.",
        PoolEdge.NoEffectSpread => "No spread of effects between people was found; its SD is 0. With few people this is weak evidence.",
        PoolEdge.CorrelationAtEdge => "Level and effect are perfectly correlated in the fit: there is too little to tell their spreads apart.",
        PoolEdge.NoPairs => "Nobody has two scored days, so the autocorrelation cannot be seen, and is taken as 0.",
        PoolEdge.RhoAtEdge => "The autocorrelation is at its edge: days hardly differ from their neighbours.",
        PoolEdge.TauAtEdge => "The time constant is at an end of its range; give --tau to fix it.",
        PoolEdge.Flat => "The data cannot tell the spread between people and the noise apart (too few days a person); the fixed effects stand.",
        PoolEdge.EffectDetermined => "The effect cannot be seen: no days on the drug, no days off it, or a covariate that tells them apart.",
        PoolEdge.CovariateDetermined => "A covariate is determined by the other columns and has no coefficient.",
        PoolEdge.PerfectFit => "The fixed effects fit every score: there is no noise to measure by, and no standard error.",
        PoolEdge.NoNoise => "Everyone's scores lie on a line of their own: there is no noise to weigh the spread by, and no standard error.",
        _ => throw new ArgumentOutOfRangeException(nameof(edge)),
    };
}
