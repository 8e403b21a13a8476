namespace Lowdose.Tests.Pharmacology;

/// <summary>What is supposed of rebound, pool and receptors does what its formulas promise, and nothing where its strength is nought.</summary>
public sealed class HypothesesTests
{
    private const double None = 0, Slow = 1, Parent = 3;

    private static Course Nights(string model, params (string, double)[] values) => Course.Of(Course.Model(model, null, values), 4.5, 14, 24 * 40, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Without_feedback_there_is_no_rebound(double driver)
    {
        var course = Nights("rebound", ("GAMMA", 0), ("DRIVER", driver));
        foreach (var opioid in course["OPIOID"]) opioid.ShouldBe(1, 1e-7);
        course["TONE"].Max().ShouldBeLessThanOrEqualTo(1 + 2e-5);
    }

    [Fact]
    public void With_feedback_a_short_block_is_followed_by_an_overshoot_and_a_slow_one_leaves_the_tone_low()
    {
        var (brief, slow) = (Nights("rebound", ("DRIVER", Parent)), Nights("rebound", ("DRIVER", Slow)));
        brief["TONE"].Max().ShouldBeGreaterThan(1.02);
        slow["OPIOID"].Max().ShouldBeGreaterThan(1.3);
        slow["TONE"].Skip(24 * 7).Take(24 * 7).Max().ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData("rebound")]
    [InlineData("precursor-pool")]
    [InlineData("receptor-turnover")]
    public void Where_nothing_drives_it_nothing_happens(string model)
    {
        var course = Nights(model, ("DRIVER", None));
        foreach (var tone in course["TONE"]) tone.ShouldBe(1, 1e-7);
        course["OCC"].Max().ShouldBe(0);
    }

    [Fact]
    public void Every_hypothesis_keeps_the_kinetics_it_stands_on()
    {
        // The kinetics are exact in one and solved to 1e-8 a step in the other; a block near 0 shows the solver's error six times enlarged.
        var plain = Nights("naltrexone");
        foreach (var model in (string[])["rebound", "precursor-pool", "receptor-turnover"])
        {
            var course = Nights(model);
            foreach (var column in (string[])["NTX", "NTXOL", "OCC_SLOW", "OCC_PLASMA"])
                for (var i = 0; i < plain.Hours.Length; i += 7) course[column][i].ShouldBe(plain[column][i], 5e-5 * (1 + plain[column].Max()), $"{model} {column} {i}");
        }
    }

    [Fact]
    public void The_pool_gives_a_rebound_first_and_a_shortage_later()
    {
        var course = Nights("precursor-pool", ("DRIVER", Parent));
        course["OPIOID"].Max().ShouldBeGreaterThan(1.1);
        course["POOL"].Min().ShouldBeLessThan(0.9);
        course["OPIOID"].Min().ShouldBeLessThan(0.98);
    }

    [Fact]
    public void Steady_full_block_doubles_the_receptors_and_they_outlast_the_block()
    {
        var full = Course.Of(Course.Model("receptor-turnover"), 50_000, 60, 24 * 60, 24);
        full["RECEPTORS"][^1].ShouldBe(2, 0.01);
        var after = Nights("receptor-turnover");
        after["RECEPTORS"].Max().ShouldBeInRange(1.3, 2);
        after["TONE"].Skip(24 * 20).Max().ShouldBeGreaterThan(1);
    }
}
