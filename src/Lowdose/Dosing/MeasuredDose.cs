using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>A dose of a liquid, drawn up: what is meant, what the marks allow, and the difference.</summary>
/// <param name="Dose">What is meant.</param>
/// <param name="Strength">Of the liquid.</param>
/// <param name="Draw">What is drawn.</param>
public sealed record MeasuredDose(Mass Dose, Concentration Strength, Draw Draw)
{
    /// <summary>A worst error above this is said.</summary>
    public const decimal TooFarOffPercent = 5;

    private const int MostFillings = 3;

    /// <summary>The volume that holds the dose, exactly.</summary>
    public ExactVolume Volume => Strength.VolumeHolding(Dose);

    /// <summary>What is drawn above what is meant; below 0 where it is less.</summary>
    public ExactMass Error => Strength.AmountIn(Draw.Total).Above(Dose);

    /// <summary>The same as a percentage of the dose.</summary>
    public decimal ErrorPercent => Error.PercentOf(Dose);

    /// <summary>How far off, to either side, reading each filling half a mark wrong can put the dose; percent of the dose.</summary>
    public decimal ReadingErrorPercent => Strength.AmountIn(Draw.ReadingError).PercentOf(Dose);

    /// <summary>With the smallest syringe that holds it.</summary>
    public static MeasuredDose Of(Mass dose, Concentration strength, IReadOnlyList<Syringe> syringes) =>
        new(dose, strength, Draw.Of(strength.VolumeHolding(dose), syringes));

    /// <summary>Another syringe, filled up to three times, with a nearer mark and no worse to read; null where there is none. The surest, then the fewest fillings.</summary>
    public MeasuredDose? Closer(IReadOnlyList<Syringe> syringes) => Error.IsZero ? null : syringes
        .Select(s => this with { Draw = Draw.With(Volume, s) })
        .Where(m => m.Draw.Times <= MostFillings && Math.Abs(m.ErrorPercent) < Math.Abs(ErrorPercent) && m.WorstErrorPercent < WorstErrorPercent)
        .OrderBy(m => m.WorstErrorPercent).ThenBy(m => m.Draw.Times).FirstOrDefault();

    /// <summary>Rounded to a mark, and every filling read half a mark wrong the same way; percent of the dose.</summary>
    public decimal WorstErrorPercent => Math.Abs(ErrorPercent) + ReadingErrorPercent;
}
