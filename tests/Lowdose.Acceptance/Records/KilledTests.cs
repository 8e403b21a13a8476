using System.Diagnostics;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R1: killed in the middle of writing, nothing that was acknowledged is lost and nothing is half there.</summary>
[Trait("trust", "R1")]
public sealed class KilledTests(ITestOutputHelper output)
{
    // After each kill all is read; a folder of many rounds makes that the longest part.
    private const int RoundsAFolder = 5, Full = 500;

    [Fact]
    public void Killed_while_eight_write_nothing_acknowledged_is_lost() => Killed(3);

    [Fact]
    [Trait("speed", "slow")]
    public void Killed_again_and_again_while_eight_write_nothing_acknowledged_is_lost() => Killed(FaultCount.RoundsOf(Full));

    private void Killed(int rounds)
    {
        var (acknowledged, lost, openings) = (0, 0, new List<TimeSpan>());
        for (var begun = 0; begun < rounds; begun += RoundsAFolder)
        {
            using var folder = new TemporaryFolder();
            var ledger = new HashSet<Guid>();
            for (var round = begun; round < Math.Min(rounds, begun + RoundsAFolder); round++)
            {
                // 5 to 500 ms, the same in every run.
                ledger.UnionWith(UntilKilled(folder.Path, 5 + (int)(round * 2_654_435_761L % 496)));
                var restart = Stopwatch.StartNew();
                var kept = Some.KeptIn(folder.Path);
                openings.Add(restart.Elapsed);
                lost += ledger.Count(id => !kept.Contains(id));
            }
            acknowledged += ledger.Count;
            Some.Integrity(folder.Path).ShouldBe("ok");
        }
        openings.Sort();
        output.WriteLine(new FaultCount("R1", "killed while eight write to the archive", rounds, Full, "kills", FormattableString.Invariant($"{acknowledged:N0} acknowledged, {lost} lost; integrity ok; opening {openings[openings.Count / 2].TotalSeconds:0.0} s (median), {openings[^1].TotalSeconds:0.0} s (slowest)")).ToString());
        lost.ShouldBe(0);
        acknowledged.ShouldBeGreaterThan(rounds);
        // Less than 3 s where nothing else runs (R1); here it must only not hang.
        openings[openings.Count / 2].ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private static Guid[] UntilKilled(string folder, int milliseconds)
    {
        using var child = ChildProcess.Start("write", folder, "8", "1000000", "FULL");
        var lines = new List<string?>();
        do lines.Add(child.StandardOutput.ReadLine()); while (lines[^1] is not (null or "ready"));
        var said = child.StandardOutput.ReadToEndAsync();
        Thread.Sleep(milliseconds);
        child.Kill();
        child.WaitForExit();
        return lines.Concat(said.Result.Split('\n')).Where(l => l?.Length == 36).Select(l => Guid.Parse(l!)).ToArray();
    }
}
