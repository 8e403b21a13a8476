using System.Globalization;

namespace Lowdose.Quantities;

/// <summary>
/// An amount of drug as a whole number of nanograms. It is not a strength (see <c>Concentration</c>) and not a volume;
/// a milligram figure becomes a <c>double</c> only at Science's door.
/// </summary>
public readonly record struct Mass(long Nanograms) : IComparable<Mass>
{
    private const long NanogramsPerMilligram = 1_000_000;

    /// <summary>No drug.</summary>
    public static Mass Zero => default;

    /// <summary>The amount in milligrams, as a number for Science.</summary>
    public double Milligrams => Nanograms / (double)NanogramsPerMilligram;

    /// <summary>The amount in milligrams, exactly, to be written.</summary>
    public decimal ExactMilligrams => Nanograms / (decimal)NanogramsPerMilligram;

    /// <summary>Exact from a decimal number of milligrams.</summary>
    /// <exception cref="ArgumentException">The figure has a part finer than a nanogram, or is beyond what whole nanograms can hold.</exception>
    public static Mass FromMilligrams(decimal milligrams) => TryFromMilligrams(milligrams, out var mass)
        ? mass
        : throw new ArgumentException($"{milligrams} mg is not a whole number of nanograms", nameof(milligrams));

    /// <summary>Exact from a decimal number of milligrams, where it can be.</summary>
    /// <returns>False where the figure has a part finer than a nanogram or is beyond what whole nanograms can hold.</returns>
    public static bool TryFromMilligrams(decimal milligrams, out Mass mass)
    {
        mass = Zero;
        if (Math.Abs(milligrams) > long.MaxValue / NanogramsPerMilligram) return false;
        var nanograms = milligrams * NanogramsPerMilligram;
        if (nanograms != decimal.Truncate(nanograms)) return false;
        mass = new Mass((long)nanograms);
        return true;
    }

    /// <summary>The nearest whole nanogram to a milligram figure that Science hands back.</summary>
    /// <exception cref="OverflowException">The figure is not finite or beyond what whole nanograms can hold.</exception>
    public static Mass NearestToMilligrams(double milligrams) =>
        new(checked((long)Math.Round(milligrams * NanogramsPerMilligram, MidpointRounding.ToEven)));

    /// <inheritdoc/>
    public int CompareTo(Mass other) => Nanograms.CompareTo(other.Nanograms);

    /// <summary>As it is written on screen: a leading zero, no trailing zero, a space before the unit ("0.5 mg", "1 mg", "1,000 mg").</summary>
    public override string ToString() =>
        (Nanograms / (decimal)NanogramsPerMilligram).ToString("#,0.######", CultureInfo.InvariantCulture) + " mg";

    /// <summary>As it is written where milligrams would need many zeros: in whole words ("100 micrograms"), never "µg".</summary>
    public string InMicrograms() => (Nanograms / 1_000m).ToString("#,0.###", CultureInfo.InvariantCulture) + (Nanograms == 1_000 ? " microgram" : " micrograms");

    /// <summary>Two amounts together.</summary>
    /// <exception cref="OverflowException">The sum is beyond what whole nanograms can hold; so for the other operators.</exception>
    public static Mass operator +(Mass left, Mass right) => new(checked(left.Nanograms + right.Nanograms));
    /// <summary>What is left of an amount.</summary>
    public static Mass operator -(Mass left, Mass right) => new(checked(left.Nanograms - right.Nanograms));
    /// <summary>An amount so many times.</summary>
    public static Mass operator *(int times, Mass amount) => new(checked(times * amount.Nanograms));
    /// <summary>Smaller than.</summary>
    public static bool operator <(Mass left, Mass right) => left.CompareTo(right) < 0;
    /// <summary>Larger than.</summary>
    public static bool operator >(Mass left, Mass right) => left.CompareTo(right) > 0;
    /// <summary>No larger than.</summary>
    public static bool operator <=(Mass left, Mass right) => left.CompareTo(right) <= 0;
    /// <summary>No smaller than.</summary>
    public static bool operator >=(Mass left, Mass right) => left.CompareTo(right) >= 0;
}
