using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>R9: files nobody would write: read or refused, never a crash, never a hang.</summary>
[Trait("trust", "R9")]
public partial class MutatedDiaryTests(ITestOutputHelper output)
{
    private const int Full = 1_000_000, JudgeOneIn = 100, ImportOneIn = 200;
    private const double MostMegaBytes = 512;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(1);

    [Fact]
    public void Two_thousand_mutated_files_are_read_or_refused() => ReadOrRefuse(seed: 1, files: 2_000);

    [Fact]
    [Trait("speed", "slow")]
    public void A_million_mutated_files_are_read_or_refused()
    {
        var (files, chunk) = (FaultCount.RoundsOf(Full, usually: 100_000), 10_000);
        var (read, refused, imported, most) = (0, 0, 0, 0L);
        // No more at once than there are cores: what waits for a core does not hang.
        Parallel.For(0, (files + chunk - 1) / chunk, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
        {
            var found = ReadOrRefuse(seed: 2 + part, Math.Min(chunk, files - (part * chunk)));
            Interlocked.Add(ref read, found.Read);
            Interlocked.Add(ref refused, found.Refused);
            Interlocked.Add(ref imported, found.Imported);
            lock (typeof(MutatedDiaryTests)) most = Math.Max(most, Environment.WorkingSet);
        });
        output.WriteLine(new FaultCount("R9", "diaries as CSV with one to four faults; of those read one in a hundred is judged, of all one in two hundred imported", files, Full, "files",
            FormattableString.Invariant($"{read:N0} read, {refused:N0} refused with line and column, 0 unhandled, 0 over a second; {imported:N0} imported whole, the others not at all; {most / 1e6:0} MB at most")).ToString());
        (most / 1e6).ShouldBeLessThan(MostMegaBytes);
    }

    private static (int Read, int Refused, int Imported) ReadOrRefuse(int seed, int files)
    {
        var mutator = new DiaryMutator(seed);
        // The first verdict pays for compilation; it is not a hang.
        CourseVerdict.Of(DiaryCsv.Read(mutator.Whole(), new()).Diary!);
        var (read, refused, imported) = (0, 0, 0);
        using var store = new FileStore();
        using var archive = store.Open();
        for (var i = 0; i < files; i++)
        {
            var bytes = mutator.Next();
            if (i % ImportOneIn == 0 && Imported(archive, bytes, i)) imported++;
            var reading = WithoutHanging(() => DiaryCsv.Read(bytes, new()), i, bytes);
            if (reading.Diary is null != reading.Refusal is not null) throw new ShouldAssertException(Shown(i, bytes));
            if (reading.Refusal is { } refusal)
            {
                refused++;
                if (Nowhere(refusal, bytes) || !Column().IsMatch(refusal.What)) throw new ShouldAssertException($"{refusal}: {Shown(i, bytes)}");
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
        return (read, refused, imported);
    }

    /// <summary>All of a file or nothing of it is kept.</summary>
    private static bool Imported(Archive archive, byte[] bytes, int i)
    {
        var person = FormattableString.Invariant($"p{i}");
        var refusal = DiaryWrites.Read(bytes, new(), Some.Clock.Now, "Etc/UTC", "import", out var writes);
        if (refusal is null != writes is not null) throw new ShouldAssertException(Shown(i, bytes));
        var kept = refusal is null && archive.Import(writes!, out _, person) is null;
        archive.Read(log => log.Writes.Count, person).ShouldBe(kept ? writes!.Count : 0, Shown(i, bytes));
        return kept;
    }

    /// <summary>Whether a refusal names no line of the file, or is not one line itself.</summary>
    internal static bool Nowhere(Refusal refusal, byte[] bytes) =>
        refusal.Line < 1 || refusal.Line > 1 + bytes.Count(b => b is (byte)'\n' or (byte)'\r') || (refusal.What + refusal.Do).AsSpan().IndexOfAny('\n', '\r') >= 0;

    /// <summary>Names the cell's column, or the character, or what is wrong is the whole row's, the header's or the file's.</summary>
    [GeneratedRegex("""\(character \d+\)|\bthe (date|day|dose|pain score|arm|period)\b|is not a date|is here and on line|different dose|days from|a second person|the row has|the header names|there is no (row|column)|the columns are separated|the file is|both a date and a day""")]
    private static partial Regex Column();

    /// <summary>Fails where the work takes a second three times running, without the time that it waited for a core: that is the machine's doing.</summary>
    internal static T WithoutHanging<T>(Func<T> work, int i, byte[] bytes)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var (clock, waited) = (Stopwatch.StartNew(), attempt == 1 ? TimeSpan.Zero : Waited());
            var done = work();
            if (clock.Elapsed - (attempt == 1 ? TimeSpan.Zero : Waited() - waited) < Hang) return done;
        }
        throw new ShouldAssertException($"takes over {Hang.TotalSeconds} s: {Shown(i, bytes)}");
    }

    /// <summary>How long this thread has been ready and had no core; Linux alone says so. Source: proc(5), schedstat.</summary>
    private static TimeSpan Waited()
    {
        const string Said = "/proc/thread-self/schedstat";
        return File.Exists(Said) ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Said).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) / 1_000) : TimeSpan.Zero;
    }

    internal static string Shown(int i, byte[] bytes) => $"file {i}: {Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 4000))}";
}
