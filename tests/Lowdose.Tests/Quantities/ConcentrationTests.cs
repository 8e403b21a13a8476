using Lowdose.Quantities;

namespace Lowdose.Tests.Quantities;

public class ConcentrationTests
{
    private static Concentration Of(decimal mg, decimal ml) => new(Mass.FromMilligrams(mg), Volume.FromMillilitres(ml));

    [Fact]
    public void Strength_is_the_same_however_much_was_made()
    {
        Of(50, 50).ShouldBe(Of(1, 1));
        Of(50, 50).GetHashCode().ShouldBe(Of(100, 100).GetHashCode());
        Of(50, 50).ShouldNotBe(Of(50, 49.999999m));
    }

    [Theory]
    [InlineData(50, 50, "1 mg/mL")]
    [InlineData(50, 10, "5 mg/mL")]
    [InlineData(50, 100, "0.5 mg/mL")]
    [InlineData(50, 30, "about 1.667 mg/mL")]
    public void Strength_is_written_in_mg_per_mL(int mg, int ml, string text) => Of(mg, ml).ToString().ShouldBe(text);

    [Fact]
    public void The_volume_of_a_dose_is_a_fraction_and_not_yet_rounded()
    {
        var volume = Of(50, 70).VolumeHolding(Mass.FromMilligrams(1.5m));
        (volume.Numerator * 10).ShouldBe(21 * volume.Denominator * 1_000_000);
        Of(30, 50).VolumeHolding(Mass.FromMilligrams(1)).ToString().ShouldBe("about 1.667 mL");
        Of(50, 50).VolumeHolding(Mass.FromMilligrams(4.5m)).ToString().ShouldBe("4.5 mL");
    }

    [Fact]
    public void A_tie_between_two_marks_goes_to_the_smaller_dose() =>
        Of(50, 50).VolumeHolding(Mass.FromMilligrams(4.5m)).NearestMarks(Volume.FromMillilitres(0.2m)).ShouldBe(22);

    [Theory]
    [InlineData("0", "0 mL")]
    [InlineData("0.50", "0.5 mL")]
    [InlineData("1.0", "1 mL")]
    [InlineData("1000", "1,000 mL")]
    public void A_volume_is_written_with_a_leading_zero_and_without_a_trailing_one(string millilitres, string text) =>
        Volume.FromMillilitres(decimal.Parse(millilitres, System.Globalization.CultureInfo.InvariantCulture)).ToString().ShouldBe(text);

    [Fact]
    public void Micrograms_are_written_in_full() => Mass.FromMilligrams(0.25m).InMicrograms().ShouldBe("250 micrograms");
}
