using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R22: programs that want the file while a server writes to it. Only its owner ever checkpoints; the others are refused.</summary>
[Trait("trust", "R22")]
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int Full = 40_000, Meddlers = 2;

    [Fact]
    public Task Other_programs_that_want_the_file_of_a_server_never_get_it_and_nothing_is_lost() => Race(400);

    [Fact, Trait("speed", "slow")]
    public Task However_often_other_programs_want_the_file_they_never_get_it() => Race(Full);

    private async Task Race(int tries)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var (acknowledged, backups) = (new ConcurrentBag<Guid>(), 0);
        using (var server = Served.Start(data))
        {
            (await server.Post(Some.Past(9_700))).ShouldBe(HttpStatusCode.OK);
            using var stop = new CancellationTokenSource();
            var day = 0;
            var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    // Long ones, so that the log is moved into the file often; what says the same of a day again is no conflict.
                    var write = Some.Past(Interlocked.Increment(ref day) % 9_700, ("note", new string('x', 3000)));
                    if (await server.Post(write) == HttpStatusCode.OK) acknowledged.Add(write.Id);
                }
            })).ToArray();
            var meddlers = Enumerable.Range(0, Meddlers).Select(_ => ChildProcess.Start("meddle", data, (tries / Meddlers).ToString(CultureInfo.InvariantCulture))).ToArray();
            do
            {
                LowdoseProcess.Run("backup", Path.Combine(folder.Path, "a.backup"), "--data", data).ExitCode.ShouldBe(0);
                backups++;
            }
            while (!meddlers.All(m => m.HasExited));
            foreach (var meddler in meddlers)
            {
                (await meddler.StandardOutput.ReadToEndAsync()).ShouldBe($"{tries / Meddlers} tries, 0 got in\n", await meddler.StandardError.ReadToEndAsync());
                meddler.Dispose();
            }
            await stop.CancelAsync();
            await Task.WhenAll(clients);
            server.Kill();
        }
        var kept = Some.KeptIn(data);
        var lost = acknowledged.Count(id => !kept.Contains(id));
        output.WriteLine(new FaultCount("R22", "two other programs open, read, checkpoint and lock the file of a server that writes", tries, Full, "tries",
            $"0 got in; {acknowledged.Count:N0} answered 200, {lost} lost; integrity ok; {backups} times `lowdose backup` went through the server").ToString());
        lost.ShouldBe(0);
        Some.Integrity(data).ShouldBe("ok");
    }
}
