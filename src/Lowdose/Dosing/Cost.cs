using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>What one way to have the dose costs, from a person's own price. The currency is theirs; nothing is converted.</summary>
/// <param name="Price">Of so many units together; 0 or more.</param>
/// <param name="Units">Days of use, tablets or capsules; above 0.</param>
/// <param name="PerDay">How many units a day takes; above 0.</param>
public sealed record Cost(decimal Price, long Units, long PerDay)
{
    /// <summary>A month is 30 days here, as a prescription counts it.</summary>
    public const int MonthDays = 30;

    private const int MostUnits = 100_000;
    private const decimal HighestPrice = 1_000_000;

    /// <summary>A month's share of the price, to the hundredth; half a hundredth goes up.</summary>
    // The quotient of numbers this small differs from a half of a hundredth by far more than the 28 digits of a decimal leave out.
    public decimal PerMonth => decimal.Round(Price * MonthDays * PerDay / Units, 2, MidpointRounding.AwayFromZero);

    /// <summary>Tablets dissolved at home, one to a bottle. A bottle lasts whole days of the dose; what is left at the end of its time is discarded.</summary>
    /// <param name="price">Of all tablets.</param>
    /// <param name="tablets">How many they are.</param>
    /// <param name="tablet">What one holds.</param>
    /// <param name="dose">A day's dose.</param>
    /// <param name="bottleDays">How long a bottle may be used; null where nobody has said.</param>
    /// <param name="cost">The cost; null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? OfHomeLiquid(decimal price, long tablets, Mass tablet, Mass dose, long? bottleDays, out Cost? cost)
    {
        cost = null;
        if (dose > tablet) return new($"a tablet of {tablet} does not hold a dose of {dose}", "check both amounts");
        if (bottleDays < 1) return new("a bottle is used for less than a day", "give 1 day or more");
        var lasts = Math.Min(tablet.Nanograms / dose.Nanograms, bottleDays ?? long.MaxValue);
        return Checked(price, tablets, () => new(price, tablets * lasts, 1), out cost);
    }

    /// <summary>A liquid or capsules made by a pharmacy.</summary>
    /// <param name="price">Of one preparation.</param>
    /// <param name="days">How many days it lasts.</param>
    /// <param name="cost">The cost; null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? OfCompounded(decimal price, long days, out Cost? cost) => Checked(price, days, () => new(price, days, 1), out cost);

    /// <summary>Low-dose tablets or capsules as sold. A dose is a whole number of them.</summary>
    /// <param name="price">Of the pack.</param>
    /// <param name="pieces">How many are in it.</param>
    /// <param name="strength">What one holds.</param>
    /// <param name="dose">A day's dose.</param>
    /// <param name="cost">The cost; null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? OfReadyMade(decimal price, long pieces, Mass strength, Mass dose, out Cost? cost)
    {
        cost = null;
        return dose.Nanograms % strength.Nanograms != 0
            ? new($"{dose} is not a whole number of pieces of {strength}", "give a strength that makes up the dose; do not split capsules")
            : Checked(price, pieces, () => new(price, pieces, dose.Nanograms / strength.Nanograms), out cost);
    }

    private static Refused? Checked(decimal price, long units, Func<Cost> made, out Cost? cost)
    {
        cost = null;
        if (price is < 0 or > HighestPrice) return new("the price is below 0 or above a million", "check the price");
        if (units is < 1 or > MostUnits) return new($"the number is not between 1 and {MostUnits:#,0}", "check how many days or pieces the price is for");
        cost = made();
        return null;
    }
}
