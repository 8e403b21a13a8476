namespace Lowdose.Safety;

/// <summary>
/// How long the receptor stays blocked after the last dose of a nightly course, by the view that fits brain scans: what is at the receptor, x = labelled mg / 5.6, halves in 37 h
/// (30 to 50), and x/(1 + x) is blocked. Every question of safety uses it, never the story of 4 to 6 hours. Source: calc-occupancy; docs/methods/pharmacology.md.
/// </summary>
public static class SlowOffset
{
    /// <summary>The labelled dose that blocks half, mg.</summary>
    public const double HalfBlockMg = 5.6;

    /// <summary>How long the block takes to halve, hours: the usual value, and the long one that is shown beside it.</summary>
    public const double UsualHalfLifeHours = 37, LongHalfLifeHours = 50;

    /// <summary>Hours after the last dose until under a tenth of the receptors is blocked; 0 where it never is more.</summary>
    /// <param name="mgPerDay">The dose each night, mg, taken for long.</param>
    /// <param name="halfLifeHours">How long the block takes to halve, hours.</param>
    public static double HoursToTenth(double mgPerDay, double halfLifeHours) => Math.Max(0, halfLifeHours * Math.Log2(9 * AfterDose(mgPerDay, halfLifeHours)));

    /// <summary>The share that is blocked after long nightly use.</summary>
    /// <param name="mgPerDay">The dose each night, mg.</param>
    /// <param name="halfLifeHours">How long the block takes to halve, hours.</param>
    /// <param name="hoursAfterDose">Hours after the last dose.</param>
    public static double Blocked(double mgPerDay, double halfLifeHours, double hoursAfterDose)
    {
        var x = AfterDose(mgPerDay, halfLifeHours) * Math.Pow(2, -hoursAfterDose / halfLifeHours);
        return x / (1 + x);
    }

    // What endless nights leave, each a share 2^(−24/half-life) of the one before.
    private static double AfterDose(double mgPerDay, double halfLifeHours) => mgPerDay / HalfBlockMg / (1 - Math.Pow(2, -24 / halfLifeHours));
}
