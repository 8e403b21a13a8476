using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>Which allocations of a blinded trial are legal; each legal one is as likely, but for <see cref="Minimised"/>.</summary>
public enum DesignAllocation
{
    /// <summary>Each person has every arm once in each block, in an order of its own.</summary>
    Pairs = 1,
    /// <summary>Each person has the periods written in any order: as many of each arm, no more.</summary>
    Balanced,
    /// <summary>Half of the people have the periods as written, half in reverse.</summary>
    Sequences,
    /// <summary>Each person has one of the periods written; the arms are dealt evenly in blocks of people, within each stratum.</summary>
    Groups,
    /// <summary>Each person has one of the periods written: mostly the arm that keeps the factors most even. Source: Pocock &amp; Simon, Biometrics 31 (1975) 103–115.</summary>
    Minimised,
    /// <summary>Each person has the periods written in any order in which no dose is more than one step above the highest before it.</summary>
    Ladder,
    /// <summary>Each person has placebo first and then the drug; when it changes is drawn.</summary>
    Start,
    /// <summary>Nothing is drawn: each person's dose follows from how the one before answered. Source: study BRUUN2020.</summary>
    UpAndDown,
}

/// <summary>What a trial's decision is made on.</summary>
public enum DesignDecision
{
    /// <summary>One person's verdict.</summary>
    Verdict = 1,
    /// <summary>The mean effect in several people, each of whom has every arm.</summary>
    Mean,
    /// <summary>The randomisation p alone.</summary>
    Permutation,
}

/// <summary>A step of a rise inside a blinded arm; placebo rises in the same volumes.</summary>
/// <param name="Dose">The daily dose.</param>
/// <param name="Days">How long.</param>
public sealed record DesignStep(Mass Dose, int Days);

/// <summary>Something about people that should be as common in every group.</summary>
/// <param name="Name">What.</param>
/// <param name="Levels">What it may be, two or more.</param>
public sealed record DesignFactor(string Name, IReadOnlyList<string> Levels);

/// <summary>What a design says besides its periods where it is run as a blinded trial.</summary>
public sealed record DesignTrial
{
    /// <summary>Which allocations are legal.</summary>
    public DesignAllocation Allocation { get; init; }
    /// <summary>Days at the start of every period that period means and the permutation test leave out; the course model keeps every day.</summary>
    public int AnalyticWashoutDays { get; init; } = 14;
    /// <summary>How the drug rises inside its arm, from the first day of a period; the last is held to the end. Empty where it does not.</summary>
    public IReadOnlyList<DesignStep> Steps { get; init; } = [];
    /// <summary>People a block, where arms are dealt to groups.</summary>
    public int BlockSize { get; init; } = 4;
    /// <summary>What people are stratified or minimised by.</summary>
    public IReadOnlyList<DesignFactor> Factors { get; init; } = [];
    /// <summary>How often of 100 minimisation takes the arm that is more even; the rest by lot.</summary>
    public int FavourPercent { get; init; } = 80;
    /// <summary>The first period, 1 first, in which a drawn start may lie.</summary>
    public int Earliest { get; init; } = 2;
    /// <summary>The last such period; 0: the last of all.</summary>
    public int Latest { get; init; }
    /// <summary>The doses of an up-and-down search, the smallest first.</summary>
    public IReadOnlyList<Mass> Ladder { get; init; } = [];
    /// <summary>What the decision is made on; null: as usual in such a design.</summary>
    public DesignDecision? Decision { get; init; }
    /// <summary>A benefit also needs a one-sided randomisation p of so many per cent or less; null: as usual in such a design.</summary>
    public int? PercentP { get; init; }
    /// <summary>Source or study ids it follows.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}
