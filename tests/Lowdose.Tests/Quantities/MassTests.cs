using Lowdose.Quantities;

namespace Lowdose.Tests.Quantities;

public class MassTests
{
    [Theory]
    [InlineData("0", "0 mg")]
    [InlineData("0.1", "0.1 mg")]
    [InlineData("0.50", "0.5 mg")]
    [InlineData("1.0", "1 mg")]
    [InlineData("4.5", "4.5 mg")]
    [InlineData("0.000001", "0.000001 mg")]
    [InlineData("1000", "1,000 mg")]
    public void An_amount_is_written_with_a_leading_zero_and_without_a_trailing_one(string milligrams, string text) =>
        Mass.FromMilligrams(decimal.Parse(milligrams, System.Globalization.CultureInfo.InvariantCulture)).ToString().ShouldBe(text);

    [Fact]
    public void A_tenth_of_a_nanogram_is_refused() => Mass.TryFromMilligrams(0.0000001m, out _).ShouldBeFalse();

    [Fact]
    public void More_than_whole_nanograms_can_hold_is_refused() => Mass.TryFromMilligrams(decimal.MaxValue, out _).ShouldBeFalse();

    [Fact]
    public void What_Science_hands_back_is_the_amount_it_was_given()
    {
        foreach (var mg in (decimal[])[0.1m, 0.3m, 1.5m, 4.5m, 12m, 999.999999m])
            Mass.NearestToMilligrams(Mass.FromMilligrams(mg).Milligrams).ShouldBe(Mass.FromMilligrams(mg));
    }

    [Fact]
    public void Amounts_are_ordered_by_size()
    {
        var (low, high) = (Mass.FromMilligrams(1.5m), Mass.FromMilligrams(4.5m));
        (low < high && high > low && low <= high && high >= low).ShouldBeTrue();
        low.CompareTo(high).ShouldBeLessThan(0);
    }
}
