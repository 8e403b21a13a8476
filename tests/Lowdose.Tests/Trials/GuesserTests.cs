using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;
using Lowdose.Tests.Safety;
using Lowdose.Trials;
using Xunit.Abstractions;

namespace Lowdose.Tests.Trials;

/// <summary>R16: whoever knows the restriction, the person's own scores and every blinded output guesses no better than the design lets anybody.</summary>
[Trait("trust", "R16")]
public class A_guesser(ITestOutputHelper output)
{
    private const int Trials = 10_000, Quick = 600;
    private static readonly TrialSubject Me = new("me");

    /// <summary>One trial as a guesser sees it, and what they should guess.</summary>
    /// <param name="Arms">True arms, drug is 1.</param>
    /// <param name="Outputs">Every bit of the commitment and of the kits' numbers, and which of two kits has the higher number.</param>
    /// <param name="Means">The person's mean score in each period.</param>
    private sealed record Seen(int[] Arms, bool[] Outputs, double[] Means);

    [Fact]
    public void Stays_at_chance_in_600_trials() => StaysAtChance(Quick);

    [Fact]
    [Trait("speed", "slow")]
    public void Stays_at_chance_in_10_000_trials() => StaysAtChance(Trials);

    private void StaysAtChance(int trials)
    {
        var seen = Enumerable.Range(0, trials).Select(See).ToArray();
        var fourErrors = 4 * 0.5 / Math.Sqrt(trials);
        // Who only knows the restriction: any legal order is as good as another.
        var blind = Accuracy(seen, _ => [1, 0, 1, 0]);
        blind.ShouldBe(0.5, fourErrors);
        // Who also has the person's scores, the drug doing nothing: the better period of each pair is called the drug.
        var scored = Accuracy(seen, s => [s.Means[0] < s.Means[1] ? 1 : 0, s.Means[0] < s.Means[1] ? 0 : 1, s.Means[2] < s.Means[3] ? 1 : 0, s.Means[2] < s.Means[3] ? 0 : 1]);
        scored.ShouldBe(0.5, fourErrors);
        // Who looks for the output that tells most in half of the trials, and uses it in the other half, for either pair.
        var (learnt, tried) = (seen[..(trials / 2)], seen[(trials / 2)..]);
        var outputs = new List<double>();
        foreach (var pair in new[] { 0, 2 })
        {
            var best = Enumerable.Range(0, seen[0].Outputs.Length).MaxBy(o => Math.Abs(Agreement(learnt, o, pair) - 0.5));
            var told = Agreement(learnt, best, pair) >= 0.5 ? Agreement(tried, best, pair) : 1 - Agreement(tried, best, pair);
            told.ShouldBe(0.5, fourErrors * Math.Sqrt(2));
            outputs.Add(told);
        }
        output.WriteLine(new FaultCount("R16", "the next arm guessed from the restriction, the own scores and every blinded output", trials, Trials, "trials",
            FormattableString.Invariant($"right {100 * blind:0.0} % by the restriction, {100 * scored:0.0} % by the scores, {100 * outputs.Average():0.0} % by the output that told most; chance is 50 ± {100 * fourErrors / 2:0.0} %; a nonce of 256 bits")).ToString());
    }

    [Theory]
    [InlineData("trial-pairs", 0.75)]
    [InlineData("trial-crossover", 0.75)]
    public void Who_is_told_every_earlier_arm_reaches_what_the_restriction_implies_and_no_more(string design, double ceiling)
    {
        var legal = Some.Legal(Some.Built(design), Me);
        var rows = legal.All();
        Ceiling([.. rows]).ShouldBe(ceiling, 1e-12);
        var right = 0;
        for (var seed = 0; seed < 2_000; seed++)
        {
            var row = legal.Draw(new SeededDraw(Some.Bytes(seed), "allocation"));
            for (var p = 0; p < row.Length; p++)
                if (Likeliest(rows.Where(r => r.AsSpan(0, p).SequenceEqual(row.AsSpan(0, p))), p) == row[p]) right++;
        }
        (right / 2_000.0 / rows[0].Length).ShouldBe(ceiling, 4 * 0.5 / Math.Sqrt(2_000));
    }

