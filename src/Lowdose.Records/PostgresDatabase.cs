using System.Data;
using System.Net.Sockets;
using Lowdose.Dosing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NodaTime;
using Npgsql;

namespace Lowdose.Records;

/// <summary>
/// A PostgreSQL server, which several Lowdose may share. A person's turn is an advisory lock that ends with the transaction, so that what is
/// numbered under it is seen in that order by everybody. Source: PostgreSQL 15, §13.3.5; docs/methods/records.md.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    // A paused program gives its turn up (idle in transaction) before others stop waiting for it (lock).
    private const string Session = """
        SET lock_timeout = '15s'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '10s';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """;

    // SQLSTATE of idle_in_transaction_session_timeout.
    private const string IdleInTransaction = "25P03";

    private const string Turn = "SELECT pg_advisory_xact_lock(hashtextextended({0}, 0))";

    // Of two numbers, so that it can be nobody's turn.
    private const string Schema = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock(5693673, 1)";

    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<RecordsContext> _tables;

    private PostgresDatabase(NpgsqlDataSource source, string name) =>
        (_source, _tables, Name) = (source, new(new DbContextOptionsBuilder<RecordsContext>().UseNpgsql(source).Options), name);

    public override bool IsShared => true;

    public override bool IsReadOnly => false;

    public override bool MayLiftTheRule =>
        Read(tables => tables.Database.SqlQueryRaw<bool>("SELECT pg_has_role(current_user, relowner, 'USAGE') AS \"Value\" FROM pg_class WHERE oid = 'writes'::regclass").Single());

    public override string Name { get; }

    public override IReadOnlyList<string> Steps => SchemaSteps.Postgres;

    /// <summary>Reaches the server.</summary>
    /// <param name="connection">As <c>Host=…;Database=…;Username=…</c>. What it says of the password is never repeated.</param>
    /// <param name="database">Null where it cannot be used.</param>
    /// <returns>Null, or why not.</returns>
    public static Refused? Open(string connection, out PostgresDatabase? database)
    {
        database = null;
        if (Read(connection) is not { } settings) return new("the connection to PostgreSQL cannot be read", "write it as Host=localhost;Database=lowdose;Username=lowdose");
        var name = $"the database {settings.Database} on {settings.Host}";
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).UsePhysicalConnectionInitializer(open => SchemaSteps.Run(open, Session), async open =>
        {
            await using var begin = new NpgsqlCommand(Session, open);
            await begin.ExecuteNonQueryAsync().ConfigureAwait(false);
        }).Build();
        try
        {
            using var open = source.OpenConnection();
            if (Unfit(open, name) is not { } unfit)
            {
                database = new(source, name);
                return null;
            }
            source.Dispose();
            return unfit;
        }
        catch (Exception e) when (Cause(e) is not null)
        {
            source.Dispose();
            return Unreached(Cause(e)!, settings, name);
        }
    }

    public override int? Version()
    {
        using var open = _source.OpenConnection();
        return SchemaSteps.VersionOf(open);
    }

    public override void Apply(IReadOnlyList<string> steps, Instant now)
    {
        using var open = _source.OpenConnection();
        using var transaction = open.BeginTransaction();
        SchemaSteps.Run(open, Schema);
        // Somebody else may have done it, or begun something else here, meanwhile.
        if (SchemaSteps.VersionOf(open) is { } found && found < steps.Count) SchemaSteps.Apply(open, steps, now);
        transaction.Commit();
    }

    public override T Read<T>(Func<RecordsContext, T> read, bool atOneMoment = false)
    {
        try
        {
            return Twice(tables =>
            {
                using var moment = atOneMoment ? tables.Database.BeginTransaction(IsolationLevel.RepeatableRead) : null;
                return read(tables);
            });
        }
        catch (Exception e) when (WhyOf(e) is { } why)
        {
            throw new NotKeptException(why, e);
        }
    }

    public override void Commit(string? person, Action<RecordsContext> change)
    {
        try
        {
            using var tables = Begun(person);
            change(tables);
            tables.SaveChanges();
            tables.Database.CommitTransaction();
        }
        catch (Exception e) when (WhyOf(e) is { } why)
        {
            throw new NotKeptException(why, e);
        }
    }

    // The owner of the tables may; others who write wait until this transaction ends.
    public override void WithoutTheRule(RecordsContext tables, Action work)
    {
        tables.Database.ExecuteSqlRaw("ALTER TABLE writes DISABLE TRIGGER writes_hold");
        work();
        tables.Database.ExecuteSqlRaw("ALTER TABLE writes ENABLE TRIGGER writes_hold");
    }

    /// <summary>The server's pages, its log and its backups are its own.</summary>
    public override void LeaveNoTrace()
    {
    }

    public override void Dispose() => _source.Dispose();

    private T Twice<T>(Func<RecordsContext, T> read)
    {
        try
        {
            using var tables = _tables.CreateDbContext();
            return read(tables);
        }
        catch (Exception e) when (IsLost(e))
        {
            _source.Clear();
            using var tables = _tables.CreateDbContext();
            return read(tables);
        }
    }

    /// <summary>A transaction that has the person's turn. A connection that was lost while nobody used it is replaced; after this first answer nothing is tried twice.</summary>
    private RecordsContext Begun(string? person)
    {
        for (var again = false; ; again = true)
        {
            var tables = _tables.CreateDbContext();
            try
            {
                tables.Database.BeginTransaction(IsolationLevel.ReadCommitted);
                if (person is null) tables.Database.ExecuteSqlRaw("SELECT 1");
                else tables.Database.ExecuteSqlRaw(Turn, person);
                return tables;
            }
            catch (Exception e) when (!again && IsLost(e))
            {
                tables.Dispose();
                _source.Clear();
            }
            catch
            {
                tables.Dispose();
                throw;
            }
        }
    }

    private static NpgsqlConnectionStringBuilder? Read(string connection)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "lowdose", IncludeErrorDetail = false, PersistSecurityInfo = false, Enlist = false, NoResetOnClose = true };
            if (string.IsNullOrEmpty(settings.Host)) return null;
            settings.Username ??= "lowdose";
            settings.Database ??= settings.Username;
            if (!settings.ContainsKey("Timeout")) settings.Timeout = 4;
            if (!settings.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = 20;
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // What is said about it could repeat the password.
            return null;
        }
    }

    private static Refused? Unfit(NpgsqlConnection open, string name)
    {
        if (Setting("fsync") != "on") return new($"{name} runs with fsync off: what it says is kept can be lost", "set fsync = on in postgresql.conf");
        if (Setting("server_encoding") != "UTF8") return new($"{name} is not in UTF-8", "make one with: createdb --encoding UTF8 --template template0 NAME");
        return null;

        string? Setting(string setting)
        {
            using var asked = new NpgsqlCommand("SELECT current_setting($1)", open) { Parameters = { new() { Value = setting } } };
            return (string?)asked.ExecuteScalar();
        }
    }

    private static Refused Unreached(Exception said, NpgsqlConnectionStringBuilder settings, string name) => (said as PostgresException)?.SqlState switch
    {
        null => new($"{name} cannot be reached", "check that PostgreSQL runs there, and the host and the port"),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new($"{name} does not let {settings.Username} in", "check the user's name and password"),
        PostgresErrorCodes.InvalidCatalogName => new($"there is no database {settings.Database} on {settings.Host}", $"make it: createdb --owner {settings.Username} {settings.Database}"),
        PostgresErrorCodes.InsufficientPrivilege => new($"{settings.Username} may not use {name}", "make that user its owner"),
        PostgresErrorCodes.CannotConnectNow => new($"{name} is starting or stopping", "try again in a moment"),
        var state => new($"{name} cannot be used (SQLSTATE {state})", "look it up in the log of the server"),
    };

    /// <summary>As the reason a person is given; null where it is none.</summary>
    public static Refused? Refusal(Exception e, string name) => Cause(e) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => new($"the tables in {name} may not be made or used", "make the user the owner of the database"),
        PostgresException said => new($"{name} cannot be used (SQLSTATE {said.SqlState})", "look it up in the log of the server"),
        null => null,
        _ => new($"{name} does not answer", "try again in a moment"),
    };

    private static Exception? Cause(Exception e)
    {
        for (var at = e; at is not null; at = at.InnerException)
            if (at is NpgsqlException or SocketException or TimeoutException) return at;
        return null;
    }

    /// <summary>The connection broke; what was asked last may have been done or not.</summary>
    private static bool IsLost(Exception e) => Cause(e) is { } cause and (not PostgresException or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown })
        && cause is not TimeoutException && cause.InnerException is not TimeoutException;

    /// <summary>Null: no state of the world, but a defect.</summary>
    private static NotKept? WhyOf(Exception e) => Cause(e) switch
    {
        null => null,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => NotKept.DiskFull,
        // Connection, resources, a lock or a statement that took too long, a standby, an operator, the disk: all pass, and nothing was kept.
        PostgresException said => said.SqlState[..2] is "08" or "53" or "55" or "57" or "58" or "40" or "XX" || said.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransaction ? NotKept.DatabaseAway : null,
        _ => NotKept.DatabaseAway,
    };
}
