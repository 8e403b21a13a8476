using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Cli;

/// <summary>The records of a data folder, for one command: our own while nobody has them open, or those of the running Lowdose; or those of a PostgreSQL database, beside any other.</summary>
internal abstract class Reach : IDisposable
{
    /// <summary>Reaches them; through the running Lowdose where there is one.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="database">The PostgreSQL database; null: the folder's own file.</param>
    /// <param name="records">Null where they cannot be reached.</param>
    /// <param name="read">Whether anything is to be read in them, which sealed records allow only with the passphrase. A backup takes them as they are.</param>
    /// <returns>Null, or why they cannot be reached.</returns>
    public static Refused? Records(string folder, string? database, out Reach? records, bool read = true)
    {
        records = database is null ? Served.Answering(folder) : null;
        if (records is not null) return null;
        if ((database is null ? Archive.Open(folder, SystemClock.Instance, out var archive) : Archive.OpenDatabase(database, SystemClock.Instance, out archive)) is { } refused) return refused;
        if (read && archive!.IsSealed() && archive.Unseal(Passphrase()) is { } wrong)
        {
            archive.Dispose();
            return wrong;
        }
        records = new Own(archive!);
        return null;
    }

    /// <summary>Adds writes; null where they were added.</summary>
    public abstract Refused? Import(IReadOnlyList<DiaryWrite> writes, out Imported? imported);

    /// <summary>Everything written so far.</summary>
    public abstract Refused? Log(out DiaryLog? log);

    /// <summary>Writes a backup.</summary>
    /// <param name="path">Absolute.</param>
    public abstract Refused? BackUp(string path);

    /// <summary>Walks along the audit trail.</summary>
    public abstract Refused? Audit(IReadOnlyList<AuditAnchor> anchors, out AuditFinding? finding);

    /// <summary>The end of the audit trail.</summary>
    public abstract Refused? AuditHead(out AuditAnchor? head);

    /// <summary>A code that makes an administrator.</summary>
    public abstract Refused? InviteAdministrator(string? named, out string? code, out string organisation);

    public abstract void Dispose();

