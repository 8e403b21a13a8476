using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;

namespace Lowdose.Benchmarks;

/// <summary>What became of the trials of one cell.</summary>
public sealed record TrialTally
{
    public int People { get; set; }
    public int Benefit { get; set; }
    public int NoBenefit { get; set; }
    public int Harm { get; set; }
    public int LeastP { get; set; }
    public int WelchBetter { get; set; }
    public int WelchWorse { get; set; }
    public int FixedBetter { get; set; }
    public int FixedWorse { get; set; }
    public int Groups { get; set; }
    public int GroupP { get; set; }
    public int GroupBenefit { get; set; }
    public int GroupNoBenefit { get; set; }
    public int GroupHarm { get; set; }

    public static TrialTally operator +(TrialTally a, TrialTally b) => new()
    {
        People = a.People + b.People, Benefit = a.Benefit + b.Benefit, NoBenefit = a.NoBenefit + b.NoBenefit, Harm = a.Harm + b.Harm, LeastP = a.LeastP + b.LeastP,
        WelchBetter = a.WelchBetter + b.WelchBetter, WelchWorse = a.WelchWorse + b.WelchWorse, FixedBetter = a.FixedBetter + b.FixedBetter, FixedWorse = a.FixedWorse + b.FixedWorse,
        Groups = a.Groups + b.Groups, GroupP = a.GroupP + b.GroupP, GroupBenefit = a.GroupBenefit + b.GroupBenefit, GroupNoBenefit = a.GroupNoBenefit + b.GroupNoBenefit, GroupHarm = a.GroupHarm + b.GroupHarm,
    };
}

/// <summary>How often a whole blinded trial is read rightly: verdict, randomisation p and the rule that was planned, beside a Welch t test of days.</summary>
public static class TrialErrors
{
    /// <summary>People in a group trial.</summary>
    public const int GroupSize = 6;
    public const double Sigma = 1.5, TauDays = 5, Missing = 0.15, Mg = 4.5, Level = 0.05;
    public const int Groups = 100, FullGroups = 2_000;

    public static readonly (int Pairs, int Days)[] Designs = [(2, 42), (3, 28)];
    public static readonly double[] Effects = [0, -1, -1.5, -2.5], Rhos = [0.3, 0.5, 0.8];

    private static readonly TrialPlan Alone = new(), Together = new() { Rule = TrialRule.Mean, PermutationLevel = Level };

    /// <summary>A cell of the table.</summary>
    public sealed record Cell(int Pairs, int Days, double Effect, double Rho);

    public static IReadOnlyList<Cell> Cells() => [.. from d in Designs from effect in Effects from rho in Rhos select new Cell(d.Pairs, d.Days, effect, rho)];

    public static IReadOnlyDictionary<Cell, TrialTally> Run(ulong seed, int groups)
    {
        var cells = Cells();
        var tallies = new TrialTally[cells.Count * groups];
        Parallel.For(0, tallies.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => tallies[i] = Group(cells[i / groups], seed, (ulong)i));
        return cells.Select((cell, c) => (cell, tallies[(c * groups)..((c + 1) * groups)].Aggregate((a, b) => a + b))).ToDictionary();
    }