    private static Seen See(int seed)
    {
        var (trial, opening) = Some.Revealed(Some.Built("trial-pairs"), seed, Me);
        int[] arms = [.. opening.Of("me").Select(p => p.Drug ? 1 : 0)];
        var (sealedTrial, allocation) = Some.Sealed(Some.Built("trial-pairs"), seed, Me);
        PharmacySheet.Open(sealedTrial, allocation, new("Pharmacist", Some.Noon, Some.Capsules), (_, _) => null, out var sheet).ShouldBeNull();
        int[] numbers = [.. sheet!.Kits.All.Select(k => k.Number)];
        IEnumerable<bool> outputs = Convert.FromHexString(trial.Commitment!.Hash).SelectMany(b => Enumerable.Range(0, 8).Select(bit => (b >> bit & 1) == 1))
            .Concat(numbers.SelectMany(n => Enumerable.Range(0, 20).Select(bit => (n >> bit & 1) == 1)))
            .Concat(from i in Enumerable.Range(0, numbers.Length) from j in Enumerable.Range(0, i) select numbers[i] > numbers[j]);
        var random = new Philox(16, (ulong)seed);
        var course = VirtualCourse.Draw([.. arms.Select(a => a == 1 ? new CourseBlock(Arm.Ldn, 4.5, 56) : new CourseBlock(Arm.Placebo, 0, 56))], new Truth { Effect = _ => 0 }, ref random);
        double[] means = [.. Enumerable.Range(0, 4).Select(p => course.Scores[(56 * p)..(56 * (p + 1))].Where(y => !double.IsNaN(y)).Average())];
        return new(arms, [.. outputs], means);
    }

    /// <summary>The share of periods guessed right.</summary>
    private static double Accuracy(Seen[] seen, Func<Seen, int[]> guess) => seen.Average(s => guess(s).Zip(s.Arms).Average(g => g.First == g.Second ? 1.0 : 0));

    private static double Agreement(Seen[] seen, int output, int period) => seen.Average(s => s.Outputs[output] == (s.Arms[period] == 1) ? 1.0 : 0);

    private static int Likeliest(IEnumerable<int[]> rows, int period) => rows.CountBy(r => r[period]).MaxBy(c => (c.Value, -c.Key)).Key;

    /// <summary>The mean over periods of the chance of the best guess, every earlier arm known.</summary>
    private static double Ceiling(int[][] rows) => Enumerable.Range(0, rows[0].Length)
        .Average(p => rows.GroupBy(r => string.Concat(r.Take(p))).Sum(g => g.CountBy(r => r[p]).Max(c => c.Value)) / (double)rows.Length);
}

/// <summary>R18: schedules are uniform over the legal set in run after run, and come again from their seed.</summary>
[Trait("trust", "R18")]
public class Twenty_runs_of_schedules(ITestOutputHelper output)
{
    private const int Runs = 20, Full = 100_000;

    [Fact]
    public void Of_2_000_are_uniform_and_replayed() => Uniform(2_000);

    [Fact]
    [Trait("speed", "slow")]
    public void Of_100_000_are_uniform_and_replayed() => Uniform(Full);

    private void Uniform(int schedules)
    {
        var legal = Some.Legal(Some.Built("trial-pairs"), Some.People(2));
        var place = legal.All().Index().ToDictionary(r => string.Concat(r.Item), r => r.Index);
        var ps = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var counts = new int[place.Count];
            var hash = 0L;
            for (var i = 0; i < schedules; i++) counts[place[string.Concat(Drawn(legal, run, i))]]++;
            for (var i = 0; i < Math.Min(schedules, 2_000); i++) hash = unchecked(hash * 31 + place[string.Concat(Drawn(legal, run, i))]);
            var again = 0L;
            for (var i = 0; i < Math.Min(schedules, 2_000); i++) again = unchecked(again * 31 + place[string.Concat(Drawn(legal, run, i))]);
            again.ShouldBe(hash);
            var expected = schedules / (double)counts.Length;
            var p = 1 - MathNet.Numerics.Distributions.ChiSquared.CDF(counts.Length - 1, counts.Sum(c => (c - expected) * (c - expected) / expected));
            p.ShouldBeInRange(0.001, 0.999);
            ps.Add(p);
        }
        output.WriteLine(new FaultCount("R18", "schedules of two people in two pairs counted over all legal ones", Runs * schedules, Runs * Full, "schedules",
            FormattableString.Invariant($"{Runs} runs; chi-square over {place.Count} orders p {ps.Min():0.000} to {ps.Max():0.000}; the same again from each seed")).ToString());
    }

    private static int[] Drawn(LegalSequences legal, int run, int schedule) => legal.Draw(new SeededDraw(Some.Bytes(schedule, $"run {run}"), "allocation"));
}
