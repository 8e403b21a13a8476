using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Trials;

public sealed class UpAndDownTests
{
    /// <summary>The doses of Bruun-Plesner et al. (BRUUN2020): 0.75 to 6 mg in steps of 0.75.</summary>
    private static readonly DoseSteps Bruun = new([0.75, 1.5, 2.25, 3, 3.75, 4.5, 5.25, 6]);

    [Fact]
    public void Rising_rates_are_the_max_of_mins_of_means()
    {
        var random = new Philox(4, 0);
        for (var trial = 0; trial < 200; trial++)
        {
            double[] rates = new double[6], weights = new double[6];
            for (var i = 0; i < 6; i++) (rates[i], weights[i]) = (Math.Floor(random.NextUniform() * 4) / 3, 1 + Math.Floor(random.NextUniform() * 5));
            double Mean(int from, int to) => Enumerable.Range(from, to - from + 1).Sum(i => rates[i] * weights[i]) / Enumerable.Range(from, to - from + 1).Sum(i => weights[i]);
            double[] brute = [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, i + 1).Max(a => Enumerable.Range(i, 6 - i).Min(b => Mean(a, b))))];
            Isotonic.Rising(rates, weights).ShouldBe(brute, 1e-12);
        }
    }

    [Fact]
    public void A_target_is_read_off_straight_lines_and_not_beyond_the_doses()
    {
        double[] doses = [1, 2, 4];
        Isotonic.Reached(doses, [0, 0.25, 0.75], 0.5).ShouldBe(3, 1e-12);
        Isotonic.Reached(doses, [0.2, 0.5, 0.5], 0.5).ShouldBe(3, 1e-12);
        Isotonic.Reached(doses, [0, 0.25, 0.75], 0.95).ShouldBe(double.PositiveInfinity);
        Isotonic.Reached(doses, [0.6, 0.7, 1], 0.5).ShouldBe(double.NegativeInfinity);
    }

    [Fact]
    public void A_small_sequence_by_hand()
    {
        // 1.5 no, 2.25 yes, 1.5 no, 2.25 no, 3 yes, 2.25 yes: rates 0/2, 2/3, 1/1.
        var found = UpAndDown.Estimate([new(1.5, false), new(2.25, true), new(1.5, false), new(2.25, false), new(3, true), new(2.25, true)], Bruun);
        found.Rates.ShouldBe([new(1.5, 2, 0, 0), new(2.25, 3, 2, 2 / 3.0), new(3, 1, 1, 1)]);
        found.Ed50.Mg!.Value.ShouldBe(1.5 + 0.75 * 0.5 / (2 / 3.0), 1e-12);
        found.Ed95.Mg!.Value.ShouldBe(2.25 + 0.75 * (0.95 - 2 / 3.0) / (1 / 3.0), 1e-12);
        found.Turns.ShouldBe(3);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var answers = Trial(3, 3.88, 5.40, 25);
        UpAndDown.Estimate(answers, Bruun, 7).Ed50.ShouldBe(UpAndDown.Estimate(answers, Bruun, 7).Ed50);
        UpAndDown.Estimate(answers, Bruun, 8).Ed50.Lo.ShouldNotBe(UpAndDown.Estimate(answers, Bruun, 7).Ed50.Lo);
    }

    [Fact]
    public void Were_Bruuns_estimates_true_the_trial_of_25_would_find_ED50_again_with_about_11_responders_and_ED95_badly()
    {
        const int trials = 2_000;
        var found = Enumerable.Range(0, trials).Select(i => Trial(i, 3.88, 5.40, 25)).Select(a => (Responders: a.Count(x => x.Responded), Found: UpAndDown.Estimate(a, Bruun, 1, 1))).ToArray();
        found.Average(f => f.Responders).ShouldBe(11.8, 0.8);
        double[] fifty = [.. found.Select(f => f.Found.Ed50.Mg ?? double.NaN).Where(double.IsFinite).Order()];
        fifty.Length.ShouldBeGreaterThan(trials * 98 / 100);
        fifty[fifty.Length / 2].ShouldBe(3.88, 0.1);
        // The published estimate of ED95 is one of many such trials could have given: a fifth and more give none.
        double[] ninetyFive = [.. found.Select(f => f.Found.Ed95.Mg ?? double.PositiveInfinity).Order()];
        ninetyFive[trials / 10].ShouldBeLessThan(5.40);
        ninetyFive[trials * 9 / 10].ShouldBeGreaterThan(5.40);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_bootstrap_interval_of_ED50_holds_the_truth_about_95_times_of_100()
    {
        const int trials = 400;
        var held = 0;
        for (var i = 0; i < trials; i++)
        {
            var ed50 = UpAndDown.Estimate(Trial(i, 3.88, 5.40, 25), Bruun, (ulong)i, 499).Ed50;
            if ((ed50.Lo ?? 0) <= 3.88 && (ed50.Hi ?? 99) >= 3.88) held++;
        }
        (held / (double)trials).ShouldBeInRange(0.90, 0.995);
    }

    [Fact]
    public void A_biased_coin_gathers_the_doses_where_its_target_share_responds()
    {
        var steps = Bruun with { Target = 0.75 };
        double[] truth = [.. Bruun.DosesMg.Select(mg => Rate(mg, 3, 5.4))];
        var random = new Philox(1, 0);
        var (people, _) = UpAndDown.Draw(truth, 0, 20_000, steps, ref random);
        // Durham and Flournoy: the mode is a dose next to the target's own.
        var mode = Array.IndexOf(people, people.Max());
        Math.Abs(truth[mode] - 0.75).ShouldBeLessThan(0.2);
    }

    [Fact]
    public void A_dose_that_is_not_a_step_is_refused() =>
        Should.Throw<ArgumentException>(() => UpAndDown.Estimate([new(1, true)], Bruun));

    private static double Rate(double mg, double ed50, double ed95) => 1 / (1 + Math.Exp(-Math.Log(19) * (mg - ed50) / (ed95 - ed50)));

    private static DoseAnswer[] Trial(int number, double ed50, double ed95, int people)
    {
        var random = new Philox(2, (ulong)number);
        var answers = new DoseAnswer[people];
        var at = 3;
        for (var i = 0; i < people; i++)
        {
            answers[i] = new(Bruun.DosesMg[at], random.NextUniform() < Rate(Bruun.DosesMg[at], ed50, ed95));
            at = Bruun.Next(at, answers[i].Responded, random.NextUniform());
        }
        return answers;
    }
}
