using System.Globalization;

namespace Lowdose.Quantities;

/// <summary>
/// An amount of liquid as a whole number of nanolitres: what a syringe holds or a bottle is filled to. It is not a <see cref="Mass"/>
/// (at 1 mg/mL the figures are the same, which is the trap), and not the <see cref="ExactVolume"/> a dose works out to.
/// </summary>
public readonly record struct Volume(long Nanolitres) : IComparable<Volume>
{
    private const long NanolitresPerMillilitre = 1_000_000;

    /// <summary>No liquid.</summary>
    public static Volume Zero => default;

    /// <summary>The volume in millilitres, exactly.</summary>
    public decimal Millilitres => Nanolitres / (decimal)NanolitresPerMillilitre;

    /// <summary>Exact from a decimal number of millilitres.</summary>
    /// <exception cref="ArgumentException">The figure has a part finer than a nanolitre, or is beyond what whole nanolitres can hold.</exception>
    public static Volume FromMillilitres(decimal millilitres) => TryFromMillilitres(millilitres, out var volume)
        ? volume
        : throw new ArgumentException($"{millilitres} mL is not a whole number of nanolitres", nameof(millilitres));

    /// <summary>Exact from a decimal number of millilitres, where it can be.</summary>
    /// <returns>False where the figure has a part finer than a nanolitre or is beyond what whole nanolitres can hold.</returns>
    public static bool TryFromMillilitres(decimal millilitres, out Volume volume)
    {
        volume = Zero;
        if (Math.Abs(millilitres) > long.MaxValue / NanolitresPerMillilitre) return false;
        var nanolitres = millilitres * NanolitresPerMillilitre;
        if (nanolitres != decimal.Truncate(nanolitres)) return false;
        volume = new Volume((long)nanolitres);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Volume other) => Nanolitres.CompareTo(other.Nanolitres);

    /// <summary>As it is written on screen: a leading zero, no trailing zero, a space before "mL" ("0.5 mL", "1 mL").</summary>
    public override string ToString() => Millilitres.ToString("#,0.######", CultureInfo.InvariantCulture) + " mL";

    /// <summary>Two volumes together.</summary>
    /// <exception cref="OverflowException">The sum is beyond what whole nanolitres can hold; so for the other operators.</exception>
    public static Volume operator +(Volume left, Volume right) => new(checked(left.Nanolitres + right.Nanolitres));
    /// <summary>What is left of a volume.</summary>
    public static Volume operator -(Volume left, Volume right) => new(checked(left.Nanolitres - right.Nanolitres));
    /// <summary>A volume so many times.</summary>
    public static Volume operator *(long times, Volume volume) => new(checked(times * volume.Nanolitres));
    /// <summary>Smaller than.</summary>
    public static bool operator <(Volume left, Volume right) => left.CompareTo(right) < 0;
    /// <summary>Larger than.</summary>
    public static bool operator >(Volume left, Volume right) => left.CompareTo(right) > 0;
    /// <summary>No larger than.</summary>
    public static bool operator <=(Volume left, Volume right) => left.CompareTo(right) <= 0;
    /// <summary>No smaller than.</summary>
    public static bool operator >=(Volume left, Volume right) => left.CompareTo(right) >= 0;
}
