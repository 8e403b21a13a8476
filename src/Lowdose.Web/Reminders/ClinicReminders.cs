using Lowdose.Records;
using Lowdose.Records.Clinic;

namespace Lowdose.Web.Reminders;

/// <summary>The reminders of everybody in a clinic, which all web nodes share: each reminder is given by the node that comes first.</summary>
/// <param name="kept">Where they are kept.</param>
public sealed class ClinicReminders(KeptReminders kept) : ReminderBook
{
    /// <inheritdoc/>
    public override ChosenReminders Read(string record) => ChosenReminders.Read(kept.Of(record).Content);

    /// <inheritdoc/>
    public override IReadOnlyList<Reminded> All() => [.. kept.All().SelectMany(one => In(one.Record, ChosenReminders.Read(one.Content)))];

    /// <inheritdoc/>
    /// <exception cref="NotKeptException">It is not known to be kept.</exception>
    public override void Change(string record, Func<ChosenReminders, ChosenReminders> change)
    {
        // Each further turn means that somebody else came through.
        for (var turn = 0; turn < 20; turn++)
        {
            var seen = kept.Of(record);
            var now = ChosenReminders.Read(seen.Content);
            var next = change(now);
            if (ReferenceEquals(next, now) || kept.Replace(seen, next.Write())) return;
        }
        // Nobody changes one person's reminders so often: the person is gone, or the database is not well.
        throw new NotKeptException(NotKept.DatabaseAway);
    }

    /// <inheritdoc/>
    public override void Delete(string record) => kept.Delete(record);
}
