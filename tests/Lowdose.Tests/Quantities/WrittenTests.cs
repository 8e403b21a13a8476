using Lowdose.Quantities;

namespace Lowdose.Tests.Quantities;

public class WrittenTests
{
    [Theory]
    [InlineData("50mg", "50 mg")]
    [InlineData("1.50 mg", "1.5 mg")]
    [InlineData(".5mg", "0.5 mg")]
    [InlineData("250mcg", "0.25 mg")]
    [InlineData("100 micrograms", "0.1 mg")]
    [InlineData("100\u00B5g", "0.1 mg")]
    [InlineData("0.05g", "50 mg")]
    [InlineData(" 4.5MG ", "4.5 mg")]
    public void An_amount_of_drug_is_read_with_its_unit(string text, string amount)
    {
        Written.Mass(text, out var mass).ShouldBeNull();
        mass.ToString().ShouldBe(amount);
    }

    [Theory]
    [InlineData("50mL", "50 mL")]
    [InlineData("50 ml", "50 mL")]
    [InlineData("0.1L", "100 mL")]
    [InlineData("500 microlitres", "0.5 mL")]
    public void A_volume_is_read_with_its_unit(string text, string volume)
    {
        Written.Volume(text, out var read).ShouldBeNull();
        read.ToString().ShouldBe(volume);
    }

    [Theory]
    [InlineData("1.5", "no unit", "1.5mg")]
    [InlineData("1,5mg", "comma", "point")]
    [InlineData("1,000mg", "comma", "point")]
    [InlineData("5.mg", "decimal number", "1.5mg")]
    [InlineData("1.2.3mg", "decimal number", "1.5mg")]
    [InlineData("mg", "decimal number", "1.5mg")]
    [InlineData("", "decimal number", "1.5mg")]
    [InlineData("-1mg", "decimal number", "1.5mg")]
    [InlineData("0mg", "nothing", "above 0")]
    [InlineData("1e3mg", "not a unit", "mg")]
    [InlineData("1mL", "not a unit", "mg")]
    [InlineData("0.0000001mg", "finer", "fewer digits")]
    [InlineData("0.00000000000000000000000000001mg", "larger than can be", "1.5mg")]
    [InlineData("9999999999999mg", "larger than can be", "1.5mg")]
    public void An_amount_that_could_be_misread_is_refused_with_what_to_write(string text, string what, string @do)
    {
        var unread = Written.Mass(text, out var mass)!;
        unread.What.ShouldContain(what);
        unread.Do.ShouldContain(@do);
        mass.ShouldBe(Mass.Zero);
    }
}
