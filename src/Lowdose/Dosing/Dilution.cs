using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>A tablet in water: the finished volume, not the water added, makes the strength.</summary>
/// <param name="Tablet">What the tablet holds.</param>
/// <param name="Volume">The finished volume.</param>
public sealed record Dilution(Mass Tablet, Volume Volume)
{
    /// <summary>A 50 mg tablet in 50 mL: 1 mg/mL.</summary>
    public static Dilution Usual { get; } = new(Mass.FromMilligrams(50), Volume.FromMillilitres(50));

    /// <summary>The strength.</summary>
    public Concentration Strength => new(Tablet, Volume);

    /// <summary>For how many whole days a bottle gives a daily dose.</summary>
    /// <param name="dose">A day's dose, above 0.</param>
    public long DaysOf(Mass dose) => Tablet.Nanograms / dose.Nanograms;
}
