using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Crossover;

/// <summary>
/// t tests of period means. Two periods: Grizzle's contrasts of the two orders. More: least squares with a level for every
/// person and every period, which for two periods is the same.
/// </summary>
/// <remarks>Source: Senn, Cross-over Trials in Clinical Research, 2nd ed. (2002), ch. 3; Grizzle, Biometrics 21 (1965) 467–480.</remarks>
internal static class Classical
{
    /// <param name="all">Every period begun, by person and period.</param>
    /// <param name="both">The scored ones of people with both treatments.</param>
    public static ClassicalComparison Of(PeriodMean[] all, PeriodMean[] both) => all.Max(m => m.Period) <= 2 ? TwoPeriods(both) : Many(all, both);

    private static ClassicalComparison TwoPeriods(PeriodMean[] both)
    {
        List<(double First, double Second)> placeboFirst = [], drugFirst = [];
        for (var i = 0; i + 1 < both.Length; i += 2)
            (both[i].Drug ? drugFirst : placeboFirst).Add((both[i].Mean, both[i + 1].Mean));
        return new(
            Pooled(drugFirst.Select(p => p.First - p.Second), placeboFirst.Select(p => p.First - p.Second), 0.5),
            Pooled(drugFirst.Select(p => p.Second - p.First), placeboFirst.Select(p => p.First - p.Second), 0.5),
            Pooled(placeboFirst.Select(p => p.First + p.Second), drugFirst.Select(p => p.First + p.Second), 1));
    }

    /// <summary>Times the difference of two means, with their variances pooled.</summary>
    private static TTest Pooled(IEnumerable<double> left, IEnumerable<double> right, double times)
    {
        double[] a = [.. left], b = [.. right];
        if (a.Length == 0 || b.Length == 0) return TTest.None;
        double meanA = a.Average(), meanB = b.Average();
        double df = a.Length + b.Length - 2;
        var variance = (a.Sum(x => (x - meanA) * (x - meanA)) + b.Sum(x => (x - meanB) * (x - meanB))) / df;
        return TTest.Of(times * (meanA - meanB), times * Math.Sqrt(variance * (1.0 / a.Length + 1.0 / b.Length)), df);
    }

    private static ClassicalComparison Many(PeriodMean[] all, PeriodMean[] both)
    {
        var drug = all.ToDictionary(m => (m.Person, m.Period), m => m.Drug);
        double[] treatment = [.. both.Select(m => m.Drug ? 1.0 : 0)];
        double[] before = [.. both.Select(m => drug.GetValueOrDefault((m.Person, m.Period - 1)) ? 1.0 : 0)];
        var periods = Periods(both);
        return new(Within(both, [treatment, .. periods], 0), TTest.None, Within(both, [treatment, before, .. periods], 1));
    }

    /// <summary>One indicator for every period but the first.</summary>
    public static IEnumerable<double[]> Periods(PeriodMean[] means) =>
        means.Select(m => m.Period).Distinct().Order().Skip(1).Select(p => means.Select(m => m.Period == p ? 1.0 : 0).ToArray());

    /// <summary>One coefficient of least squares with a level for every person.</summary>
    private static TTest Within(PeriodMean[] means, double[][] columns, int wanted)
    {
        double[][] centred = [.. columns.Select(c => Centred(means, c)), Centred(means, [.. means.Select(m => m.Mean)])];
        var p = columns.Length;
        var cross = new double[p * p];
        var score = new double[p];
        // The wanted column last: what the others determine is then found in it, not in them.
        int[] order = [.. Enumerable.Range(0, p).Where(c => c != wanted), wanted];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < p; j++) cross[i * p + j] = Dot(centred[order[i]], centred[order[j]]);
            score[i] = Dot(centred[order[i]], centred[p]);
        }
        var rank = SmallCholesky.Factor(cross, p, out _);
        if (p == 0 || cross[p * p - 1] == 0) return TTest.None;
        var estimate = (double[])score.Clone();
        SmallCholesky.Solve(cross, p, estimate);
        double df = means.Length - means.Select(m => m.Person).Distinct().Count() - rank;
        var squares = 0.0;
        for (var row = 0; row < means.Length; row++)
        {
            var left = centred[p][row];
            for (var i = 0; i < p; i++) left -= estimate[i] * centred[order[i]][row];
            squares += left * left;
        }
        return TTest.Of(estimate[p - 1], Math.Sqrt(squares / df) / cross[p * p - 1], df);
    }

    private static double[] Centred(PeriodMean[] means, double[] column)
    {
        var level = means.Select((m, i) => (m.Person, Value: column[i])).GroupBy(x => x.Person).ToDictionary(g => g.Key, g => g.Average(x => x.Value));
        return [.. means.Select((m, i) => column[i] - level[m.Person])];
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
