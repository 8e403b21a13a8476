using System.Globalization;

namespace Lowdose.Quantities;

/// <summary>
/// Amounts as people write them: a decimal number and its unit ("1.5mg", "250 micrograms", "50 mL"). A number alone is never taken, for at
/// 1 mg/mL the same number is a dose or a volume; nor is a comma, which is a decimal mark to one reader and thousands to the next.
/// </summary>
public static class Written
{
    /// <summary>An amount of drug in g, mg, or micrograms (mcg, ug, µg are understood, though never written by us).</summary>
    /// <param name="text">What was written.</param>
    /// <param name="mass">The amount, above 0; nothing where it is not taken.</param>
    /// <returns>Null where it is taken.</returns>
    public static Unread? Mass(string text, out Mass mass)
    {
        mass = default;
        if (Split(text, "1.5mg", "mg", out var number, out var unit) is { } wrong) return wrong;
        decimal? milligrams = unit switch
        {
            "g" or "gram" or "grams" => number * 1_000m,
            "mg" or "milligram" or "milligrams" => number,
            "mcg" or "ug" or "\u00B5g" or "\u03BCg" or "microgram" or "micrograms" => number / 1_000m,
            _ => null,
        };
        if (milligrams is not { } mg) return new($"\"{unit}\" is not a unit of an amount of drug", $"write it in mg, as {Plain(number)}mg, or in micrograms");
        return Quantities.Mass.TryFromMilligrams(mg, out mass) ? null : new("it is finer than a nanogram or larger than can be", "write fewer digits");
    }

    /// <summary>An amount of liquid in mL, L or microlitres.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="volume">The volume, above 0; nothing where it is not taken.</param>
    /// <returns>Null where it is taken.</returns>
    public static Unread? Volume(string text, out Volume volume)
    {
        volume = default;
        if (Split(text, "50mL", "mL", out var number, out var unit) is { } wrong) return wrong;
        decimal? millilitres = unit switch
        {
            "l" or "litre" or "litres" or "liter" or "liters" => number * 1_000m,
            "ml" or "millilitre" or "millilitres" or "milliliter" or "milliliters" => number,
            "microlitre" or "microlitres" or "microliter" or "microliters" => number / 1_000m,
            _ => null,
        };
        if (millilitres is not { } ml) return new($"\"{unit}\" is not a unit of volume", $"write it in mL, as {Plain(number)}mL");
        return Quantities.Volume.TryFromMillilitres(ml, out volume) ? null : new("it is finer than a nanolitre or larger than can be", "write fewer digits");
    }

    private static Unread? Split(string text, string example, string usual, out decimal number, out string unit)
    {
        var (all, digits) = (text.Trim(), 0);
        while (digits < all.Length && (char.IsAsciiDigit(all[digits]) || all[digits] is '.' or ',')) digits++;
        (number, unit) = (0, all[digits..].Trim().ToLowerInvariant());
        var figure = all[..digits];
        if (figure.Contains(',')) return new("a comma may mean a decimal or thousands", $"write the number with a point and without commas, as {example}");
        if (figure.Length == 0 || figure[^1] == '.' || !decimal.TryParse(figure, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
            return new("it does not begin with a decimal number", $"write it as {example}");
        // Beyond 28 digits a decimal would round without a word.
        if (number > 1_000_000_000 || figure.Length > 28) return new("it is larger than can be", $"write it as {example}");
        if (number == 0) return new("it is nothing", $"give an amount above 0, as {example}");
        return unit.Length == 0 ? new("it has no unit", $"write it as {Plain(number)}{usual}") : null;
    }

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
