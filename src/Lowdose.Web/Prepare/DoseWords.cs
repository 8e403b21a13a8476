using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Dosing;
using Lowdose.Quantities;

namespace Lowdose.Web.Prepare;

/// <summary>Sentences about a dose that is drawn up.</summary>
internal static partial class DoseWords
{
    /// <summary>A number and its unit, which must never stand on two lines.</summary>
    [GeneratedRegex(@"(?<=\d) ?(?=(mg|mL|micrograms?|days?|°C)\b)")]
    private static partial Regex BeforeUnit { get; }

    /// <summary>With every number kept beside its unit, one space between.</summary>
    public static string Kept(string text) => BeforeUnit.Replace(text, "\u00A0");

    /// <summary>Below a milligram also in micrograms: a second figure that a slip of ten cannot survive.</summary>
    public static string Amount(Mass dose) => dose < Mass.FromMilligrams(1) ? $"{dose} ({dose.InMicrograms()})" : dose.ToString();

    /// <summary>What is drawn, and in what.</summary>
    public static string Drawn(Draw draw, string ofWhat = "") => draw.Times == 1
        ? $"{draw.Total}{ofWhat} in a {draw.Syringe}"
        : $"{draw.Total}{ofWhat} in a {draw.Syringe}. Fill it {draw.Times} times: {string.Join(" + ", draw.Fillings)}";

    /// <summary>How far the marks let it be from what is meant.</summary>
    public static string Off(MeasuredDose measured)
    {
        if (measured.Error.IsZero) return "Rounding error: none. It falls on a mark.";
        var amount = Math.Abs(measured.Error.Milligrams);
        var rounded = decimal.Round(amount, 4);
        var figure = rounded == 0 ? "less than 0.0001 mg" : (rounded == amount ? "" : "about ") + rounded.ToString("0.####", CultureInfo.InvariantCulture) + " mg";
        return $"Rounding error: {figure} ({Percent(measured.ErrorPercent)}) {(measured.Error.Numerator < 0 ? "less" : "more")} than {measured.Dose}.";
    }

    /// <summary>Whole days.</summary>
    public static string Days(long days) => days == 1 ? "1 day" : days.ToString("#,0", CultureInfo.InvariantCulture) + " days";

    /// <summary>A share, to a decimal.</summary>
    public static string Percent(decimal percent)
    {
        var size = Math.Abs(percent);
        return size is > 0 and < 0.1m ? "less than 0.1%" : size.ToString("0.#", CultureInfo.InvariantCulture) + "%";
    }
}
