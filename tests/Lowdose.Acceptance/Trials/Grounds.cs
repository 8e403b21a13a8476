using System.Data.Common;
using System.Globalization;
using System.Text;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Reminders;
using Lowdose.Records.Clinic;
using Microsoft.EntityFrameworkCore;

namespace Lowdose.Acceptance.Trials;

/// <summary>One site on which many trials are lived through, each in a clinic of its own: what a site makes ready at its first requests takes longer than a whole trial.</summary>
internal sealed class Grounds : IAsyncDisposable
{
    private readonly StringWriter said = new();

    private Grounds() => Log = TextWriter.Synchronized(said);

    /// <summary>The site.</summary>
    public OwnClinic Site { get; private set; } = null!;

    /// <summary>Its clock.</summary>
    public SetClock Clock { get; } = new(TriedClinic.At(0));

    /// <summary>Its log.</summary>
    public TextWriter Log { get; }

    /// <summary>Starts it.</summary>
    public static async Task<Grounds> Start()
    {
        var grounds = new Grounds();
        grounds.Site = await OwnClinic.Start(grounds.Clock, log: grounds.Log);
        await grounds.Site.StopReminding();
        return grounds;
    }

    /// <summary>Waits until the log holds what was asked: a line is written a moment after its answer, and the lines of one trial must not be taken for another's.</summary>
    public async Task Settled()
    {
        const string alive = "/health/live";
        int Seen() => Said().Split(alive).Length;
        var before = Seen();
        using var http = new HttpClient { BaseAddress = new(Site.Address) };
        using var answer = await http.GetAsync(new Uri(alive, UriKind.Relative));
        for (var patience = 500; patience > 0 && Seen() == before; patience--) await Task.Delay(20);
        Seen().ShouldBeGreaterThan(before);
    }

    /// <summary>Where the log and each table end now.</summary>
    public Mark Now()
    {
        var ends = Site.Archive.Query(tables => Names(tables.Database.GetDbConnection()).ToDictionary(name => name,
            name => long.Parse(First(tables.Database.GetDbConnection(), Site.Archive.IsOnServer ? "SELECT txid_current()" : $"SELECT coalesce(max(rowid), 0) FROM {name}"), CultureInfo.InvariantCulture)));
        var trail = Site.Archive.Query(tables => tables.Set<AuditRow>().Max(row => (long?)row.Sequence) ?? 0);
        return new(Said().Length, trail, ends);
    }

    /// <summary>The lines that were logged since then.</summary>
    public string[] Logged(Mark since) => Said()[since.Log..].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every table, whatever it is called, with the rows since then in the order they were written. Of sealed, random bytes, how many there are.</summary>
    public IReadOnlyList<(string Table, string Rows)> Tables(Mark since) => Site.Archive.Query(tables =>
    {
        var connection = tables.Database.GetDbConnection();
        return since.Tables.Select(table => (table.Key, Rows(connection, table.Key, Site.Archive.IsOnServer ? "xmin::text::bigint, ctid" : "rowid", Site.Archive.IsOnServer ? "xmin::text::bigint" : "rowid", table.Value))).ToArray();
    });

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Log.DisposeAsync();
        await said.DisposeAsync();
    }

    // The log is written by another thread.
    private string Said()
    {
        lock (Log) return said.ToString();
    }

    private string[] Names(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Site.Archive.IsOnServer ? "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1" : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1";
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read()) names.Add(rows.GetString(0));
        names.Count.ShouldBeGreaterThan(15);
        return [.. names];
    }

#pragma warning disable CA2100 // Our own tables.
    private static string First(DbConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    private static string Rows(DbConnection connection, string table, string order, string position, long end)
    {
        var text = new StringBuilder();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} WHERE {position} > {end} ORDER BY {order}";
        using var rows = command.ExecuteReader();
        long? before = null;
        while (rows.Read())
        {
            for (var column = 0; column < rows.FieldCount; column++)
            {
                // What is numbered goes on from trial to trial.
                if (rows.GetName(column) == "sequence") text.Append(rows.GetInt64(column) - (before ??= rows.GetInt64(column)));
                else text.Append(rows.GetValue(column) is byte[] bytes ? Said(bytes, table) : rows.GetValue(column));
                text.Append('|');
            }
            text.Append('\n');
        }
        return text.ToString();
    }
#pragma warning restore CA2100

    // The web server's own keys say when they were made, to fractions of a second: they are longer or shorter.
    private static string Said(byte[] bytes, string table) =>
        bytes is [(byte)'{', (byte)'"', .., (byte)'}'] ? Encoding.UTF8.GetString(bytes) : bytes.Length == 32 ? Convert.ToHexStringLower(bytes) : table == "key_ring" ? "[bytes]" : $"[{bytes.Length} bytes]";

    /// <summary>Where something began.</summary>
    /// <param name="Log">Letters of the log.</param>
    /// <param name="Trail">The number of the last entry of the audit trail.</param>
    /// <param name="Tables">The last row of each table, or on a server the transaction.</param>
    internal sealed record Mark(int Log, long Trail, IReadOnlyDictionary<string, long> Tables);
}
