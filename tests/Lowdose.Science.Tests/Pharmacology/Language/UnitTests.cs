using Lowdose.Science.Pharmacology.Language;

namespace Lowdose.Science.Tests.Pharmacology.Language;

/// <summary>Units are checked, and converted where only the size differs.</summary>
public sealed class UnitTests
{
    private static double Out(string unit, string formula, string parameters = "A: mg\nB: L\nC: h") =>
        Written.Run(Written.Model(parameters, "X: mg", "d(X)/dt = 0", $"OUT: {unit} = {formula}").Observe!, 7, [5], [2, 3, 4], 1)[0];

    [Theory]
    [InlineData("mg/L", "X / B", 5.0 / 3)]
    [InlineData("ng/mL", "X / B", 5000.0 / 3)]
    [InlineData("ug", "X + A", 7000)]
    [InlineData("mg", "X + 250[ug]", 5.25)]
    [InlineData("1", "X / A", 2.5)]
    [InlineData("%", "X / (X + A)", 500.0 / 7)]
    [InlineData("min", "C + t", 660)]
    [InlineData("d", "C * 6", 1)]
    [InlineData("nM", "X / B / 341.4[g/mol]", 5e6 / 3 / 341.4)]
    [InlineData("1", "X / B / 341.4[g/mol] / 1[nM] + 1", 5e6 / 3 / 341.4 + 1)]
    [InlineData("mg^2", "X ^ 2", 25)]
    [InlineData("mg", "sqrt(X * A)", 3.16227766016838)]
    [InlineData("mg", "max(X - A, 0)", 3)]
    [InlineData("mg", "where(C < 300[min], X, 0)", 5)]
    [InlineData("1", "exp(-C / 2[d])", 0.920044414629323)]
    [InlineData("L/h/kg", "B / C / 70[kg]", 3.0 / 4 / 70)]
    [InlineData("mg/(L*h)", "X / B / C", 5.0 / 12)]
    public void Numbers_of_one_kind_are_converted(string unit, string formula, double value) => Out(unit, formula).ShouldBe(value, 1e-14 * Math.Abs(value));

    [Fact]
    public void A_rate_is_per_hour_whatever_its_formula_counts_in()
    {
        var model = Written.Model("K: 1/min\nV: L", "X: mg\nY: ug", "d(X)/dt = -K * X\nd(Y)/dt = K * X - Y / 1[d]");
        Written.Run(model.RateConstants!, 0, [1, 1], [2, 3], 4).ShouldBe([-120, 0, 120000, -1.0 / 24], 1e-14);
    }

    [Theory]
    [InlineData("A + B", 100, 8, "mass is added to volume")]
    [InlineData("B - C", 100, 8, "time is subtracted from volume")]
    [InlineData("A + 1", 100, 8, "mass is added to a plain number")]
    [InlineData("exp(A)", 100, 10, "the argument of exp is a plain number, and the formula is mass")]
    [InlineData("A ^ X", 100, 8, "a power is a plain number, and the formula is mass")]
    [InlineData("A ^ (X / A)", 100, 8, "what is raised to a power that is not a plain number is a plain number, and the formula is mass")]
    [InlineData("min(A, B)", 100, 6, "mass is compared with volume")]
    [InlineData("where(A < B, 1, 2)", 100, 6, "mass is compared with volume")]
    [InlineData("where(A < X, A, B)", 100, 6, "mass is chosen beside volume")]
    public void Numbers_of_two_kinds_are_refused_where_they_meet(string formula, int line, int column, string what) =>
        Written.Faults("A: mg\nB: L\nC: h", "X: mg", $"F1 = {formula}\nd(X)/dt = 0")[0].ShouldStartWith($"{line}:{column} {what};");

    [Fact]
    public void A_rate_and_an_output_must_be_of_their_own_kind()
    {
        Written.Faults("A: mg\nB: L", "X: mg", "d(X)/dt = -X").ShouldBe(["100:11 the rate of X is mass / time, and the formula is mass; mend the formula or a unit"]);
        Written.Faults("A: mg\nB: L", "X: mg", "d(X)/dt = 0", "CP: ng/mL = X * B").Single().ShouldContain("CP is mass / volume, and the formula is mass * volume");
    }

    [Fact]
    public void What_has_no_unit_is_not_checked() => Written.Faults("A\nB: L", "X", "Y = A + B + X\nd(X)/dt = -A * X * Y").ShouldBeEmpty();

    [Theory]
    [InlineData("mg/Ll", "there is no unit Ll; did you mean L?")]
    [InlineData("furlong", "there is no unit furlong; the units are 1, %, kg")]
    [InlineData("mg/", "a unit is missing")]
    [InlineData("mg L", "does not belong in a unit")]
    [InlineData("mg/(L", "a parenthesis in a unit is not closed")]
    [InlineData("L^x", "not a whole number from -9 to 9")]
    public void An_odd_unit_is_told_with_its_place(string unit, string what)
    {
        Written.Faults($"A: {unit}", "X", "d(X)/dt = 0").Single().ShouldContain(what);
        Written.Faults("A", "X", $"Y = 2[{unit}]\nd(X)/dt = 0").Single().ShouldContain(what);
    }

    [Theory]
    [InlineData("mg", "ug", 1000.0)]
    [InlineData("ug", "mg", 0.001)]
    [InlineData("d", "h", 24.0)]
    [InlineData("nM", "nmol/L", 1.0)]
    [InlineData("mg", "h", null)]
    [InlineData("mg", "lb", null)]
    public void A_factor_between_units_is_exact(string from, string to, double? factor) => ModelLanguage.Factor(from, to).ShouldBe(factor);
}
