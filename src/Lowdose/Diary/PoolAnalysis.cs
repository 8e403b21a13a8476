using Lowdose.Quantities;

namespace Lowdose.Diary;

/// <summary>How diaries are to be pooled.</summary>
/// <param name="Outcome">What is pooled.</param>
public sealed record PoolAnalysis(Outcome Outcome)
{
    /// <summary>A table a person and a hierarchy over the tables; else one model of all days.</summary>
    public bool TwoStage { get; init; }

    /// <summary>Restricted maximum likelihood; else maximum likelihood. Of the one-stage model.</summary>
    public bool Restricted { get; init; } = true;

    /// <summary>Time constant of onset and wash-out, days; 0 for on or off at once; null for the likeliest. Of the one-stage model.</summary>
    public double? TauDays { get; init; }

    /// <summary>The dose compared with none and placebo; null for any.</summary>
    public Mass? Contrast { get; init; }

    /// <summary>Columns with an effect of their own. Of the one-stage model.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>For every covariate, whether the drug's effect may depend on it too.</summary>
    public IReadOnlyList<bool> Predicts { get; init; } = [];

    /// <summary>The names of the fixed effects.</summary>
    public IReadOnlyList<string> Terms => ["intercept", "effect", .. Covariates.SelectMany((c, i) => Predicts[i] ? new[] { c, "effect:" + c } : [c])];

    /// <summary>The smallest change that matters: as told, or a tenth of the range.</summary>
    /// <param name="range">Of the scale, score units.</param>
    public double MeaningfulChange(double range) => Outcome.MeaningfulChange ?? 0.1 * range;
}