    /// <summary>Asked at the terminal without showing it, or read from the first line of the input.</summary>
    internal static string Passphrase()
    {
        if (Console.IsInputRedirected) return Console.ReadLine() ?? "";
        Console.Error.Write("Passphrase: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }

    private sealed class Own(Archive archive) : Reach
    {
        public override Refused? Import(IReadOnlyList<DiaryWrite> writes, out Imported? imported)
        {
            imported = null;
            try
            {
                return archive.Import(writes, out imported);
            }
            catch (NotKeptException notKept)
            {
                return new(notKept.Message, "nothing was changed");
            }
            catch (DamagedException damaged)
            {
                return Damaged(damaged);
            }
        }

        public override Refused? Log(out DiaryLog? log)
        {
            log = null;
            try
            {
                // Nobody writes while this command has the archive; what others write to a server does not reach this log.
                log = archive.Read(l => l);
                return null;
            }
            catch (DamagedException damaged)
            {
                return Damaged(damaged);
            }
            catch (NotKeptException away)
            {
                return new(away.Message, "nothing was read");
            }
        }

        public override Refused? BackUp(string path) => archive.BackUp(path);

        public override Refused? Audit(IReadOnlyList<AuditAnchor> anchors, out AuditFinding? finding)
        {
            finding = AuditWalk.Along(archive, anchors);
            return null;
        }

        public override Refused? AuditHead(out AuditAnchor? head)
        {
            head = new AuditTrail(archive, SystemClock.Instance).Head();
            return null;
        }

        public override Refused? InviteAdministrator(string? named, out string? code, out string organisation)
        {
            try
            {
                return new Invitations(archive, SystemClock.Instance).InviteAdministrator(named, out code, out organisation);
            }
            catch (NotKeptException notKept)
            {
                (code, organisation) = (null, "");
                return new(notKept.Message, "nothing was changed");
            }
        }

        private Refused Damaged(DamagedException damaged) =>
            new("the diary is damaged: " + damaged.Message, archive.Backups() is [var newest, ..] ? $"restore a backup; the newest whole one is {newest.Path}" : "restore a backup");

        public override void Dispose() => archive.Dispose();
    }

    private sealed class Served(HttpClient client) : Reach
    {
        private static readonly Refused NoAnswer = new("the running Lowdose did not answer", "stop it and run the command again");

        /// <summary>Null where nobody listens.</summary>
        public static Served? Answering(string folder)
        {
            var end = DataFolder.SocketIn(folder);
            if (!File.Exists(end)) return null;
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                probe.Connect(new UnixDomainSocketEndPoint(end));
            }
            catch (SocketException)
            {
                return null;
            }
            return new(new HttpClient(new SocketsHttpHandler
            {
                ConnectCallback = async (_, stop) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(end), stop).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }, disposeHandler: true) { BaseAddress = new Uri("http://localhost/"), Timeout = TimeSpan.FromMinutes(10) });
        }

        public override Refused? Import(IReadOnlyList<DiaryWrite> writes, out Imported? imported)
        {
            using var body = new MemoryStream();
            WritesJson.Write(writes.Select((w, n) => new LoggedWrite(n + 1, w, [])), body);
            var refused = Ask(HttpMethod.Post, "writes", body.ToArray(), out var answer);
            imported = refused is null ? new(Number("added"), Number("known"), Number("conflicts")) : null;
            return refused;

            int Number(string name)
            {
                using var json = JsonDocument.Parse(answer);
                return json.RootElement.GetProperty(name).GetInt32();
            }
        }

        public override Refused? Log(out DiaryLog? log)
        {
            log = null;
            if (Ask(HttpMethod.Get, "writes", null, out var answer) is { } refused) return refused;
            if (WritesJson.Read(answer, out var writes) is not null) return NoAnswer;
            log = new DiaryLog();
            foreach (var write in writes!) log.Append(write);
            return null;
        }

        public override Refused? BackUp(string path) => Ask(HttpMethod.Post, "backup", Encoding.UTF8.GetBytes(path), out _);

        public override Refused? Audit(IReadOnlyList<AuditAnchor> anchors, out AuditFinding? finding)
        {
            finding = null;
            if (Ask(HttpMethod.Post, "audit/verify", Encoding.ASCII.GetBytes(string.Join('\n', anchors)), out var answer) is { } refused) return refused;
            using var json = JsonDocument.Parse(answer);
            finding = AuditJson.Read(json.RootElement);
            return null;
        }

        public override Refused? AuditHead(out AuditAnchor? head)
        {
            head = null;
            if (Ask(HttpMethod.Get, "audit/head", null, out var answer) is { } refused) return refused;
            if (AuditAnchor.Read(Encoding.ASCII.GetString(answer), out var anchors, out _) is not null) return NoAnswer;
            head = anchors![0];
            return null;
        }

        public override Refused? InviteAdministrator(string? named, out string? code, out string organisation)
        {
            (code, organisation) = (null, "");
            if (Ask(HttpMethod.Post, "administrator", Encoding.UTF8.GetBytes(named ?? ""), out var answer) is { } refused) return refused;
            using var json = JsonDocument.Parse(answer);
            (code, organisation) = (json.RootElement.GetProperty("code").GetString(), json.RootElement.GetProperty("organisation").GetString()!);
            return null;
        }

        public override void Dispose() => client.Dispose();

        private Refused? Ask(HttpMethod method, string path, byte[]? body, out byte[] answer)
        {
            answer = [];
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new ByteArrayContent(body) };
                using var response = client.Send(request);
                using var buffer = new MemoryStream();
                response.Content.ReadAsStream().CopyTo(buffer);
                answer = buffer.ToArray();
                if (response.StatusCode == HttpStatusCode.OK) return null;
                using var json = JsonDocument.Parse(answer);
                return new(json.RootElement.GetProperty("what").GetString()!, json.RootElement.GetProperty("do").GetString()!);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or JsonException or KeyNotFoundException)
            {
                return NoAnswer;
            }
        }
    }
}
