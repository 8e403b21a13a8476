using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>How a trial will be analysed, written before the first dose and locked by the hash of <see cref="Canonical"/>. Every text is one line.</summary>
public sealed record AnalysisPlan
{
    /// <summary>The one primary outcome.</summary>
    public required string Outcome { get; init; }
    /// <summary>The lowest score.</summary>
    public double Low { get; init; }
    /// <summary>The highest score.</summary>
    public double High { get; init; } = 10;
    /// <summary>A higher score is a better one.</summary>
    public bool HigherIsBetter { get; init; }
    /// <summary>The smallest change that matters, in points.</summary>
    public double MinimalImportant { get; init; } = 1;
    /// <summary>Days at the start of every period that period means and the permutation test leave out.</summary>
    public int AnalyticWashoutDays { get; init; } = 14;
    /// <summary>What is decided on which finding.</summary>
    public required string DecisionRule { get; init; }
    /// <summary>What is done about days without a score, and about those who leave.</summary>
    public string Missing { get; init; } = "Days without a score are left out. Whoever leaves counts until the day of leaving, in the arm that was dealt.";
    /// <summary>What stops a period.</summary>
    public string StoppingRule { get; init; } = "A safety finding stops the period. The person may go on with the next one if the prescriber agrees. Rescue medicine that is no opioid is allowed and written down.";
    /// <summary>How what the person guessed is used.</summary>
    public string Guesses { get; init; } = "The blinding index is reported. The effect is also worked out with the guess allowed for.";
    /// <summary>Where the permutation test draws instead of listing, the seed it draws by.</summary>
    public ulong PermutationSeed { get; init; } = 1;

    /// <summary>The text that is hashed.</summary>
    public string Canonical => string.Create(CultureInfo.InvariantCulture,
        $"lowdose analysis plan 1\noutcome {Outcome}\nscale {Low:R} to {High:R}\nbetter {(HigherIsBetter ? "higher" : "lower")}\nminimal important {MinimalImportant:R}\nanalytic wash-out days {AnalyticWashoutDays}\ndecision {DecisionRule}\nmissing {Missing}\nstopping {StoppingRule}\nguesses {Guesses}\npermutation seed {PermutationSeed}\n");

    /// <summary>SHA-256 of <see cref="Canonical"/>, 64 small hexadecimal digits.</summary>
    public string Hash => TrialDesign.Sha256(Canonical);

    /// <summary>Why it cannot be locked; null where it can.</summary>
    /// <param name="design">The trial's.</param>
    public Refused? Wrong(Design design)
    {
        string[] texts = [Outcome, DecisionRule, Missing, StoppingRule, Guesses];
        if (texts.Any(string.IsNullOrWhiteSpace)) return new("the plan leaves something open", "say the outcome, the decision, and what is done about missing days, stops and guesses");
        if (texts.Any(t => t.Any(char.IsControl))) return new("a text of the plan has more than one line", "write it in one line");
        if (!(Low < High) || !(MinimalImportant > 0) || MinimalImportant > High - Low) return new("the scale or the smallest change that matters cannot be", "give a scale from low to high, and a change within it");
        // A drawn start has periods that follow each other without a change, and a search has one: none is washed out.
        return AnalyticWashoutDays >= 0 && (design.TrialOrUsual.Allocation is DesignAllocation.Start or DesignAllocation.UpAndDown || AnalyticWashoutDays < design.Written.Min(p => p.Days)) ? null : new("the analytic wash-out leaves no day of a period", "give fewer days");
    }
}
