using Lowdose.Diary;
using Lowdose.Dosing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Records;

/// <summary>
/// The records of a data folder, which this process owns while the archive is open. Whatever <see cref="Append(DiaryWrite, string)"/> answers is on the disk.
/// Safe for many threads at once. Source: docs/methods/records.md.
/// </summary>
public sealed partial class Archive : IDisposable
{
    /// <summary>The one person of a personal archive.</summary>
    public const string Me = "me";

    private readonly Lock _gate = new();
    // Whoever makes or deletes backups; always taken before the gate. Writes do not wait for it.
    private readonly Lock _backups = new();
    private readonly DataFolder _folder;
    private readonly DatabaseFile _file;
    private readonly IClock _clock;
    private readonly Dictionary<string, DiaryLog> _logs = new(StringComparer.Ordinal);
    // Null: there is no passphrase. Not there: it has not been given yet.
    private readonly Dictionary<string, Seal?> _seals = new(StringComparer.Ordinal);

    private Archive(DataFolder folder, DatabaseFile file, IClock clock) => (_folder, _file, _clock) = (folder, file, clock);

    /// <summary>The data folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>The disk failed: nothing more is kept until Lowdose is started again, but everything can be read.</summary>
    public bool IsReadOnly => _file.IsReadOnly;

    /// <summary>Opens a folder's records; makes them where there are none, and brings older ones up to date after a backup.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="clock">Says when a write was received.</param>
    /// <param name="archive">Null where they cannot be opened.</param>
    /// <returns>Null, or why not.</returns>
    public static Refused? Open(string folder, IClock clock, out Archive? archive) => Open(folder, clock, SchemaSteps.All, "FULL", out archive);

    /// <summary>As the public one; tests bring steps of their own, or a database that does not wait for the disk.</summary>
    internal static Refused? Open(string folder, IClock clock, IReadOnlyList<string> steps, string synchronous, out Archive? archive)
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
            var opened = new Archive(owned, file, clock);
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
    /// <exception cref="NotKeptException">The disk is full or has failed; nothing was kept.</exception>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public Appended Append(DiaryWrite write, string person = Me) => Append([write], person)[0];

    /// <summary>Keeps several writes in their order, with one wait for the disk: those that can be kept are kept together or not at all.</summary>
    /// <param name="writes">In the order they were made.</param>
    /// <param name="person">Whose.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="NotKeptException">The disk is full or has failed; nothing was kept.</exception>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public IReadOnlyList<Appended> Append(IReadOnlyList<DiaryWrite> writes, string person = Me)
    {
        lock (_gate)
        {
            var log = LogOf(person);
            var before = log.Writes.Count;
            var (now, seal) = (_clock.GetCurrentInstant(), _seals[person]);
            Appended[] answers;
            try
            {
                answers = [.. writes.Select(log.Append)];
                if (log.Writes.Count == before) return answers;
                _file.Commit(tables =>
                {
                    if (before == 0 && !tables.People.Any(p => p.Id == person)) tables.People.Add(new() { Id = person, CreatedAt = NodaTime.Text.InstantPattern.ExtendedIso.Format(now) });
                    tables.Writes.AddRange(log.Writes.Skip(before).Select(w => Content.Row(person, w, seal, now)));
                });
            }
            catch
            {
                // Memory must not know what the disk does not.
                _logs[person] = Log(log.Writes.Take(before).Select(w => w.Write));
                throw;
            }
            _file.CheckpointWhereDue();
            return answers;
        }
    }

