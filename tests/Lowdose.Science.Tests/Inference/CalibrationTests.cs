using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Inference;

/// <summary>Truths drawn from the priors themselves: the posterior must then be right as often as it says.</summary>
[Trait("speed", "slow")]
public class Under_its_own_priors
{
    private const int Draws = 2_000;
    private const double Step = 0.01;

    [Theory]
    [InlineData("open")]
    [InlineData("blinded")]
    public void The_ranks_of_the_true_effects_are_uniform_and_the_intervals_cover(string design)
    {
        var ranks = new double[Draws];
        Parallel.For(0, Draws, i => ranks[i] = Rank(design, (ulong)i));
        // Twenty bins: chi-square with 19 degrees of freedom, 0.1 % point 43.8.
        var bins = new int[20];
        foreach (var r in ranks) bins[Math.Min(19, (int)(r * 20))]++;
        bins.Sum(n => Math.Pow(n - Draws / 20.0, 2) / (Draws / 20.0)).ShouldBeLessThan(43.8);
        foreach (var level in new[] { 0.5, 0.8, 0.95 })
        {
            var covered = ranks.Count(r => r > (1 - level) / 2 && r < (1 + level) / 2) / (double)Draws;
            covered.ShouldBe(level, 3.5 * Math.Sqrt(level * (1 - level) / Draws));
        }
    }

    /// <summary>The posterior probability below the true effect of 4.5 mg.</summary>
    private static double Rank(string design, ulong stream)
    {
        var random = new Philox(20261122, stream);
        CourseBlock[] blocks = design == "open"
            ? [new(Arm.None, 0, 28), new(Arm.Ldn, 1.5, 14), new(Arm.Ldn, 3, 14), new(Arm.Ldn, 4.5, 56)]
            : [new(Arm.None, 0, 28), new(Arm.Placebo, 0, 21), new(Arm.Ldn, 4.5, 21), new(Arm.Ldn, 4.5, 21), new(Arm.Placebo, 0, 21)];
        var truth = DrawTruth(ref random, withExpectation: design == "blinded");
        var course = VirtualCourse.Draw(blocks, truth, ref random) with { Step = Step };
        return CourseInference.Of(course).Effects[^1].Cdf(truth.Effect(4.5));
    }

    [Theory]
    [InlineData(Continuation.AsNow84)]
    [InlineData(Continuation.TwoBlindedPairs)]
    public void What_would_settle_it_happens_as_often_as_it_says(Continuation plan)
    {
        const int draws = 600;
        CourseBlock[] now = [new(Arm.None, 0, 28), new(Arm.Ldn, 1.5, 14), new(Arm.Ldn, 3, 14), new(Arm.Ldn, 4.5, 42)];
        CourseBlock[] then = plan == Continuation.AsNow84 ? [new(Arm.Ldn, 4.5, 84)]
            : [new(Arm.Ldn, 4.5, 28), new(Arm.Placebo, 0, 28), new(Arm.Placebo, 0, 28), new(Arm.Ldn, 4.5, 28)];
        var days = now.Sum(b => b.Days);
        var said = new double[draws];
        var happened = new double[draws];
        Parallel.For(0, draws, i =>
        {
            var random = new Philox(20261123, (ulong)i);
            var truth = DrawTruth(ref random, withExpectation: plan == Continuation.TwoBlindedPairs);
            var whole = VirtualCourse.Draw([.. now, .. then], truth, ref random) with { Step = Step, ToldRandomised = plan == Continuation.TwoBlindedPairs };
            var past = whole with { Scores = whole.Scores[..days], DosesMg = whole.DosesMg[..days], Arms = whole.Arms[..days], Blocks = whole.Blocks![..days], ToldRandomised = false };
            said[i] = Settle.Probability(CourseInference.Of(past), plan).Probability;
            var design = CourseDesign.Of(whole);
            happened[i] = VerdictTable.IsDecisive(VerdictTable.Decide(design, Judge.Chances(CourseInference.Of(whole))), design.Strength) ? 1 : 0;
        });
        happened.Average().ShouldBe(said.Average(), 0.06, "on the whole");
        var likely = Enumerable.Range(0, draws).Where(i => said[i] >= VerdictLimits.SettlingChance).ToList();
        likely.Count.ShouldBeGreaterThan(40);
        likely.Average(i => happened[i]).ShouldBe(likely.Average(i => said[i]), 0.10, "where it would be recommended");
    }

    private static Truth DrawTruth(ref Philox random, bool withExpectation)
    {
        double[] doses = [1.5, 3, 4.5];
        var covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(3, 3,
            (i, j) => 4 * (0.9 * Math.Exp(-0.5 * Math.Pow(Math.Log(doses[i] / doses[j]), 2)) + (i == j ? 0.1 : 0))).Cholesky().Factor;
        var z = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([random.NextNormal(), random.NextNormal(), random.NextNormal()]);
        var delta = covariance * z;
        double Effect(double mg) => delta[Array.IndexOf(doses, mg)];
        double logTau;
        do logTau = Math.Log(7) + 0.9 * random.NextNormal();
        while (logTau < Math.Log(0.5) || logTau > Math.Log(90));
        double sigma;
        do sigma = 2 * Math.Abs(random.NextNormal());
        while (sigma < Step / Math.Sqrt(12));
        // Scores may leave the scale and are not rounded: the model has no bounds and no rounding in it.
        return new Truth
        {
            Effect = Effect, Level = 5 + 3 * random.NextNormal(), Rho = Beta(ref random), Sigma = sigma,
            WhiteShare = CourseModel.WhiteShares[(int)(5 * random.NextUniform())], TauDays = Math.Exp(logTau),
            TrendPer28Days = 0.25 * random.NextNormal(), Expectation = withExpectation ? random.NextNormal() : 0, Missing = 0.15, Rounded = false,
        };
    }

    /// <summary>Beta(3, 1.5) by rejection from its density.</summary>
    private static double Beta(ref Philox random)
    {
        // The peak of x²(1−x)^½ is at 0.8.
        var top = 0.64 * Math.Sqrt(0.2);
        while (true)
        {
            var x = random.NextUniform();
            if (random.NextUniform() * top < x * x * Math.Sqrt(1 - x)) return x;
        }
    }
}
