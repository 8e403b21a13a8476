using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Numerics;

public class The_normal_distribution
{
    // Reference values to 15 digits from an arbitrary-precision error function.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(3, 0.998650101968370)]
    [InlineData(-5, 2.86651571879194e-7)]
    [InlineData(-8, 6.22096057427178e-16)]
    [InlineData(-20, 2.75362411860623e-89)]
    public void Has_the_tabled_probabilities(double z, double p)
    {
        Normal.Cdf(z).ShouldBe(p, 1e-13 * Math.Max(p, 1e-3) + 1e-8 * Math.Min(p, 1e-6));
        Normal.Cdf(-z).ShouldBe(1 - p, 1e-14);
    }

    [Fact]
    public void Agrees_with_the_library_everywhere_to_1e_minus_14()
    {
        for (var z = -10.0; z <= 10; z += 0.0137)
            Normal.Cdf(z).ShouldBe(MathNet.Numerics.Distributions.Normal.CDF(0, 1, z), 1e-14);
    }

    [Fact]
    public void Gives_the_density_with_the_probability()
    {
        Normal.Cdf(1.3, out var density);
        density.ShouldBe(MathNet.Numerics.Distributions.Normal.PDF(0, 1, 1.3), 1e-15);
    }

    [Fact]
    public void Passes_NaN_through() => double.IsNaN(Normal.Cdf(double.NaN)).ShouldBeTrue();
}

public class Four_normal_probabilities_at_a_time
{
    [Fact]
    public void Agree_with_one_at_a_time_to_1e_minus_12()
    {
        for (var z = -12.0; z <= 12; z += 0.0731)
        {
            var four = Normal.Cdf(System.Runtime.Intrinsics.Vector256.Create(z, -z, z / 2, 0));
            four[0].ShouldBe(Normal.Cdf(z), 1e-12);
            four[1].ShouldBe(Normal.Cdf(-z), 1e-12);
            four[2].ShouldBe(Normal.Cdf(z / 2), 1e-12);
            four[3].ShouldBe(0.5, 1e-15);
        }
    }
}
