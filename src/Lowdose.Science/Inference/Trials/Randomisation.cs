using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Trials;

/// <summary>What is compared.</summary>
public enum TrialContrast
{
    /// <summary>The mean over people of each one's own drug − placebo; within pairs where there are pairs.</summary>
    WithinPeople,
    /// <summary>All drug periods' mean less all placebo periods' mean: for groups, where nobody has both.</summary>
    BetweenPeople,
}

/// <summary>A randomisation test: how often the trial's own randomisation would have dealt a difference as large, were the treatments the same.</summary>
/// <param name="Difference">Drug − placebo, score units; NaN where no comparison is left.</param>
/// <param name="TwoSided">p of a difference as large either way; NaN where there is none.</param>
/// <param name="OneSided">p of a benefit as large.</param>
/// <param name="LeastTwoSided">The smallest two-sided p these periods could have given under any allocation.</param>
/// <param name="LeastOneSided">The same, one-sided.</param>
/// <param name="Exact">Every allocation was counted; else some were drawn.</param>
/// <param name="Allocations">How many were counted or drawn.</param>
/// <param name="TwoSidedSe">Monte-Carlo standard error of the two-sided p; 0 where exact.</param>
/// <param name="OneSidedSe">The same, one-sided.</param>
public sealed record RandomisationTest(double Difference, double TwoSided, double OneSided, double LeastTwoSided, double LeastOneSided,
    bool Exact, double Allocations, double TwoSidedSe, double OneSidedSe)
{
    /// <summary>No comparison is left.</summary>
    internal static RandomisationTest None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, true, 0, 0, 0);
}

/// <summary>The randomisation test of a trial. Source: docs/methods/trial-analysis.md §2.</summary>
/// <remarks>Fisher, The Design of Experiments (1935); Edgington &amp; Onghena, Randomization Tests (2007); p as (b + 1)/(m + 1): Davison &amp; Hinkley (1997) §4.</remarks>
public static class Randomisation
{
    /// <summary>Sums a half of the lots may have when two halves are joined: all allocations of 20 pairs each.</summary>
    private const int MostSums = 1 << 20;

