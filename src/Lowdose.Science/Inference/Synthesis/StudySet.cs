namespace Lowdose.Science.Inference.Synthesis;

/// <summary>What a study's effect is; the letters are those of metafor's <c>escalc</c>.</summary>
public enum Measure
{
    /// <summary>Log odds ratio, from two-by-two counts.</summary>
    OR,

    /// <summary>Log risk ratio, from two-by-two counts.</summary>
    RR,

    /// <summary>Risk difference, from two-by-two counts.</summary>
    RD,

    /// <summary>Difference of two groups' means.</summary>
    MD,

    /// <summary>Standardised difference of two groups' means, Hedges' g.</summary>
    SMD,

    /// <summary>Mean change of the same people under two conditions (pairs, crossovers).</summary>
    MC,

    /// <summary>One group's proportion.</summary>
    PR,

    /// <summary>One group's log odds.</summary>
    PLO,

    /// <summary>One group's proportion by the Freeman–Tukey double arcsine.</summary>
    PFT,

    /// <summary>An effect and its variance as given.</summary>
    GEN,
}

/// <summary>How the variance between studies (τ²) is estimated; the letters are those of metafor's <c>rma</c>.</summary>
public enum TauMethod
{
    /// <summary>Equal effects: τ² is 0.</summary>
    EE,

    /// <summary>DerSimonian and Laird (1986): moments, weights 1/v.</summary>
    DL,

    /// <summary>Hedges and Olkin (1985): moments, no weights.</summary>
    HE,

    /// <summary>Hunter and Schmidt, without the small-sample factor.</summary>
    HS,

    /// <summary>Sidik and Jonkman (2005), started from the mean squared deviation.</summary>
    SJ,

    /// <summary>Maximum likelihood.</summary>
    ML,

    /// <summary>Restricted maximum likelihood.</summary>
    REML,

    /// <summary>Empirical Bayes (Morris 1983); the same root as <see cref="PM"/>.</summary>
    EB,

    /// <summary>Paule and Mandel (1982).</summary>
    PM,
}

/// <summary>What coefficients are tested with.</summary>
public enum CoefficientTest
{
    /// <summary>The normal distribution.</summary>
    Z,

    /// <summary>Knapp and Hartung (2003): the variance scaled by the weighted residuals, t with k − p degrees of freedom.</summary>
    KnappHartung,

    /// <summary>The same with a scale of at least 1, so that an interval is never narrower than by z alone in scale (the ad hoc variant).</summary>
    KnappHartungAdHoc,
}

/// <summary>One study's effect.</summary>
/// <param name="Estimate">On the scale that is analysed; logs for ratios.</param>
/// <param name="Variance">Its sampling variance, above 0.</param>
public readonly record struct StudyEffect(double Estimate, double Variance)
{
    /// <summary>From the estimate to either end of the study's own 95 % interval, by the normal distribution.</summary>
    public double HalfWidth => Tails.Z975 * Math.Sqrt(Variance);
}

/// <summary>Studies as anonymous numbers, and how to pool them.</summary>
public sealed record StudySet
{
    /// <summary>The effects, at least one.</summary>
    public required IReadOnlyList<StudyEffect> Effects { get; init; }

    /// <summary>Moderators, each a number a study; the intercept is not among them.</summary>
    public IReadOnlyList<double[]> Moderators { get; init; } = [];

    /// <summary>How τ² is estimated.</summary>
    public TauMethod Method { get; init; } = TauMethod.REML;

    /// <summary>How coefficients are tested.</summary>
    public CoefficientTest Test { get; init; } = CoefficientTest.Z;
}
