using System.Globalization;

namespace Lowdose.Quantities;

/// <summary>
/// The strength of a liquid as the pair it was made from: so much drug in so much finished volume. Kept as the pair, because a quotient
/// would already be rounded; what is asked of it is multiplied before it is divided. 50 mg in 50 mL equals 1 mg in 1 mL.
/// </summary>
public readonly record struct Concentration
{
    /// <summary>So much drug in so much finished volume (not: in so much added water).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Either is not above 0.</exception>
    public Concentration(Mass amount, Volume volume)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(amount.Nanograms, 0, nameof(amount));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(volume.Nanolitres, 0, nameof(volume));
        (Amount, Volume) = (amount, volume);
    }

    /// <summary>1 mg in 1 mL: a 50 mg tablet in 50 mL, and the hospital formula.</summary>
    public static Concentration OneMilligramPerMillilitre { get; } = new(Mass.FromMilligrams(1), Volume.FromMillilitres(1));

    /// <summary>The drug.</summary>
    public Mass Amount { get; }

    /// <summary>The finished volume it is in.</summary>
    public Volume Volume { get; }

    /// <summary>Milligrams in a millilitre, to the 28 digits of a decimal.</summary>
    public decimal MilligramsPerMillilitre => Fraction.AsDecimal(Amount.Nanograms, Volume.Nanolitres);

    /// <summary>The volume that holds a dose, exactly.</summary>
    public ExactVolume VolumeHolding(Mass dose) => new((Int128)dose.Nanograms * Volume.Nanolitres, Amount.Nanograms);

    /// <summary>The drug in a volume, exactly.</summary>
    public ExactMass AmountIn(Volume volume) => new((Int128)volume.Nanolitres * Amount.Nanograms, Volume.Nanolitres);

    /// <summary>The same strength, however much was made.</summary>
    public bool Equals(Concentration other) => (Int128)Amount.Nanograms * other.Volume.Nanolitres == (Int128)other.Amount.Nanograms * Volume.Nanolitres;

    /// <inheritdoc/>
    public override int GetHashCode() => Volume.Nanolitres == 0 ? 0 : MilligramsPerMillilitre.GetHashCode();

    /// <summary>As it is written on screen: "1 mg/mL"; "about", and to the third decimal, where it has no end.</summary>
    public override string ToString()
    {
        var figure = MilligramsPerMillilitre;
        var exact = figure * Volume.Nanolitres == Amount.Nanograms && decimal.Round(figure, 6) == figure;
        if (!exact && figure < 0.001m) return "less than 0.001 mg/mL";
        return (exact ? "" : "about ") + figure.ToString(exact ? "#,0.######" : "#,0.###", CultureInfo.InvariantCulture) + " mg/mL";
    }
}
