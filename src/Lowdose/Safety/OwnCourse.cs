using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>The low-dose naltrexone a person already takes: not an interaction with itself, unlike a second naltrexone.</summary>
internal static class OwnCourse
{
    private const decimal MostMg = 12;

    /// <summary>The first naltrexone in the list that can be a low dose; null where there is none.</summary>
    public static Taken? Among(IEnumerable<Taken> taken) => taken.FirstOrDefault(t =>
        t.Found.Substance.Id == "naltrexone" && t.Found.Match is NameMatch.Exact or NameMatch.Spelling or NameMatch.Code && !IsLongActing(t) && (DoseMg(t.Medicine) ?? MostMg) <= MostMg);

    private static bool IsLongActing(Taken taken) => ReleaseWords.Of(taken.Medicine, taken.Found)?.Release == Release.Depot && taken.Found.Substance.Forms.Count > 1;

    /// <summary>The amount a day, mg: "4.5 mg twice a day" is 9; null where there is none.</summary>
    public static decimal? DayMg(Medicine medicine) =>
        DoseMg(medicine) is { } dose ? Math.Max(dose, DailyAmount.Milligrams(medicine.Text, dose) ?? dose) : null;

    /// <summary>The dose written beside the name, mg; null where there is none.</summary>
    public static decimal? DoseMg(Medicine medicine)
    {
        var text = medicine.Text.Replace(',', '.');
        for (var at = text.IndexOf("mg", StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf("mg", at + 2, StringComparison.OrdinalIgnoreCase))
        {
            var before = text[..at].TrimEnd();
            var start = before.Length;
            while (start > 0 && (char.IsAsciiDigit(before[start - 1]) || before[start - 1] == '.')) start--;
            if (decimal.TryParse(before[start..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mg)) return mg;
        }
        return null;
    }
}
