namespace Lowdose.Evidence;

/// <summary>One thing a study measured or counted.</summary>
/// <param name="Name">In few words.</param>
/// <param name="Scale">E.g. <c>NRS 0 to 10</c>; null where the number needs none or it is not known.</param>
/// <param name="Better">Which end is the good one; null where that does not apply.</param>
/// <param name="Weeks">When, after the drug was begun.</param>
/// <param name="IsPrimary">The study was made for it.</param>
/// <param name="As">What the values of the arms are.</param>
/// <param name="Pools">The question it enters, e.g. <c>fibromyalgia-pain</c>; one outcome a study and question.</param>
/// <param name="Arms">What each group came to; may be none.</param>
/// <param name="Effect">The difference, or null.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record Outcome(string Name, string? Scale, Better? Better, Figure? Weeks, bool IsPrimary, OutcomeValue As, string? Pools, IReadOnlyList<ArmResult> Arms,
    EffectResult? Effect, string? Note)
{
    /// <summary>The arm of that name, or null.</summary>
    public ArmResult? Arm(string arm) => Arms.FirstOrDefault(a => a.Arm == arm);
}

/// <summary>What one group came to.</summary>
/// <param name="Arm"><c>ldn</c>, <c>placebo</c>, or another name.</param>
/// <param name="People">How many the values rest on.</param>
/// <param name="Baseline">Mean before.</param>
/// <param name="BaselineSd">Its standard deviation.</param>
/// <param name="Value">The mean, as <see cref="Outcome.As"/> says.</param>
/// <param name="Sd">Its standard deviation.</param>
/// <param name="Se">Its standard error.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Higher end of its 95 % interval.</param>
/// <param name="Events">How many had it.</param>
/// <param name="Percent">The same in a hundred.</param>
public sealed record ArmResult(string Arm, Figure? People, Figure? Baseline, Figure? BaselineSd, Figure? Value, Figure? Sd, Figure? Se, Figure? Low, Figure? High, Figure? Events, Figure? Percent);

/// <summary>A difference between groups, or between before and after: drug minus the other, drug over the other.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Estimate">As reported, ratios as ratios.</param>
/// <param name="Se">Standard error; of the logarithm for ratios.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Higher end of its 95 % interval.</param>
/// <param name="P">As reported, e.g. <c>0.27</c> or <c>below 0.001</c>.</param>
/// <param name="I2">Percent, for a pooled effect.</param>
public sealed record EffectResult(EffectKind Kind, Figure? Estimate, Figure? Se, Figure? Low, Figure? High, string? P, Figure? I2)
{
    private const double Normal975 = 1.959963984540054;

    /// <summary>It is pooled as a logarithm.</summary>
    public bool IsRatio => Kind is EffectKind.RiskRatio or EffectKind.OddsRatio;

    /// <summary>The estimate on the scale on which it is pooled; null where there is none.</summary>
    public double? Pooled => Estimate is null ? null : IsRatio ? Math.Log((double)Estimate.Low) : (double)Estimate.Low;

    /// <summary>Its standard error there: as reported, else a normal interval's width over twice 1.96; null where neither is known.</summary>
    public double? StandardError => Se is not null ? (double)Se.Low
        : Low is null || High is null ? null
        : (IsRatio ? Math.Log((double)High.Low) - Math.Log((double)Low.Low) : (double)(High.Low - Low.Low)) / (2 * Normal975);
}

/// <summary>Which end of a scale is the good one.</summary>
public enum Better
{
    /// <summary>Less is better.</summary>
    Lower = 1,
    /// <summary>More is better.</summary>
    Higher,
}

/// <summary>What the values of an outcome's arms are.</summary>
public enum OutcomeValue
{
    /// <summary>The score at that time.</summary>
    Score = 1,
    /// <summary>The change from baseline in points.</summary>
    Change,
    /// <summary>The change from baseline in percent.</summary>
    PercentChange,
    /// <summary>How many had it.</summary>
    Proportion,
}

/// <summary>What an effect is.</summary>
public enum EffectKind
{
    /// <summary>Difference of two groups' means.</summary>
    MeanDifference = 1,
    /// <summary>Difference of medians.</summary>
    MedianDifference,
    /// <summary>Difference in standard deviations.</summary>
    StandardisedDifference,
    /// <summary>Ratio of risks.</summary>
    RiskRatio,
    /// <summary>Ratio of odds.</summary>
    OddsRatio,
    /// <summary>After minus before in the same people.</summary>
    Change,
    /// <summary>The same in percent.</summary>
    PercentChange,
    /// <summary>The dose at which that share of people answers, mg.</summary>
    EffectiveDose,
}
