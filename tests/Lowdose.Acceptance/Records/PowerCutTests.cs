using Lowdose.Acceptance.CommandLine;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>
/// R2: the power is cut. What was written and not yet synchronised may be lost, in part and out of order. The calls of a real run are
/// recorded, and replayed up to a cut onto a disk that keeps only what it was told to keep, and by chance some of the rest.
/// </summary>
[Trait("trust", "R2")]
public sealed class PowerCutTests(ITestOutputHelper output)
{
    [NeedsFact("strace")]
    public void Cut_anywhere_nothing_acknowledged_is_lost_and_without_waiting_for_the_disk_it_would_be()
    {
        Lost("FULL", 25).ShouldBe(0);
        Lost("NORMAL", 25).ShouldBeGreaterThan(0, "the test must see a loss where there is one");
    }

    [NeedsFact("strace")]
    [Trait("speed", "slow")]
    public void Cut_at_two_hundred_points_nothing_acknowledged_is_lost_and_without_waiting_for_the_disk_it_would_be()
    {
        Lost("FULL", 200).ShouldBe(0);
        Lost("NORMAL", 200).ShouldBeGreaterThan(0, "the test must see a loss where there is one");
    }

    /// <summary>How many acknowledged writes were missing after a cut, over all cuts.</summary>
    private int Lost(string synchronous, int cuts)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var trace = Path.Combine(folder.Path, "trace");
        using (var child = ChildProcess.StartUnder(["strace", "-f", "-qq", "-y", "-xx", "-s", "70000", "--seccomp-bpf", "-o", trace, "-e", "trace=write,pwrite64,fdatasync,fsync,ftruncate,unlink"], "write", data, "2", "40", synchronous))
        {
            _ = child.StandardOutput.ReadToEndAsync();
            _ = child.StandardError.ReadToEndAsync();
            child.WaitForExit(TimeSpan.FromMinutes(3)).ShouldBeTrue();
        }
        var calls = DiskCall.Read(File.ReadLines(trace));
        calls.Count(c => c.Kind == DiskCallKind.Acknowledge).ShouldBe(80);
        var lost = 0;
        for (var cut = 0; cut < cuts; cut++)
        {
            var chance = new Random(cut);
            var length = cut == 0 ? calls.Count : 1 + chance.Next(calls.Count);
            var disk = Path.Combine(folder.Path, "disk");
            Directory.CreateDirectory(disk);
            var acknowledged = DiskCall.Replay(calls.Take(length), disk, chance);
            var kept = Some.KeptIn(disk);
            lost += acknowledged.Count(id => !kept.Contains(id));
            Some.Integrity(disk).ShouldBe("ok", $"cut {cut} of {synchronous}, after {length} calls");
            Directory.Delete(disk, recursive: true);
        }
        output.WriteLine(new FaultCount("R2", $"the power cut, simulated, `synchronous={synchronous}`" + (synchronous == "FULL" ? "" : " (must lose, or the test sees nothing)"), cuts, 200, "cuts", $"{lost:N0} acknowledged lost; integrity ok").ToString());
        return lost;
    }
}
