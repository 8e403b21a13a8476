using Lowdose.Dosing;

namespace Lowdose.Trials;

/// <summary>Opens the whole allocation once a trial is closed: for the final analysis, and for anybody to check.</summary>
public static class Reveal
{
    /// <summary>Opens it.</summary>
    /// <param name="trial">Closed.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="record">Who, and when.</param>
    /// <param name="keep">Keeps the record and the trial with it; null where it is kept, or why it is not. Not called where the trial was revealed before.</param>
    /// <param name="opening">Null where it is refused.</param>
    /// <returns>Null, or why it is not opened.</returns>
    public static Refused? Open(Trial trial, Allocation allocation, TrialRecord.Revealed record, Func<TrialRecord.Revealed, Trial, Refused?> keep, out Opening? opening)
    {
        opening = null;
        if (trial.Commitment != allocation.Commitment) return new("the allocation is of another trial", "open the one that belongs to it");
        if (trial.Stage != TrialStage.Revealed)
        {
            if (trial.Add(record, out var next) is { } refused) return refused;
            if (keep(record, next!) is { } notKept) return notKept;
        }
        opening = allocation.Opened();
        return null;
    }
}
