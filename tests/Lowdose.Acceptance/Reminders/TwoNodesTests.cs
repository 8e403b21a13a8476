using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Lowdose.Acceptance.Clinic;
using Lowdose.Acceptance.Load;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using Lowdose.Web;
using Lowdose.Web.Pairing;
using Lowdose.Web.Reminders;
using Lowdose.Web.SignIn;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Reminders;

/// <summary>R21: a clinic on two servers and one PostgreSQL; by turns one is paused and woken, and the other killed.</summary>
[Trait("trust", "R21")]
public sealed class TwoNodesTests(ITestOutputHelper output)
{
    private const int Full = 10, People = 10, Writers = 3;
    // An hour a second, six reminders a day: one is due every four seconds.
    private const int Faster = 3_600;
    private static readonly int[] Hours = [2, 6, 10, 14, 18, 22];

    [Fact]
    public Task Of_two_servers_one_paused_and_one_killed_no_reminder_comes_twice_and_nothing_is_lost() => PausedAndKilled(1, TimeSpan.FromSeconds(3));

    [Fact, Trait("speed", "slow")]
    public Task Of_two_servers_one_paused_for_half_a_minute_and_one_killed_no_reminder_comes_twice_and_nothing_is_lost() => PausedAndKilled(FaultCount.RoundsOf(Full), TimeSpan.FromSeconds(31));

