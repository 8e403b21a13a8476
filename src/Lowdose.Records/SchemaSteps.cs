using System.Globalization;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>How the tables came to be: numbered steps written by hand, each applied once, all missing ones together or none.</summary>
internal static class SchemaSteps
{
    /// <summary>The steps of this program, the first first.</summary>
    public static IReadOnlyList<string> All { get; } = Read();

    /// <summary>The version of a file: 0 where it is empty, null where it holds something else.</summary>
    public static int? VersionOf(SqliteConnection connection)
    {
        if (Number(connection, "SELECT count(*) FROM sqlite_master") == 0) return 0;
        return Number(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'") == 0 ? null
            : Number(connection, "SELECT coalesce(max(version), 0) FROM schema_version");
    }

    /// <summary>Applies what is missing, in one transaction.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="steps">All steps up to the version wanted.</param>
    /// <param name="now">Written beside each.</param>
    public static void Apply(SqliteConnection connection, IReadOnlyList<string> steps, Instant now)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL) STRICT");
        for (var version = VersionOf(connection)!.Value + 1; version <= steps.Count; version++)
        {
            Run(connection, steps[version - 1]);
            using var noted = connection.CreateCommand();
            noted.CommandText = "INSERT INTO schema_version (version, applied_at) VALUES ($version, $at)";
            noted.Parameters.AddWithValue("$version", version);
            noted.Parameters.AddWithValue("$at", InstantPattern.ExtendedIso.Format(now));
            noted.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static int Number(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string step)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The steps are our own files; nothing a person types reaches them.
        command.CommandText = step;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string[] Read()
    {
        var assembly = typeof(SchemaSteps).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith("schema/sqlite/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        })];
    }
}
