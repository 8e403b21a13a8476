using NodaTime;

namespace Lowdose.Trials;

/// <summary>What a person thinks they had in a period.</summary>
public enum ArmGuess
{
    /// <summary>The drug.</summary>
    Drug = 1,
    /// <summary>Placebo.</summary>
    Placebo,
    /// <summary>They do not know.</summary>
    DoNotKnow,
}

/// <summary>One thing that happened in a trial: who, when, what. It is never changed or taken back, and none of them holds an arm.</summary>
/// <param name="Actor">Who did it.</param>
/// <param name="At">When.</param>
public abstract record TrialRecord(string Actor, Instant At)
{
    /// <summary>A place was made.</summary>
    public sealed record Enrolled(string Actor, Instant At, TrialSubject Subject) : TrialRecord(Actor, At);

    /// <summary>The person in a place consented to a text.</summary>
    /// <param name="Actor">Who wrote it down.</param>
    /// <param name="At">When.</param>
    /// <param name="Subject">The place.</param>
    /// <param name="TextHash">SHA-256 of the text they read, 64 small hexadecimal digits.</param>
    public sealed record Consented(string Actor, Instant At, string Subject, string TextHash) : TrialRecord(Actor, At);

    /// <summary>The analysis plan was locked.</summary>
    public sealed record PlanLocked(string Actor, Instant At, AnalysisPlan Plan) : TrialRecord(Actor, At);

    /// <summary>The allocation was drawn and sealed, and its commitment published.</summary>
    public sealed record AllocationSealed(string Actor, Instant At, Commitment Commitment) : TrialRecord(Actor, At);

    /// <summary>The pharmacist opened the sheet that says what each kit holds.</summary>
    /// <param name="Actor">Who opened it.</param>
    /// <param name="At">When.</param>
    /// <param name="Order">How kits are made up; the same each time.</param>
    public sealed record SheetOpened(string Actor, Instant At, KitOrder Order) : TrialRecord(Actor, At);

    /// <summary>The kits were made; their numbers say nothing about what they hold.</summary>
    public sealed record KitsMade(string Actor, Instant At, KitList Kits) : TrialRecord(Actor, At);

    /// <summary>A kit was lost or broken, and a spare that holds the same was given out in its place.</summary>
    /// <param name="Actor">Who gave it out.</param>
    /// <param name="At">When.</param>
    /// <param name="Kit">The number of the kit, or of the spare, that is gone.</param>
    /// <param name="Spare">The number of the one to take instead.</param>
    public sealed record SpareGiven(string Actor, Instant At, int Kit, int Spare) : TrialRecord(Actor, At);

    /// <summary>In an up-and-down search: the kit of one person was made. What it holds follows from the answers before it and is not said.</summary>
    /// <param name="Actor">Who made it.</param>
    /// <param name="At">When.</param>
    /// <param name="Subject">The place.</param>
    /// <param name="Number">Six digits, drawn by lot.</param>
    public sealed record KitMade(string Actor, Instant At, string Subject, int Number) : TrialRecord(Actor, At);

    /// <summary>In an up-and-down search: whether it helped somebody, by the rule of the plan.</summary>
    public sealed record Answered(string Actor, Instant At, string Subject, bool Helped) : TrialRecord(Actor, At);

    /// <summary>A person's trial began.</summary>
    /// <param name="Actor">Who wrote it down.</param>
    /// <param name="At">When.</param>
    /// <param name="Subject">The place.</param>
    /// <param name="First">The first day, of the run-in where there is one.</param>
    public sealed record Started(string Actor, Instant At, string Subject, LocalDate First) : TrialRecord(Actor, At);

    /// <summary>A period was stopped for safety. Nothing more of it is taken.</summary>
    /// <param name="Actor">Who stopped it.</param>
    /// <param name="At">When.</param>
    /// <param name="Subject">The place.</param>
    /// <param name="Period">The period's number.</param>
    /// <param name="Day">The last day on which it was taken.</param>
    /// <param name="Finding">What was found: a rule's id or plain words.</param>
    public sealed record PeriodStopped(string Actor, Instant At, string Subject, int Period, LocalDate Day, string Finding) : TrialRecord(Actor, At);

    /// <summary>What the person thinks they had, asked at a period's end.</summary>
    public sealed record Guessed(string Actor, Instant At, string Subject, int Period, ArmGuess Guess) : TrialRecord(Actor, At);

    /// <summary>The person left. What they gave until then is kept.</summary>
    public sealed record Withdrawn(string Actor, Instant At, string Subject, LocalDate Day, string Why) : TrialRecord(Actor, At);

    /// <summary>One subject's allocation was opened before the end.</summary>
    /// <param name="Actor">Who opened it.</param>
    /// <param name="At">When.</param>
    /// <param name="Subject">The place.</param>
    /// <param name="SecondPerson">Who agreed.</param>
    /// <param name="Why">Why it could not wait.</param>
    public sealed record Unblinded(string Actor, Instant At, string Subject, string SecondPerson, string Why) : TrialRecord(Actor, At);

    /// <summary>No more days are taken into the trial.</summary>
    /// <param name="Actor">Who closed it.</param>
    /// <param name="At">When.</param>
    /// <param name="StoppedEarly">Why it ended before its time; null where it ran its course.</param>
    public sealed record Closed(string Actor, Instant At, string? StoppedEarly) : TrialRecord(Actor, At);

    /// <summary>The commitment was opened.</summary>
    public sealed record Revealed(string Actor, Instant At) : TrialRecord(Actor, At);
}
