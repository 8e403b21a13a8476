using System.Diagnostics;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>Files nobody would write: read or refused, never a crash, never a hang.</summary>
public class MutatedDiaryTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    [Fact]
    public void Two_thousand_mutated_files_are_read_or_refused() => ReadOrRefuse(seed: 1, files: 2_000, judgeOneIn: 100);

    [Fact]
    [Trait("speed", "slow")]
    public void A_hundred_thousand_mutated_files_are_read_or_refused() => ReadOrRefuse(seed: 2, files: 100_000, judgeOneIn: 100);

    private static void ReadOrRefuse(int seed, int files, int judgeOneIn)
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
            else if (read++ % judgeOneIn == 0)
            {
                var verdict = WithoutHanging(() => CourseVerdict.Of(reading.Diary!), i, bytes);
                verdict.Sentence.ShouldNotBeNullOrWhiteSpace();
                VerdictJson.Write(verdict, Stream.Null);
            }
        }
        read.ShouldBeGreaterThan(files / 50);
        refused.ShouldBeGreaterThan(files / 10);
    }

    /// <summary>Fails where the work takes a second three times running: once may be a busy machine.</summary>
    private static T WithoutHanging<T>(Func<T> work, int i, byte[] bytes)
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
