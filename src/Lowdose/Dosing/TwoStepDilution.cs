using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>
/// For a dose too small to draw: some of the first liquid is made up with water to ten times its volume, and the dose is drawn from that.
/// The errors of all three measurements are carried into the dose.
/// </summary>
/// <param name="First">How the first liquid is measured.</param>
/// <param name="MadeUpTo">The volume it is made up to; the water is measured in the same syringe as <paramref name="Water"/>.</param>
/// <param name="Water">The water that is added.</param>
/// <param name="Second">The dose, drawn from the second liquid.</param>
public sealed record TwoStepDilution(Draw First, Volume MadeUpTo, Draw Water, MeasuredDose Second)
{
    /// <summary>Below this volume the marks are too coarse for a dose, and it takes two steps.</summary>
    public static readonly Volume SmallestDraw = Volume.FromMillilitres(0.1m);

    private const int Times = 10;
    private static readonly Volume Taken = Volume.FromMillilitres(1);

    /// <summary>
    /// How far off the dose can be, to the worse side, where every reading is half a mark wrong the wrong way and the drawing is rounded to a mark;
    /// percent of the dose.
    /// </summary>
    public decimal WorstErrorPercent => Math.Max(Math.Abs(Off(+1)), Math.Abs(Off(-1)));

    private decimal Off(int side)
    {
        static decimal Part(Volume error, Volume of) => error.Nanolitres / (decimal)of.Nanolitres;
        var taken = 1 + (side * Part(First.ReadingError, First.Total));
        var finished = 1 + (side * Part(First.ReadingError - Water.ReadingError, MadeUpTo));
        var drawn = 1 + ((Second.ErrorPercent + (side * Second.ReadingErrorPercent)) / 100);
        return 100 * ((taken / finished * drawn) - 1);
    }

    /// <summary>Where the volume of a dose is below 0.1 mL.</summary>
    /// <returns>Null where one step is enough, and where even ten times the volume would be too small to draw.</returns>
    public static TwoStepDilution? Of(Mass dose, Concentration strength, IReadOnlyList<Syringe> syringes)
    {
        var weaker = new Concentration(strength.Amount, Times * strength.Volume);
        if (!Below(strength.VolumeHolding(dose)) || Below(weaker.VolumeHolding(dose))) return null;
        var (first, madeUpTo) = (Exactly(Taken), Times * Taken);
        return new(Draw.Of(first, syringes), madeUpTo, Draw.Of(Exactly(madeUpTo - Taken), syringes), MeasuredDose.Of(dose, weaker, syringes));
    }

    /// <summary>Whether a volume is too small to draw in one step.</summary>
    public static bool Below(ExactVolume volume) => volume.Numerator < SmallestDraw.Nanolitres * volume.Denominator;

    private static ExactVolume Exactly(Volume volume) => new(volume.Nanolitres, 1);
}
