using Lowdose.Evidence;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Exchange;

/// <summary>A design as the studies that are simulated of it: numbers only, one a point of the curve.</summary>
public static class DesignStudies
{
    /// <summary>One study a value of what varies; one alone where nothing does.</summary>
    /// <param name="design">Read and checked.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<(double? Value, PowerStudy Study)> Of(Design design, ulong seed) =>
        design.Vary is { } vary ? [.. vary.Values.Select(v => ((double?)v, Study(design.With(vary.Name, v)!, seed)))] : [(null, Study(design, seed))];

    /// <summary>The study of a design as it stands.</summary>
    /// <param name="design">Read and checked.</param>
    /// <param name="seed">The seed.</param>
    public static PowerStudy Study(Design design, ulong seed)
    {
        var ofPeriods = design.Analysis is DesignAnalysis.Crossover or DesignAnalysis.Permutation;
        return new()
        {
            People = design.People,
            Blocks = [.. design.Written.Select(p => new CourseBlock((Arm)p.Arm, p.Dose.Milligrams, p.Days))],
            Order = design.Blocks is { } blocks ? blocks.Random == DesignRandom.Pairs ? BlockOrder.Pairs : BlockOrder.Sequence : ofPeriods ? BlockOrder.Sequence : BlockOrder.AsWritten,
            RunInDays = design.RunInDays,
            WashoutDays = design.WashoutDays,
            DiscardDays = design.DiscardDays,
            Blinded = design.Blinded,
            Analysis = (PowerAnalysis)design.Analysis,
            PoolTauDays = design.PoolTauDays,
            Replicates = design.Replicates,
            Seed = seed,
            Truth = Of(design.Truth, design.Analysis),
        };
    }

    private static StudyTruth Of(DesignTruth truth, DesignAnalysis analysis) => new()
    {
        Effect = truth.Effect, EffectSd = truth.EffectSd, Level = truth.Level, LevelSd = truth.LevelSd, Rho = truth.Rho, Sigma = truth.Sigma, WhiteShare = truth.WhiteShare,
        TauDays = truth.TauDays, TrendPer28Days = truth.TrendPer28Days, Expectation = truth.Expectation, Missing = truth.Missing, Dropout = truth.Dropout,
        Rounded = truth.Rounded ?? analysis == DesignAnalysis.Verdict,
    };
}
