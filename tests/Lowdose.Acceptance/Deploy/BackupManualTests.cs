using System.Globalization;
using Lowdose.Acceptance.Load;
using Lowdose.Acceptance.Records;

namespace Lowdose.Acceptance.Deploy;

/// <summary>The page on backing up and restoring, word by word.</summary>
public sealed class BackupManualTests
{
    private const string Page = "backup.md";

    [Fact]
    public async Task A_clinic_in_a_file_is_backed_up_beside_its_server_and_restored_with_the_lines_of_the_manual()
    {
        using var store = new FileStore();
        var data = store.Folder.Path;
        var faces = Crowd.In(store, 3, 5);
        using var server = Served.StartClinic(data, null);
        var (backups, elsewhere) = (Directory.CreateDirectory(Path.Combine(data, "kept")).FullName, Directory.CreateDirectory(Path.Combine(data, "elsewhere")).FullName);
        (string, string)[] here = [("/var/lib/lowdose", data), ("/backup/", backups + "/"), ("/elsewhere/", elsewhere + "/")];
        var lines = Manual.Lines(Page, "SQLite", [.. here, ("-2026-12-01", "-$(date +%F)")]).Split('\n');
        // What is written after the backup is gone with the restore.
        var (during, after) = (lines.TakeWhile(line => !line.StartsWith("systemctl", StringComparison.Ordinal)).ToArray(), lines.SkipWhile(line => !line.StartsWith("systemctl", StringComparison.Ordinal)).ToArray());
        (during.Length, after.Length).ShouldBe((2, 4));
        Said(Manual.Type(string.Join('\n', during), new Dictionary<string, string>())).ShouldBe(0);
        using (var evening = new Evening(server.Address, faces, 10, 1))
        {
            await evening.Run(TimeSpan.FromSeconds(1), 1);
            evening.Acknowledged.ShouldNotBeEmpty();
        }
        var restored = Manual.Type(string.Join('\n', after), new Dictionary<string, string>(), string.Create(CultureInfo.InvariantCulture,
            $"case $1 in stop) kill {server.ProcessId}; while kill -0 {server.ProcessId} 2> /dev/null; do sleep 0.1; done;; start) echo started;; esac"));
        Said(restored).ShouldBe(0);
        restored.Output.ShouldContain("The audit trail is whole");
        restored.Output.ShouldEndWith("started\n");
        using var again = Served.StartClinic(data, null);
        (await again.Get("/health/ready")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        again.Dispose();
        // Two writes and five days of each person, and nothing later.
        store.Kept(faces).ShouldBe(3 * 7);
    }

    [Fact]
    public async Task A_clinic_on_PostgreSQL_is_dumped_and_restored_with_the_lines_of_the_manual()
    {
        using var cluster = new Cluster();
        cluster.Ask("postgres", "CREATE DATABASE lowdose");
        using var store = new ServerStore(cluster, cluster.Connection("lowdose"));
        var faces = Crowd.In(store, 3, 5);
        var kept = store.Folder.Path;
        var lines = Manual.Lines(Page, "PostgreSQL", ("/backup/", kept + "/"), ("/elsewhere/", kept + "/"), ("-2026-12-01", "-$(date +%F)"),
            ("Host=db;Database=lowdose_again;Username=lowdose;…", cluster.Connection("lowdose_again")));
        var typed = Manual.Type(lines, new Dictionary<string, string>(cluster.Environs) { ["LOWDOSE_DATABASE"] = cluster.Connection("lowdose") });
        Said(typed).ShouldBe(0);
        typed.Output.ShouldContain("The audit trail is whole");
        using var again = new ServerStore(cluster, cluster.Connection("lowdose_again"));
        again.Kept(faces).ShouldBe(3 * 7);
        File.Copy(Path.Combine(kept, "clinic.key"), Path.Combine(again.Folder.Path, "clinic.key"));
        using var server = Served.StartClinic(again.Folder.Path, again.Connection);
        (await server.Get("/health/ready")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private static int Said(CommandLine.Outcome typed)
    {
        typed.ExitCode.ShouldBe(0, typed.Output + typed.Error);
        return typed.ExitCode;
    }
}
