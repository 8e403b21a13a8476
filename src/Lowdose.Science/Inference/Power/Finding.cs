using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Science.Inference.Power;

/// <summary>What an analysis said of the mean effect.</summary>
/// <param name="Estimate">Score units.</param>
/// <param name="P">Two-sided p of no effect; NaN where the data could not give one.</param>
/// <param name="POfTruth">Two-sided p of the true effect: above 0.05 the 95 % interval holds it. NaN where the analysis has no interval.</param>
internal readonly record struct Finding(double Estimate, double P, double POfTruth)
{
    public const double Level = 0.05;

    public static Finding Nothing { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Of an estimate with its standard error and Student's t.</summary>
    public static Finding Of(double estimate, double se, double df, double truth) =>
        se > 0 && df > 0 ? new(estimate, TTest.TwoSided(estimate / se, df), TTest.TwoSided((estimate - truth) / se, df)) : Nothing;
}
