using System.Globalization;
using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>What a pharmacist would stop at: a slip of ten, a strength that is not the usual one, a volume or a dose that is too large or too small to be meant.</summary>
internal static class MixingGuards
{
    private static readonly Volume LargestVolume = Volume.FromMillilitres(6);
    private static readonly Mass LargestDose = Mass.FromMilligrams(6);

    public static IEnumerable<Caution> All(Dilution dilution, IReadOnlyList<MixedDose> doses, Bottle bottle) =>
        [.. OfStrength(dilution), .. doses.SelectMany(d => OfDose(d.Measured)), .. Tenfold(doses), .. doses.SelectMany(Measuring), .. OfBottle(dilution.Strength, doses, bottle)];

    /// <summary>What a plan with a liquid of this strength and these doses asks to confirm.</summary>
    public static IEnumerable<Caution> OfPlan(Concentration strength, IEnumerable<Mass> doses) =>
        [.. OfStrength(new(strength.Amount, strength.Volume)), .. doses.SelectMany(d => OfDose(MeasuredDose.Of(d, strength, Syringe.Known)))];

    private static IEnumerable<Caution> OfStrength(Dilution dilution)
    {
        var (strength, usual) = (dilution.Strength, Concentration.OneMilligramPerMillilitre);
        if (strength.Equals(usual)) yield break;
        yield return new("strength-not-1-mg-per-ml",
            $"The strength is {strength}, not the usual 1 mg/mL. Milligrams and millilitres are not the same number here: write the strength on the bottle, and check it before each dose.");
        if (IsTen(strength, usual))
            yield return new("ten-fold", $"The strength is ten times the usual 1 mg/mL. Check the volume: is it {dilution.Volume} or {10 * dilution.Volume}?");
        if (IsTen(usual, strength))
            yield return new("ten-fold", $"The strength is a tenth of the usual 1 mg/mL. Check the volume: is it {dilution.Volume} or {new Volume(dilution.Volume.Nanolitres / 10)}?");
    }

    private static bool IsTen(Concentration strong, Concentration weak) => strong.Equals(new Concentration(10 * weak.Amount, weak.Volume));

    private static IEnumerable<Caution> OfDose(MeasuredDose measured)
    {
        var dose = measured.Dose;
        if (measured.Volume.Exceeds(LargestVolume))
            yield return new("volume-over-6-ml", $"{dose} is {measured.Volume}: more than the 6 mL a low dose takes up at 1 mg/mL. Check the dose and the strength.");
        if (dose > LargestDose)
            yield return new("ten-fold", $"{dose} is above 6 mg, the most any common plan reaches. If {Tenth(dose)} was meant, this is ten times too much.");
    }

    private static string Tenth(Mass dose) => new Mass(dose.Nanograms / 10).ToString();

    private static IEnumerable<Caution> Tenfold(IReadOnlyList<MixedDose> doses) =>
        from low in doses.Select(d => d.Measured.Dose).Distinct()
        from high in doses.Select(d => d.Measured.Dose).Distinct()
        where high.Nanograms == 10 * low.Nanograms
        select new Caution("ten-fold", $"{high} is ten times {low}. Check that both are meant.");

    private static IEnumerable<Caution> Measuring(MixedDose dose)
    {
        var measured = dose.Measured;
        if (TwoStepDilution.Below(measured.Volume))
            yield return new("too-small-to-draw", $"{measured.Dose} is {measured.Volume}: less than 0.1 mL cannot be drawn well. "
                + (dose.TwoStep is null ? "Start with a weaker mixture." : "Dilute it in two steps, as shown."));
        else if (measured.WorstErrorPercent > MeasuredDose.TooFarOffPercent)
            yield return new("rounding-error", $"The marks are coarse for {measured.Dose}: rounded to a mark, and read half a mark wrong, it may be {Percent(measured.WorstErrorPercent)} off. "
                + (dose.Closer is null ? "Another strength would be surer." : "Another syringe is surer, as shown."));
    }

    private static string Percent(decimal percent) => Math.Abs(percent).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private static IEnumerable<Caution> OfBottle(Concentration strength, IReadOnlyList<MixedDose> doses, Bottle bottle)
    {
        if (bottle.ShelfLifeDays is not null && !strength.Equals(Concentration.OneMilligramPerMillilitre))
            yield return new("shelf-life-other-strength", $"The shelf life is that of the pharmacy formula at 1 mg/mL. Ask a pharmacist whether it holds at {strength}.");
        if (bottle.ShelfLifeDays is not { } days)
            yield return new("no-shelf-life", "No study was found of how long naltrexone keeps in plain water: no shelf life can be given.");
        else if (doses.Max(d => d.LastsDays) > days)
            yield return new("outlasts-shelf-life", $"The bottle holds more than {days} days of a dose, and may be used for {days} days only. Discard the rest.");
    }
}
