namespace Lowdose.Diary;

/// <summary>
/// One person's writes in the order they arrived, and what they come to. Nothing is ever removed. It is memory only and knows no clock: whoever keeps it
/// on disk asks <see cref="Answer"/>, commits, and then calls <see cref="Append"/>; reading it back is appending every write in order. Not for two threads at once.
/// Source: docs/methods/diary.md.
/// </summary>
/// <param name="expected">About how many writes will come; 0: nobody knows. Thousands of logs are in memory, and most never grow much after they were read.</param>
public sealed class DiaryLog(int expected = 0)
{
    private readonly Dictionary<Guid, LoggedWrite> _byId = new(expected);
    private readonly List<LoggedWrite> _writes = new(expected);
    private readonly Dictionary<string, SubjectLog> _subjects = new(expected, StringComparer.Ordinal);

    /// <summary>Every write kept, in order.</summary>
    public IReadOnlyList<LoggedWrite> Writes => _writes;

    /// <summary>Every subject written about.</summary>
    public IReadOnlyCollection<string> WrittenSubjects => _subjects.Keys;

    /// <summary>What <see cref="Append"/> would answer; keeps nothing.</summary>
    public Appended Answer(DiaryWrite write)
    {
        if (_byId.TryGetValue(write.Id, out var kept))
            return !kept.Write.IsSameAs(write) ? new Appended.IdTaken(kept.Write)
                : kept.IsConflict ? new Appended.Conflict(kept.Sequence, kept.Write, kept.Clashes)
                : new Appended.Replayed(kept.Sequence);
        if (Fields.Refusal(write) is { } refused) return new Appended.Refused(refused.What, refused.Do);
        if (write.Base is { } @base && !Of(write.Subject).Knows(@base))
            return _byId.TryGetValue(@base, out var elsewhere)
                ? new Appended.Refused($"it builds on a write about {elsewhere.Write.Subject}", "build on a write about the same subject, or on none")
                : new Appended.BaseUnknown();
        var clashes = Of(write.Subject).Clashes(write);
        return clashes.Count > 0 ? new Appended.Conflict(_writes.Count + 1, write, clashes) : new Appended.Accepted(_writes.Count + 1);
    }

    /// <summary>Keeps the write, unless it was kept before or cannot be.</summary>
    public Appended Append(DiaryWrite write)
    {
        var answer = Answer(write);
        if (_byId.ContainsKey(write.Id) || answer is not (Appended.Accepted or Appended.Conflict)) return answer;
        var logged = new LoggedWrite(_writes.Count + 1, write, (answer as Appended.Conflict)?.Clashes ?? []);
        if (!_subjects.TryGetValue(write.Subject, out var subject)) _subjects.Add(write.Subject, subject = new SubjectLog());
        subject.Add(logged);
        _byId.Add(write.Id, logged);
        _writes.Add(logged);
        return answer;
    }

    /// <summary>
    /// What a device that has read the subject now builds on; null where nothing was written. It is the last write's id, or, where devices wrote
    /// side by side, an id made from all the last writes: so that having read both is told from having written one.
    /// </summary>
    public Guid? Head(string subject) => Of(subject).Head;

    /// <summary>The fields of a subject that have a value, each with the write that set it.</summary>
    public IReadOnlyDictionary<string, Kept> Now(string subject) => Of(subject).Now();

    /// <summary>Every version of a field, the first first; those that met another device's are among them.</summary>
    public IReadOnlyList<LoggedWrite> Versions(string subject, string field) =>
        [.. Of(subject).Writes.Where(w => w.Write.Changes.Any(c => c.Field == field))];

    /// <summary>What two devices say differently and the person has not decided yet.</summary>
    public IReadOnlyList<Appended.Conflict> Conflicts(string subject) => Of(subject).Open();

    /// <summary>The writes about a subject that whoever builds on a base had not seen, in their order; all where it is null.</summary>
    public IReadOnlyList<LoggedWrite> Unseen(string subject, Guid? @base) => Of(subject).Unseen(@base);

    private SubjectLog Of(string subject) => _subjects.GetValueOrDefault(subject) ?? Empty;

    private static readonly SubjectLog Empty = new();
}
