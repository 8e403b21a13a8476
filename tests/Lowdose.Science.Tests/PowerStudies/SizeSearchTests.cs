using Lowdose.Science.Inference.Power;

namespace Lowdose.Science.Tests.PowerStudies;

public class A_search_for_the_least_size
{
    private static OperatingPoint With(double power) => new(new(power, 0, power, power), default, null, 0, 0, null, null, 1, 0);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(37)]
    [InlineData(64)]
    [InlineData(100)]
    public void Finds_it_with_few_tries(int least)
    {
        var found = SizeSearch.Least(2, 100, 0.8, n => With(n >= least ? 0.8 : 0.79));
        found.Least.ShouldBe(least);
        found.Tried.Count.ShouldBeLessThan(14);
        found.Tried.Select(t => t.Size).ShouldBeInOrder();
    }

    [Fact]
    public void Says_when_none_is_enough() => SizeSearch.Least(2, 100, 0.8, _ => With(0.5)).Least.ShouldBeNull();

    [Fact]
    public void Finds_the_people_that_the_paired_t_test_needs()
    {
        // The least n with power 0.8 by the noncentral t, and its neighbours within Monte-Carlo error.
        var study = Some.TwoPeriods(4, -0.6) with { Replicates = 2000 };
        var exact = Enumerable.Range(4, 100).First(n => Some.PowerOfT(0.6 / Math.Sqrt((0.64 + 0.72) / n), n - 2) >= 0.8);
        var found = SizeSearch.Least(4, 200, 0.8, n => Power.Of(study with { People = n }, 2));
        Math.Abs(found.Least!.Value - exact).ShouldBeLessThanOrEqualTo(3);
    }
}
