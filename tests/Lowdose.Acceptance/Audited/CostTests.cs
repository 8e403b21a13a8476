using System.Diagnostics;
using System.Globalization;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Records;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Audited;

/// <summary>What it takes to keep every look, and to walk along a long trail.</summary>
public sealed class CostTests(ITestOutputHelper output) : IDisposable
{
    private const int Looks = 4_000, Long = 1_000_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact, Trait("trust", "S17")]
    public void Four_hundred_looks_are_kept_one_after_another_and_eight_at_a_time() => Looked(400);

    [Fact, Trait("trust", "S17"), Trait("speed", "slow")]
    public void Four_thousand_looks_are_kept_one_after_another_and_eight_at_a_time() => Looked(FaultCount.RoundsOf(Looks));

    [Fact, Trait("trust", "R13"), Trait("speed", "slow")]
    public async Task A_trail_of_a_million_entries_is_walked_without_holding_it()
    {
        Archive.Open(folder.Path, Some.Clock, SchemaSteps.All, "OFF", out var opened).ShouldBeNull();
        using var archive = opened!;
        var entries = FaultCount.RoundsOf(Long);
        for (var n = 0; n < entries; n += 10_000) archive.Change(tables => AuditTrail.Append(tables, Some.Clock.Now, Enumerable.Range(n, Math.Min(10_000, entries - n)).Select(Deeds.Of)));
        GC.Collect();
        var (before, most) = (Environment.WorkingSet, 0L);
        using var walked = new CancellationTokenSource();
        var ended = walked.Token;
        var watch = Task.Run(() => { while (!ended.WaitHandle.WaitOne(20)) most = Math.Max(most, Environment.WorkingSet); }, CancellationToken.None);
        var clock = Stopwatch.StartNew();
        var finding = AuditWalk.Along(archive, []);
        var took = clock.Elapsed;
        await walked.CancelAsync();
        await watch;
        finding.Fault.ShouldBeNull();
        finding.Entries.ShouldBe(entries);
        var more = Math.Max(0, most - before) / 1048576.0;
        more.ShouldBeLessThan(100, "a million entries take more than that");
        output.WriteLine(new FaultCount("R13", "a long trail walked along from its first entry", entries, Long, "entries", FormattableString.Invariant($"whole; {took.TotalSeconds:0.0} s, with at most {more:0} MiB more memory")).ToString());
    }

    private void Looked(int looks)
    {
        using var archive = Some.Open(folder.Path);
        var trail = new AuditTrail(archive, Some.Clock);
        trail.Note(Deeds.Of(0));
        var alone = Times(looks, 1, trail);
        var together = Times(looks, 8, trail);
        AuditWalk.Along(archive, []).ShouldSatisfyAllConditions(f => f.Fault.ShouldBeNull(), f => f.Entries.ShouldBe(1 + (2 * looks)));
        output.WriteLine(new FaultCount("S17", "a look is kept before it is shown: what that takes, with the wait for the disk", 2 * looks, 2 * Looks, "looks",
            $"alone {Said(alone)}; eight at once {Said(together)}").ToString());
    }

    private static (double[] Sorted, TimeSpan All) Times(int looks, int atOnce, AuditTrail trail)
    {
        var times = new double[looks];
        var all = Stopwatch.StartNew();
        Parallel.For(0, atOnce, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, who =>
        {
            for (var n = who; n < looks; n += atOnce)
            {
                var clock = Stopwatch.StartNew();
                trail.Note(new(Act.RecordSeen, Deeds.Id(who), Deeds.Id(100), Deeds.Id(n % 50), Detail.Of(RecordPart.Course)));
                times[n] = clock.Elapsed.TotalMilliseconds;
            }
        });
        var took = all.Elapsed;
        Array.Sort(times);
        return (times, took);
    }

    private static string Said((double[] Sorted, TimeSpan All) run) => string.Create(CultureInfo.InvariantCulture,
        $"p50 {run.Sorted[run.Sorted.Length / 2]:0.0} ms, p99 {run.Sorted[run.Sorted.Length * 99 / 100]:0.0} ms, {run.Sorted.Length / run.All.TotalSeconds:N0} a second");
}
