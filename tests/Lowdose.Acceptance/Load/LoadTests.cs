using System.Diagnostics;
using System.Globalization;
using Lowdose.Acceptance.Records;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Load;

/// <summary>R19, R20 and R23: a clinic of thousands on an evening, with the server and whoever asks it on one computer.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Minutes = 10, People = 5_000, Days = 365, Writes = 100, Reads = 300;
    private const int SoakMinutes = 120, SoakUsually = 3, SoakMegaBytes = 512;

    [Fact, Trait("trust", "R19")]
    public async Task Fifty_people_write_and_look_for_five_seconds_and_everything_is_answered()
    {
        using var store = Store.Usual();
        var evening = await Spend(store, Crowd.In(store, 50, 30), TimeSpan.FromSeconds(5), 10, 30);
        evening.Errors.ShouldBeEmpty();
        evening.Refused.ShouldBe(0);
    }

    [Fact, Trait("trust", "R20")]
    public async Task Fifty_people_write_and_look_while_PostgreSQL_is_stopped_and_what_was_answered_for_is_there()
    {
        using var own = new Cluster();
        using var store = new ServerStore(own);
        var evening = await Spend(store, Crowd.In(store, 50, 10), TimeSpan.FromSeconds(8), 5, 15, new(own, TimeSpan.FromSeconds(3)));
        evening.Errors.ShouldBeEmpty();
        evening.Refused.ShouldBeGreaterThan(0);
    }

    [Fact, Trait("trust", "R19"), Trait("speed", "slow")]
    public Task A_clinic_of_five_thousand_on_an_evening_in_a_file() => FiveThousand("R19", new FileStore(), "SQLite");

    [Fact, Trait("trust", "R19"), Trait("speed", "slow")]
    public Task A_clinic_of_five_thousand_on_an_evening_on_PostgreSQL() => FiveThousand("R19", new ServerStore(), "PostgreSQL");

    [Fact, Trait("trust", "R20"), Trait("speed", "slow")]
    public async Task A_clinic_of_five_thousand_on_an_evening_on_a_PostgreSQL_that_is_stopped_every_minute()
    {
        using var own = new Cluster();
        await FiveThousand("R20", new ServerStore(own), "PostgreSQL, stopped as by a crash every minute", new(own, TimeSpan.FromSeconds(50)));
    }

    private async Task FiveThousand(string id, Store store, string on, Crashes? crashes = null)
    {
        using var _ = store;
        var minutes = FaultCount.RoundsOf(Minutes);
        // Filling a database with all of them takes longer than the minutes: a smaller clinic where that is asked for, as busy for its size, and the row says how large.
        var people = int.TryParse(Environment.GetEnvironmentVariable("LOWDOSE_LOAD_PEOPLE"), NumberStyles.None, CultureInfo.InvariantCulture, out var fewer) ? Math.Min(People, fewer) : People;
        var (writes, reads) = (Math.Max(1, Writes * people / People), Math.Max(1, Reads * people / People));
        var faces = Crowd.In(store, people, Days);
        var found = await Spend(store, faces, TimeSpan.FromMinutes(minutes), writes, reads, crashes);
        output.WriteLine(new FaultCount(id, FormattableString.Invariant($"{people:N0} people with {Days} days of {Crowd.Items} scores; {writes} writes and {reads} pages a second; {on}"), minutes, Minutes, "minutes", found.Said).ToString());
        found.Errors.ShouldBeEmpty();
        if (crashes is null) found.Refused.ShouldBe(0);
    }

    private static async Task<(IReadOnlyDictionary<string, int> Errors, int Refused, string Said)> Spend(Store store, Face[] faces, TimeSpan time, int writes, int reads, Crashes? crashes = null)
    {
        using var server = Served.StartClinic(store.Folder.Path, store.Connection);
        using var evening = new Evening(server.Address, faces, writes, reads);
        // What is compiled at first, and diaries read for the first time, are not what people wait for later.
        await evening.Run(TimeSpan.FromSeconds(Math.Min(60, time.TotalSeconds)), seed: 1);
        evening.Forget();
        using var over = new CancellationTokenSource();
        var stops = crashes is null ? Task.FromResult(new List<TimeSpan>()) : Stops(crashes, evening, over.Token);
        await evening.Run(time, seed: 2);
        await over.CancelAsync();
        var back = await stops;
        var megaBytes = server.ResidentMegaBytes;
        server.Dispose();
        // What the server itself calls a defect is an error even where nobody was told.
        foreach (var defect in server.Said.Split('\n').Where(line => line.StartsWith("lowdose: ", StringComparison.Ordinal))) evening.Errors.AddOrUpdate(defect, 1, (_, n) => n + 1);
        using var archive = store.Open();
        var kept = archive.Query(tables => tables.Writes.Where(w => w.ReceivedAt.CompareTo("2026") > 0).OrderByDescending(w => w.Sequence).Take(evening.Acknowledged.Count * 2).Select(w => w.Id).ToHashSet());
        var lost = evening.Acknowledged.Count(id => !kept.Contains(id));
        lost.ShouldBe(0);
        evening.Acknowledged.ShouldNotBeEmpty();
        evening.Reads.Count.ShouldBeGreaterThan(0);
        if (crashes is not null)
        {
            back.ShouldNotBeEmpty();
            back.Max().ShouldBeLessThan(TimeSpan.FromSeconds(5));
            crashes.Of.Amiss(store.Connection!).ShouldBe("");
        }
        return (evening.Errors, evening.Refused, string.Create(CultureInfo.InvariantCulture,
            $"{evening.Writes.Count:N0} writes {evening.Writes}; {evening.Reads.Count:N0} pages {evening.Reads}; {evening.Courses.Count:N0} courses with their verdict {evening.Courses}; {evening.Errors.Values.Sum()} errors; 0 acknowledged lost{(crashes is null ? "" : $"; {back.Count} stops, {evening.Refused:N0} told to come back, a write kept at most {back.Max().TotalSeconds:0.0} s after PostgreSQL was back; pg_amcheck clean")}; {megaBytes:0} MB resident"));
    }

    /// <summary>A database that is stopped as by a crash again and again, at once started, and left in peace for so long.</summary>
    private sealed record Crashes(Cluster Of, TimeSpan Between);

    /// <returns>From each time the database was back, how long until a write was kept again.</returns>
    private static async Task<List<TimeSpan>> Stops(Crashes crashes, Evening evening, CancellationToken over)
    {
        List<TimeSpan> back = [];
        while (true)
        {
            try
            {
                await Task.Delay(crashes.Between, over);
            }
            catch (OperationCanceledException)
            {
                return back;
            }
            crashes.Of.StopAtOnce();
            crashes.Of.Start();
            var (since, before) = (Stopwatch.StartNew(), evening.Acknowledged.Count);
            while (evening.Acknowledged.Count == before && since.Elapsed < TimeSpan.FromMinutes(1)) await Task.Delay(20, CancellationToken.None);
            back.Add(since.Elapsed);
        }
    }

    [Fact, Trait("trust", "R23"), Trait("speed", "slow")]
    public async Task A_server_that_goes_on_for_hours_does_not_grow()
    {
        var minutes = FaultCount.RoundsOf(SoakMinutes, SoakUsually);
        using var store = new FileStore();
        // A year of everybody is more than this server keeps in memory: what grows afterwards is not the diaries it has come to know.
        var faces = Crowd.In(store, 500, Days);
        using var server = Served.StartSmallClinic(store.Folder.Path, SoakMegaBytes);
        using var evening = new Evening(server.Address, faces, Writes / 5, Reads / 5);
        List<(double Hours, double MegaBytes, int Handles, double P99)> each = [];
        var clock = Stopwatch.StartNew();
        for (var minute = 0; minute < minutes; minute++)
        {
            evening.Forget();
            await evening.Run(TimeSpan.FromMinutes(1), seed: minute);
            each.Add((clock.Elapsed.TotalHours, server.ResidentMegaBytes, server.Handles, evening.Reads.At(0.99)));
        }
        // The first half hour fills what is kept in memory.
        var settled = each[Math.Min(30, minutes / 3)..];
        var growth = Slope([.. settled.Select(m => (m.Hours, m.MegaBytes))]);
        var third = Math.Max(1, settled.Count / 3);
        double Median(IEnumerable<double> of) => of.Order().ElementAt(third / 2);
        output.WriteLine(new FaultCount("R23", FormattableString.Invariant($"a clinic of 500 with {Writes / 5} writes and {Reads / 5} pages a second, on a server that has {SoakMegaBytes} MB for its objects"), minutes, SoakMinutes, "minutes", FormattableString.Invariant(
            $"{growth:0.0} MB an hour after the first {minutes - settled.Count} minutes ({settled[0].MegaBytes:0} to {settled[^1].MegaBytes:0} MB); {settled.Min(m => m.Handles)} to {settled.Max(m => m.Handles)} handles; p99 of pages {Median(settled.Take(third).Select(m => m.P99)):0} ms in the first third, {Median(settled.TakeLast(third).Select(m => m.P99)):0} ms in the last; {evening.Errors.Values.Sum()} errors")).ToString());
        evening.Errors.ShouldBeEmpty();
        evening.Refused.ShouldBe(0);
        settled.Max(m => m.Handles).ShouldBeLessThan(settled.Min(m => m.Handles) + 100);
        settled[^1].MegaBytes.ShouldBeLessThan(settled[0].MegaBytes + 100);
    }

    /// <summary>Of the least-squares line.</summary>
    private static double Slope((double X, double Y)[] points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / Math.Max(1e-12, points.Sum(p => (p.X - x) * (p.X - x)));
    }
}
