namespace Lowdose.Science.Inference;

/// <summary>How much the effect of one dose tells of another's, before any data.</summary>
/// <remarks>Source: docs/methods/course-model.md §1.</remarks>
internal static class DoseKernel
{
    /// <summary>Prior standard deviation of one dose's effect, as a share of the scale's range.</summary>
    public const double SdOfRange = 0.2;

    /// <summary>The smooth part, 1 at the same dose: half as much is told of a dose 3.2 times as high.</summary>
    public static double Smooth(double mg, double otherMg)
    {
        var apart = Math.Log(mg / otherMg);
        return Math.Exp(-0.5 * apart * apart);
    }

    /// <summary>Prior covariance of two doses' effects in one person, score units squared. The nugget keeps an inverted U possible.</summary>
    public static double Covariance(double mg, double otherMg, double range) =>
        Math.Pow(SdOfRange * range, 2) * (0.9 * Smooth(mg, otherMg) + (mg == otherMg ? 0.1 : 0));
}
