using NodaTime;

namespace Lowdose.Diary;

/// <summary>
/// Where a plan stands with those who prescribe: whether it was approved, what others changed since, and when it was last decided on. It is read off the log:
/// an approval holds for what its writer had seen and for nothing else. Source: docs/methods/clinic-list.md.
/// </summary>
/// <param name="Approval">The last approval; null where there was none, or it was taken back.</param>
/// <param name="ChangedSince">What others wrote into the plan that the approval had not seen, the first first. A new bottle or box is no change.</param>
/// <param name="Decided">The last write by which somebody who prescribes approved or changed the plan; null where there is none.</param>
/// <param name="Begun">The write that set the first day; null where there is no plan.</param>
public sealed record PlanStanding(PlanApproval? Approval, IReadOnlyList<DiaryWrite> ChangedSince, LoggedWrite? Decided, DiaryWrite? Begun)
{
    /// <summary>Approved as it is now.</summary>
    public bool IsApproved => Approval is not null && ChangedSince.Count == 0;

    /// <summary>The day of <see cref="Decided"/>; null where there is none.</summary>
    public LocalDate? DecidedOn => Decided is null ? null : DiaryDates.WrittenOn(Decided.Write);

    /// <summary>Reads it off a log.</summary>
    /// <param name="log">The diary.</param>
    /// <param name="prescribes">Whether an actor is one who prescribes to this person. Nobody approves a plan of their own.</param>
    public static PlanStanding Of(DiaryLog log, Func<string, bool> prescribes)
    {
        var now = log.Now(Subjects.Plan);
        var begun = now.GetValueOrDefault(PlanFields.Start)?.By;
        var decided = log.Writes.LastOrDefault(w => w.Write.Subject == Subjects.Plan && !w.IsConflict && (IsChange(w.Write) || IsApproval(w.Write)) && prescribes(w.Write.Actor));
        if (now.GetValueOrDefault(PlanFields.Approved) is not { } approved || !prescribes(approved.By.Actor)) return new(null, [], decided, begun);
        DiaryWrite[] changed = [.. log.Unseen(Subjects.Plan, approved.By.Base).Where(w => !w.IsConflict && w.Write.Actor != approved.By.Actor && IsChange(w.Write)).Select(w => w.Write)];
        var why = approved.Value == PlanFields.Yes ? null : approved.Value[(PlanFields.Yes + PlanFields.Because).Length..];
        return new(new(approved.By.Actor, approved.By.WrittenAt, DiaryDates.WrittenOn(approved.By), why), changed, decided, begun);
    }

    /// <summary>The field that approves.</summary>
    /// <param name="why">One line; null where nothing was said.</param>
    public static Change Approving(string? why) => new(PlanFields.Approved, why is null ? PlanFields.Yes : PlanFields.Yes + PlanFields.Because + why);

    private static bool IsApproval(DiaryWrite write) => write.Changes.Any(c => c is { Field: PlanFields.Approved, Value: not null });

    private static bool IsChange(DiaryWrite write) => write.Changes.Any(c => c.Field != PlanFields.Approved && DayFields.After(c.Field, PlanFields.SupplyKind) is null);
}

/// <summary>A plan was approved.</summary>
/// <param name="By">The prescriber's account.</param>
/// <param name="At">When.</param>
/// <param name="On">The day of it, where it was written.</param>
/// <param name="Why">In their words; null where nothing was said.</param>
public sealed record PlanApproval(string By, Instant At, LocalDate On, string? Why);
