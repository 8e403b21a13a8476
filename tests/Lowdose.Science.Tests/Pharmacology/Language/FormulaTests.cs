namespace Lowdose.Science.Tests.Pharmacology.Language;

/// <summary>What formulas come to.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("A + B * C", 14)]
    [InlineData("(A + B) * C", 20)]
    [InlineData("A - B - C", -5)]
    [InlineData("A / B / C", 2.0 / 3 / 4)]
    [InlineData("A ^ B ^ A", 512)]
    [InlineData("-A ^ 2", -4)]
    [InlineData("2 ^ -A", 0.25)]
    [InlineData("A * -B", -6)]
    [InlineData("--A", 2)]
    [InlineData("+A", 2)]
    [InlineData("1.5e1 + .5", 15.5)]
    [InlineData("X + t", 12)]
    [InlineData("min(A, B) + max(A, B)", 5)]
    [InlineData("abs(A - B)", 1)]
    [InlineData("pow(X, B)", 125)]
    [InlineData("where(A < B, X, C)", 5)]
    [InlineData("where(A > B, X, C)", 4)]
    [InlineData("where(A <= 2, X, C)", 5)]
    [InlineData("where(A >= 3, X, C)", 4)]
    [InlineData("where(A < 2, X, C)", 4)]
    [InlineData("1 - 1 - A  # a remark", -2)]
    [InlineData("X - X", 0)]
    public void A_formula_follows_the_rules_of_school(string formula, double value) => Written.Value(formula).ShouldBe(value, 1e-15 * Math.Abs(value) + 1e-300);

    [Fact]
    public void Exp_log_sqrt_and_a_broken_power_are_those_of_the_processor_to_the_last_digits()
    {
        foreach (var x in new[] { 1e-8, 0.3, 1, 5, 40, 300 })
        {
            Written.Value("exp(X)", x).ShouldBe(Math.Exp(x), 4e-16 * Math.Exp(x));
            Written.Value("log(X)", x).ShouldBe(Math.Log(x), 4e-16 * Math.Abs(Math.Log(x)) + 1e-300);
            Written.Value("sqrt(X)", x).ShouldBe(Math.Sqrt(x));
            Written.Value("X ^ 0.7", x).ShouldBe(Math.Pow(x, 0.7));
            Written.Value("X ^ 0.5", x).ShouldBe(Math.Sqrt(x));
            Written.Value("X ^ 7", x).ShouldBe(Math.Pow(x, 7), 1e-14 * Math.Pow(x, 7));
            Written.Value("X ^ -3", x).ShouldBe(Math.Pow(x, -3), 1e-14 * Math.Pow(x, -3));
        }
    }

    [Fact]
    public void Every_lane_is_a_subject_of_its_own()
    {
        var model = Written.Model("A", "X", "d(X)/dt = 0", "OUT = where(X < A, X ^ 1.5, -X)");
        var into = new System.Runtime.Intrinsics.Vector512<double>[1];
        var state = System.Runtime.Intrinsics.Vector512.Create(1.0, 2, 3, 4, 5, 6, 7, 8);
        model.Observe!(default, [state], [System.Runtime.Intrinsics.Vector512.Create(4.5)], into);
        for (var i = 0; i < 8; i++) into[0][i].ShouldBe(i < 4 ? Math.Pow(i + 1, 1.5) : -(i + 1.0));
    }

    [Fact]
    public void Exp_ends_in_nought_and_in_infinity_and_nothing_stays_nothing()
    {
        Written.Value("exp(X)", -709).ShouldBe(0);
        Written.Value("exp(X)", -707).ShouldBe(Math.Exp(-707), 4e-16 * Math.Exp(-707));
        Written.Value("exp(X)", 707).ShouldBe(Math.Exp(707), 4e-16 * Math.Exp(707));
        Written.Value("exp(X)", 709).ShouldBe(double.PositiveInfinity);
        Written.Value("exp(X)", double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void No_lane_depends_on_its_neighbours_to_the_last_bit()
    {
        var model = Written.Model("A", "X", "d(X)/dt = 0", "OUT = X ^ A + exp(-X * A) + log(X)");
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var (x, power) = (0.01 + 20 * random.NextDouble(), random.Next(2) == 0 ? random.Next(-16, 17) : random.NextDouble() * 9);
            var alone = new System.Runtime.Intrinsics.Vector512<double>[1];
            model.Observe!(default, [System.Runtime.Intrinsics.Vector512.Create(x)], [System.Runtime.Intrinsics.Vector512.Create(power)], alone);
            BitConverter.DoubleToInt64Bits(Written.Run(model.Observe!, 0, [x], [power], 1)[0]).ShouldBe(BitConverter.DoubleToInt64Bits(alone[0][3]), $"{x} {power}");
        }
    }

    [Fact]
    public void What_stands_in_a_hundred_lines_is_computed()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 400).Select(i => i == 1 ? "A1 = X + 1" : $"A{i} = A{i - 1} * 1.001 + 1 / A{i - 1}"));
        var expected = 6.0;
        for (var i = 2; i <= 400; i++) expected = expected * 1.001 + 1 / expected;
        var model = Written.Model("A", "X", lines + "\nd(X)/dt = A400", "OUT = A400");
        Written.Run(model.Observe!, 0, [5], [2], 1)[0].ShouldBe(expected, 1e-12 * expected);
        Written.Run(model.Rates!, 0, [5], [2], 1)[0].ShouldBe(expected, 1e-12 * expected);
    }
}
