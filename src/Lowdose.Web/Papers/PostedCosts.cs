using System.Globalization;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Web.Prepare;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Papers;

/// <summary>Prices as typed, and what a month costs each way. Any of the three ways may be left out.</summary>
/// <param name="Typed">The fields by name.</param>
/// <param name="Wrong">What cannot be used.</param>
/// <param name="Dose">The daily dose; null where it cannot be used.</param>
/// <param name="Costs">The ways that were filled in, the cheapest first.</param>
public sealed record PostedCosts(IReadOnlyDictionary<string, string> Typed, IReadOnlyList<WrongField> Wrong, Mass? Dose, IReadOnlyList<(string Way, Cost Cost, string From)> Costs)
{
    private static readonly string[] Names = ["dose", "currency", "home-price", "home-count", "home-tablet", "home-days", "made-price", "made-days", "ready-price", "ready-count", "ready-strength"];

    /// <summary>Nothing typed.</summary>
    public static PostedCosts None { get; } = new(new Dictionary<string, string>(), [], null, []);

    /// <summary>One field, trimmed.</summary>
    public string this[string field] => Typed.TryGetValue(field, out var text) ? text.Trim() : "";

    /// <summary>Reads what a form holds.</summary>
    public static PostedCosts From(IFormCollection form)
    {
        var posted = None with { Typed = Names.Where(form.ContainsKey).ToDictionary(n => n, n => form[n].ToString(), StringComparer.Ordinal) };
        List<WrongField> wrong = [];
        var dose = TypedAmount.Dose(posted["dose"], "dose", wrong, null);
        if (dose is not { } daily) return posted with { Wrong = wrong };
        List<(string, Cost, string)> costs = [];
        void Home()
        {
            if ((posted.Price("home-price", wrong), posted.Whole("home-count", wrong), TypedAmount.Dose(posted["home-tablet"], "home-tablet", wrong, null)) is not ({ } price, { } count, { } tablet)) return;
            long? days = posted["home-days"].Length == 0 ? null : posted.Whole("home-days", wrong);
            if (posted["home-days"].Length > 0 && days is null) return;
            if (Cost.OfHomeLiquid(price, count, tablet, daily, days, out var cost) is { } refused) wrong.Add(Said("home-price", refused));
            else costs.Add(("Liquid made at home", cost!, $"{Pieces(count, "tablet")} of {tablet}, each bottle used for {DoseWords.Days(cost!.Units / count)}"));
        }
        void Made()
        {
            if ((posted.Price("made-price", wrong), posted.Whole("made-days", wrong)) is not ({ } price, { } days)) return;
            if (Cost.OfCompounded(price, days, out var cost) is { } refused) wrong.Add(Said("made-price", refused));
            else costs.Add(("Made by a pharmacy", cost!, $"lasts {DoseWords.Days(days)}"));
        }
        void Ready()
        {
            if ((posted.Price("ready-price", wrong), posted.Whole("ready-count", wrong), TypedAmount.Dose(posted["ready-strength"], "ready-strength", wrong, null)) is not ({ } price, { } count, { } strength)) return;
            if (Cost.OfReadyMade(price, count, strength, daily, out var cost) is { } refused) wrong.Add(Said("ready-strength", refused));
            else costs.Add(("Ready-made", cost!, $"{Pieces(count, "piece")} of {strength}, {cost!.PerDay} a day"));
        }
        if (posted["home-price"].Length > 0) Home();
        if (posted["made-price"].Length > 0) Made();
        if (posted["ready-price"].Length > 0) Ready();
        if (costs.Count == 0 && wrong.Count == 0) wrong.Add(new("home-price", "No price is written yet. Give at least one."));
        return posted with { Wrong = wrong, Dose = dose, Costs = wrong.Count > 0 ? [] : [.. costs.OrderBy(c => c.Item2.PerMonth)] };
    }

    /// <summary>An amount of the person's own money.</summary>
    public string Money(decimal amount) => $"{amount.ToString("#,0.00", CultureInfo.InvariantCulture)} {this["currency"]}".TrimEnd();

    private decimal? Price(string field, List<WrongField> wrong)
    {
        if (decimal.TryParse(this[field], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)) return price;
        wrong.Add(new(field, "This is not a plain number. Write a price like 32.50, with a point, and the currency in its own field."));
        return null;
    }

    private long? Whole(string field, List<WrongField> wrong)
    {
        if (long.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100_000) return number;
        wrong.Add(new(field, this[field].Length == 0 ? "Nothing is written here. It goes with the price." : "This is not a whole number above 0."));
        return null;
    }

    private static WrongField Said(string field, Refused refused) => new(field, DoseWords.Kept($"{Words.Capital(refused.What)}. {Words.Capital(refused.Do)}."));

    private static string Pieces(long count, string one) => count == 1 ? $"1 {one}" : $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {one}s";
}
