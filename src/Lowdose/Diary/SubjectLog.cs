using System.Security.Cryptography;

namespace Lowdose.Diary;

/// <summary>The writes about one subject: what each had seen, what holds, and what is still undecided.</summary>
internal readonly struct SubjectLog
{
    // Most days are written once, and there are hundreds of them in thousands of diaries: what one write makes plain is not kept.
    private readonly object? _known;

    private SubjectLog(object known) => _known = known;

    private LoggedWrite? Only => _known as LoggedWrite;

    private Woven? Many => _known as Woven;

    public IReadOnlyList<LoggedWrite> Writes => Many?.Writes ?? (Only is null ? [] : [Only]);

    public Guid? Head => Many?.Head ?? Only?.Write.Id;

    public bool Knows(Guid @base) => Many?.Knows(@base) ?? Only?.Write.Id == @base;

    /// <summary>The fields whose value in force differs and had not been seen by the writer.</summary>
    public IReadOnlyList<Clash> Clashes(DiaryWrite write)
    {
        // Nobody wrote since: the usual case, without a walk.
        if (write.Base == Head) return [];
        var (past, here) = (Past(write.Base), this);
        return [.. from change in write.Changes
                   let theirs = here.Setter(change.Field)
                   where theirs is not null && !past.Contains(theirs.Write.Id) && ValueOf(theirs, change.Field) != change.Value
                   orderby theirs.Sequence
                   select new Clash(change.Field, change.Value, ValueOf(theirs, change.Field), theirs.Write)];
    }

    /// <summary>With one write more; this one may not be used any longer.</summary>
    public SubjectLog With(LoggedWrite logged)
    {
        if (_known is null) return new(logged);
        var woven = Many ?? new();
        if (Only is { } first) woven.Add(first);
        woven.Add(logged);
        return new(woven);
    }

    public IReadOnlyList<LoggedWrite> Unseen(Guid? @base)
    {
        var past = Past(@base);
        return [.. Writes.Where(w => !past.Contains(w.Write.Id))];
    }

    public IReadOnlyDictionary<string, Kept> Now()
    {
        // Hundreds of days are looked at for one page: a list in order is smaller and faster than a tree.
        var now = new SortedList<string, Kept>(Only?.Write.Changes.Count ?? Many?.Setters.Count ?? 0, StringComparer.Ordinal);
        if (Only is { } only)
            foreach (var (field, value) in only.Write.Changes)
                if (value is not null) now.Add(field, new(value, only.Write, only.Sequence));
        if (Many is { } woven)
            foreach (var (field, setter) in woven.Setters)
                if (ValueOf(setter, field) is { } value) now.Add(field, new(value, setter.Write, setter.Sequence));
        return now;
    }

    /// <summary>Conflicts of which a field still differs from what holds, and that neither its own device nor anybody who had seen it has written since.</summary>
    public IReadOnlyList<Appended.Conflict> Open()
    {
        var (open, here) = (new List<Appended.Conflict>(), this);
        foreach (var conflict in Writes.Where(w => w.IsConflict))
        {
            Clash[] clashes = [.. conflict.Write.Changes.Where(c => here.IsOpen(conflict, c)).Select(c =>
                new Clash(c.Field, c.Value, here.Value(c.Field), (here.Setter(c.Field) ?? conflict).Write))];
            if (clashes.Length > 0) open.Add(new(conflict.Sequence, conflict.Write, clashes));
        }
        return open;
    }

    private bool IsOpen(LoggedWrite conflict, Change change)
    {
        var here = this;
        return Value(change.Field) != change.Value
            && !Writes.Any(w => w.Sequence > conflict.Sequence && w.Write.Changes.Any(c => c.Field == change.Field) && here.Past(w.Write.Base).Contains(conflict.Write.Id));
    }

    /// <summary>Who set a field last, or cleared it; a write that met another's has set nothing, and the first cannot have.</summary>
    private LoggedWrite? Setter(string field) => Many is not null ? Many.Setters.GetValueOrDefault(field) : Only is { } only && only.Write.Changes.Any(c => c.Field == field) ? only : null;

    private string? Value(string field) => Setter(field) is { } setter ? ValueOf(setter, field) : null;

    private static string? ValueOf(LoggedWrite logged, string field) => logged.Write.Changes.First(c => c.Field == field).Value;

    /// <summary>Everything a device had seen that names this base.</summary>
    private HashSet<Guid> Past(Guid? @base) => Many is not null ? Many.Past(@base) : @base is { } only ? [only] : [];

    /// <summary>How several writes build on one another.</summary>
    private sealed class Woven
    {
        private readonly List<LoggedWrite> _writes = [];
        private readonly Dictionary<Guid, LoggedWrite> _byId = [];
        // What each base a device can name stands for: a write, or several last writes that were read together.
        private readonly Dictionary<Guid, Guid[]> _heads = [];
        // Writes that no other write had seen.
        private HashSet<Guid> _last = [];

        public IReadOnlyList<LoggedWrite> Writes => _writes;

        /// <summary>Who set each field last, cleared ones too.</summary>
        public Dictionary<string, LoggedWrite> Setters { get; } = new(StringComparer.Ordinal);

        public Guid? Head { get; private set; }

        public bool Knows(Guid @base) => _byId.ContainsKey(@base) || _heads.ContainsKey(@base);

        public void Add(LoggedWrite logged)
        {
            if (logged.Write.Base == Head) _last = [];
            else if (Past(logged.Write.Base) is var past) _last.RemoveWhere(past.Contains);
            _last.Add(logged.Write.Id);
            _writes.Add(logged);
            _byId.Add(logged.Write.Id, logged);
            Head = Name(_last);
            _heads[Head.Value] = [.. _last];
            if (logged.IsConflict) return;
            foreach (var change in logged.Write.Changes) Setters[change.Field] = logged;
        }

        public HashSet<Guid> Past(Guid? @base)
        {
            var seen = new HashSet<Guid>();
            var ahead = new Stack<Guid>();
            if (@base is { } first) ahead.Push(first);
            while (ahead.TryPop(out var id))
            {
                // A head of one write has the write's own id.
                if (_byId.TryGetValue(id, out var logged))
                {
                    if (seen.Add(id) && logged.Write.Base is { } before) ahead.Push(before);
                }
                else foreach (var last in _heads[id]) ahead.Push(last);
            }
            return seen;
        }

        /// <summary>The same name for the same last writes, on every machine: the write's own id, or the first 128 bits of a hash of all ids, marked as UUID version 8 (RFC 9562).</summary>
        private static Guid Name(HashSet<Guid> last)
        {
            if (last.Count == 1) return last.Single();
            var hash = SHA256.HashData(last.Order().SelectMany(id => id.ToByteArray(bigEndian: true)).ToArray()).AsSpan(0, 16);
            hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
            hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
            return new Guid(hash, bigEndian: true);
        }
    }
}
