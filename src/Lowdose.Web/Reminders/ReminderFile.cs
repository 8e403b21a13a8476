using Lowdose.Records;
using Lowdose.Web.Pairing;

namespace Lowdose.Web.Reminders;

/// <summary>
/// The reminders of a person's own computer: a file of its own beside the records, for its owner's eyes. It holds nothing of the diary, so that a reminder
/// comes too while the diary is locked.
/// </summary>
public sealed class ReminderFile : ReminderBook
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private ChosenReminders _now;

    private ReminderFile(string path, ChosenReminders now) => (_path, _now) = (path, now);

    /// <summary>Reads the file; reminders are off where there is none, or where it is none of ours.</summary>
    /// <param name="path">The file.</param>
    public static ReminderFile Open(string path)
    {
        try
        {
            return new(path, File.Exists(path) ? ChosenReminders.Read(File.ReadAllBytes(path)) : ChosenReminders.None);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return new(path, ChosenReminders.None);
        }
    }

    /// <inheritdoc/>
    public override ChosenReminders Read(string record)
    {
        lock (_gate) return _now;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Reminded> All() => [.. In(Archive.Me, Read(Archive.Me))];

    /// <inheritdoc/>
    /// <exception cref="IOException">It could not be kept.</exception>
    public override void Change(string record, Func<ChosenReminders, ChosenReminders> change)
    {
        lock (_gate)
        {
            var next = change(_now);
            if (ReferenceEquals(next, _now)) return;
            OwnFile.Write(_path, next.Write());
            _now = next;
        }
    }

    /// <summary>Forgets everything, the file too.</summary>
    public override void Delete(string record)
    {
        lock (_gate)
        {
            _now = ChosenReminders.None;
            File.Delete(_path);
        }
    }
}
