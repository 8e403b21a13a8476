using System.Collections.Concurrent;
using Lowdose.Diary;
using Lowdose.Dosing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Lowdose.Records;

/// <summary>
/// The records: in a file of a data folder, which this process owns while the archive is open, or in a PostgreSQL database, which others may share.
/// Whatever <see cref="Append(DiaryWrite, string)"/> answers is on the disk. Safe for many threads at once; what is given to it to call must not call it.
/// Source: docs/methods/records.md.
/// </summary>
public sealed partial class Archive : IDisposable
{
    /// <summary>The one person of a personal archive.</summary>
    public const string Me = "me";

    // A write takes about 310 bytes: the days of one year of 5,000 people fit, on a computer that has the memory, and on any an eighth of it is used.
    private const int BytesAWrite = 400, MostOfAll = 2_000_000;
    private static readonly int MostInMemory = (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / BytesAWrite, 100_000, MostOfAll);

    // Whoever makes or deletes backups; always taken before a person's turn. Writes do not wait for it.
    private readonly Lock _backups = new();
    private readonly DataFolder? _folder;
    private readonly Database _database;
    private readonly IClock _clock;
    private readonly OpenDiaries _diaries;
    private readonly RememberedAnswers _remembered = new();
    // What this process wrote. On a file nobody else writes.
    private readonly ConcurrentDictionary<string, long> _lastWrites = new(StringComparer.Ordinal);

    private Archive(DataFolder? folder, Database database, IClock clock, int mostInMemory) =>
        (_folder, _database, _clock, _diaries) = (folder, database, clock, new(mostInMemory));

    /// <summary>The data folder.</summary>
    /// <exception cref="InvalidOperationException">It was opened without one (<see cref="OpenDatabase"/>).</exception>
    public string Folder => Owned.Path;

    /// <summary>Where the records are, for a sentence: a folder, or a database and its host. Never holds a password.</summary>
    public string Place => _database.IsShared ? _database.Name : Folder;

    /// <summary>The disk failed: nothing more is kept until Lowdose is started again, but everything can be read.</summary>
    public bool IsReadOnly => _database.IsReadOnly;

    /// <summary>Whether the database answers now, and nothing is known that keeps it from being written.</summary>
    public bool CanKeep()
    {
        try
        {
            return !IsReadOnly && Query(tables => tables.People.Any() || true);
        }
        catch (NotKeptException)
        {
            return false;
        }
    }

    /// <summary>The records are in PostgreSQL, which makes its own backups.</summary>
    public bool IsOnServer => _database.IsShared;

    internal int WritesInMemory => _diaries.Writes;

    private DataFolder Owned => _folder ?? throw new InvalidOperationException("this archive has no folder");

    /// <summary>Opens a folder's records; makes them where there are none, and brings older ones up to date after a backup.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="clock">Says when a write was received.</param>
    /// <param name="archive">Null where they cannot be opened.</param>
    /// <returns>Null, or why not.</returns>
    public static Refused? Open(string folder, IClock clock, out Archive? archive) => Open(folder, clock, SchemaSteps.All, "FULL", out archive);

    /// <summary>Opens the records of a PostgreSQL database, or those of the folder where none is named. The folder is then for what is this program's own: its socket and its keys.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="clock">Says when a write was received.</param>
    /// <param name="database">As <c>Host=…;Database=…;Username=…</c>; null: the folder's own file.</param>
    /// <param name="archive">Null where they cannot be opened.</param>
    /// <returns>Null, or why not; a password is never repeated.</returns>
    public static Refused? Open(string folder, IClock clock, string? database, out Archive? archive)
    {
        if (database is null) return Open(folder, clock, out archive);
        archive = null;
        if (DataFolder.Own(folder, out var owned) is { } notOurs) return notOurs;
        if (Open(owned, clock, database, SchemaSteps.Postgres, MostInMemory, out archive) is not { } refused) return null;
        owned!.Dispose();
        return refused;
    }

    /// <summary>Opens the records of a PostgreSQL database for a command, beside any program that serves them.</summary>
    /// <param name="database">As <c>Host=…;Database=…;Username=…</c>.</param>
    /// <param name="clock">Says when a write was received.</param>
    /// <param name="archive">Null where they cannot be opened.</param>
    /// <returns>Null, or why not; a password is never repeated.</returns>
    public static Refused? OpenDatabase(string database, IClock clock, out Archive? archive) => Open(null, clock, database, SchemaSteps.Postgres, MostInMemory, out archive);