    private async Task PausedAndKilled(int rounds, TimeSpan pause)
    {
        using var store = new ServerStore();
        var faces = Crowd.In(store, People, 1);
        await using var service = await LocalPush.Start();
        // So long that a server is nearly always waiting for an answer.
        service.Thinks = TimeSpan.FromMilliseconds(100);
        var clock = new FastClock(SystemClock.Instance.GetCurrentInstant());
        var browsers = Subscribe(store, faces, service, clock);
        var nodes = await Task.WhenAll(((string[])["a", "b"]).Select(name => Task.Run(() => new ClinicNode(store, name, clock.Origin))));
        var (acknowledged, over, kills, given) = (new ConcurrentBag<Guid>(), new CancellationTokenSource(), 0, new Dictionary<(string Browser, LocalDate On), int>());
        var writers = Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write(nodes, faces[n], n, acknowledged, over.Token))).ToArray();
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var (paused, killed) = (nodes[round % 2], nodes[1 - (round % 2)]);
                await Reminded(service, People);
                paused.Pause();
                await Task.Delay(pause);
                var before = acknowledged.Count;
                paused.Wake();
                await Reminded(service, 2);
                killed.Kill();
                kills++;
                SpinWait.SpinUntil(() => acknowledged.Count > before + 5, TimeSpan.FromSeconds(60)).ShouldBeTrue("the woken one goes on alone");
                if (round + 1 < rounds) killed.Start();
                Note(store, browsers, given);
            }
            await Reminded(service, People);
        }
        finally
        {
            await over.CancelAsync();
            foreach (var node in nodes) node.Dispose();
        }
        await Task.WhenAll(writers);
        await Task.Delay(2 * service.Thinks);
        Note(store, browsers, given);
        Count(store, service, given, acknowledged, kills, rounds, pause);
    }

    /// <summary>How many reminders were given to each browser on each day so far. A browser's day is noted once for each, before it is sent; it remembers sixteen days, more than a round has.</summary>
    private static void Note(ServerStore store, Dictionary<string, string> browsers, Dictionary<(string, LocalDate), int> given)
    {
        using var archive = store.Open(SystemClock.Instance);
        var book = Book(store, archive);
        foreach (var (path, record) in browsers)
            foreach (var day in book.Read(record).Browsers.Single().Given.On.GroupBy(date => date))
                given[(path, day.Key)] = Math.Max(given.GetValueOrDefault((path, day.Key)), day.Count());
    }

    private void Count(ServerStore store, LocalPush service, Dictionary<(string Browser, LocalDate On), int> noted, ConcurrentBag<Guid> acknowledged, int kills, int rounds, TimeSpan pause)
    {
        using var archive = store.Open(SystemClock.Instance);
        var arrived = service.Arrived.GroupBy(a => a.Path).ToDictionary(a => a.Key, a => a.Count());
        var given = noted.GroupBy(n => n.Key.Browser).ToDictionary(n => n.Key, n => n.Sum(day => day.Value));
        var twice = given.Sum(g => Math.Max(0, arrived.GetValueOrDefault(g.Key) - g.Value));
        var kept = archive.Query(tables => tables.Writes.Select(w => w.Id).ToArray());
        var lost = acknowledged.Except(kept).Count();
        var unsent = given.Values.Sum() - arrived.Values.Sum();
        output.WriteLine(new FaultCount("R21", FormattableString.Invariant($"two servers of a clinic on one PostgreSQL, by turns one paused for {pause.TotalSeconds:0} s and woken, the other killed"), rounds, pause.TotalSeconds < 30 ? 1 : Full, "rounds", FormattableString.Invariant(
            $"{acknowledged.Count:N0} answered 200, {lost} lost; {given.Values.Sum():N0} reminders given, {twice} came twice, {unsent} lost in the hands of one that was killed or paused")).ToString());
        lost.ShouldBe(0);
        twice.ShouldBe(0);
        // What a server had in hand: one, and what waited to be tried again.
        unsent.ShouldBeInRange(0, 3 * (kills + rounds + 2));
        given.Values.ShouldAllBe(n => n > 0);
    }

    /// <summary>Writes to one server, and where it does not answer to the other, until one does.</summary>
    private static async Task Write(ClinicNode[] nodes, Face face, int writer, ConcurrentBag<Guid> acknowledged, CancellationToken over)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(4) };
        http.DefaultRequestHeaders.Add("Cookie", $"{OwnClinic.Cookie}={face.Session}");
        for (var (n, at) = (0, writer); !over.IsCancellationRequested; n++)
        {
            var write = Crowd.Written(Crowd.DaysAgo(10 + (n % 9_000)), n, null, Crowd.Settled);
            for (; !over.IsCancellationRequested; at++)
            {
                try
                {
                    using var answer = await http.PostAsync(new Uri(nodes[at % 2].Address + "/writes"), Served.Content(write), over);
                    await answer.Content.ReadAsByteArrayAsync(over);
                    if (answer.IsSuccessStatusCode)
                    {
                        acknowledged.Add(write.Id);
                        break;
                    }
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
                {
                }
                await Task.Delay(20, CancellationToken.None);
            }
            at++;
            // Both servers are to have time for reminders too.
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static async Task Reminded(LocalPush service, int more)
    {
        var (before, patience) = (service.Arrived.Count, Stopwatch.StartNew());
        while (service.Arrived.Count < before + more)
        {
            patience.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), "reminders go out");
            await Task.Delay(50);
        }
    }

    /// <summary>Everybody wants six reminders a day on a browser of their own; the path of each, and whose record it is.</summary>
    private static Dictionary<string, string> Subscribe(ServerStore store, Face[] faces, LocalPush service, IClock clock)
    {
        using var archive = store.Open(SystemClock.Instance);
        var book = Book(store, archive);
        Reminder.Of(Hours.Select(h => new LocalTime(h, 0)), null, Hours.Length, out var reminder).ShouldBeNull();
        foreach (var (n, face) in faces.Index())
        {
            var endpoint = $"{service.Address}/push/{n}";
            var said = new Subscribed(endpoint, Base64Url.EncodeToString(Decoder.Point(service.Browser.ExportParameters(false))), Base64Url.EncodeToString(service.Auth));
            book.Change(face.Record, chosen => chosen.Choose(reminder!, clock.GetCurrentInstant()).With(said, service.Subscription(endpoint), DateTimeZone.Utc, clock.GetCurrentInstant()));
        }
        return faces.Index().ToDictionary(f => $"/push/{f.Index}", f => f.Item.Record);
    }

    private static ClinicReminders Book(ServerStore store, Archive archive)
    {
        (ClinicMode.Open(archive, Path.Combine(store.Folder.Path, "clinic.key"), null, out var mode)?.What).ShouldBeNull();
        return new(new(archive, mode!.Key));
    }

    /// <summary>The program of one server: says its address, and ends when nobody listens to it any more.</summary>
    internal static int Node(string connection, string folder, string key, string origin)
    {
        if (Archive.Open(folder, SystemClock.Instance, connection, out var archive) is { } refused)
        {
            Console.Error.WriteLine(refused.What);
            return 3;
        }
        using (archive)
        {
            if (ClinicMode.Open(archive!, key, null, out var mode) is { } closed)
            {
                Console.Error.WriteLine(closed.What);
                return 3;
            }
            var clock = new FastClock(Instant.FromUnixTimeTicks(long.Parse(origin, CultureInfo.InvariantCulture)));
            using var site = Site.Build(Listening.At(new("http://127.0.0.1:0")), archive!, clinic: mode, reminders: new(new([], ThisComputer: true), Duration.FromMilliseconds(500), clock));
            site.StartAsync().GetAwaiter().GetResult();
            Console.WriteLine(site.Urls.Single(u => u.StartsWith("http://127.", StringComparison.Ordinal)));
            Console.In.ReadToEnd();
            site.StopAsync().GetAwaiter().GetResult();
        }
        return 0;
    }

    private sealed class FastClock(Instant origin) : IClock
    {
        public Instant Origin => origin;

        public Instant GetCurrentInstant() => origin + ((SystemClock.Instance.GetCurrentInstant() - origin) * Faster);
    }

    /// <summary>One server, which can be paused, woken, killed and started again.</summary>
    private sealed class ClinicNode : IDisposable
    {
        private readonly ServerStore store;
        private readonly string name, origin;
        private Process process = null!;

        public ClinicNode(ServerStore store, string name, Instant origin)
        {
            (this.store, this.name, this.origin) = (store, name, origin.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture));
            Start();
        }

        public string Address { get; private set; } = "";

        public void Start()
        {
            process = ChildProcess.Start(new ProcessStartInfo("dotnet", ["exec", ChildProcess.Program, "node", store.Connection!, Path.Combine(store.Folder.Path, name), Path.Combine(store.Folder.Path, "clinic.key"), origin])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            });
            // Its log, which nobody reads.
            process.BeginErrorReadLine();
            Address = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the server did not start");
        }

        public void Pause() => Signal("STOP");

        public void Wake() => Signal("CONT");

        public void Kill()
        {
            process.Kill();
            process.WaitForExit();
        }

        public void Dispose()
        {
            // SIGKILL also ends one that is paused.
            Kill();
        }

        private void Signal(string signal)
        {
            using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
