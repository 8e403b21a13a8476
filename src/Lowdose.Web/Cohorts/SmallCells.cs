namespace Lowdose.Web.Cohorts;

/// <summary>
/// The small-cell rule: no count of fewer than <see cref="Fewest"/> people is shown, and as many more are kept back as it takes that none can be worked out from
/// the total. What is kept back and what is nobody look alike. Source: docs/methods/cohort.md.
/// </summary>
public static class SmallCells
{
    /// <summary>The fewest people that are shown or given out together. Our choice.</summary>
    public const int Fewest = 5;

    /// <summary>Counts of people whose total is known.</summary>
    /// <param name="counts">Each person in one of them.</param>
    /// <returns>The same in the same order; null is kept back.</returns>
    public static IReadOnlyList<int?> Shown(IReadOnlyList<int> counts)
    {
        int?[] shown = [.. counts.Select(c => c < Fewest ? (int?)null : c)];
        // What is kept back is known together, from the total: that must be nobody, or no few.
        foreach (var next in Enumerable.Range(0, counts.Count).Where(i => shown[i] is not null).OrderBy(i => counts[i]).ThenBy(i => i))
        {
            if (counts.Where((_, i) => shown[i] is null).Sum() is 0 or >= Fewest) break;
            shown[next] = null;
        }
        return shown;
    }
}
