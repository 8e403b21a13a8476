using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R3 and R4: a disk that fails or is full. Nothing is acknowledged that is not kept, and what is kept can be read.</summary>
public sealed class DiskFaultTests(ITestOutputHelper output)
{
    private static readonly string[] Calls = ["fsync", "pwrite64"];

    [NeedsFact("strace"), Trait("trust", "R3")]
    public void A_call_to_the_disk_that_fails_is_never_acknowledged_nor_tried_again()
    {
        foreach (var call in Calls)
        {
            foreach (var n in new[] { 5, 9 }) Fails(call, n).ShouldBeTrue($"{call} was met {n} times");
            Said(call, 2, 0);
        }
    }

    [NeedsFact("strace"), Trait("trust", "R3")]
    [Trait("speed", "slow")]
    public void Whichever_call_to_the_disk_fails_nothing_is_acknowledged_nor_tried_again()
    {
        foreach (var call in Calls)
        {
            var n = 1;
            while (Fails(call, n)) n++;
            Said(call, n - 1, n - 1);
            n.ShouldBeGreaterThan(8, $"{call} was met {n - 1} times");
        }
    }

    [NeedsFact("unshare"), Trait("trust", "R4")]
    public void On_a_full_disk_nothing_is_lost_reading_works_and_it_goes_on_when_there_is_room() => Full([400, 700]);

    [NeedsFact("unshare"), Trait("trust", "R4")]
    [Trait("speed", "slow")]
    // The smallest has just room for empty records.
    public void On_fifty_sizes_of_a_full_disk_nothing_is_lost() => Full([.. Enumerable.Range(0, 50).Select(n => 400 + (n * n * 25))]);

    private void Said(string call, int done, int all) =>
        output.WriteLine(new FaultCount("R3", $"a `{call}` that fails", done, all, "calls, each in turn", "0 acknowledged lost; on the database nothing tried again, what was kept is readable").ToString());

    /// <returns>Whether the call came so often.</returns>
    private static bool Fails(string call, int nth)
    {
        using var folder = new TemporaryFolder();
        var (data, trace) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "trace"));
        using var child = ChildProcess.StartUnder(["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-o", trace, "-e", "trace=fdatasync,fsync,pwrite64,write", "-e", $"inject={call}:error=EIO:when={nth}"], "write", data, "1", "12", "FULL");
        var said = child.StandardOutput.ReadToEndAsync();
        _ = child.StandardError.ReadToEndAsync();
        child.WaitForExit(TimeSpan.FromMinutes(2)).ShouldBeTrue("the program hangs on a failing disk");
        var lines = said.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var acknowledged = lines.Where(l => l.Length == 36).Select(Guid.Parse).ToArray();
        var all = File.ReadAllLines(trace);
        // What comes after the last line it said (the log is emptied as the file is closed) changes nothing of what it said.
        var over = Array.FindIndex(all, l => l.Contains(" readable, ", StringComparison.Ordinal)) is >= 0 and var last ? last : all.Length;
        string[] calls = [.. all.Where(l => !l.Contains(" write(", StringComparison.Ordinal))];
        var failed = Array.FindIndex(calls, l => l.Contains("(INJECTED)", StringComparison.Ordinal));
        if (failed < 0) return false;

        var why = $"{call} number {nth}: {string.Join(" | ", lines)}";
        if (calls[failed].Contains("lowdose.db", StringComparison.Ordinal) && lines.Length > 0)
        {
            if (Array.FindIndex(all, l => l.Contains("(INJECTED)", StringComparison.Ordinal)) < over)
            {
                lines[^1].ShouldEndWith($"{acknowledged.Length} readable, read-only", customMessage: why);
                lines.ShouldContain("not kept: DiskFailed", why);
            }
            calls.Skip(failed + 1).Count(l => l.Contains("lowdose.db", StringComparison.Ordinal)).ShouldBe(0, $"{why}: the disk is not asked again");
        }
        // A start that fails is refused; it is no harm.
        Some.KeptIn(data).IsSupersetOf(acknowledged).ShouldBeTrue(why);
        Some.Integrity(data).ShouldBe("ok", why);
        return true;
    }

    private void Full(int[] sizes)
    {
        using var folder = new TemporaryFolder();
        foreach (var kilobytes in sizes)
        {
            var size = kilobytes.ToString(CultureInfo.InvariantCulture);
            using var child = ChildProcess.StartUnder(["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=\"$0\"k tmpfs \"$1\" && shift && exec \"$@\"", size, folder.Path], "full", folder.Path);
            var said = child.StandardOutput.ReadToEndAsync();
            var complained = child.StandardError.ReadToEndAsync();
            child.WaitForExit(TimeSpan.FromMinutes(3)).ShouldBeTrue("the program hangs on a full disk");
            Regex.IsMatch(said.Result, @"^full after [0-9]+; read; backup refused; went on; 0 lost; ok\n$").ShouldBeTrue($"{size} kB: {said.Result}{complained.Result}");
        }
        output.WriteLine(new FaultCount("R4", "a full disk", sizes.Length, 50, "sizes", $"{sizes[0] / 1000.0:0.0} to {sizes[^1] / 1000.0:0.0} MB: 0 acknowledged lost; reading went on; a backup was refused; writing went on when there was room").ToString());
    }
}
