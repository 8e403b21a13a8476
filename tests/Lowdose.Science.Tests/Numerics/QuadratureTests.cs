using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Numerics;

public class A_quadrature_rule
{
    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    public void Of_Hermite_is_exact_for_a_normal_density_times_a_polynomial_of_degree_2n_minus_1(int n)
    {
        var rule = Quadrature.Hermite(n);
        var moment = 1.0;
        for (var power = 0; power <= 2 * n - 1; power++)
        {
            if (power % 2 == 0 && power > 0) moment *= power - 1;
            var sum = rule.X.Select((x, i) => Math.Exp(rule.LogWeight[i] - 0.5 * x * x) / Math.Sqrt(2 * Math.PI) * Math.Pow(x, power)).Sum();
            sum.ShouldBe(power % 2 == 0 ? moment : 0, 1e-10 * Math.Max(1, moment));
        }
    }

    [Fact]
    public void Of_Legendre_with_20_nodes_integrates_the_exponential_to_rounding()
    {
        var rule = Quadrature.Legendre(20);
        rule.X.Select((x, i) => Math.Exp(rule.LogWeight[i] + x)).Sum().ShouldBe(Math.E - 1 / Math.E, 1e-14);
    }

    [Fact]
    public void Refuses_to_have_no_nodes() => Should.Throw<ArgumentOutOfRangeException>(() => Quadrature.Hermite(0));
}
