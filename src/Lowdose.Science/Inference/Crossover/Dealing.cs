using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Crossover;

/// <summary>
/// The permutation test: the orders that were assigned are dealt anew among the people who have scores in the same
/// periods, as the randomisation did. The statistic is the treatment's cross-product with the scores less their person's
/// and their period's mean; for complete two-period trials it ranks the deals as the t test does.
/// </summary>
/// <remarks>Source: Fisher, The Design of Experiments (1935); Monte-Carlo p as (b + 1)/(m + 1): Davison &amp; Hinkley (1997) §4.</remarks>
internal static class Dealing
{
    private const int MostDeals = 100_000, Sampled = 19_999;

    /// <summary>People with scores in the same periods: what each was assigned, and how each went beyond person and period.</summary>
    private sealed record Stratum(int[] Orders, double[][] Pays);

    public static PermutationTest Test(PeriodMean[] both, ulong seed)
    {
        Stratum[] strata = [.. both.GroupBy(m => m.Person).GroupBy(p => string.Join(' ', p.Select(m => m.Period))).Select(Of).Where(s => s.Pays.Length > 1)];
        if (strata.Length == 0 || strata.All(s => Ways(s.Orders) == 1)) return new(double.NaN, true, 0);
        var observed = strata.Sum(s => Total(s, s.Orders));
        // Ties between deals are ties in arithmetic, not in rounding.
        var enough = Math.Abs(observed) - 1e-9 * strata.Sum(s => s.Pays.Sum(p => p.Max(Math.Abs)));
        var deals = strata.Aggregate(1.0, (product, s) => product * Ways(s.Orders));
        if (deals <= MostDeals)
        {
            var extreme = Count(strata, 0, 0, enough);
            return new(extreme / deals, true, (int)deals);
        }
        var random = new Philox(seed, 0);
        var beyond = 0;
        int[][] dealt = [.. strata.Select(s => (int[])s.Orders.Clone())];
        for (var draw = 0; draw < Sampled; draw++)
        {
            var total = 0.0;
            for (var s = 0; s < strata.Length; s++)
            {
                Shuffle(dealt[s], ref random);
                total += Total(strata[s], dealt[s]);
            }
            if (Math.Abs(total) >= enough) beyond++;
        }
        return new((beyond + 1.0) / (Sampled + 1), false, Sampled);
    }

    private static Stratum Of(IGrouping<string, IGrouping<int, PeriodMean>> people)
    {
        PeriodMean[][] rows = [.. people.Select(p => p.ToArray())];
        var periods = rows[0].Length;
        string[] orders = [.. rows.Select(r => string.Concat(r.Select(m => m.Drug ? 'L' : 'P')))];
        string[] distinct = [.. orders.Distinct().Order(StringComparer.Ordinal)];
        double[] person = [.. rows.Select(r => r.Average(m => m.Mean))];
        double[] period = [.. Enumerable.Range(0, periods).Select(p => rows.Average(r => r[p].Mean))];
        var overall = person.Average();
        double[][] pays = [.. rows.Select((r, i) => distinct.Select(o => Enumerable.Range(0, periods).Sum(p => o[p] == 'L' ? r[p].Mean - person[i] - period[p] + overall : 0)).ToArray())];
        return new([.. orders.Select(o => Array.IndexOf(distinct, o))], pays);
    }

    private static double Total(Stratum stratum, int[] orders)
    {
        var sum = 0.0;
        for (var i = 0; i < orders.Length; i++) sum += stratum.Pays[i][orders[i]];
        return sum;
    }

    /// <summary>How many different deals: n!/(k₁! k₂! …).</summary>
    private static double Ways(int[] orders)
    {
        var ln = MathNet.Numerics.SpecialFunctions.FactorialLn(orders.Length) - orders.GroupBy(o => o).Sum(g => MathNet.Numerics.SpecialFunctions.FactorialLn(g.Count()));
        return Math.Round(Math.Exp(ln));
    }

    private static double Count(Stratum[] strata, int at, double total, double enough)
    {
        if (at == strata.Length) return Math.Abs(total) >= enough ? 1 : 0;
        var left = strata[at].Orders.GroupBy(o => o).OrderBy(g => g.Key).Select(g => g.Count()).ToArray();
        return Deal(0, total);

        double Deal(int person, double sum)
        {
            if (person == strata[at].Orders.Length) return Count(strata, at + 1, sum, enough);
            var extreme = 0.0;
            for (var o = 0; o < left.Length; o++)
            {
                if (left[o] == 0) continue;
                left[o]--;
                extreme += Deal(person + 1, sum + strata[at].Pays[person][o]);
                left[o]++;
            }
            return extreme;
        }
    }

    private static void Shuffle(int[] orders, ref Philox random)
    {
        for (var i = orders.Length - 1; i > 0; i--)
        {
            var j = (int)(random.NextUniform() * (i + 1));
            (orders[i], orders[j]) = (orders[j], orders[i]);
        }
    }
}
