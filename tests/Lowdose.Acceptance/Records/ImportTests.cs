using Lowdose.Acceptance.CommandLine;
using Lowdose.Exchange;
using NodaTime;

namespace Lowdose.Acceptance.Records;

/// <summary>R10: the same days, from whichever file and however often, are there once.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_exported_is_read_back_as_it_was()
    {
        using var archive = Some.Open(folder.Path);
        archive.Import(Read(File.ReadAllLines(LowdoseProcess.Example("probably-works.csv"))), out _).ShouldBeNull();
        archive.Append(Some.Day(0, ("note", "=1+1"), ("effect/insomnia", "mild"), ("event/infection", "yes"), ("dose", "taken kit 3")));
        using var json = new MemoryStream();
        archive.Read(log =>
        {
            WritesJson.Write(log.Writes, json);
            return 0;
        });
        using var other = new TemporaryFolder();
        using var copy = Some.Open(other.Path);
        WritesJson.Read(json.ToArray(), out var writes).ShouldBeNull();
        copy.Import(writes!, out _).ShouldBeNull();
        copy.Writes().Zip(archive.Writes()).ShouldAllBe(pair => pair.First.IsSameAs(pair.Second));

        var csv = archive.Read(DiaryTableCsv.Of);
        copy.Read(DiaryTableCsv.Of).ShouldBe(csv);
        var text = System.Text.Encoding.UTF8.GetString(csv);
        text.ShouldContain("'=1+1");
        text.Split('\n').Single(l => l.StartsWith("2026-12-01,", StringComparison.Ordinal)).ShouldStartWith("2026-12-01,,,");
        DiaryCsv.Read(csv, new DiaryFormat()).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("date,dose_mg,pain\n2026-01-06,4.5,6\n2026-01-05,4.5,6.5\n", 3, "whole numbers")]
    [InlineData("date,dose_mg,ache\n2026-01-05,4.5,6\n", 1, "no column of a score")]
    [InlineData("day,dose_mg,pain\n1,4.5,6\n", 1, "need")]
    [InlineData("date,dose_mg,pain,arm\n2026-01-04,0,6,none\n2026-01-05,0,6,placebo\n", 3, "placebo")]
    [InlineData("date,dose_mg,pain\n2026-01-05,4.5,6\n2026-01-06,4.5,eleven\n", 3, "the pain score")]
    [InlineData("date,dose_mg,pain\n1999-01-05,4.5,6\n", 2, "1999")]
    public void A_file_the_diary_cannot_keep_is_refused_whole_with_its_line(string text, int line, string says)
    {
        var refusal = DiaryWrites.Read(System.Text.Encoding.UTF8.GetBytes(text), new DiaryFormat(), Some.Clock.Now, "Etc/UTC", "import", out var writes);
        refusal.ShouldNotBeNull().What.ShouldContain(says);
        refusal.Line.ShouldBe(line);
        writes.ShouldBeNull();
    }

    [Theory]
    [InlineData("[\n {\"id\": \"x\"}\n]", 2, "write 1")]
    [InlineData("[\n]x", 2, "(character 2)")]
    [InlineData("[\n \"é\",,\n]", 2, "(character 6)")]
    public void A_file_of_writes_that_cannot_be_read_is_refused_with_its_place(string text, int line, string says)
    {
        var refusal = WritesJson.Read(System.Text.Encoding.UTF8.GetBytes(text), out var writes).ShouldNotBeNull();
        refusal.Line.ShouldBe(line);
        refusal.What.ShouldContain(says);
        writes.ShouldBeNull();
    }

    /// <summary>The lines of a CSV as writes.</summary>
    internal static IReadOnlyList<Diary.DiaryWrite> Read(IEnumerable<string> lines)
    {
        DiaryWrites.Read(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)), new DiaryFormat(), SystemClock.Instance.GetCurrentInstant(), "Europe/Berlin", "import", out var writes).ShouldBeNull();
        return writes!;
    }
}
