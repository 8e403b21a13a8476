namespace Lowdose.Quantities;

/// <summary>
/// The drug in a drawn volume, or the error of it, as a fraction of nanograms: nothing is rounded yet; it may be below 0. A dose is a <see cref="Mass"/>.
/// </summary>
/// <param name="Numerator">Of the fraction.</param>
/// <param name="Denominator">Of the fraction; above 0.</param>
public readonly record struct ExactMass(Int128 Numerator, Int128 Denominator)
{
    /// <summary>In milligrams, to the 28 digits of a decimal; exact where the fraction has an end within them.</summary>
    public decimal Milligrams => Fraction.AsDecimal(Numerator, Denominator) / 1_000_000m;

    /// <summary>Whether there is none of it.</summary>
    public bool IsZero => Numerator == 0;

    /// <summary>What it has above a dose; below 0 where it has less.</summary>
    public ExactMass Above(Mass dose) => new(Numerator - (dose.Nanograms * Denominator), Denominator);

    /// <summary>As a percentage of a dose.</summary>
    /// <param name="dose">Above 0.</param>
    public decimal PercentOf(Mass dose) => Fraction.AsDecimal(100 * Numerator, Denominator * dose.Nanograms);
}
