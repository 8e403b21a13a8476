using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Quantities;
using Lowdose.Science.Inference;
using Lowdose.Web.Plots;
using Lowdose.Web.Pools;

namespace Lowdose.Web.Cohorts;

/// <summary>A cohort as it may be shown: every number is of at least <see cref="SmallCells.Fewest"/> people, and none of fewer can be worked out.</summary>
/// <param name="Agreed">How many agreed; null where they are too few, and then there is nothing else.</param>
/// <param name="Scores">What they are judged by, and how many.</param>
/// <param name="Doses">The highest dose so far, and how many.</param>
/// <param name="Verdicts">The answer so far, and how many.</param>
/// <param name="Weeks">For each week from the first on, the median share of days with the main score, up to the last that enough people have behind them.</param>
/// <param name="Chosen">The main score that is pooled and can be given out; null where there is none.</param>
public sealed record CohortSheet(int? Agreed, IReadOnlyList<CohortCell> Scores, IReadOnlyList<CohortCell> Doses, IReadOnlyList<CohortCell> Verdicts, IReadOnlyList<double> Weeks, string? Chosen)
{
    private const int MostWeeks = 52;

    private static readonly (string Name, decimal Over, decimal To)[] Bands =
        [("no dose known", -1, 0), ("up to 1.5 mg", 0, 1.5m), ("over 1.5 mg, to 3 mg", 1.5m, 3), ("over 3 mg, to 4.5 mg", 3, 4.5m), ("over 4.5 mg", 4.5m, decimal.MaxValue)];

    /// <summary>Those whose main score is the chosen one; nobody where there is none.</summary>
    internal IReadOnlyList<CohortPerson> People { get; private init; } = [];

    /// <summary>The main scores that can be chosen.</summary>
    public IEnumerable<string> Choices => Scores.Where(c => c.People is not null && c.Key is not null).Select(c => c.Key!);

    /// <summary>What they say together of the drug, by their tables; null where nothing is chosen.</summary>
    internal PoolSheet? Effect { get; private init; }

    /// <summary>What is pooled.</summary>
    /// <param name="score">One of <see cref="DayFields.Scores"/>.</param>
    public static Outcome Outcome(string score) => new(DayFields.Words(score), 0, 10, DayFields.HigherIsBetter.Contains(score), null, 1);

    /// <summary>The sheet of everybody who agreed.</summary>
    /// <param name="people">Everybody.</param>
    /// <param name="score">The main score asked for; null or one that cannot be chosen: that of most people.</param>
    /// <param name="pooled">Whether the effect is wanted.</param>
    internal static CohortSheet Of(IReadOnlyList<CohortPerson> people, string? score, bool pooled)
    {
        if (people.Count < SmallCells.Fewest) return new(null, [], [], [], [], null);
        var scores = Cells([.. DayFields.Scores.Select(s => (DayFields.Words(s), (string?)s)), ("no main score yet", null)], people, (p, key) => p.Score == key);
        var choices = scores.Where(c => c is { Key: not null, People: not null }).ToArray();
        var chosen = choices.FirstOrDefault(c => c.Key == score)?.Key ?? choices.MaxBy(c => c.People)?.Key;
        CohortPerson[] of = chosen is null ? [] : [.. people.Where(p => p.Score == chosen)];
        return new(people.Count, scores, Cells([.. Bands.Select(b => (b.Name, (string?)b.Name))], people, (p, key) => Band(p.Highest) == key),
            Cells([.. Enum.GetValues<Verdict>().Select(v => (Figures.Of(v), (string?)v.ToString())), ("no answer yet", null)], people, (p, key) => p.Verdict?.ToString() == key), Completeness(people), chosen)
        { People = of, Effect = pooled && chosen is not null ? Pooled(of, chosen) : null };
    }

    private static CohortCell[] Cells(IReadOnlyList<(string Name, string? Key)> cells, IReadOnlyList<CohortPerson> people, Func<CohortPerson, string?, bool> isIn)
    {
        var shown = SmallCells.Shown([.. cells.Select(c => people.Count(p => isIn(p, c.Key)))]);
        return [.. cells.Select((c, i) => new CohortCell(c.Name, c.Key, shown[i]))];
    }

    private static string Band(Mass highest) => Bands.First(b => highest.ExactMilligrams > b.Over && highest.ExactMilligrams <= b.To).Name;

    private static double[] Completeness(IReadOnlyList<CohortPerson> people) =>
        [.. Enumerable.Range(0, Math.Min(MostWeeks, people.Max(p => p.Weeks.Count))).Select(w => (double[])[.. people.Where(p => p.Weeks.Count > w).Select(p => p.Weeks[w]).Order()])
            .TakeWhile(shares => shares.Length >= SmallCells.Fewest).Select(shares => (shares[(shares.Length - 1) / 2] + shares[shares.Length / 2]) / 2)];

    private static PoolSheet? Pooled(CohortPerson[] people, string score)
    {
        var analysis = new PoolAnalysis(Outcome(score)) { TwoStage = true };
        // Nobody has a name here, not even in memory.
        var (pool, _, _) = TablePool.Of(analysis, new([.. people.Select(_ => "")], [.. people.Select(p => p.Table!)], [], []), []);
        return pool is null ? null : new(analysis.Outcome, "two stages, Bayes", pool.Effect, pool.NewPerson, [("effect", pool.Effect)], [], [], double.NaN, double.NaN, []);
    }
}

/// <summary>A row of a table of people.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Key">The same for a program; null for those who have none.</param>
/// <param name="People">How many; null is kept back.</param>
public sealed record CohortCell(string Name, string? Key, int? People);
