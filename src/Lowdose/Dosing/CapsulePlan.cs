using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>Which capsules a schedule needs, and how many of each: it adds up to the schedule's amount exactly.</summary>
/// <param name="Strengths">The smallest first.</param>
/// <param name="Counts">How many of each, in the same order.</param>
public sealed record CapsulePlan(IReadOnlyList<Mass> Strengths, IReadOnlyList<int> Counts)
{
    /// <summary>More than this at once and each dose gets a capsule of its own strength instead.</summary>
    public const int MostAtOnce = 4;

    /// <summary>What goes into the capsules, and what must not.</summary>
    public const string Fillers = "Filler: microcrystalline cellulose (Avicel), lactose or sucrose. Not calcium carbonate, and never a slow-release filler or tablet. "
        + "Ask about lactose if you do not tolerate it. Avicel capsules kept their content for 360 days at room temperature in the dark.";

    /// <summary>All capsules together.</summary>
    public Mass Total => Strengths.Zip(Counts).Aggregate(Mass.Zero, (sum, some) => sum + (some.Second * some.First));

    /// <summary>One strength where every dose is a few of it; else one strength a dose.</summary>
    public static CapsulePlan Of(Schedule schedule)
    {
        Mass[] doses = [.. schedule.Doses.Select(d => d.Amount)];
        Mass[] different = [.. doses.Distinct().Order()];
        if (different.Length == 0) return new([], []);
        var common = new Mass(different.Select(d => d.Nanograms).Aggregate(Common));
        return different[^1].Nanograms / common.Nanograms <= MostAtOnce
            ? new([common], [(int)doses.Sum(d => d.Nanograms / common.Nanograms)])
            : new(different, [.. different.Select(d => doses.Count(x => x == d))]);
    }

    /// <summary>The capsules of one dose.</summary>
    /// <param name="dose">A dose of the schedule.</param>
    public (Mass Strength, int Count) Holding(Mass dose) => Strengths.Contains(dose) ? (dose, 1) : (Strengths[0], (int)(dose.Nanograms / Strengths[0].Nanograms));

    private static long Common(long left, long right)
    {
        while (left != 0) (left, right) = (right % left, left);
        return right;
    }
}
