using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>One thing the screen found. It says; a prescriber decides.</summary>
/// <param name="Level">What it does to the plan.</param>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Subject">What it is about, as the person wrote it.</param>
/// <param name="Why">Plain words.</param>
/// <param name="Do">What to do, in plain words.</param>
/// <param name="Until">For a hold: the first day on which it no longer holds; otherwise null.</param>
/// <param name="Certainty">How far it can be trusted.</param>
/// <param name="Sources">Source ids.</param>
/// <param name="Conflicts">What sources say that disagree.</param>
public sealed record Finding(RuleLevel Level, string Rule, string Subject, string Why, string Do, LocalDate? Until, Certainty Certainty,
    IReadOnlyList<string> Sources, IReadOnlyList<Conflict> Conflicts)
{
    /// <summary>For an operation: the days around it on which none is taken; otherwise null.</summary>
    public Pause? Pause { get; init; }
}

/// <summary>Days without naltrexone around an operation.</summary>
/// <param name="LastDose">The last day of a dose before it.</param>
/// <param name="Restart">The first day one may start again, if the last opioid is given on the day of the operation.</param>
public sealed record Pause(LocalDate LastDose, LocalDate Restart)
{
    /// <summary>A course needs this many days before it can be judged, so one that must stop sooner waits for the operation.</summary>
    public const int WorthStartingDays = 56;

    /// <summary>Whether a course that starts on this day must wait for the operation.</summary>
    public bool Delays(LocalDate start) => start < Restart && start.PlusDays(WorthStartingDays) > LastDose;
}

/// <summary>What the screen comes to; the first that applies.</summary>
public enum ScreenStatus
{
    /// <summary>Something forbids a plan.</summary>
    Blocked = 1,
    /// <summary>Not before a date.</summary>
    Held,
    /// <summary>Nothing found that stops it, but something is not known.</summary>
    Provisional,
    /// <summary>Everything answered and known, and nothing stops it.</summary>
    Clear,
}

/// <summary>What a person's answers come to.</summary>
/// <param name="Status">The first that applies.</param>
/// <param name="FirstSafeDate">The first day on which no dated hold is left; null where nothing holds, or where something holds without a date.</param>
/// <param name="Findings">The strongest first.</param>
/// <param name="Unanswered">Questions that stay open, in plain words.</param>
/// <param name="UnknownMedicines">Names nobody here knows: to be asked about, never passed.</param>
/// <param name="Substances">What was recognised.</param>
public sealed record Screening(ScreenStatus Status, LocalDate? FirstSafeDate, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unanswered,
    IReadOnlyList<string> UnknownMedicines, IReadOnlyList<RecognisedSubstance> Substances);

/// <summary>How a name was recognised.</summary>
public enum NameMatch
{
    /// <summary>A generic name, salt or synonym.</summary>
    Exact = 1,
    /// <summary>A brand.</summary>
    Brand,
    /// <summary>A product of several drugs.</summary>
    Combination,
    /// <summary>A misspelt name.</summary>
    Spelling,
    /// <summary>An ATC or RxNorm code.</summary>
    Code,
}

/// <summary>A substance recognised in what a person wrote.</summary>
/// <param name="Text">What the person wrote.</param>
/// <param name="Substance">What it is.</param>
/// <param name="Match">How it was recognised.</param>
/// <param name="Name">The name or code in the knowledge base that it matched.</param>
public sealed record RecognisedSubstance(string Text, Substance Substance, NameMatch Match, string Name);
