using Lowdose.Dosing;
using Lowdose.Quantities;

namespace Lowdose.Tests.Dosing;

/// <summary>A month's cost, against cases worked by hand.</summary>
public sealed class CostTests
{
    private static readonly Mass Tablet = Mass.FromMilligrams(50);

    // 50 / 4.5 = 11 whole days a tablet; 3 tablets 33 days; 30 x 30 / 33 = 27.2727.
    // 50 / 1.5 = 33 days; 3 tablets 99 days; 30 x 30 / 99 = 9.0909. Used 14 days only: 42 days; 30 x 30 / 42 = 21.4286.
    // 50 / 0.5 = 100 days; 30 x 30 / 300 = 3. A tablet of exactly one dose lasts a day: 30 x 1 x 30 = 900.
    [Theory]
    [InlineData("30", 3, "4.5", null, "27.27"), InlineData("30", 3, "1.5", null, "9.09"), InlineData("30", 3, "1.5", 14, "21.43"), InlineData("30", 3, "0.5", null, "3"), InlineData("30", 1, "50", null, "900"),
     InlineData("30", 3, "4.5", 60, "27.27"), InlineData("0", 3, "4.5", null, "0")]
    public void Home_liquid_counts_whole_days_of_a_bottle(string price, int tablets, string dose, int? bottleDays, string month)
    {
        Cost.OfHomeLiquid(Number(price), tablets, Tablet, Milligrams(dose), bottleDays, out var cost).ShouldBeNull();
        cost!.PerMonth.ShouldBe(Number(month));
    }

    // 65 for 90 days: 65 x 30 / 90 = 21.6667. 40 for 30 days: 40. 1 for 80 days: 0.375, and half a hundredth goes up.
    [Theory]
    [InlineData("65", 90, "21.67"), InlineData("40", 30, "40"), InlineData("1", 80, "0.38"), InlineData("0.10", 7, "0.43")]
    public void A_preparation_is_shared_out_over_its_days(string price, int days, string month)
    {
        Cost.OfCompounded(Number(price), days, out var cost).ShouldBeNull();
        cost!.PerMonth.ShouldBe(Number(month));
    }

    // 30 tablets of 1.5 mg for 30: 4.5 mg is three a day, 90 a month: 90. 1.5 mg is one a day: 30.
    [Theory]
    [InlineData("30", 30, "1.5", "4.5", "90"), InlineData("30", 30, "1.5", "1.5", "30"), InlineData("45.50", 28, "4.5", "4.5", "48.75")]
    public void Ready_made_counts_pieces(string price, int pieces, string strength, string dose, string month)
    {
        Cost.OfReadyMade(Number(price), pieces, Milligrams(strength), Milligrams(dose), out var cost).ShouldBeNull();
        cost!.PerMonth.ShouldBe(Number(month));
    }

    [Fact]
    public void A_dose_of_one_and_a_half_pieces_is_refused_with_what_to_do()
    {
        var refused = Cost.OfReadyMade(30, 30, Milligrams("3"), Milligrams("4.5"), out var cost);
        cost.ShouldBeNull();
        refused!.What.ShouldBe("4.5 mg is not a whole number of pieces of 3 mg");
    }

    [Fact]
    public void A_dose_larger_than_the_tablet_no_days_and_a_price_below_nothing_are_refused()
    {
        Cost.OfHomeLiquid(30, 3, Tablet, Milligrams("51"), null, out _).ShouldNotBeNull();
        Cost.OfHomeLiquid(30, 3, Tablet, Milligrams("1"), 0, out _).ShouldNotBeNull();
        Cost.OfCompounded(30, 0, out _).ShouldNotBeNull();
        Cost.OfCompounded(-1, 30, out _).ShouldNotBeNull();
    }

    [Fact]
    public void A_price_that_goes_down_never_makes_a_month_dearer()
    {
        for (var cents = 1; cents < 2_000; cents++)
        {
            Cost.OfCompounded(cents / 100m, 31, out var less).ShouldBeNull();
            Cost.OfCompounded((cents + 1) / 100m, 31, out var more).ShouldBeNull();
            less!.PerMonth.ShouldBeLessThanOrEqualTo(more!.PerMonth);
            // Against whole numbers: the nearest hundredth, half up.
            less.PerMonth.ShouldBe(((2 * cents * 30) + 31) / (2 * 31) / 100m);
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    private static Mass Milligrams(string text) => Mass.FromMilligrams(Number(text));
}
