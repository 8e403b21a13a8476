using System.Collections.Concurrent;
using System.Diagnostics;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R20: the PostgreSQL server is stopped as by a crash while it is written to, and comes back.</summary>
[Trait("trust", "R20")]
public sealed class ServerStoppedTests(ITestOutputHelper output)
{
    private const int Full = 50;

    [Fact]
    public void Stopped_at_once_while_eight_write_the_server_has_lost_nothing_acknowledged() => Stopped(2);

    [Fact, Trait("speed", "slow")]
    public void Stopped_again_and_again_while_eight_write_the_server_has_lost_nothing_acknowledged() => Stopped(FaultCount.RoundsOf(Full));

    private void Stopped(int rounds)
    {
        using var cluster = new Cluster();
        var connection = cluster.Make();
        Archive.OpenDatabase(connection, Some.Clock, out var opened).ShouldBeNull();
        using var archive = opened!;
        var (acknowledged, refused, back) = (new ConcurrentBag<Guid>(), 0, new List<TimeSpan>());
        for (var round = 0; round < rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 8).Select(w => Task.Run(() =>
            {
                for (var n = 0; !stop.IsCancellationRequested; n++)
                {
                    var write = Some.Day((w * 300) + (n % 300), ("note", new string('x', 40 + (n * 37 % 900))));
                    try
                    {
                        // Half of them about one person, who waits for each turn.
                        if (archive.Append(write, w % 2 == 0 ? "ann" : $"p{w}") is Appended.Accepted or Appended.Conflict) acknowledged.Add(write.Id);
                    }
                    catch (NotKeptException away) when (away.Why == NotKept.DatabaseAway)
                    {
                        Interlocked.Increment(ref refused);
                        // Nobody knows whether it was kept: it is sent again until it is answered.
                        Again(archive, write, w % 2 == 0 ? "ann" : $"p{w}", acknowledged, stop.Token);
                    }
                }
            })).ToArray();
            Thread.Sleep(300 + (round * 79 % 500));
            cluster.StopAtOnce();
            Thread.Sleep(100);
            Should.Throw<NotKeptException>(() => archive.Append(Some.Day(0), "bob")).Why.ShouldBe(NotKept.DatabaseAway);
            Should.Throw<NotKeptException>(() => archive.Read(log => log.Writes.Count, "bob"));
            cluster.Start();
            var since = Stopwatch.StartNew();
            Keeps(archive, Some.Day(0), "bob", TimeSpan.FromSeconds(5));
            back.Add(since.Elapsed);
            stop.Cancel();
            Task.WaitAll(writers);
        }
        Archive.OpenDatabase(connection, Some.Clock, out var later).ShouldBeNull();
        using (later)
        {
            string[] people = ["ann", .. Enumerable.Range(0, 8).Select(w => $"p{w}")];
            var kept = people.SelectMany(p => later!.Read(log => log.Writes.Select(w => w.Write.Id).ToArray(), p)).ToHashSet();
            var lost = acknowledged.Count(id => !kept.Contains(id));
            output.WriteLine(new FaultCount("R20", "PostgreSQL stopped as by a crash while eight write", rounds, Full, "stops",
                FormattableString.Invariant($"{acknowledged.Count:N0} acknowledged, {refused} refused, {lost} lost; writing again {back.Max().TotalSeconds:0.0} s (slowest) after its return")).ToString());
            lost.ShouldBe(0);
            acknowledged.Count.ShouldBeGreaterThan(rounds);
            refused.ShouldBeGreaterThan(0);
        }
    }

    private static void Again(Archive archive, DiaryWrite write, string person, ConcurrentBag<Guid> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (archive.Append(write, person) is Appended.Accepted or Appended.Replayed or Appended.Conflict) acknowledged.Add(write.Id);
                return;
            }
            catch (NotKeptException)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static void Keeps(Archive archive, DiaryWrite write, string person, TimeSpan patience)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                archive.Append(write, person).ShouldNotBeOfType<Appended.Refused>();
                return;
            }
            catch (NotKeptException) when (since.Elapsed < patience)
            {
                Thread.Sleep(20);
            }
        }
    }
}