    /// <summary>As the public one; tests bring steps of their own, or less memory.</summary>
    internal static Refused? Open(DataFolder? folder, IClock clock, string connection, IReadOnlyList<string> steps, int mostInMemory, out Archive? archive)
    {
        archive = null;
        if (PostgresDatabase.Open(connection, out var database) is { } unreached) return unreached;
        Refused? refused;
        try
        {
            var opened = new Archive(folder, database!, clock, mostInMemory);
            if ((refused = opened.BringUpToDate(steps)) is null)
            {
                // The first question takes long to compile, and nobody's turn is to wait for that.
                database!.Read(tables => tables.People.Any());
                archive = opened;
            }
        }
        catch (Exception e) when (PostgresDatabase.Refusal(e, database!.Name) is { } why)
        {
            refused = why;
        }
        if (refused is not null) database!.Dispose();
        return refused;
    }

    /// <summary>As the public one; tests bring steps of their own, less memory, or a database that does not wait for the disk.</summary>
    internal static Refused? Open(string folder, IClock clock, IReadOnlyList<string> steps, string synchronous, out Archive? archive, int? mostInMemory = null)
    {
        archive = null;
        if (DataFolder.Own(folder, out var owned) is { } notOurs) return notOurs;
        DatabaseFile? file = null;
        try
        {
            if (BackupFile.BrokenOff(owned!) is { } broken)
            {
                owned!.Dispose();
                return broken;
            }
            file = DatabaseFile.Open(owned!.Database, synchronous);
            var opened = new Archive(owned, file, clock, mostInMemory ?? MostInMemory);
            if ((opened.BringUpToDate(steps) ?? opened.FinishSealing()) is not { } refused)
            {
                archive = opened;
                return null;
            }
            opened.Dispose();
            return refused;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or NotKeptException)
        {
            file?.Dispose();
            owned!.Dispose();
            return e is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY }
                ? new($"another program has {owned.Database} open", "close it")
                : new($"the records in {owned.Path} cannot be opened: {e.Message.TrimEnd('.')}", $"check the disk; where the file is damaged, restore a backup (lowdose restore): the daily ones are in {owned.Backups}");
        }
    }

    /// <summary>Keeps one write.</summary>
    /// <param name="write">As the person's device made it.</param>
    /// <param name="person">Whose.</param>
    /// <returns>Where accepted or in conflict, it is on the disk.</returns>
    /// <exception cref="NotKeptException">The disk is full or has failed, or the database is away; nothing is known to be kept.</exception>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public Appended Append(DiaryWrite write, string person = Me) => Append([write], person)[0];

    /// <summary>Keeps several writes in their order, with one wait for the disk: those that can be kept are kept together or not at all.</summary>
    /// <param name="writes">In the order they were made.</param>
    /// <param name="person">Whose.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="NotKeptException">The disk is full or has failed, or the database is away; nothing is known to be kept.</exception>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public IReadOnlyList<Appended> Append(IReadOnlyList<DiaryWrite> writes, string person = Me) => Keep(person, log => writes.Select(log.Append).ToArray());

    /// <summary>Keeps what came from a file: all of it, or, where one write cannot be, nothing. A write that was kept before is left as it is.</summary>
    /// <param name="writes">With ids made from what they say, so that the same file twice adds nothing.</param>
    /// <param name="imported">What became of them; null where refused.</param>
    /// <param name="person">Whose.</param>
    /// <returns>Null, or the first reason.</returns>
    /// <exception cref="NotKeptException">The disk is full or has failed, or the database is away; nothing is known to be kept.</exception>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public Refused? Import(IReadOnlyList<DiaryWrite> writes, out Imported? imported, string person = Me)
    {
        imported = null;
        if (writes.Select(Fields.Refusal).FirstOrDefault(r => r is not null) is { } refused) return refused;
        (imported, var cannot) = Keep(person, log => Import(writes, log));
        return cannot;
    }

    private static (Imported? Imported, Refused? Cannot) Import(IReadOnlyList<DiaryWrite> writes, DiaryLog log)
    {
        var kept = log.Writes.Select(w => w.Write).ToArray();
        var known = kept.Select(w => w.Id).ToHashSet();
        DiaryWrite[] fresh = [.. writes.Where(w => known.Add(w.Id))];
        var trial = Log(kept);
        if (fresh.Select(trial.Append).FirstOrDefault(a => a is not (Appended.Accepted or Appended.Conflict)) is { } cannot)
            return (null, cannot is Appended.Refused { What: var what, Do: var todo } ? new(what, todo) : new("a write builds on another that is not in the file", "import the whole file"));
        Appended[] answers = [.. fresh.Select(log.Append)];
        return (new(answers.Count(a => a is Appended.Accepted), writes.Count - fresh.Length, answers.Count(a => a is Appended.Conflict)), null);
    }

    /// <summary>Reads the diary, while nothing is written to it. The log itself must not leave the function.</summary>
    /// <param name="read">What is wanted of it.</param>
    /// <param name="person">Whose.</param>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    /// <exception cref="NotKeptException">The database is away.</exception>
    public T Read<T>(Func<DiaryLog, T> read, string person = Me)
    {
        var diary = _diaries.Of(person);
        lock (diary.Turn) return read(LogOf(person, diary));
    }

    /// <summary>How far each record of an organisation has come: the number of its last write; 0 where nothing was written. One question, however many there are, and on a file only after the tables changed.</summary>
    /// <param name="organisation">Which.</param>
    /// <exception cref="NotKeptException">The database is away.</exception>
    public IReadOnlyDictionary<string, long> Reached(string organisation)
    {
        var reached = Remembered("reached", organisation, tables => tables.People.Where(p => p.Organisation == organisation)
            .Select(p => new { p.Id, Last = tables.Writes.Where(w => w.Person == p.Id).Max(w => (long?)w.Sequence) }).ToDictionary(p => p.Id, p => p.Last ?? 0, StringComparer.Ordinal))!;
        return reached.ToDictionary(p => p.Key, p => Math.Max(p.Value, _lastWrites.GetValueOrDefault(p.Key)), StringComparer.Ordinal);
    }

    /// <summary>Whether something in an open diary is not as Lowdose wrote it: then nothing of it is read or kept.</summary>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public bool IsDamaged(string person = Me)
    {
        try
        {
            return Read(_ => false, person);
        }
        catch (DamagedException)
        {
            return true;
        }
    }

    /// <summary>Reads the tables at one moment.</summary>
    /// <exception cref="NotKeptException">The database is away.</exception>
    internal T Query<T>(Func<RecordsContext, T> read) => _database.Read(read, atOneMoment: true);

    /// <summary>Changes the tables in one transaction; when this returns, it is on the disk.</summary>
    /// <param name="change">What changes.</param>
    /// <param name="person">Whose turn it needs, where the same is not to be done twice at once; null: nobody's.</param>
    /// <exception cref="NotKeptException">It is not, or nobody can know; nothing may be acknowledged.</exception>
    internal void Change(Action<RecordsContext> change, string? person = null)
    {
        try
        {
            _database.Commit(person, change);
        }
        finally
        {
            // Also where nobody knows whether it is kept.
            _remembered.Forget();
        }
    }

    /// <summary>As <see cref="Change"/>, for what leaves everything <see cref="Remembered"/> as it was: it says only that something happened.</summary>
    /// <param name="change">What changes.</param>
    /// <param name="but">The one answer that is old now, where it does no harm to meet it once more; null: none.</param>
    /// <exception cref="NotKeptException">It is not, or nobody can know; nothing may be acknowledged.</exception>
    internal void Note(Action<RecordsContext> change, (string About, string Id)? but = null)
    {
        _database.Commit(null, change);
        if (but is { } old) _remembered.Forget(old.About, old.Id);
    }

    /// <summary>
    /// What every page asks. Where nobody else changes the tables it is read again only after a change, so that pages do not wait for the disk with those who write; on a server each time.
    /// </summary>
    /// <param name="about">What is asked.</param>
    /// <param name="id">Of whom or what.</param>
    /// <param name="read">Answers it from the tables with one question; what it answers is never changed afterwards. Null is asked again each time.</param>
    /// <exception cref="NotKeptException">The database is away.</exception>
    internal T? Remembered<T>(string about, string id, Func<RecordsContext, T?> read) where T : class =>
        _database.IsShared ? _database.Read(read) : _remembered.Of(about, id, () => Query(read));

    /// <summary>Closes the records and gives the folder up.</summary>
    public void Dispose()
    {
        _database.Dispose();
        _folder?.Dispose();
    }

    private Refused? BringUpToDate(IReadOnlyList<string> steps)
    {
        if (_database.Version() is not { } found)
            return _database.IsShared ? new($"{_database.Name} holds something else than Lowdose", "name another with --database") : new($"{_database.Name} is not a file of Lowdose", "name another folder with --data");
        if (Newer(found) is { } newer) return newer;
        if (found == steps.Count) return null;
        // A server is backed up by its own means, before the new program is started.
        if (found > 0 && !_database.IsShared && BackUp(Path.Combine(Owned.Backups, $"before-schema-{steps.Count}.backup")) is { } noBackup) return noBackup;
        _database.Apply(steps, _clock.GetCurrentInstant());
        return Newer(_database.Version() ?? 0);

        Refused? Newer(int version) => version <= steps.Count ? null
            : new($"the records in {Place} were written by a newer Lowdose (schema {version}; this one knows {steps.Count})", "update Lowdose, or restore a backup made before");
    }
}

/// <summary>What an import came to.</summary>
/// <param name="Added">Writes that are new.</param>
/// <param name="Known">Writes that had been kept before; nothing was added for them.</param>
/// <param name="Conflicts">Writes that are kept beside what the diary says already; the person decides.</param>
public sealed record Imported(int Added, int Known, int Conflicts);
