using Lowdose.Dosing;
using Lowdose.Diary;
using Lowdose.Science.Inference;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>
/// One reason for a prescriber to look at somebody's course, with the facts the words need. There is no score and no number to rank by: danger stands first,
/// and after it what has waited longest. Source: docs/methods/clinic-list.md.
/// </summary>
/// <param name="Since">The day it began; for what is to come, the day it falls on.</param>
public abstract record Attention(LocalDate Since)
{
    /// <summary>It cannot wait for its turn.</summary>
    public virtual bool IsDanger => false;

    /// <summary>The safety screen forbids the next dose.</summary>
    /// <param name="Since">The day it was told.</param>
    /// <param name="Finding">Why.</param>
    /// <param name="IsNew">It came up in the diary, and was not known when the course began.</param>
    public sealed record Stopped(LocalDate Since, Finding Finding, bool IsNew) : Attention(Since)
    {
        /// <inheritdoc/>
        public override bool IsDanger => true;
    }

    /// <summary>A side effect that asks to speak with the prescriber before the next dose.</summary>
    /// <param name="Since">Its first day.</param>
    /// <param name="Asked">What it asks.</param>
    public sealed record AskFirst(LocalDate Since, SideEffectFinding Asked) : Attention(Since)
    {
        /// <inheritdoc/>
        public override bool IsDanger => true;
    }

    /// <summary>A side effect that lasts and asks to hold, to step back or to move the dose, and nobody has answered.</summary>
    /// <param name="Since">Its first day.</param>
    /// <param name="Asked">What it asks.</param>
    public sealed record SideEffect(LocalDate Since, SideEffectFinding Asked) : Attention(Since);

    /// <summary>An operation before which the plan must end, and it does not.</summary>
    /// <param name="Since">The day it was told.</param>
    /// <param name="Finding">With the last day of a dose.</param>
    /// <param name="IsNear">That day comes within a week.</param>
    public sealed record Operation(LocalDate Since, Finding Finding, bool IsNear) : Attention(Since)
    {
        /// <inheritdoc/>
        public override bool IsDanger => IsNear;
    }

    /// <summary>A medicine that came up in the diary and does not forbid the plan, or that nobody here knows.</summary>
    /// <param name="Since">The day of the diary.</param>
    /// <param name="Name">As it was written.</param>
    /// <param name="Finding">What the screen says; null where it does not know the name.</param>
    public sealed record NewMedicine(LocalDate Since, string Name, Finding? Finding) : Attention(Since);

    /// <summary>The answer has become another one since the plan was last decided on.</summary>
    /// <param name="Since">The day of that decision; the first day of the diary where there is none.</param>
    /// <param name="Was">The answer on that day; null where there is none.</param>
    /// <param name="Now">The answer today.</param>
    public sealed record VerdictChanged(LocalDate Since, Verdict? Was, Verdict Now) : Attention(Since)
    {
        /// <inheritdoc/>
        public override bool IsDanger => Now == Verdict.Harms;
    }

    /// <summary>A plan that nobody has approved.</summary>
    /// <param name="Since">The day it was begun.</param>
    public sealed record NotApproved(LocalDate Since) : Attention(Since);

    /// <summary>A plan that others have changed since it was approved.</summary>
    /// <param name="Since">The day of the first change.</param>
    /// <param name="Approval">What was approved before.</param>
    public sealed record ChangedSince(LocalDate Since, PlanApproval Approval) : Attention(Since);

    /// <summary>A step is due and held.</summary>
    /// <param name="Since">The day it was due.</param>
    /// <param name="Hold">What holds it.</param>
    /// <param name="Next">The step.</param>
    public sealed record StepHeld(LocalDate Since, RegimenChange.Hold Hold, TitrationStep Next) : Attention(Since);

    /// <summary>A day to look again has come, or comes within a week.</summary>
    /// <param name="Since">The day of the first that was not answered.</param>
    /// <param name="Review">The last of them, which asks for the most.</param>
    public sealed record ReviewDue(LocalDate Since, ReviewDay Review) : Attention(Since);

    /// <summary>Nothing was written for a week while the course runs. It says nothing about why.</summary>
    /// <param name="Since">The last day of an entry, or the day before the course.</param>
    /// <param name="Days">How many days.</param>
    public sealed record Silent(LocalDate Since, int Days) : Attention(Since);

    /// <summary>What there is to take ends soon, or has ended.</summary>
    /// <param name="Since">The day by which more must be at hand.</param>
    public sealed record SupplyEnds(LocalDate Since) : Attention(Since);

    /// <summary>Danger first, then what has waited longest.</summary>
    public static IReadOnlyList<Attention> InOrder(IEnumerable<Attention> all) => [.. all.OrderByDescending(a => a.IsDanger).ThenBy(a => a.Since)];

    /// <summary>Which of two people comes first: by the first of what each needs; who needs nothing comes last.</summary>
    /// <param name="one">In order.</param>
    /// <param name="other">In order.</param>
    public static int Compare(IReadOnlyList<Attention> one, IReadOnlyList<Attention> other)
    {
        if (one.Count == 0 || other.Count == 0) return other.Count.CompareTo(one.Count);
        return one[0].IsDanger != other[0].IsDanger ? other[0].IsDanger.CompareTo(one[0].IsDanger) : one[0].Since.CompareTo(other[0].Since);
    }
}
