using System.Globalization;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Cli;

/// <summary>A mixing card as it is read in a terminal: strength, mg and mL always together, written by the ISMP rules.</summary>
internal static class MixText
{
    public static string Of(MixingCard card, LocalDate mixed)
    {
        var text = new StringBuilder();
        var (dilution, strength) = (card.Dilution, card.Dilution.Strength);
        text.Paragraph("", $"Naltrexone {dilution.Tablet} in {dilution.Volume} = {strength}");
        text.Section("Check first", card.Cautions.Select(c => c.Text));
        text.Section("Mix", [
            "1. Use immediate-release tablets only, never slow-release. Wash your hands; use a clean bottle.",
            $"2. Crush the tablet ({dilution.Tablet} in all) or let it fall apart in a little water.",
            $"3. Add {(card.Bottle.Vehicle == Vehicle.PlainWater ? "water" : "the pharmacy's liquid with antioxidant and preservative")} until there are {dilution.Volume} in all. "
                + "The finished volume makes the strength, not what you add.",
            $"4. Write on the bottle: naltrexone {dilution.Tablet} in {dilution.Volume} = {strength}, mixed {mixed:uuuu-MM-dd}{(card.Bottle.DiscardAfter(mixed) is { } last ? $", discard after {last:uuuu-MM-dd}" : "")}.",
            "5. Keep it dark. Shake well before every dose; parts of the tablet do not dissolve. It is bitter: juice just before taking is fine."]);
        text.Append("\nDoses\n");
        foreach (var dose in card.Doses) Dose(text, dose);
        text.Section("Bottle", [$"{card.Bottle.Volume}: {Days(card.Bottle.LastsDays)} of {card.Soonest.Measured.Dose}{(card.Doses.Count > 1 ? ", the dose above that empties it first" : "")}.", card.Bottle.Note,
            $"The bottle holds {dilution.Tablet}, far more than one dose. Keep it away from children, and from anyone who takes an opioid."]);
        text.Append('\n');
        text.Paragraph("", "Use an oral syringe with a scale in mL. Lowdose does not prescribe. Show this to your pharmacist or prescriber.");
        return text.ToString();
    }

    private static void Dose(StringBuilder text, MixedDose mixed)
    {
        var measured = mixed.Measured;
        text.Paragraph("  ", $"{Amount(measured.Dose)} = {measured.Volume} at {measured.Strength}");
        if (mixed.TwoStep is { } two) TwoSteps(text, two);
        else if (TwoStepDilution.Below(measured.Volume)) text.Paragraph("    ", "This is too little to draw from this mixture, even in two steps. Make a weaker one.");
        else
        {
            text.Paragraph("    ", $"Draw {Drawn(measured.Draw)}.");
            text.Paragraph("    ", Off(measured) + $" Half a mark wrong changes it by {Percent(measured.ReadingErrorPercent)}.");
            if (mixed.Closer is { } closer)
                text.Paragraph("    ", $"Closer: draw {Drawn(closer.Draw)}. {Off(closer)}");
        }
        text.Paragraph("    ", $"The bottle holds {Days(mixed.LastsDays)} of it.");
    }

    private static void TwoSteps(StringBuilder text, TwoStepDilution two)
    {
        text.Paragraph("    ", $"First: draw {Drawn(two.First, " of the mixture")}. Put it in a clean cup. Add {Drawn(two.Water, " of water")}. That makes {two.MadeUpTo} at {two.Second.Strength}. Stir.");
        text.Paragraph("    ", $"Then: from that, draw {Drawn(two.Second.Draw)}. Discard the rest of the cup.");
        text.Paragraph("    ", $"{Off(two.Second)} With all three readings half a mark wrong, it is {Percent(two.WorstErrorPercent)} off at worst.");
    }

    private static string Drawn(Draw draw, string ofWhat = "") => draw.Times == 1
        ? $"{draw.Total}{ofWhat} in a {draw.Syringe}"
        : $"{draw.Total}{ofWhat} in a {draw.Syringe}, filled {draw.Times} times ({(draw.Times <= 3 ? string.Join(" + ", draw.Fillings) : $"{draw.Syringe.Capacity} each, {draw.Fillings.Last()} the last time")})";

    private static string Off(MeasuredDose measured)
    {
        if (measured.Error.IsZero) return "This is exact.";
        var amount = Math.Abs(measured.Error.Milligrams);
        var rounded = decimal.Round(amount, 4);
        var figure = rounded == 0 ? "less than 0.0001 mg" : (rounded == amount ? "" : "about ") + rounded.ToString("0.####", CultureInfo.InvariantCulture) + " mg";
        return $"This is {figure} ({Percent(measured.ErrorPercent)}) {(measured.Error.Numerator < 0 ? "less" : "more")} than {measured.Dose}.";
    }

    /// <summary>Below a milligram also in micrograms: a second figure that a slip of ten cannot survive.</summary>
    private static string Amount(Mass dose) => dose < Mass.FromMilligrams(1) ? $"{dose} ({dose.InMicrograms()})" : dose.ToString();

    private static string Days(long days) => days == 1 ? "1 day" : days.ToString("#,0", CultureInfo.InvariantCulture) + " days";

    private static string Percent(decimal percent)
    {
        var size = Math.Abs(percent);
        return size is > 0 and < 0.1m ? "less than 0.1%" : size.ToString("0.#", CultureInfo.InvariantCulture) + "%";
    }
}
