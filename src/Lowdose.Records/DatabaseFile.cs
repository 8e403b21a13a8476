using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Lowdose.Records;

/// <summary>
/// The SQLite file and its only connection, which makes every commit and every checkpoint: SQLite before 3.51.3 can damage a file of
/// which another connection checkpoints meanwhile. Exclusive locking keeps other programs out too. Source: docs/methods/records.md.
/// </summary>
internal sealed class DatabaseFile : IDisposable
{
    private const long CheckpointBytes = 4 << 20;
    private readonly string _path;
    private readonly DbContextOptions<RecordsContext> _options;
    private NotKeptException? _failed;

    private DatabaseFile(string path, SqliteConnection connection)
    {
        (_path, Connection) = (path, connection);
        _options = new DbContextOptionsBuilder<RecordsContext>().UseSqlite(connection).Options;
    }

    public SqliteConnection Connection { get; }

    /// <summary>A failed disk has been met: reading goes on, writing does not.</summary>
    public bool IsReadOnly => _failed is not null;

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

    /// <summary>The tables, for one piece of work.</summary>
    public RecordsContext Tables() => new(_options);

    /// <summary>Commits a change; when this returns, it is on the disk.</summary>
    /// <exception cref="NotKeptException">It is not, or nobody can know; nothing may be acknowledged.</exception>
    public void Commit(Action<RecordsContext> change) => Try(() =>
    {
        using var tables = Tables();
        using var transaction = tables.Database.BeginTransaction();
        change(tables);
        tables.SaveChanges();
        transaction.Commit();
    });

    /// <summary>Moves the log into the file where it has grown long. What is in the log is safe already, so a full disk is no failure here.</summary>
    public void CheckpointWhereDue()
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
    public void Checkpoint() => Try(() => Ask("PRAGMA wal_checkpoint(TRUNCATE)"));

    /// <summary>Work on the disk. After anything but a full disk no write is tried again: a second fsync can succeed without the bytes of the first.</summary>
    public void Try(Action work)
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

    /// <summary>Runs one statement; the first value it answers, as text.</summary>
    public string? Ask(string statement)
    {
        using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // Only our own words come here.
        command.CommandText = statement;
#pragma warning restore CA2100
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
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

    private static SqliteException? Cause(Exception e) => e as SqliteException ?? e.InnerException as SqliteException;

    private static NotKept? WhyOf(SqliteException said) => said.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => NotKept.DiskFull,
        raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL => NotKept.DiskFailed,
        _ => null,
    };
}
