using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R21: two servers on one database; one is killed, the other paused and woken.</summary>
[Trait("trust", "R21")]
public sealed class TwoServersTests(ITestOutputHelper output) : IDisposable
{
    private readonly ServerStore store = new();

    public void Dispose() => store.Dispose();

    [Fact, Trait("speed", "slow")]
    public Task One_is_killed_and_the_other_paused_and_nothing_answered_for_is_lost() => Broken(TimeSpan.FromSeconds(2));

    [Fact, Trait("speed", "slow")]
    public Task One_is_killed_and_the_other_paused_for_half_a_minute_and_nothing_answered_for_is_lost() => Broken(TimeSpan.FromSeconds(30));

    private async Task Broken(TimeSpan pause)
    {
        var acknowledged = new ConcurrentBag<Guid>();
        using var killed = Start("a");
        using var paused = Start("b");
        using var third = Start("c");
        var day = 0;
        using var stop = new CancellationTokenSource();
        var clients = new[] { killed, paused, third }.SelectMany(server => Enumerable.Repeat(server, 2)).Select(server => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var write = Some.Past(Interlocked.Increment(ref day) % 5000);
                if (await server.Post(write) == HttpStatusCode.OK) acknowledged.Add(write.Id);
                else await Task.Delay(50);
            }
        })).ToArray();
        SpinWait.SpinUntil(() => acknowledged.Count > 30, TimeSpan.FromMinutes(1)).ShouldBeTrue();
        killed.Kill();
        Signal(paused, "STOP");
        var before = acknowledged.Count;
        await Task.Delay(pause);
        // Whoever was paused with the person's turn loses it after 10 s.
        SpinWait.SpinUntil(() => acknowledged.Count > before + 10, TimeSpan.FromSeconds(20)).ShouldBeTrue("the third server goes on");
        Signal(paused, "CONT");
        var sent = Some.Past(6000);
        SpinWait.SpinUntil(() => paused.Post(sent).GetAwaiter().GetResult() == HttpStatusCode.OK, TimeSpan.FromSeconds(30)).ShouldBeTrue("the woken one goes on");
        (await third.Post(sent)).ShouldBe(HttpStatusCode.OK);
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        using var archive = store.OpenAnother();
        var kept = archive.Writes().Select(w => w.Id).ToArray();
        var lost = acknowledged.Count(id => !kept.Contains(id));
        output.WriteLine(new FaultCount("R21", FormattableString.Invariant($"three servers on one PostgreSQL, one killed, one paused for {pause.TotalSeconds:0} s and woken"), 1, 1, "runs", $"{acknowledged.Count:N0} answered 200, {lost} lost, 0 twice").ToString());
        lost.ShouldBe(0);
        kept.Distinct().Count().ShouldBe(kept.Length);
        kept.Count(id => id == sent.Id).ShouldBe(1);
    }

    private Served Start(string name) => Served.StartOn(store.Connection!, Path.Combine(store.Folder.Path, name));

    private static void Signal(Served server, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
