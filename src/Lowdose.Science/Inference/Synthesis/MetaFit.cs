namespace Lowdose.Science.Inference.Synthesis;

/// <summary>One coefficient of a meta-analysis; NaN where the studies cannot give a number.</summary>
/// <param name="Estimate">On the scale that is analysed.</param>
/// <param name="Se">Its standard error.</param>
/// <param name="Statistic">Estimate / SE: z, or t after Knapp and Hartung.</param>
/// <param name="P">Two-sided p.</param>
/// <param name="Lo">Lower end of the 95 % interval.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct MetaCoefficient(double Estimate, double Se, double Statistic, double P, double Lo, double Hi)
{
    /// <summary>What cannot be estimated.</summary>
    public static MetaCoefficient None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>An omnibus test; NaN where there is nothing to test.</summary>
/// <param name="Statistic">χ², or F where there are degrees of freedom below.</param>
/// <param name="Df">Degrees of freedom.</param>
/// <param name="DfBelow">Degrees of freedom of the denominator; NaN for χ².</param>
/// <param name="P">The probability of as large a statistic.</param>
public readonly record struct MetaTest(double Statistic, double Df, double DfBelow, double P)
{
    /// <summary>No test.</summary>
    public static MetaTest None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>An interval of the effects that studies themselves would have.</summary>
/// <param name="Lo">Lower end; NaN under equal effects.</param>
/// <param name="Hi">Upper end.</param>
public readonly record struct PredictionInterval(double Lo, double Hi);

/// <summary>A study's place in a fit with moderators.</summary>
/// <param name="Estimate">The effect that its moderators predict.</param>
/// <param name="Se">The standard error of that.</param>
/// <param name="Lo">Lower end of the 95 % interval of the mean.</param>
/// <param name="Hi">Upper end.</param>
/// <param name="Prediction">The 95 % prediction interval of a study with those moderators.</param>
public readonly record struct FittedStudy(double Estimate, double Se, double Lo, double Hi, PredictionInterval Prediction);

/// <summary>A meta-analysis: what the studies say together.</summary>
public sealed record MetaFit
{
    /// <summary>How many studies.</summary>
    public required int K { get; init; }

    /// <summary>What coefficients were tested with; z with one study, whatever was asked.</summary>
    public required CoefficientTest Test { get; init; }

    /// <summary>The intercept, then the moderators in order; without moderators the intercept is the pooled effect.</summary>
    public required IReadOnlyList<MetaCoefficient> Coefficients { get; init; }

    /// <summary>Degrees of freedom of the coefficients' t; NaN for z.</summary>
    public required double Df { get; init; }

    /// <summary>The 95 % prediction interval of one more study's true effect; NaN with moderators and under equal effects.</summary>
    public required PredictionInterval Prediction { get; init; }

    /// <summary>The variance between studies.</summary>
    public required double Tau2 { get; init; }

    /// <summary>Its standard error; NaN under equal effects and with one study.</summary>
    public required double SeTau2 { get; init; }

    /// <summary>The share of the variance that is between studies, percent.</summary>
    public required double I2 { get; init; }

    /// <summary>Total variance over sampling variance.</summary>
    public required double H2 { get; init; }

    /// <summary>Cochran's Q of what the model leaves: χ² with k − p degrees of freedom where the effects do not differ otherwise.</summary>
    public required MetaTest Q { get; init; }

    /// <summary>All moderators together; none without moderators.</summary>
    public required MetaTest Moderators { get; init; }

    /// <summary>The share of τ² that the moderators explain, percent; NaN without moderators and under equal effects.</summary>
    public required double R2 { get; init; }

    /// <summary>The log-likelihood, restricted for REML, with metafor's constants.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The studies' weights, percent.</summary>
    public required double[] Weights { get; init; }

    /// <summary>What each study's moderators predict; empty without moderators.</summary>
    public required IReadOnlyList<FittedStudy> Fitted { get; init; }

    /// <summary>The pooled effect; with moderators the effect where all of them are 0.</summary>
    public MetaCoefficient Pooled => Coefficients[0];
}
