using NodaTime;

namespace Lowdose.Diary;

/// <summary>
/// One small write by one person's device: the only way anything enters the diary. It is never changed or taken back; a later write is added.
/// Source: docs/methods/diary.md.
/// </summary>
/// <param name="Id">Made by the device, so that sending it twice keeps it once.</param>
/// <param name="Subject">What it is about; see <see cref="Subjects"/>.</param>
/// <param name="Base">
/// What the device had seen of the subject when it was written: the head it read (<see cref="DiaryLog.Head"/>) or its own last write after that, sent or not; null: nothing.
/// </param>
/// <param name="Changes">At least one; each field once.</param>
/// <param name="WrittenAt">The device's clock, which may be wrong; it orders nothing.</param>
/// <param name="Zone">The device's time zone, e.g. <c>Europe/Berlin</c>.</param>
/// <param name="Actor">Who wrote.</param>
public sealed record DiaryWrite(Guid Id, string Subject, Guid? Base, IReadOnlyList<Change> Changes, Instant WrittenAt, string Zone, string Actor)
{
    /// <summary>The same write sent again: same id, same content.</summary>
    public bool IsSameAs(DiaryWrite other) =>
        (this with { Changes = other.Changes }) == other && Changes.SequenceEqual(other.Changes);
}

/// <summary>One field set or cleared.</summary>
/// <param name="Field">Its name; see <see cref="Fields"/>.</param>
/// <param name="Value">Its value as canonical text; null: cleared, which is missing, not zero.</param>
public sealed record Change(string Field, string? Value);
