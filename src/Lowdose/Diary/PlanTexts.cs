using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>The canonical texts of the plan's fields, written and read.</summary>
public static class PlanTexts
{
    private const string In = " in ", For = " for ";

    /// <summary>An amount ("4.5 mg").</summary>
    public static string Of(Mass amount) => amount.ExactMilligrams.ToString("0.######", CultureInfo.InvariantCulture) + " mg";

    /// <summary>A volume ("50 mL").</summary>
    public static string Of(Volume volume) => volume.Millilitres.ToString("0.######", CultureInfo.InvariantCulture) + " mL";

    /// <summary>A product ("50 mg in 50 mL", "capsules").</summary>
    public static string Of(Product product) => product is Product.Liquid liquid ? Of(liquid.Strength.Amount) + In + Of(liquid.Strength.Volume) : "capsules";

    /// <summary>Own steps ("0.5 mg for 14 days, 1.5 mg in 2 doses for 14 days").</summary>
    public static string Of(IEnumerable<TitrationStep> steps) => string.Join(", ", steps.Select(s =>
        Of(s.PerDay) + (s.TimesPerDay == 1 ? "" : In + Whole(s.TimesPerDay) + " doses") + For + Days(s.MinimumDays)));

    /// <summary>Days as they are written ("1 day", "14 days").</summary>
    internal static string Days(int days) => Whole(days) + (days == 1 ? " day" : " days");

    internal static Mass? Mass(string text) => Written.Mass(text, out var mass) is null && Of(mass) == text ? mass : null;

    internal static Volume? Volume(string text) => Written.Volume(text, out var volume) is null && Of(volume) == text ? volume : null;

    internal static Product? Product(string text)
    {
        if (text == "capsules") return new Product.Capsules();
        return text.Split(In) is [var amount, var liquid] && Mass(amount) is { } mass && Volume(liquid) is { } volume ? new Product.Liquid(new(mass, volume)) : null;
    }

    internal static IReadOnlyList<TitrationStep>? Steps(string text)
    {
        var steps = new List<TitrationStep>();
        foreach (var part in text.Split(", "))
        {
            if (part.Split(For) is not [var dose, var days] || Number(days, " days", " day") is not { } held) return null;
            var split = dose.Split(In);
            if (Mass(split[0]) is not { } mass || split.Length > 2) return null;
            if ((split.Length == 2 ? Number(split[1], " doses") : 1) is not { } times || times > DayFields.MostDoses || times < 1) return null;
            steps.Add(new(mass, times, held));
        }
        return steps.Count <= MostSteps && Of(steps) == text ? steps : null;
    }

    /// <summary>A whole number before one of these endings.</summary>
    internal static int? Number(string text, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
            if (text.EndsWith(ending, StringComparison.Ordinal) && int.TryParse(text[..^ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 99_999) return number;
        return null;
    }

    internal static LocalDate? Date(string text) => Subjects.Date("day/" + text);

    internal static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private const int MostSteps = 120;
}
