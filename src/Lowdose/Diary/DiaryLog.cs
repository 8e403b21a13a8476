namespace Lowdose.Diary;

/// <summary>
/// One person's writes in the order they arrived, and what they come to. Nothing is ever removed. It is memory only and knows no clock: whoever keeps it
/// on disk asks <see cref="Answer"/>, commits, and then calls <see cref="Append"/>; reading it back is appending every write in order. Not for two threads at once.
/// Source: docs/methods/diary.md.
/// </summary>
/// <param name="expected">About how many writes will come; 0: nobody knows. Thousands of logs are in memory, and most never grow much after they were read.</param>
public sealed class DiaryLog(int expected = 0)
{
    private readonly HashSet<LoggedWrite> _byId = new(expected, new ById());
    private readonly List<LoggedWrite> _writes = new(expected);
    private readonly Dictionary<string, SubjectLog> _subjects = new(expected, StringComparer.Ordinal);

    /// <summary>Every write kept, in order.</summary>
    public IReadOnlyList<LoggedWrite> Writes => _writes;

    /// <summary>Every subject written about.</summary>
    public IReadOnlyCollection<string> WrittenSubjects => _subjects.Keys;

    /// <summary>What <see cref="Append"/> would answer; keeps nothing.</summary>
    public Appended Answer(DiaryWrite write)
    {
        if (Known(write.Id) is { } kept)
            return !kept.Write.IsSameAs(write) ? new Appended.IdTaken(kept.Write)
                : kept.IsConflict ? new Appended.Conflict(kept.Sequence, kept.Write, kept.Clashes)
                : new Appended.Replayed(kept.Sequence);
        if (Fields.Refusal(write) is { } refused) return new Appended.Refused(refused.What, refused.Do);
        if (write.Base is { } @base && !Of(write.Subject).Knows(@base))
            return Known(@base) is { } elsewhere
                ? new Appended.Refused($"it builds on a write about {elsewhere.Write.Subject}", "build on a write about the same subject, or on none")
                : new Appended.BaseUnknown();
        var clashes = Of(write.Subject).Clashes(write);
        return clashes.Count > 0 ? new Appended.Conflict(_writes.Count + 1, write, clashes) : new Appended.Accepted(_writes.Count + 1);
    }

    /// <summary>Keeps the write, unless it was kept before or cannot be.</summary>
    public Appended Append(DiaryWrite write)
    {
        var answer = Answer(write);
        if (Known(write.Id) is not null || answer is not (Appended.Accepted or Appended.Conflict)) return answer;
        var logged = new LoggedWrite(_writes.Count + 1, write, (answer as Appended.Conflict)?.Clashes ?? []);
        _subjects[write.Subject] = Of(write.Subject).With(logged);
        _byId.Add(logged);
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

    private SubjectLog Of(string subject) => _subjects.GetValueOrDefault(subject);

    private LoggedWrite? Known(Guid id) => _byId.GetAlternateLookup<Guid>().TryGetValue(id, out var kept) ? kept : null;

    /// <summary>One write an id. The id stands in the write, so that millions of them are not in memory twice.</summary>
    private sealed class ById : IEqualityComparer<LoggedWrite>, IAlternateEqualityComparer<Guid, LoggedWrite>
    {
        public bool Equals(LoggedWrite? x, LoggedWrite? y) => x?.Write.Id == y?.Write.Id;

        public int GetHashCode(LoggedWrite obj) => obj.Write.Id.GetHashCode();

        public bool Equals(Guid alternate, LoggedWrite other) => alternate == other.Write.Id;

        public int GetHashCode(Guid alternate) => alternate.GetHashCode();

        public LoggedWrite Create(Guid alternate) => throw new NotSupportedException();
    }
}
