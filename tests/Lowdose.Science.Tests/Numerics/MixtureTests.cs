using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Numerics;

public class A_mixture_of_normals
{
    private static readonly GaussianMixture TwoHills = new([0.3, 0.7], [-2, 3], [1, 0.5]);

    [Fact]
    public void Has_the_mean_and_SD_of_the_whole()
    {
        TwoHills.Mean.ShouldBe(1.5, 1e-14);
        TwoHills.Sd.ShouldBe(Math.Sqrt(0.3 * (1 + 12.25) + 0.7 * (0.25 + 2.25)), 1e-14);
    }

    [Fact]
    public void Adds_probabilities_over_its_parts() =>
        TwoHills.Cdf(0).ShouldBe(0.3 * Normal.Cdf(2) + 0.7 * Normal.Cdf(-6), 1e-15);

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.025)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.975)]
    public void Has_quantiles_that_invert_its_probabilities(double p) => TwoHills.Cdf(TwoHills.Quantile(p)).ShouldBe(p, 1e-8);
}

public class Weighted_nodes
{
    [Fact]
    public void Of_a_fine_grid_have_the_quantiles_of_the_curve_they_integrate()
    {
        var values = Enumerable.Range(0, 2001).Select(i => -5 + i * 0.005).ToArray();
        var density = values.Select(x => Math.Exp(-0.5 * x * x)).ToArray();
        var total = density.Sum();
        var nodes = new WeightedNodes(values, [.. density.Select(d => d / total)]);
        nodes.Mean.ShouldBe(0, 1e-10);
        nodes.Sd.ShouldBe(1, 1e-4);
        nodes.Quantile(0.975).ShouldBe(1.96, 1e-3);
    }
}