    /// <summary>Six people: each one's trial by itself, and all together.</summary>
    private static TrialTally Group(Cell cell, ulong seed, ulong stream)
    {
        var tally = new TrialTally { Groups = 1, People = GroupSize };
        var (periods, tables) = (new TrialPeriod[GroupSize][], new PersonTable[GroupSize]);
        var own = Restriction.CoinPairs(1, cell.Pairs);
        for (var person = 0; person < GroupSize; person++)
        {
            var random = new Philox(seed, stream * GroupSize + (ulong)person);
            var coins = Enumerable.Range(0, cell.Pairs).Select(_ => random.NextUniform() < 0.5).ToArray();
            bool[] dealt = [.. coins.SelectMany(drugFirst => new[] { drugFirst, !drugFirst })];
            var days = Noise(cell, ref random, out var truth);
            var trial = new TrialCourse
            {
                Course = Filled(cell, dealt, truth, days) with { ToldRandomised = true }, Periods = dealt.Length, Drug = dealt, Pairs = [.. Enumerable.Range(0, dealt.Length).Select(p => p / 2)],
            };
            periods[person] = PeriodMeans.Of(trial, Alone.AnalyticWashOutDays, person);
            var test = Randomisation.Test([periods[person]], own);
            var inference = CourseInference.Of(trial.Course);
            tables[person] = PersonTable.Of(inference.Effects[0], 0.2 * trial.Course.Range);
            Count(tally, Conclude.Decide(VerdictTable.Decide(CourseDesign.Of(trial.Course), Judge.Chances(inference)), test.OneSided, Alone));
            if (test.OneSided <= own.Least.OneSided + 1e-12) tally.LeastP++;
            Welch(trial.Course, tally, ours: true);
            // The same person and the same noise, had the order been A, B, A, B with placebo first.
            Welch(Filled(cell, [.. Enumerable.Range(0, dealt.Length).Select(p => p % 2 == 1)], truth, days), tally, ours: false);
        }
        var together = Randomisation.Test(periods, Restriction.CoinPairs(GroupSize, cell.Pairs));
        if (together.OneSided <= Level) tally.GroupP++;
        switch (Conclude.Decide(Pool.TwoStage(new TableStudy(10, tables)), 1, together, Together))
        {
            case TrialDecision.Benefit: tally.GroupBenefit++; break;
            case TrialDecision.NoBenefit: tally.GroupNoBenefit++; break;
            case TrialDecision.Harm: tally.GroupHarm++; break;
        }
        return tally;
    }

    /// <summary>A person: level within 3.5 to 8.5, no trend or one of a point over the course, by a coin.</summary>
    private static DrawnDays Noise(Cell cell, ref Philox random, out Truth truth)
    {
        var length = 2 * cell.Pairs * cell.Days;
        double level;
        do level = 6 + random.NextNormal();
        while (level is < 3.5 or > 8.5);
        truth = new Truth
        {
            Effect = _ => cell.Effect, Level = level, Rho = cell.Rho, Sigma = Sigma, TauDays = TauDays, Missing = Missing,
            TrendPer28Days = random.NextUniform() < 0.5 ? 0 : -28.0 / length,
        };
        var days = new DrawnDays(length);
        for (var t = 0; t < length; t++) (days.Slow[t], days.White[t], days.Chance[t]) = (random.NextNormal(), random.NextNormal(), random.NextUniform());
        return days;
    }

    private static Course Filled(Cell cell, bool[] drug, Truth truth, DrawnDays days)
    {
        VirtualCourse.Fill([.. drug.Select(d => d ? new CourseBlock(Arm.Ldn, Mg, cell.Days) : new CourseBlock(Arm.Placebo, 0, cell.Days))], [Mg], [cell.Effect], truth.Level, truth, days);
        return new() { Scores = [.. days.Scores], DosesMg = [.. days.DosesMg], Arms = [.. days.Arms], Blocks = [.. days.Blocks] };
    }

    private static void Count(TrialTally tally, TrialDecision decision)
    {
        switch (decision)
        {
            case TrialDecision.Benefit: tally.Benefit++; break;
            case TrialDecision.NoBenefit: tally.NoBenefit++; break;
            case TrialDecision.Harm: tally.Harm++; break;
        }
    }

    /// <summary>Welch's t test of days, two-sided, 0.05: days taken as independent, no day left out.</summary>
    private static void Welch(Course course, TrialTally tally, bool ours)
    {
        if (NaiveRules.Of(course) is not { } naive || !(naive.WelchP < Level)) return;
        var better = naive.MeanOn < naive.MeanOff;
        if (ours) (tally.WelchBetter, tally.WelchWorse) = (tally.WelchBetter + (better ? 1 : 0), tally.WelchWorse + (better ? 0 : 1));
        else (tally.FixedBetter, tally.FixedWorse) = (tally.FixedBetter + (better ? 1 : 0), tally.FixedWorse + (better ? 0 : 1));
    }
}
