using System.Globalization;

namespace Lowdose.Evidence;

/// <summary>What each number of a design may be, and what a design must be as a whole.</summary>
public static class DesignLimits
{
    /// <summary>Calendar days of one person's course, at most.</summary>
    public const int MostDays = 3650;
    /// <summary>Values of what varies, at most.</summary>
    public const int MostValues = 100;

    private sealed record Limit(double Low, double High, bool Whole = false, bool HighOpen = false, bool LowOpen = false);

    private static readonly Dictionary<string, Limit> Limits = new()
    {
        ["people"] = new(1, 100_000, Whole: true),
        ["days"] = new(1, 1000, Whole: true),
        ["pairs"] = new(1, 100, Whole: true),
        ["runInDays"] = new(0, 1000, Whole: true),
        ["washoutDays"] = new(0, 1000, Whole: true),
        ["discardDays"] = new(0, 1000, Whole: true),
        ["replicates"] = new(1, 10_000_000, Whole: true),
        ["poolTauDays"] = new(0, 1000),
        ["effect"] = new(-10, 10),
        ["effectSd"] = new(0, 10),
        ["level"] = new(0, 10),
        ["levelSd"] = new(0, 10),
        ["rho"] = new(-1, 1, HighOpen: true, LowOpen: true),
        ["sigma"] = new(0, 10, LowOpen: true),
        ["whiteShare"] = new(0, 1),
        ["tauDays"] = new(0, 1000),
        ["trendPer28Days"] = new(-10, 10),
        ["expectation"] = new(-10, 10),
        ["missing"] = new(0, 1, HighOpen: true),
        ["dropout"] = new(0, 1, HighOpen: true),
    };

    /// <summary>The numbers that may vary.</summary>
    public static IReadOnlyList<string> Varying { get; } = [.. Limits.Keys.Except(["replicates", "poolTauDays"])];

    /// <summary>What is wrong with a number; null where nothing is.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="value">The number.</param>
    public static string? Wrong(string name, double value)
    {
        if (!Limits.TryGetValue(name, out var limit)) return null;
        if (limit.Whole && value != Math.Floor(value)) return $"'{name}: {Text(value)}' is not a whole number";
        if (!(limit.LowOpen ? value > limit.Low : value >= limit.Low) || !(limit.HighOpen ? value < limit.High : value <= limit.High))
            return $"'{name}: {Text(value)}' cannot be; it lies {(limit.LowOpen ? "above" : "from")} {Text(limit.Low)} {(limit.HighOpen ? "to below" : "to")} {Text(limit.High)}";
        return null;
    }

    /// <summary>What is wrong with a design whose every number is possible: the key to mend, and what to do.</summary>
    /// <param name="design">The design.</param>
    public static IEnumerable<(string Key, string What)> Wrong(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var periods = design.Written;
        if (periods.Count == 0) yield break;
        var where = design.Blocks is null ? "periods" : "blocks";
        var days = design.RunInDays + periods.Sum(p => p.Days) + design.WashoutDays * (periods.Count - 1);
        if (days > MostDays) yield return (where, $"a course of {days} days is too long; {MostDays} at most");
        var ofPeriods = design.Analysis is DesignAnalysis.Crossover or DesignAnalysis.Permutation;
        if (periods.All(p => p.Arm != DesignArm.Ldn)) yield return (where, "nobody takes the drug; give an arm ldn");
        else if (periods.All(p => p.Arm == DesignArm.Ldn) && (ofPeriods || design.RunInDays + design.WashoutDays * (periods.Count - 1) == 0))
            yield return (where, "nobody is ever off the drug; give an arm placebo or none, or runInDays");
        if (ofPeriods && periods.Any(p => p.Arm == DesignArm.None)) yield return (where, $"a {Name(design)} compares the drug with placebo; leave the arm none out, or use runInDays and washoutDays");
        if (ofPeriods && design.People < 3) yield return ("people", $"a {Name(design)} needs 3 people or more; for one person use analysis: verdict");
        if (ofPeriods && design.Blocks is null && periods.Select(p => p.Arm).SequenceEqual(periods.Select(p => p.Arm).Reverse()))
            yield return (where, $"the same in reverse: a {Name(design)} gives half of the people the periods in reverse, so they must differ; or use blocks");
        if (design.DiscardDays >= periods.Min(p => p.Days)) yield return ("discardDays", $"'discardDays: {design.DiscardDays}' leaves no day of a period of {periods.Min(p => p.Days)}; give fewer");
        if (design.Analysis == DesignAnalysis.Verdict && design.DiscardDays > 0) yield return ("discardDays", "a verdict leaves no day out: carryover is part of its model; leave discardDays out");
        if (design.Analysis == DesignAnalysis.Verdict && design.Truth.Rounded == false) yield return ("rounded", "a verdict reads whole scores on the scale; leave rounded out");
        if (design.Analysis != DesignAnalysis.Pool && design.PoolTauDays != 0) yield return ("poolTauDays", "only a pool has an onset to be told; leave poolTauDays out");
    }

    private static string Name(Design design) => design.Analysis == DesignAnalysis.Crossover ? "crossover" : "permutation test";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