    /// <summary>Keeps what came from a file: all of it, or, where one write cannot be, nothing. A write that was kept before is left as it is.</summary>
    /// <param name="writes">With ids made from what they say, so that the same file twice adds nothing.</param>
    /// <param name="imported">What became of them; null where refused.</param>
    /// <param name="person">Whose.</param>
    /// <returns>Null, or the first reason.</returns>
    /// <exception cref="NotKeptException">The disk is full or has failed; nothing was kept.</exception>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public Refused? Import(IReadOnlyList<DiaryWrite> writes, out Imported? imported, string person = Me)
    {
        imported = null;
        lock (_gate)
        {
            if (writes.Select(Fields.Refusal).FirstOrDefault(r => r is not null) is { } refused) return refused;
            var kept = LogOf(person).Writes.Select(w => w.Write).ToArray();
            var known = kept.Select(w => w.Id).ToHashSet();
            DiaryWrite[] fresh = [.. writes.Where(w => known.Add(w.Id))];
            var trial = Log(kept);
            if (fresh.Select(trial.Append).FirstOrDefault(a => a is not (Appended.Accepted or Appended.Conflict)) is { } cannot)
                return cannot is Appended.Refused { What: var what, Do: var todo } ? new(what, todo) : new("a write builds on another that is not in the file", "import the whole file");
            var answers = Append(fresh, person);
            imported = new(answers.Count(a => a is Appended.Accepted), writes.Count - fresh.Length, answers.Count(a => a is Appended.Conflict));
            return null;
        }
    }

    /// <summary>Reads the diary, while nothing is written to it. The log itself must not leave the function.</summary>
    /// <param name="read">What is wanted of it.</param>
    /// <param name="person">Whose.</param>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public T Read<T>(Func<DiaryLog, T> read, string person = Me)
    {
        lock (_gate) return read(LogOf(person));
    }

    /// <summary>Whether something in an open diary is not as Lowdose wrote it: then nothing of it is read or kept.</summary>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public bool IsDamaged(string person = Me)
    {
        try
        {
            lock (_gate) _ = LogOf(person);
            return false;
        }
        catch (DamagedException)
        {
            return true;
        }
    }

    /// <summary>Reads the tables at one moment.</summary>
    internal T Query<T>(Func<RecordsContext, T> read)
    {
        lock (_gate)
        {
            using var tables = _file.Tables();
            return read(tables);
        }
    }

    /// <summary>Changes the tables in one transaction; when this returns, it is on the disk.</summary>
    /// <exception cref="NotKeptException">It is not, or nobody can know; nothing may be acknowledged.</exception>
    internal void Change(Action<RecordsContext> change)
    {
        lock (_gate) _file.Commit(change);
        _file.CheckpointWhereDue();
    }

    /// <summary>Closes the records and gives the folder up.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
            _folder.Dispose();
        }
    }

    private Refused? BringUpToDate(IReadOnlyList<string> steps)
    {
        if (SchemaSteps.VersionOf(_file.Connection) is not { } found) return new($"{_folder.Database} is not a file of Lowdose", "name another folder with --data");
        if (found > steps.Count)
            return new($"the records in {Folder} were written by a newer Lowdose (schema {found}; this one knows {steps.Count})", "update Lowdose, or restore a backup made before");
        if (found == steps.Count) return null;
        if (found > 0 && BackUp(Path.Combine(_folder.Backups, $"before-schema-{steps.Count}.backup")) is { } noBackup) return noBackup;
        _file.Try(() => SchemaSteps.Apply(_file.Connection, steps, _clock.GetCurrentInstant()));
        return null;
    }

    private DiaryLog LogOf(string person)
    {
        if (_logs.TryGetValue(person, out var log)) return log;
        var seal = SealOf(person);
        using var tables = _file.Tables();
        _logs[person] = log = Log(tables.Writes.AsNoTracking().Where(w => w.Person == person).OrderBy(w => w.Sequence).AsEnumerable().Select(row => Content.Write(row, seal)));
        return log;
    }

    private static DiaryLog Log(IEnumerable<DiaryWrite> writes)
    {
        var log = new DiaryLog();
        foreach (var write in writes)
            if (log.Append(write) is not (Appended.Accepted or Appended.Conflict))
                throw new DamagedException($"the write {write.Id} cannot be read by this version");
        return log;
    }
}

/// <summary>What an import came to.</summary>
/// <param name="Added">Writes that are new.</param>
/// <param name="Known">Writes that had been kept before; nothing was added for them.</param>
/// <param name="Conflicts">Writes that are kept beside what the diary says already; the person decides.</param>
public sealed record Imported(int Added, int Known, int Conflicts);
