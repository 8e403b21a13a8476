using System.Globalization;

namespace Lowdose.Quantities;

/// <summary>
/// The volume a dose works out to, as a fraction of nanolitres: nothing is rounded yet. What can be drawn up is a <see cref="Volume"/>.
/// </summary>
/// <param name="Numerator">Of the fraction.</param>
/// <param name="Denominator">Of the fraction; above 0.</param>
public readonly record struct ExactVolume(Int128 Numerator, Int128 Denominator)
{
    /// <summary>In millilitres, to the 28 digits of a decimal; exact where the fraction has an end within them.</summary>
    public decimal Millilitres => Fraction.AsDecimal(Numerator, Denominator) / 1_000_000m;

    /// <summary>Whether it is a whole number of nanolitres.</summary>
    public bool IsWhole => Numerator % Denominator == 0;

    /// <summary>Whether it is larger than a volume, compared without rounding.</summary>
    public bool Exceeds(Volume volume) => Numerator > volume.Nanolitres * Denominator;

    /// <summary>How many marks of a scale are nearest. A tie goes to the smaller number: the smaller dose is the safer one.</summary>
    /// <param name="mark">The volume between two marks; above 0.</param>
    public long NearestMarks(Volume mark)
    {
        var one = mark.Nanolitres * Denominator;
        var (whole, rest) = Int128.DivRem(Numerator, one);
        return (long)(rest > one - rest ? whole + 1 : whole);
    }

    /// <summary>As it is written on screen; "about", and to the third decimal, where it has no end.</summary>
    public override string ToString() => IsWhole
        ? new Volume((long)(Numerator / Denominator)).ToString()
        : (Millilitres < 0.001m ? "less than 0.001" : "about " + Millilitres.ToString("#,0.###", CultureInfo.InvariantCulture)) + " mL";
}
