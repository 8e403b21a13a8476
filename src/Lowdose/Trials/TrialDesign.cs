using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>A design as a blinded trial needs it: whether it can be run so, and the text its hash is of.</summary>
public static class TrialDesign
{
    private const int MostOrders = LegalSequences.MostListed, MostRungs = 9;

    /// <summary>Why a design cannot be dealt blind; null where it can.</summary>
    /// <param name="design">Read and checked.</param>
    public static Refused? Wrong(Design design)
    {
        var (trial, written, arms) = (design.TrialOrUsual, design.Written, TrialArm.Of(design));
        if (!design.Blinded || written.Any(p => p.Arm == DesignArm.None)) return new("nobody is blind in this design", "give every period placebo or ldn, and blinded: true");
        if (trial.Allocation == DesignAllocation.UpAndDown) return new("an up-and-down design deals nothing ahead: each dose follows from the answer before it", "ask for the next dose instead");
        if (arms.Count < 2) return new("there is one arm only", "give a second, such as placebo");
        if (trial.Allocation is not (DesignAllocation.Groups or DesignAllocation.Minimised) && written.Select(p => p.Days).Distinct().Count() > 1)
            return new("the periods are not equally long, so their dates would tell the arm", "give all periods the same days");
        if (trial.Allocation is DesignAllocation.Groups or DesignAllocation.Minimised && written.Select(p => p.Days).Distinct().Count() > 1)
            return new("the groups are not treated equally long, so the dates would tell the arm", "give all periods the same days");
        if (trial.Allocation == DesignAllocation.Pairs && (written.Count % arms.Count != 0 || written.Chunk(arms.Count).Any(b => b.Select(p => (p.Arm, p.Dose)).Distinct().Count() != arms.Count)))
            return new("not every block has every arm once", "write the periods so, or take another allocation");
        if (trial.Allocation == DesignAllocation.Sequences && written.Select(p => (p.Arm, p.Dose)).SequenceEqual(written.Reverse().Select(p => (p.Arm, p.Dose))))
            return new("the periods are the same in reverse, so there is one sequence only", "write periods that differ in reverse");
        if (trial.Allocation is not (DesignAllocation.Ladder or DesignAllocation.Start)) return null;
        int[] numbers = [.. written.Select(p => arms.Index().Single(a => a.Item.Kind == p.Arm && a.Item.Dose == p.Dose).Index)];
        if (trial.Allocation == DesignAllocation.Start && (arms.Count != 2 || arms.Count(a => a.Drug) != 1)) return new("a drawn start goes from placebo to one dose", "give these two arms");
        if (trial.Allocation == DesignAllocation.Ladder && written.Count > MostRungs) return new($"a ladder of {written.Count} periods has too many orders to list", $"give {MostRungs} periods or fewer");
        return Orders(trial, numbers, arms).Take(MostOrders + 1).Count() switch
        {
            < 2 => new("there is one order only, so nothing is hidden", trial.Allocation == DesignAllocation.Ladder ? "give more periods of placebo" : "give more periods in which the drug may start"),
            > MostOrders => new("there are too many orders to list", "give fewer periods"),
            _ => null,
        };
    }

    /// <summary>The orders one person may have, where they are a list: a ladder, or a drawn start.</summary>
    internal static IEnumerable<int[]> Orders(DesignTrial trial, int[] written, IReadOnlyList<TrialArm> arms)
    {
        if (trial.Allocation == DesignAllocation.Start)
        {
            var (placebo, drug) = (arms.Index().First(a => !a.Item.Drug).Index, arms.Index().First(a => a.Item.Drug).Index);
            var last = trial.Latest == 0 ? written.Length : Math.Min(trial.Latest, written.Length);
            return Enumerable.Range(trial.Earliest, Math.Max(0, last - trial.Earliest + 1)).Select(first => Enumerable.Range(1, written.Length).Select(p => p < first ? placebo : drug).ToArray());
        }
        int[] rungs = [.. arms.Index().OrderBy(a => a.Item.Dose).Select(a => a.Index)];
        int[] rank = [.. Enumerable.Range(0, arms.Count).Select(a => Array.IndexOf(rungs, a))];
        return Deal.Orders([.. Enumerable.Range(0, arms.Count).Select(a => written.Count(w => w == a))], written.Length).Where(order => Climbs(order.Select(a => rank[a]), arms.Any(a => !a.Drug)));
    }

    /// <summary>No rung is more than one above the highest before it; with placebo the lowest dose may come first.</summary>
    private static bool Climbs(IEnumerable<int> ranks, bool placebo)
    {
        var highest = placebo ? 0 : -1;
        foreach (var rank in ranks)
        {
            if (rank > highest + 1) return false;
            highest = Math.Max(highest, rank);
        }
        return true;
    }

    /// <summary>All of a design that decides who gets what and when, line by line; what is assumed of people is not in it.</summary>
    /// <param name="design">Read and checked.</param>
    public static string Canonical(Design design)
    {
        var trial = design.TrialOrUsual;
        var text = new StringBuilder("lowdose design 1\n");
        Line("id", design.Id);
        Line("title", design.Title);
        Line("people", design.People);
        Line("run-in days", design.RunInDays);
        Line("wash-out days", design.WashoutDays);
        foreach (var period in design.Written) Line("period", string.Create(CultureInfo.InvariantCulture, $"{period.Arm.ToString().ToLowerInvariant()} {period.Dose.Nanograms} ng {period.Days} days"));
        Line("allocation", trial.Allocation.ToString().ToLowerInvariant());
        Line("analytic wash-out days", trial.AnalyticWashoutDays);
        Line("decision", design.Decision.ToString().ToLowerInvariant());
        if (design.PercentP is { } percent) Line("p in per cent at most", percent);
        foreach (var step in trial.Steps) Line("step", string.Create(CultureInfo.InvariantCulture, $"{step.Dose.Nanograms} ng {step.Days} days"));
        if (trial.Allocation == DesignAllocation.Groups) Line("block of people", trial.BlockSize);
        if (trial.Allocation == DesignAllocation.Minimised) Line("favoured of 100", trial.FavourPercent);
        if (trial.Allocation == DesignAllocation.Start) Line("start in periods", string.Create(CultureInfo.InvariantCulture, $"{trial.Earliest} to {trial.Latest}"));
        if (trial.Allocation == DesignAllocation.UpAndDown) Line("ladder", string.Join(", ", trial.Ladder.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Nanograms} ng"))));
        foreach (var factor in trial.Factors) Line("factor", $"{factor.Name}: {string.Join(", ", factor.Levels)}");
        return text.ToString();

        void Line(string key, object value) => text.Append(CultureInfo.InvariantCulture, $"{key} {value}\n");
    }

    /// <summary>SHA-256 of <see cref="Canonical"/>, 64 small hexadecimal digits.</summary>
    /// <param name="design">Read and checked.</param>
    public static string Hash(Design design) => Sha256(Canonical(design));

    internal static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
