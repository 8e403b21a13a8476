using System.Diagnostics;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>R9: files nobody would write: read or refused, never a crash, never a hang.</summary>
[Trait("trust", "R9")]
public class MutatedDiaryTests(ITestOutputHelper output)
{
    private const int Full = 1_000_000, JudgeOneIn = 100;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    [Fact]
    public void Two_thousand_mutated_files_are_read_or_refused() => ReadOrRefuse(seed: 1, files: 2_000);

    [Fact]
    [Trait("speed", "slow")]
    public void A_million_mutated_files_are_read_or_refused()
    {
        var (files, chunk) = (FaultCount.RoundsOf(Full, usually: 100_000), 10_000);
        var (read, refused, most) = (0, 0, 0L);
        Parallel.For(0, (files + chunk - 1) / chunk, part =>
        {
            var found = ReadOrRefuse(seed: 2 + part, Math.Min(chunk, files - (part * chunk)));
            Interlocked.Add(ref read, found.Read);
            Interlocked.Add(ref refused, found.Refused);
            lock (typeof(MutatedDiaryTests)) most = Math.Max(most, Environment.WorkingSet);
        });
        output.WriteLine(new FaultCount("R9", "diaries as CSV with one to four faults, and one in a hundred of those read is judged", files, Full, "files",
            FormattableString.Invariant($"{read:N0} read, {refused:N0} refused with their line, 0 unhandled, 0 over a second; {most / 1e6:0} MB at most")).ToString());
    }

    private static (int Read, int Refused) ReadOrRefuse(int seed, int files)
    {
        var mutator = new DiaryMutator(seed);
        // The first verdict pays for compilation; it is not a hang.
        CourseVerdict.Of(DiaryCsv.Read(mutator.Whole(), new()).Diary!);
        var (read, refused) = (0, 0);
        for (var i = 0; i < files; i++)
        {
            var bytes = mutator.Next();
            var reading = WithoutHanging(() => DiaryCsv.Read(bytes, new()), i, bytes);
            (reading.Diary is null).ShouldBe(reading.Refusal is not null, Shown(i, bytes));
            if (reading.Refusal is { } refusal)
            {
                refused++;
                refusal.Line.ShouldBeGreaterThan(0, Shown(i, bytes));
                (refusal.What + refusal.Do).ShouldNotContain("\n", Case.Sensitive, Shown(i, bytes));
            }
            else if (read++ % JudgeOneIn == 0)
            {
                var verdict = WithoutHanging(() => CourseVerdict.Of(reading.Diary!), i, bytes);
                verdict.Sentence.ShouldNotBeNullOrWhiteSpace();
                VerdictJson.Write(verdict, Stream.Null);
            }
        }
        read.ShouldBeGreaterThan(files / 50);
        refused.ShouldBeGreaterThan(files / 10);
        return (read, refused);
    }

    /// <summary>Fails where the work takes a second three times running: once may be a busy machine.</summary>
    internal static T WithoutHanging<T>(Func<T> work, int i, byte[] bytes)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var clock = Stopwatch.StartNew();
            var done = work();
            if (clock.Elapsed < Hang) return done;
        }
        throw new ShouldAssertException($"takes over {Hang.TotalSeconds} s: {Shown(i, bytes)}");
    }

    private static string Shown(int i, byte[] bytes) => $"file {i}: {Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 4000))}";
}
