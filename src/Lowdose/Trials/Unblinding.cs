using Lowdose.Dosing;

namespace Lowdose.Trials;

/// <summary>
/// Opens one subject's allocation before the end: an emergency. The record is kept first; only when the keeper says that it is kept are the
/// arms handed out. Whether the answer then reaches anybody does not matter: it was opened, and the record says so.
/// </summary>
public static class Unblinding
{
    /// <summary>Opens one subject.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="record">Who, when, which subject, why, and the second person.</param>
    /// <param name="keep">Keeps the record and the trial with it; null where it is kept, or why it is not. Called once, before anything is opened.</param>
    /// <param name="arms">The subject's, period after period; null where it is refused.</param>
    /// <returns>Null, or why it is not opened.</returns>
    public static Refused? Open(Trial trial, Allocation allocation, TrialRecord.Unblinded record, Func<TrialRecord.Unblinded, Trial, Refused?> keep, out IReadOnlyList<OpenedPeriod>? arms)
    {
        arms = null;
        if (trial.Commitment != allocation.Commitment) return new("the allocation is of another trial", "open the one that belongs to it");
        if (trial.Add(record, out var next) is { } refused) return refused;
        if (keep(record, next!) is { } notKept) return notKept;
        arms = allocation.Opened().Of(record.Subject);
        return null;
    }
}
