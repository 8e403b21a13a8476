using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>How the tables came to be: numbered steps written by hand, each applied once, all missing ones together or none.</summary>
internal static class SchemaSteps
{
    /// <summary>The steps of this program for a file, the first first.</summary>
    public static IReadOnlyList<string> All { get; } = Read("sqlite");

    /// <summary>The steps of this program for PostgreSQL, the first first.</summary>
    public static IReadOnlyList<string> Postgres { get; } = Read("postgres");

    /// <summary>The version of a database: 0 where it is empty, null where it holds something else.</summary>
    public static int? VersionOf(DbConnection connection)
    {
        // What an extension of PostgreSQL brings along is not somebody's data.
        var (any, ours) = connection is SqliteConnection
            ? ("SELECT count(*) FROM sqlite_master", "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'")
            : ("SELECT count(*) FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')",
               "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'schema_version' AND EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'writes')");
        if (Number(connection, any) == 0) return 0;
        return Number(connection, ours) == 0 ? null : Number(connection, "SELECT coalesce(max(version), 0) FROM schema_version");
    }

    /// <summary>Applies what is missing, inside a transaction of the caller's.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="steps">All steps up to the version wanted.</param>
    /// <param name="now">Written beside each.</param>
    public static void Apply(DbConnection connection, IReadOnlyList<string> steps, Instant now)
    {
        var first = VersionOf(connection)!.Value + 1;
        Run(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)" + (connection is SqliteConnection ? " STRICT" : ""));
        for (var version = first; version <= steps.Count; version++)
        {
            Run(connection, steps[version - 1]);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version (version, applied_at) VALUES ({version}, '{InstantPattern.ExtendedIso.Format(now)}')"));
        }
    }

    /// <summary>Runs our own statements.</summary>
    public static void Run(DbConnection connection, string step)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The steps are our own files; nothing a person types reaches them.
        command.CommandText = step;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static int Number(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only our own words come here.
        command.CommandText = query;
#pragma warning restore CA2100
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static string[] Read(string database)
    {
        var assembly = typeof(SchemaSteps).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith($"schema/{database}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        })];
    }
}
