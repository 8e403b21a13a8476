using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>How to mix a tablet and draw up each dose: what the pharmacist would check.</summary>
/// <param name="Dilution">The tablet and the finished volume.</param>
/// <param name="Doses">Each dose asked for, in that order.</param>
/// <param name="Bottle">The bottle.</param>
/// <param name="Cautions">What to confirm first.</param>
public sealed record MixingCard(Dilution Dilution, IReadOnlyList<MixedDose> Doses, Bottle Bottle, IReadOnlyList<Caution> Cautions)
{
    /// <summary>The dose that empties the bottle soonest.</summary>
    public MixedDose Soonest => Doses.MinBy(d => d.LastsDays)!;

    /// <summary>Works out a card.</summary>
    /// <param name="dilution">The tablet and the finished volume.</param>
    /// <param name="doses">At least one, each above 0 and no more than the tablet holds.</param>
    /// <param name="vehicle">What the tablet is dissolved in.</param>
    /// <param name="storage">Where the bottle will stand.</param>
    /// <param name="syringes">At least one, the smallest first.</param>
    public static MixingCard Of(Dilution dilution, IReadOnlyList<Mass> doses, Vehicle vehicle, Storage storage, IReadOnlyList<Syringe> syringes)
    {
        MixedDose[] mixed = [.. doses.Select(d => MixedDose.Of(d, dilution, syringes))];
        var bottle = new Bottle(dilution.Volume, vehicle, storage, mixed.Min(d => d.LastsDays));
        return new(dilution, mixed, bottle, [.. MixingGuards.All(dilution, mixed, bottle)]);
    }
}

/// <summary>One dose on a mixing card.</summary>
/// <param name="Measured">With the smallest syringe that holds it.</param>
/// <param name="Closer">Another syringe that comes nearer, or null.</param>
/// <param name="TwoStep">The way for a dose too small to draw, or null.</param>
/// <param name="LastsDays">For how many whole days the bottle gives this dose.</param>
public sealed record MixedDose(MeasuredDose Measured, MeasuredDose? Closer, TwoStepDilution? TwoStep, long LastsDays)
{
    /// <summary>Works out one dose.</summary>
    public static MixedDose Of(Mass dose, Dilution dilution, IReadOnlyList<Syringe> syringes)
    {
        var measured = MeasuredDose.Of(dose, dilution.Strength, syringes);
        var twoStep = TwoStepDilution.Of(dose, dilution.Strength, syringes);
        // In two steps more is taken from the bottle than the dose: the rest of the cup is discarded.
        return new(measured, measured.Closer(syringes), twoStep, twoStep is null ? dilution.DaysOf(dose) : dilution.Volume.Nanolitres / twoStep.First.Total.Nanolitres);
    }
}
