using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Lowdose.Acceptance.Records;

/// <summary>
/// A PostgreSQL server of the tests' own: it waits for the disk, asks for a password, and listens on a socket in its own folder. It ends with the tests,
/// however they end.
/// </summary>
internal sealed class Cluster : IDisposable
{
    public const string Password = "kestrel-harbour-42";

    private const string User = "lowdose";

    private static readonly Lazy<Cluster> One = new(() =>
    {
        var cluster = new Cluster();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        return cluster;
    });

    // PostgreSQL does not run as root: then it is somebody else.
    private static readonly Lazy<string[]> Somebody = new(() => !Environment.IsPrivilegedProcess ? []
        : Says("id", "-u", "postgres") is { } id ? ["setpriv", "--reuid", id, "--regid", Says("id", "-g", "postgres")!, "--clear-groups"]
        : ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]);

    private static readonly Lazy<string> Programs = new(() => Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
        ?? throw new InvalidOperationException("these tests need PostgreSQL; bin/test installs it, or: apt-get install postgresql"));

    private static int databases;

    private readonly string folder = Directory.CreateTempSubdirectory("lowdose-pg-").FullName;
    private Process? server;

    public Cluster()
    {
        File.WriteAllText(Path.Combine(folder, "password"), Password);
        if (Somebody.Value.Length > 0) Run("chown", "-R", $"{Somebody.Value[2]}:{Somebody.Value[4]}", folder);
        // Only what initdb itself writes is not waited for.
        AsSomebody("initdb", "-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", Path.Combine(folder, "password"), "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
        Start();
    }

    /// <summary>The one that most tests share.</summary>
    public static Cluster Shared => One.Value;

    /// <summary>What programs of PostgreSQL need in their environment to reach it: the words of its own manual.</summary>
    public IReadOnlyDictionary<string, string> Environs => new Dictionary<string, string> { ["PGHOST"] = folder, ["PGUSER"] = User, ["PGPASSWORD"] = Password, ["PATH"] = $"{Programs.Value}:{Environment.GetEnvironmentVariable("PATH")}" };

    private string Data => Path.Combine(folder, "data");

    /// <summary>How to reach one of its databases.</summary>
    public string Connection(string database) => $"Host={folder};Username={User};Password={Password};Database={database}";

    /// <summary>Whether every table and index of a database is as PostgreSQL says it must be; what it found, empty where all is well.</summary>
    public string Amiss(string connection)
    {
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        Ask(database, "CREATE EXTENSION IF NOT EXISTS amcheck");
        // Its password stands in the environment, where others do not see it.
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Programs.Value, "pg_amcheck"), ["-h", folder, "-U", User, "-d", database, "--heapallindexed", "--parent-check"]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["PGPASSWORD"] = Password } })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{process.ExitCode}: {said.Result}{wrong.Result}";
    }

    /// <summary>Makes an empty database.</summary>
    public string Make()
    {
        var name = "t" + Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture);
        Ask("postgres", $"CREATE DATABASE {name}");
        return Connection(name);
    }

    public void Drop(string connection) => Ask("postgres", $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    /// <summary>Runs statements of the test's own; the first value they answer.</summary>
    public string? Ask(string database, string statement) => AskAt(Connection(database), statement);

    /// <summary>As <see cref="Ask"/>, by a connection string.</summary>
    public static string? AskAt(string connection, string statement)
    {
        using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ToString());
        open.Open();
        using var command = new NpgsqlCommand(statement, open);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public void Start()
    {
        // The shell ends the server when the tests' end of the pipe is closed, by whatever.
        var postgres = string.Join(' ', [.. Somebody.Value, Path.Combine(Programs.Value, "postgres"), "-D", Data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=120"]);
        server = ChildProcess.Start(new ProcessStartInfo("sh", ["-c", $"{postgres} > {folder}/log 2>&1 & cat > /dev/null; kill -INT $! 2> /dev/null; wait"]) { RedirectStandardInput = true, WorkingDirectory = folder });
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Ask("postgres", "SELECT 1");
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromMinutes(1))
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Ends it as a crash does.</summary>
    public void StopAtOnce()
    {
        AsSomebody("pg_ctl", "stop", "-D", Data, "-m", "immediate");
        End();
    }

    public void Dispose()
    {
        End();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private void End()
    {
        if (server is null) return;
        server.StandardInput.Close();
        server.WaitForExit();
        server.Dispose();
        server = null;
    }

    private void AsSomebody(string program, params string[] arguments) => Run([.. Somebody.Value, Path.Combine(Programs.Value, program), .. arguments]);

    private void Run(params string[] all)
    {
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{all[0]}: {said.Result}{wrong.Result}");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Says("pg_config", "--bindir") is { } configured) yield return configured;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)) yield return folder;
        // Where Debian puts them, beside each other by version.
        const string Debian = "/usr/lib/postgresql";
        if (!Directory.Exists(Debian)) yield break;
        foreach (var version in Directory.GetDirectories(Debian).OrderByDescending(v => double.TryParse(Path.GetFileName(v), CultureInfo.InvariantCulture, out var n) ? n : 0)) yield return Path.Combine(version, "bin");
    }

    private static string? Says(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
