using System.Data;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records.Clinic;

/// <summary>
/// Who did what, and who looked: a chain of entries to which only more is added. One chain a database, however many web nodes write it.
/// Source: docs/methods/audit.md.
/// </summary>
/// <param name="archive">The records.</param>
/// <param name="clock">Says when.</param>
public sealed class AuditTrail(Archive archive, IClock clock)
{
    // Any number that nothing else in the database locks by; "lowdose" on a telephone's keys.
    private const long OneWriter = 5693673;

    private readonly Lock _gate = new();
    private List<Noted> _waiting = [];
    private bool _isWriting;

    /// <summary>Keeps a deed that changes nothing else, as a look. When this returns it is on the disk, and only then may anything be shown.</summary>
    /// <exception cref="NotKeptException">It is not; nothing may be shown.</exception>
    public void Note(Deed deed)
    {
        deed.Check();
        var mine = new Noted(deed);
        bool writes;
        lock (_gate)
        {
            _waiting.Add(mine);
            (writes, _isWriting) = (!_isWriting, true);
        }
        // One writes for all who came meanwhile, then the first of those who came after: one wait for the disk serves many looks.
        if (writes || mine.IsToWrite()) WriteAllThatWait();
        if (mine.Failure is NotKeptException notKept) throw new NotKeptException(notKept.Why, notKept);
        if (mine.Failure is { } defect) ExceptionDispatchInfo.Throw(defect);
    }

    /// <summary>Keeps many looks together, with one wait for the disk, or none of them.</summary>
    /// <exception cref="NotKeptException">They are not; nothing may be shown.</exception>
    public void NoteTogether(IReadOnlyList<Deed> deeds)
    {
        if (deeds.Count > 0) archive.Note(tables => Append(tables, clock.GetCurrentInstant(), deeds));
    }

    /// <summary>What was done with a record, the last first.</summary>
    /// <param name="record">Whose.</param>
    /// <param name="own">The account whose record it is.</param>
    /// <param name="byOthers">What others did, or what the account itself did.</param>
    /// <param name="before">Only entries with a smaller number; null: from the last.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<AuditEntry> Of(string record, string own, bool byOthers, long? before, int count) => archive.Query(tables => tables.Set<AuditRow>().AsNoTracking()
        .Where(a => a.Record == record && a.Sequence < (before ?? long.MaxValue) && (a.Actor != own) == byOthers).OrderByDescending(a => a.Sequence).Take(count).AsEnumerable().Select(AuditEntry.Of).ToArray());

    /// <summary>Who the actors of entries are now; an account that is gone is not among them.</summary>
    public IReadOnlyDictionary<string, NamedActor> Names(IEnumerable<AuditEntry> entries)
    {
        string[] ids = [.. entries.Select(e => e.Actor).Distinct(StringComparer.Ordinal)];
        return archive.Query(tables => tables.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToArray()).ToDictionary(a => a.Id, a => new NamedActor(a.ShownName, a.Roles), StringComparer.Ordinal);
    }

    /// <summary>The end of the chain as it is now.</summary>
    public AuditAnchor Head()
    {
        var (sequence, hash) = archive.Query(Last);
        return new(sequence, hash, clock.GetCurrentInstant());
    }

    /// <summary>Keeps deeds in the transaction that does them, so that neither is there without the other. Best at its end: until it ends, everybody else's entries wait.</summary>
    /// <param name="tables">Of <see cref="Archive.Change"/>.</param>
    /// <param name="now">When.</param>
    /// <param name="deeds">In their order.</param>
    internal static void Append(RecordsContext tables, Instant now, params IEnumerable<Deed> deeds)
    {
        var isShared = !tables.Database.IsSqlite();
        // One that reads all as of its beginning would not see what others have added since.
        if (tables.Database.CurrentTransaction is not { } begun || (isShared && begun.GetDbTransaction().IsolationLevel != IsolationLevel.ReadCommitted))
            throw new InvalidOperationException("an entry is kept only in a transaction that changes something");
        // Several nodes share a PostgreSQL; the lock is held until the transaction has ended. SQLite has one writer.
        if (isShared) tables.Database.ExecuteSql($"SELECT pg_advisory_xact_lock({OneWriter})");
        var (sequence, previous) = Last(tables);
        var at = InstantPattern.ExtendedIso.Format(now);
        foreach (var deed in deeds)
        {
            deed.Check();
            var (act, detail) = (ActWords.Of(deed.Act), deed.Detail.ToString());
            var hash = AuditHash.Of(previous, ++sequence, at, deed.Organisation, deed.Actor, act, deed.Record, detail);
            tables.Database.ExecuteSql($"""
                INSERT INTO audit (sequence, at, organisation, actor, act, record, detail, previous, hash)
                VALUES ({sequence}, {at}, {deed.Organisation}, {deed.Actor}, {act}, {deed.Record}, {detail}, {previous}, {hash})
                """);
            previous = hash;
        }
    }

    private static (long Sequence, byte[] Hash) Last(RecordsContext tables) =>
        tables.Set<AuditRow>().AsNoTracking().OrderByDescending(a => a.Sequence).Select(a => new { a.Sequence, a.Hash }).FirstOrDefault() is { } last ? (last.Sequence, last.Hash) : (0, AuditHash.Start);

    private void WriteAllThatWait()
    {
        List<Noted> all;
        lock (_gate) (all, _waiting) = (_waiting, []);
        try
        {
            var now = clock.GetCurrentInstant();
            archive.Note(tables => Append(tables, now, all.Select(n => n.Deed)));
        }
#pragma warning disable CA1031 // It is thrown again, to each of those who wait.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var noted in all) noted.Failure = e;
        }
        foreach (var noted in all) noted.Tell(isToWrite: false);
        Noted? next;
        lock (_gate)
        {
            next = _waiting.FirstOrDefault();
            _isWriting = next is not null;
        }
        next?.Tell(isToWrite: true);
    }

    /// <summary>A deed that waits until it is kept, or until whoever brought it is to write for all.</summary>
    private sealed class Noted(Deed deed)
    {
        private readonly TaskCompletionSource<bool> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Deed Deed { get; } = deed;
        public Exception? Failure { get; set; }

        public bool IsToWrite() => _told.Task.GetAwaiter().GetResult();

        public void Tell(bool isToWrite) => _told.TrySetResult(isToWrite);
    }
}

/// <summary>Somebody in the trail, as people know them.</summary>
/// <param name="ShownName">What the account is called now.</param>
/// <param name="Roles">What it is now.</param>
public sealed record NamedActor(string ShownName, IReadOnlyList<Role> Roles);
