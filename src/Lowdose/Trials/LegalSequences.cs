using System.Numerics;
using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>
/// Every allocation a trial's randomisation could have dealt. An allocation is one row of arm numbers (<see cref="Arms"/>), subject after
/// subject, period after period: the arm of subject s in period p is <c>row[s * Periods + p]</c>, both from 0. Each row is as likely as any
/// other, so that a permutation test compares the trial with these rows and no others. Source: docs/methods/trials.md.
/// </summary>
public sealed class LegalSequences
{
    /// <summary>No more rows than this are listed; beyond, they are drawn.</summary>
    public const int MostListed = 100_000;

    private readonly Deal[] _deals;
    private readonly Minimisation? _minimisation;

    private LegalSequences(IReadOnlyList<TrialArm> arms, int subjects, int periods, Deal[] deals, Minimisation? minimisation) =>
        (Arms, Subjects, Periods, _deals, _minimisation) = (arms, subjects, periods, deals, minimisation);

    /// <summary>What the numbers mean.</summary>
    public IReadOnlyList<TrialArm> Arms { get; }
    /// <summary>How many subjects.</summary>
    public int Subjects { get; }
    /// <summary>Periods of each subject.</summary>
    public int Periods { get; }

    /// <summary>How many rows there are; null under minimisation, where they are not equally likely and can only be drawn.</summary>
    public BigInteger? Count => _minimisation is null ? _deals.Aggregate(BigInteger.One, (product, d) => product * d.Count) : null;

    /// <summary>Whether <see cref="All"/> gives them.</summary>
    public bool Listed => Count <= MostListed;

    /// <summary>Every row, each once.</summary>
    /// <exception cref="InvalidOperationException">There are too many, or they are not equally likely; ask <see cref="Listed"/>, and draw.</exception>
    public IReadOnlyList<int[]> All()
    {
        if (!Listed) throw new InvalidOperationException("these allocations cannot be listed; draw them");
        var rows = new List<int[]>();
        Fill(0, new int[Subjects * Periods]);
        return rows;

        void Fill(int deal, int[] row)
        {
            if (deal == _deals.Length)
            {
                rows.Add([.. row]);
                return;
            }
            foreach (var dealt in _deals[deal].All())
            {
                _deals[deal].Write(dealt, row);
                Fill(deal + 1, row);
            }
        }
    }

    /// <summary>One row by lot, as the trial's own was drawn.</summary>
    /// <param name="draw">The chance.</param>
    public int[] Draw(SeededDraw draw)
    {
        if (_minimisation is not null) return _minimisation.Draw(draw);
        var row = new int[Subjects * Periods];
        foreach (var deal in _deals) deal.Draw(draw, row);
        return row;
    }

    /// <summary>The legal allocations of a design to some subjects.</summary>
    /// <param name="design">Read and checked.</param>
    /// <param name="subjects">At least one; their levels are among the design's.</param>
    /// <param name="legal">Null where it is refused.</param>
    /// <returns>Null, or why the design cannot be dealt.</returns>
    public static Refused? Of(Design design, IReadOnlyList<TrialSubject> subjects, out LegalSequences? legal)
    {
        legal = null;
        if (TrialDesign.Wrong(design) is { } wrong) return wrong;
        if (subjects.Count == 0) return new("nobody is in the trial", "add a subject first");
        var arms = TrialArm.Of(design);
        var trial = design.TrialOrUsual;
        int[] written = [.. design.Written.Select(p => arms.Index().Single(a => a.Item.Kind == p.Arm && a.Item.Dose == p.Dose).Index)];
        var periods = trial.Allocation is DesignAllocation.Groups or DesignAllocation.Minimised ? 1 : written.Length;
        if (trial.Allocation == DesignAllocation.Minimised)
        {
            legal = new(arms, subjects.Count, 1, [], new(arms.Count, subjects, trial.Factors, trial.FavourPercent));
            return null;
        }
        legal = new(arms, subjects.Count, periods, [.. Deals(trial, subjects, written, arms)], null);
        return null;
    }

    private static IEnumerable<Deal> Deals(DesignTrial trial, IReadOnlyList<TrialSubject> subjects, int[] written, IReadOnlyList<TrialArm> arms)
    {
        var periods = written.Length;
        int[] every = [.. Enumerable.Range(0, subjects.Count)];
        switch (trial.Allocation)
        {
            case DesignAllocation.Pairs:
                return every.SelectMany(s => Enumerable.Range(0, periods / arms.Count).Select(b => Deal.Order(Enumerable.Range(s * periods + b * arms.Count, arms.Count), [.. Enumerable.Range(0, arms.Count)])));
            case DesignAllocation.Balanced:
                return every.Select(s => Deal.Order(Enumerable.Range(s * periods, periods), written));
            case DesignAllocation.Sequences:
                return Strata(subjects).Select(people => Deal.Evenly([.. people.Select(s => Enumerable.Range(s * periods, periods).ToArray())], [written, [.. written.Reverse()]]));
            case DesignAllocation.Groups:
                return Strata(subjects).SelectMany(people => people.Chunk(trial.BlockSize)).Select(block => Deal.Evenly([.. block.Select(s => new[] { s })], [.. Enumerable.Range(0, arms.Count).Select(a => new[] { a })]));
            default:
                // A ladder or a drawn start: one of a person's own list of orders.
                int[][] orders = [.. TrialDesign.Orders(trial, written, arms)];
                return every.Select(s => Deal.Evenly([[.. Enumerable.Range(s * periods, periods)]], orders));
        }
    }

    /// <summary>Subjects of the same levels together, in their order.</summary>
    private static IEnumerable<int[]> Strata(IReadOnlyList<TrialSubject> subjects) => subjects.Index().GroupBy(s => string.Join('\n', s.Item.Levels)).Select(g => g.Select(s => s.Index).ToArray());
}