    /// <summary>The test of some people's periods.</summary>
    /// <param name="people">Each person's periods, from <see cref="PeriodMeans.Of"/>; all with the same number.</param>
    /// <param name="restriction">What could have been dealt to these people in this order.</param>
    /// <param name="contrast">What is compared.</param>
    /// <param name="higherIsBetter">Which way a benefit lies.</param>
    /// <returns>The difference in score units, and p in (0, 1].</returns>
    /// <exception cref="ArgumentException">The lots do not cover everybody once, rows have the wrong length, or what was dealt is not among them.</exception>
    public static RandomisationTest Test(IReadOnlyList<TrialPeriod[]> people, Restriction restriction, TrialContrast contrast = TrialContrast.WithinPeople, bool higherIsBetter = false)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(restriction);
        Check(people, restriction);
        var observed = Difference(people, [.. people.Select(p => p.Select(r => r.Drug).ToArray())], contrast);
        if (double.IsNaN(observed)) return RandomisationTest.None;
        // Ties between allocations are ties in arithmetic, not in rounding.
        var slack = 1e-9 * people.Sum(p => p.Where(r => !double.IsNaN(r.Mean)).Sum(r => Math.Abs(r.Mean)) + 1e-3);
        var (good, size) = (higherIsBetter ? observed : -observed, Math.Abs(observed));
        if (restriction.Draw is null && Halves(people, restriction, contrast) is var (left, right)) return Counted(observed, left, right, good, size, slack, higherIsBetter);
        return Drawn(people, restriction, contrast, observed, good, size, slack, higherIsBetter);
    }

    /// <summary>Drug − placebo under an allocation; NaN where no comparison is left.</summary>
    internal static double Difference(IReadOnlyList<TrialPeriod[]> people, IReadOnlyList<bool[]> drug, TrialContrast contrast)
    {
        if (contrast == TrialContrast.BetweenPeople) return OfRows([.. people.SelectMany(p => p)], [.. drug.SelectMany(d => d)], _ => 0);
        double sum = 0;
        var n = 0;
        for (var i = 0; i < people.Count; i++)
        {
            if (Own(people[i], drug[i]) is var own && double.IsNaN(own)) continue;
            sum += own;
            n++;
        }
        return n == 0 ? double.NaN : sum / n;
    }

    private static double Own(TrialPeriod[] periods, ReadOnlySpan<bool> drug) => OfRows(periods, drug, r => r.Pair ?? 0);

    /// <summary>The mean over blocks of (mean of drug periods − mean of placebo periods); a block without both is left out.</summary>
    private static double OfRows(TrialPeriod[] periods, ReadOnlySpan<bool> drug, Func<TrialPeriod, int> block)
    {
        var blocks = new Dictionary<int, (double On, int OnN, double Off, int OffN)>();
        for (var p = 0; p < periods.Length; p++)
        {
            if (double.IsNaN(periods[p].Mean)) continue;
            var b = blocks.GetValueOrDefault(block(periods[p]));
            blocks[block(periods[p])] = drug[p] ? b with { On = b.On + periods[p].Mean, OnN = b.OnN + 1 } : b with { Off = b.Off + periods[p].Mean, OffN = b.OffN + 1 };
        }
        double sum = 0;
        var n = 0;
        foreach (var b in blocks.Values)
        {
            if (b.OnN == 0 || b.OffN == 0) continue;
            sum += b.On / b.OnN - b.Off / b.OffN;
            n++;
        }
        return n == 0 ? double.NaN : sum / n;
    }

    /// <summary>
    /// The sorted parts of the difference that two halves of the lots can have: the difference is one of each added. Null where a half has too
    /// many. Allocations that leave no comparison are not counted: the pattern of missing periods is given.
    /// </summary>
    private static (double[] Left, double[] Right)? Halves(IReadOnlyList<TrialPeriod[]> people, Restriction restriction, TrialContrast contrast)
    {
        if (contrast == TrialContrast.BetweenPeople && restriction.Lots.Count > 1) return null;
        var parts = new List<double[]>();
        var counted = people.Count(p => !double.IsNaN(Own(p, [.. p.Select(r => r.Drug)])));
        foreach (var lot in restriction.Lots)
        {
            TrialPeriod[][] own = [.. lot.People.Select(i => people[i])];
            double[] part = [.. lot.Rows.Select(row => Part(own, row, contrast, counted)).Where(d => !double.IsNaN(d))];
            if (part.Length > 0) parts.Add(part);
        }
        double[] left = [0], right = [0];
        foreach (var part in parts.OrderByDescending(p => p.Length))
        {
            ref var smaller = ref left.Length <= right.Length ? ref left : ref right;
            if ((long)smaller.Length * part.Length > MostSums) return null;
            var sums = smaller;
            smaller = [.. part.SelectMany(d => sums.Select(s => s + d))];
        }
        Array.Sort(left);
        Array.Sort(right);
        return (left, right);
    }

    /// <summary>What a lot adds to the difference under one of its rows; NaN where it leaves other people to compare than the trial did.</summary>
    private static double Part(TrialPeriod[][] own, bool[] row, TrialContrast contrast, int counted)
    {
        bool[][] drug = [.. own.Select((p, i) => row[(i * p.Length)..((i + 1) * p.Length)])];
        if (contrast == TrialContrast.BetweenPeople) return Difference(own, drug, contrast);
        double sum = 0;
        var any = false;
        for (var i = 0; i < own.Length; i++)
        {
            var (dealt, was) = (Own(own[i], drug[i]), Own(own[i], [.. own[i].Select(r => r.Drug)]));
            if (double.IsNaN(dealt) != double.IsNaN(was)) return double.NaN;
            if (double.IsNaN(was)) continue;
            sum += dealt / counted;
            any = true;
        }
        return any ? sum : double.NaN;
    }

    private static RandomisationTest Counted(double observed, double[] left, double[] right, double good, double size, double slack, bool higherIsBetter)
    {
        var all = (double)left.Length * right.Length;
        double low = left[0] + right[0], high = left[^1] + right[^1];
        var best = higherIsBetter ? high : -low;
        return new(observed, Beyond(size) / all, OneSided(good) / all, Beyond(Math.Max(high, -low)) / all, OneSided(best) / all, true, all, 0, 0);

        double OneSided(double least) => higherIsBetter ? AtLeast(least - slack) : AtMost(-least + slack);
        double Beyond(double least) => least <= slack ? all : AtLeast(least - slack) + AtMost(-least + slack);
        double AtLeast(double bound) => all - Below(left, right, bound, strictly: true);
        double AtMost(double bound) => Below(left, right, bound, strictly: false);
    }

    /// <summary>Pairs of a left and a right sum below a bound; both are sorted, so one walk is enough.</summary>
    private static double Below(double[] left, double[] right, double bound, bool strictly)
    {
        var count = 0.0;
        var j = right.Length;
        foreach (var l in left)
        {
            while (j > 0 && (strictly ? l + right[j - 1] >= bound : l + right[j - 1] > bound)) j--;
            count += j;
        }
        return count;
    }

    private static RandomisationTest Drawn(IReadOnlyList<TrialPeriod[]> people, Restriction restriction, TrialContrast contrast, double observed, double good, double size, double slack, bool higherIsBetter)
    {
        var random = new Philox(restriction.Seed, 0);
        int drawn = 0, beyond = 0, better = 0;
        for (var n = 0; n < restriction.Draws; n++)
        {
            var difference = Difference(people, restriction.Draw is { } draw ? Cut(draw(n), people) : Dealt(people, restriction, ref random), contrast);
            if (double.IsNaN(difference)) continue;
            drawn++;
            if (Math.Abs(difference) >= size - slack) beyond++;
            if ((higherIsBetter ? difference : -difference) >= good - slack) better++;
        }
        double two = (beyond + 1.0) / (drawn + 1), one = (better + 1.0) / (drawn + 1), least = 1.0 / (drawn + 1);
        return new(observed, two, one, least, least, false, drawn, Math.Sqrt(two * (1 - two) / (drawn + 1)), Math.Sqrt(one * (1 - one) / (drawn + 1)));
    }

    private static bool[][] Dealt(IReadOnlyList<TrialPeriod[]> people, Restriction restriction, ref Philox random)
    {
        var drug = new bool[people.Count][];
        foreach (var lot in restriction.Lots)
        {
            var row = lot.Rows[(int)(random.NextUniform() * lot.Rows.Count)];
            var at = 0;
            foreach (var person in lot.People) drug[person] = row[at..(at += people[person].Length)];
        }
        return drug;
    }

    private static bool[][] Cut(bool[] row, IReadOnlyList<TrialPeriod[]> people)
    {
        var drug = new bool[people.Count][];
        var at = 0;
        for (var i = 0; i < drug.Length; i++) drug[i] = row[at..(at += people[i].Length)];
        return drug;
    }

    private static void Check(IReadOnlyList<TrialPeriod[]> people, Restriction restriction)
    {
        if (people.Count == 0) throw new ArgumentException("a trial needs a person", nameof(people));
        if (restriction.Draw is not null) return;
        if (!restriction.Lots.SelectMany(l => l.People).Order().SequenceEqual(Enumerable.Range(0, people.Count))) throw new ArgumentException("the lots cover everybody once", nameof(restriction));
        foreach (var lot in restriction.Lots)
        {
            bool[] dealt = [.. lot.People.SelectMany(i => people[i]).Select(r => r.Drug)];
            if (lot.Rows.Any(row => row.Length != dealt.Length)) throw new ArgumentException("a row has one entry a period of its people", nameof(restriction));
            if (!lot.Rows.Any(row => row.AsSpan().SequenceEqual(dealt))) throw new ArgumentException("what was dealt is not among what could have been dealt", nameof(restriction));
        }
    }
}
