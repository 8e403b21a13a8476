using System.Net;
using System.Net.Sockets;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Records;

namespace Lowdose.Acceptance.Records;

/// <summary>R22: beside a running Lowdose a command goes through it; two programs never have the file open.</summary>
public sealed class BesideTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    public void Dispose() => folder.Dispose();

    [Fact, Trait("trust", "R22")]
    public async Task A_command_beside_a_running_Lowdose_goes_through_it_and_restore_wants_it_stopped()
    {
        var (backup, zip) = (Path.Combine(folder.Path, "a.backup"), Path.Combine(folder.Path, "all.zip"));
        var days = LowdoseProcess.Example("probably-works.csv");
        using var server = Served.Start(Data);
        try
        {
            var imported = LowdoseProcess.Run("import", "csv", days, "--data", Data, "--json");
            imported.ShouldBe(new(0, "{\"added\":121,\"known\":0,\"conflicts\":0}\n", ""));
            LowdoseProcess.Run("import", "csv", days, "--data", Data).Output.ShouldBe("0 entries added, 121 were there already\n");
            LowdoseProcess.Run("export", "csv", "--data", Data).Output.Split('\n').Length.ShouldBe(123);
            LowdoseProcess.Run("export", "everything", "--data", Data, "--out", zip).ExitCode.ShouldBe(0);
            LowdoseProcess.Run("backup", backup, "--data", Data).Output.ShouldContain("121 entries");
            LowdoseProcess.Run("restore", backup, "--data", Data).ExitCode.ShouldBe(2);
            LowdoseProcess.Run("serve", "--urls", "http://127.0.0.1:0", "--data", Data).Error.ShouldContain("another Lowdose is using");

            (await Ask(Data, "/writes")).ShouldBe(HttpStatusCode.OK);
            (await Ask(Data, "/")).ShouldBe(HttpStatusCode.NotFound, "no page answers on the socket");
            using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
            foreach (var (method, path) in new[] { (HttpMethod.Get, "/writes"), (HttpMethod.Post, "/backup") })
            {
                using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Post ? new StringContent(Path.Combine(folder.Path, "stolen")) : null };
                ((int)(await client.SendAsync(request)).StatusCode).ShouldBeOneOf(404, 405);
            }
            File.Exists(Path.Combine(folder.Path, "stolen")).ShouldBeFalse();
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(Data, "lowdose.sock")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        finally
        {
            server.Kill();
        }
        // The socket of the killed one is still there, and nobody listens.
        LowdoseProcess.Run("restore", backup, "--data", Data).ExitCode.ShouldBe(0);
        Some.KeptIn(Data).Count.ShouldBe(121);
    }

    [Fact]
    public void Alone_a_command_opens_the_records_itself_and_wants_the_passphrase_except_for_a_backup()
    {
        using (var archive = Some.Open(Data))
        {
            archive.Append(Some.Day(0, ("note", "hello")));
            archive.SetPassphrase("walnut harbour violin seven").ShouldBeNull();
        }
        LowdoseProcess.Run("export", "csv", "--data", Data).ShouldBe(new(2, "", "lowdose: the passphrase is wrong; try again; nobody can open the records without it\n"));
        LowdoseProcess.Run("backup", Path.Combine(folder.Path, "sealed.backup"), "--data", Data).Output.ShouldContain("1 entries", customMessage: "sealed records are backed up sealed, without the passphrase");
        Some.Holds(folder.Path, "hello").ShouldBeFalse();
        LowdoseProcess.Run("restore", Path.Combine(Data, "lowdose.db"), "--data", Data).ExitCode.ShouldBe(3);
        LowdoseProcess.Run("export", "songs", "--data", Data).ExitCode.ShouldBe(2);
        LowdoseProcess.Run("import", "csv", Path.Combine(folder.Path, "none.csv"), "--data", Data).Error.ShouldContain("none.csv:1: there is no such file");
    }

    [Fact]
    public async Task A_damaged_record_is_said_with_the_backup_to_bring_back_and_the_other_pages_work()
    {
        using (var archive = Some.Open(Data))
        {
            archive.Append([Some.Past(0, ("pain", "5")), Some.Past(1, ("pain", "6"))]);
            archive.BackUpDaily().ShouldBeNull();
        }
        Some.Ask(Path.Combine(Data, "lowdose.db"), "DROP TRIGGER writes_hold; UPDATE writes SET content = x'7b22' WHERE sequence = 2");
        var backup = Path.Combine(Data, "backups", "lowdose-2026-12-01.backup");
        LowdoseProcess.Run("export", "csv", "--data", Data).ShouldBe(new(2, "", $"lowdose: the diary is damaged: write 2 is not as Lowdose wrote it; restore a backup; the newest whole one is {backup}\n"));
        using (var server = Served.Start(Data))
        {
            foreach (var page in (string[])["/", "/screen", "/plan", "/prepare", "/red-flags", "/ask"])
                (await server.Get(page)).Status.ShouldBe(HttpStatusCode.OK, page);
            var (status, text) = await server.Get("/today");
            status.ShouldBe(HttpStatusCode.InternalServerError);
            text.ShouldContain("Your diary is damaged");
            text.ShouldContain("lowdose restore &quot;" + backup);
            text.ShouldNotContain("It is a defect");
            (await server.Post(Some.Past(2))).ShouldBe(HttpStatusCode.InternalServerError, "a phone keeps it and tries again");
            LowdoseProcess.Run("export", "csv", "--data", Data).Error.ShouldContain("the diary is damaged");
        }
        LowdoseProcess.Run("restore", backup, "--data", Data).ExitCode.ShouldBe(0);
        Some.KeptIn(Data).Count.ShouldBe(2);
    }

    private static async Task<HttpStatusCode> Ask(string data, string path)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(DataFolder.SocketIn(data)), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        return (await client.GetAsync(new Uri("http://localhost" + path))).StatusCode;
    }
}
