using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NodaTime;
using SQLitePCL;

namespace Lowdose.Records;

/// <summary>
/// The SQLite file and its only connection, which makes every commit and every checkpoint: SQLite before 3.51.3 can damage a file of
/// which another connection checkpoints meanwhile. Exclusive locking keeps other programs out too. Source: docs/methods/records.md.
/// </summary>
internal sealed class DatabaseFile : Database
{
    // Everybody waits for a checkpoint: many short ones, some 25 ms, rather than few long ones.
    private const long CheckpointBytes = 1 << 20;
    // 2 MB: some milliseconds.
    private const int PagesAtATime = 512, TimesToSettle = 8;
    // One connection: one piece of work at a time.
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly PooledDbContextFactory<RecordsContext> _tables;
    private NotKeptException? _failed;

    private DatabaseFile(string path, SqliteConnection connection)
    {
        (_path, Connection) = (path, connection);
        _tables = new(new DbContextOptionsBuilder<RecordsContext>().UseSqlite(connection).Options);
    }

    public SqliteConnection Connection { get; }

    public override bool IsShared => false;

    public override bool IsReadOnly => _failed is not null;

    public override bool MayLiftTheRule => true;

    public override string Name => _path;

    public override IReadOnlyList<string> Steps => SchemaSteps.All;

    /// <summary>Opens the file, made where there is none.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged.</exception>
    public static DatabaseFile Open(string path, string synchronous = "FULL")
    {
        // Private from its first byte; the log beside it takes the same rights.
        if (!File.Exists(path))
        {
            Durable.Create(path).Dispose();
            Durable.Folder(Path.GetDirectoryName(path)!);
        }
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            var file = new DatabaseFile(path, connection);
            // A failing disk must not be met again in passing: checkpoints are made only where their answer is read.
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
            foreach (var setting in (string[])["locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=" + synchronous, "wal_autocheckpoint=0", "secure_delete=ON", "temp_store=MEMORY", "trusted_schema=OFF", "cell_size_check=ON"])
                file.Ask("PRAGMA " + setting);
            // The journal that made the file is deleted, and it must not come back after a power cut.
            Durable.Folder(Path.GetDirectoryName(path)!);
            if (file.Ask("PRAGMA quick_check") is not "ok") throw new SqliteException("the file is damaged", raw.SQLITE_CORRUPT);
            return file;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override int? Version()
    {
        lock (_gate) return SchemaSteps.VersionOf(Connection);
    }

    public override void Apply(IReadOnlyList<string> steps, Instant now) => Try(() =>
    {
        using var transaction = Connection.BeginTransaction();
        SchemaSteps.Apply(Connection, steps, now);
        transaction.Commit();
    });

    public override T Read<T>(Func<RecordsContext, T> read, bool atOneMoment = false)
    {
        lock (_gate)
        {
            using var tables = _tables.CreateDbContext();
            return read(tables);
        }
    }

    // Nobody else has the file: a turn of its own is not needed.
    public override void Commit(string? person, Action<RecordsContext> change)
    {
        lock (_gate)
        {
            Try(() =>
            {
                using var tables = _tables.CreateDbContext();
                using var transaction = tables.Database.BeginTransaction();
                change(tables);
                tables.SaveChanges();
                transaction.Commit();
            });
            CheckpointWhereDue();
        }
    }

    public override void WithoutTheRule(RecordsContext tables, Action work)
    {
        var rule = Ask("SELECT sql FROM sqlite_master WHERE name = 'writes_hold'")!;
        Ask("DROP TRIGGER writes_hold");
        work();
        Ask(rule);
    }

    /// <summary>
    /// Copies the whole file as it is at the end, a few megabytes at a time, so that nobody waits for all of it. What is written meanwhile by this connection, the only one, goes into
    /// the copy as well. Source: SQLite, Online Backup API, sqlite3_backup_step.
    /// </summary>
    /// <param name="copy">An empty database.</param>
    /// <param name="settle">Puts what was copied on the disk. It is asked for now and then: what a whole copy leaves to be put there at its end, every commit meanwhile would wait for.</param>
    /// <exception cref="SqliteException">The copy cannot be written, or the file not be read.</exception>
    public void CopyTo(SqliteConnection copy, Action settle)
    {
        using var backup = Begun();
        int done;
        for (var times = 1; ; times++)
        {
            lock (_gate) done = raw.sqlite3_backup_step(backup, PagesAtATime);
            if (done != raw.SQLITE_OK) break;
            if (times % TimesToSettle == 0) settle();
        }
        lock (_gate) raw.sqlite3_backup_finish(backup);
        if (done != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(done, copy.Handle);

        sqlite3_backup Begun()
        {
            lock (_gate)
            {
                var begun = raw.sqlite3_backup_init(copy.Handle, "main", Connection.Handle, "main");
                if (begun.IsInvalid) SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(copy.Handle), copy.Handle);
                return begun;
            }
        }
    }

    /// <inheritdoc/>
    public override void LeaveNoTrace()
    {
        lock (_gate)
        {
            Try(() => Ask("VACUUM"));
            Checkpoint();
        }
    }

    /// <summary>Moves the log into the file where it has grown long. What is in the log is safe already, so a full disk is no failure here.</summary>
    private void CheckpointWhereDue()
    {
        if (IsReadOnly || new FileInfo(_path + "-wal") is not { Exists: true, Length: > CheckpointBytes }) return;
        try
        {
            Checkpoint();
        }
        catch (NotKeptException)
        {
            // Full: next time. Failed: the next write says so.
        }
    }

    /// <summary>Moves the whole log into the file and empties it.</summary>
    /// <exception cref="NotKeptException">The disk is full or has failed; the log still holds everything.</exception>
    private void Checkpoint() => Try(() => Ask("PRAGMA wal_checkpoint(TRUNCATE)"));

    /// <summary>Work on the disk. After anything but a full disk no write is tried again: a second fsync can succeed without the bytes of the first.</summary>
    private void Try(Action work)
    {
        lock (_gate)
        {
            if (_failed is not null) throw new NotKeptException(_failed.Why, _failed);
            try
            {
                work();
            }
            catch (Exception e) when (Cause(e) is { } said && WhyOf(said) is { } why)
            {
                var failure = new NotKeptException(why, said);
                if (why != NotKept.DiskFull || raw.sqlite3_get_autocommit(Connection.Handle) == 0) _failed = failure;
                throw failure;
            }
        }
    }

    /// <summary>Runs one statement; the first value it answers, as text.</summary>
    public string? Ask(string statement)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Only our own words come here.
        command.CommandText = statement;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            try
            {
                if (!IsReadOnly) Checkpoint();
            }
            catch (NotKeptException)
            {
                // Everything acknowledged is in the log, and the next start finds it there.
            }
            Connection.Dispose();
        }
    }

    private static SqliteException? Cause(Exception e) => e as SqliteException ?? e.InnerException as SqliteException;

    private static NotKept? WhyOf(SqliteException said) => said.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => NotKept.DiskFull,
        raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL => NotKept.DiskFailed,
        _ => null,
    };
}
