namespace Lowdose.Science.Inference.Trials;

/// <summary>One lot of a randomisation: some people, and every allocation they could have been dealt together, each as likely.</summary>
/// <param name="People">Their numbers, 0 first.</param>
/// <param name="Rows">Each row: whether a period was of the drug, person after person as in <paramref name="People"/>, period after period. Two rows may be the same where arms differ only in dose.</param>
public sealed record Lot(IReadOnlyList<int> People, IReadOnlyList<bool[]> Rows);

/// <summary>
/// What the randomisation could have dealt: independent lots that are listed, or draws where they cannot be. A permutation test compares
/// the trial with these allocations and no others.
/// </summary>
/// <remarks>Source: docs/methods/trial-analysis.md §2.</remarks>
public sealed record Restriction
{
    /// <summary>Independent lots that together cover everybody once; empty where allocations are drawn.</summary>
    public IReadOnlyList<Lot> Lots { get; init; } = [];

    /// <summary>Everybody's allocation by lot, as the trial's own was drawn: the n-th draw, person after person, period after period. Null where lots are listed.</summary>
    public Func<int, bool[]>? Draw { get; init; }

    /// <summary>How many allocations are drawn where they are too many to count.</summary>
    public int Draws { get; init; } = 19_999;

    /// <summary>The seed of the draws from listed lots.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many allocations there are; NaN where they are only drawn.</summary>
    public double Allocations => Draw is null ? Lots.Aggregate(1.0, (product, lot) => product * lot.Rows.Count) : double.NaN;

    /// <summary>
    /// The smallest one-sided p that any data could give: one allocation of all. Two-sided it is twice that where every allocation's mirror
    /// (drug for placebo) is legal too. Two pairs: 0.25 and 0.5. NaN where allocations are only drawn.
    /// </summary>
    public (double OneSided, double TwoSided) Least =>
        (1 / Allocations, (Lots.All(HasMirrors) ? 2 : 1) / Allocations);

    /// <summary>Each person's periods in pairs, the order within each pair by a coin.</summary>
    /// <param name="people">How many people.</param>
    /// <param name="pairs">Pairs a person, 1 to 16.</param>
    /// <returns>One lot a person, of 2^pairs rows.</returns>
    public static Restriction CoinPairs(int people, int pairs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(people, 1);
        if (pairs is < 1 or > 16) throw new ArgumentOutOfRangeException(nameof(pairs), "1 to 16 pairs are listed");
        bool[][] rows = [.. Enumerable.Range(0, 1 << pairs).Select(coins => Enumerable.Range(0, 2 * pairs).Select(p => (coins >> (p / 2) & 1) == p % 2).ToArray())];
        return new() { Lots = [.. Enumerable.Range(0, people).Select(person => new Lot([person], rows))] };
    }

    private static bool HasMirrors(Lot lot)
    {
        var rows = lot.Rows.Select(Text).ToHashSet(StringComparer.Ordinal);
        return lot.Rows.All(row => rows.Contains(Text([.. row.Select(drug => !drug)])));
    }

    internal static string Text(IEnumerable<bool> row) => string.Concat(row.Select(drug => drug ? 'L' : 'P'));
}
