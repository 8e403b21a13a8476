using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Trials;

public sealed class RandomisationTests
{
    [Fact]
    public void Two_pairs_all_in_favour_give_0_25_one_sided_and_half_two_sided_and_no_data_can_give_less()
    {
        var restriction = Restriction.CoinPairs(1, 2);
        restriction.Least.ShouldBe((0.25, 0.5));
        var test = Randomisation.Test([Some.Periods("LPPL", [3, 5, 6, 5.5])], restriction);
        test.Difference.ShouldBe(-1.25, 1e-12);
        (test.OneSided, test.TwoSided, test.LeastOneSided, test.LeastTwoSided).ShouldBe((0.25, 0.5, 0.25, 0.5));
        (test.Exact, test.Allocations).ShouldBe((true, 4));
    }

    [Fact]
    public void One_pair_against_doubles_the_one_sided_p()
    {
        // Of the four −3.25, −1.25, 1.25 and 3.25 the second best was dealt.
        var test = Randomisation.Test([Some.Periods("PLPL", [3, 5, 7, 2.5])], Restriction.CoinPairs(1, 2));
        test.Difference.ShouldBe((2 - 4.5) / 2, 1e-12);
        test.OneSided.ShouldBe(0.5);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_exact_p_is_that_of_counting_every_allocation_one_by_one(bool paired)
    {
        var random = new Philox(5, 0);
        string[] orders = paired ? ["LPPLLP", "PLPLPL", "LPLPPL", "PLLPLP"] : ["LPPLLP", "LLLPPP", "PPLLPL"];
        TrialPeriod[][] people = [.. orders.Select((o, i) => Some.Periods(o, Means(o, i, ref random), paired, i))];
        var restriction = paired ? Restriction.CoinPairs(4, 3) : new Restriction { Lots = [.. Enumerable.Range(0, 3).Select(i => new Lot([i], Some.Balanced(6)))] };
        var (observed, all, two, one) = OneByOne(people, [.. restriction.Lots.Select(l => l.Rows.ToArray())], paired);
        var test = Randomisation.Test(people, restriction);
        test.Difference.ShouldBe(observed, 1e-12);
        test.Allocations.ShouldBe(all);
        test.TwoSided.ShouldBe(two / all, 1e-12);
        test.OneSided.ShouldBe(one / all, 1e-12);
    }

    /// <summary>Scores in halves, so that allocations tie; one person misses a period, in pairs.</summary>
    private static double[] Means(string order, int person, ref Philox random)
    {
        var means = new double[order.Length];
        for (var p = 0; p < means.Length; p++) means[p] = Math.Round(2 * (5 + random.NextNormal() - (order[p] == 'L' ? 0.8 : 0))) / 2;
        if (person == 1) means[2] = double.NaN;
        return means;
    }

    private static (double Observed, double All, double Two, double One) OneByOne(TrialPeriod[][] people, bool[][][] rows, bool paired)
    {
        var observed = people.Average(p => Own(p, [.. p.Select(r => r.Drug)], paired));
        double all = 0, two = 0, one = 0;
        var at = new int[people.Length];
        while (true)
        {
            var difference = people.Select((p, i) => Own(p, rows[i][at[i]], paired)).Average();
            all++;
            if (Math.Abs(difference) >= Math.Abs(observed) - 1e-9) two++;
            if (difference <= observed + 1e-9) one++;
            var i = 0;
            while (i < at.Length && ++at[i] == rows[i].Length) at[i++] = 0;
            if (i == at.Length) return (observed, all, two, one);
        }
    }

    private static double Own(TrialPeriod[] periods, bool[] drug, bool paired)
    {
        if (!paired) return Mean(periods, drug, true) - Mean(periods, drug, false);
        return Enumerable.Range(0, periods.Length / 2).Select(k => Mean(periods[(2 * k)..(2 * k + 2)], drug[(2 * k)..(2 * k + 2)], true) - Mean(periods[(2 * k)..(2 * k + 2)], drug[(2 * k)..(2 * k + 2)], false))
            .Where(d => !double.IsNaN(d)).Average();
    }

    private static double Mean(TrialPeriod[] periods, bool[] drug, bool which) =>
        periods.Where((p, i) => drug[i] == which && !double.IsNaN(p.Mean)).Select(p => p.Mean).DefaultIfEmpty(double.NaN).Average();

    [Fact]
    public void Eight_people_in_three_pairs_are_counted_over_all_16_777_216_allocations()
    {
        var random = new Philox(9, 0);
        TrialPeriod[][] people = [.. Enumerable.Range(0, 8).Select(i => Some.Periods("LPPLPL", [4, 6 + random.NextNormal(), 6, 4 + random.NextNormal(), 5, 5], true, i))];
        var test = Randomisation.Test(people, Restriction.CoinPairs(8, 3));
        (test.Exact, test.Allocations).ShouldBe((true, 16_777_216));
        var draws = Randomisation.Test(people, new Restriction { Draw = n => Coins(n, 48) });
        draws.Exact.ShouldBeFalse();
        Math.Abs(draws.TwoSided - test.TwoSided).ShouldBeLessThan(4 * draws.TwoSidedSe + 1e-4);
    }

    [Fact]
    public void More_allocations_than_can_be_counted_are_drawn_and_the_same_seed_draws_the_same()
    {
        var random = new Philox(2, 0);
        TrialPeriod[][] people = [.. Enumerable.Range(0, 60).Select(i => Some.Periods("LP", [5 + random.NextNormal(), 5.4 + random.NextNormal()], true, i))];
        var restriction = Restriction.CoinPairs(60, 1) with { Draws = 4_999 };
        var test = Randomisation.Test(people, restriction);
        test.Exact.ShouldBeFalse();
        test.LeastOneSided.ShouldBe(1 / 5000.0);
        test.TwoSided.ShouldBe(Randomisation.Test(people, restriction).TwoSided);
        test.TwoSidedSe.ShouldBe(Math.Sqrt(test.TwoSided * (1 - test.TwoSided) / 5000), 1e-12);
        // With sixty pairs the sign-flip distribution is as good as normal.
        double[] own = [.. people.Select(p => p[0].Mean - p[1].Mean)];
        var z = own.Average() / Math.Sqrt(own.Sum(d => d * d) / 3600);
        Math.Abs(test.OneSided - Normal.Cdf(z)).ShouldBeLessThan(4 * test.OneSidedSe + 0.01);
    }

    [Fact]
    public void Whatever_was_dealt_p_is_below_a_level_no_more_often_than_the_level()
    {
        // One set of scores, without an effect: the chance is the allocation's alone.
        double[] means = [5, 4.2, 6.1, 5.7, 3.9, 5.2];
        bool[][] legal = Some.Balanced(6);
        var restriction = new Restriction { Lots = [new([0], legal)] };
        var tests = legal.Select(row => Randomisation.Test([Some.Periods(Restriction.Text(row), means, false)], restriction)).ToArray();
        foreach (var level in new[] { 0.05, 0.1, 0.25, 0.5 })
        {
            tests.Count(t => t.OneSided <= level + 1e-12).ShouldBeLessThanOrEqualTo((int)(level * 20 + 1e-9));
            tests.Count(t => t.TwoSided <= level + 1e-12).ShouldBeLessThanOrEqualTo((int)(level * 20 + 1e-9));
        }
        tests.Min(t => t.OneSided).ShouldBe(0.05, 1e-12);
    }

    [Fact]
    public void Groups_are_compared_between_people_over_the_deals_of_their_block()
    {
        TrialPeriod[][] people = [.. new[] { (2.0, 'L'), (6, 'P'), (3, 'L'), (7, 'P'), (4, 'L'), (9, 'P') }.Select((p, i) => Some.Periods(p.Item2.ToString(), [p.Item1], false, i))];
        var test = Randomisation.Test(people, new Restriction { Lots = [new([0, 1, 2, 3, 4, 5], Some.Balanced(6))] }, TrialContrast.BetweenPeople);
        test.Difference.ShouldBe(3 - 22 / 3.0, 1e-12);
        test.OneSided.ShouldBe(1 / 20.0, 1e-12);
        test.TwoSided.ShouldBe(2 / 20.0, 1e-12);
    }

    [Fact]
    public void Orders_of_a_dose_ladder_that_look_the_same_are_counted_as_often_as_they_are_dealt()
    {
        // Placebo twice and three rising doses: only where the placebos stand shows.
        bool[][] rows = [Some.Row("PPLLL"), Some.Row("PLPLL"), Some.Row("PLPLL"), Some.Row("LPPLL")];
        var test = Randomisation.Test([Some.Periods("PLPLL", [6, 5, 7, 4, 3], false)], new Restriction { Lots = [new([0], rows)] });
        test.OneSided.ShouldBe(2 / 4.0);
        test.LeastOneSided.ShouldBe(2 / 4.0);
        new Restriction { Lots = [new([0], rows)] }.Least.ShouldBe((0.25, 0.25));
    }

    [Fact]
    public void Turning_the_scale_round_turns_the_difference_and_nothing_else()
    {
        double[] means = [3, 5, 6, 5.5, 4, 7];
        var down = Randomisation.Test([Some.Periods("LPPLLP", means)], Restriction.CoinPairs(1, 3));
        var up = Randomisation.Test([Some.Periods("LPPLLP", [.. means.Select(m => 10 - m)])], Restriction.CoinPairs(1, 3), higherIsBetter: true);
        up.Difference.ShouldBe(-down.Difference, 1e-12);
        (up.OneSided, up.TwoSided, up.LeastOneSided).ShouldBe((down.OneSided, down.TwoSided, down.LeastOneSided));
    }

    [Fact]
    public void Without_a_whole_pair_there_is_no_p() =>
        Randomisation.Test([Some.Periods("LPPL", [3, double.NaN, double.NaN, 4])], Restriction.CoinPairs(1, 2)).TwoSided.ShouldBe(double.NaN);

    [Fact]
    public void An_allocation_that_could_not_have_been_dealt_is_refused() =>
        Should.Throw<ArgumentException>(() => Randomisation.Test([Some.Periods("LLPP", [1, 2, 3, 4])], Restriction.CoinPairs(1, 2))).Message.ShouldContain("not among");

    private static bool[] Coins(int n, int periods)
    {
        var random = new Philox(11, (ulong)n);
        var row = new bool[periods];
        for (var p = 0; p < periods; p += 2)
        {
            row[p] = random.NextUniform() < 0.5;
            row[p + 1] = !row[p];
        }
        return row;
    }
}
