using System.Diagnostics;
using System.Globalization;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R12: an older file becomes a newer one whole or not at all.</summary>
[Trait("trust", "R12")]
public sealed class MigrationTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A step that does not exist yet, heavy enough to be killed in the middle: every row is written anew into another table.</summary>
    internal static IReadOnlyList<string> StepsWithOneMore { get; } =
        [.. SchemaSteps.All, "CREATE TABLE heavy (sequence INTEGER, again BLOB) STRICT; INSERT INTO heavy SELECT w.sequence, w.content FROM writes w, writes v; ALTER TABLE people ADD COLUMN colour TEXT"];

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, SchemaSteps.All.Count)];

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_file_of_every_schema_that_was_ever_released_opens_with_all_its_rows(int version)
    {
        File.Copy(Golden(version), Path.Combine(folder.Path, "lowdose.db"));
        using var archive = Some.Open(folder.Path);
        archive.Writes().Select(Line).ShouldBe(File.ReadLines(Path.ChangeExtension(Golden(version), ".txt")));
    }

    [Fact]
    public void There_is_a_golden_file_of_the_schema_of_today() =>
        Some.Ask(Golden(SchemaSteps.All.Count), "SELECT max(version) FROM schema_version").ShouldBe(Text(SchemaSteps.All.Count));

    [Fact]
    public void A_backup_is_made_before_a_step_and_the_rows_are_the_same_after_it()
    {
        Filled(40);
        var before = Some.KeptIn(folder.Path);
        Archive.Open(folder.Path, Some.Clock, StepsWithOneMore, "FULL", out var newer).ShouldBeNull();
        using (newer) newer!.Writes().Select(w => w.Id).ShouldBe(before, ignoreOrder: true);
        BackupFile.Check(Path.Combine(folder.Path, "backups", $"before-schema-{StepsWithOneMore.Count}.backup"), out var facts).ShouldBeNull();
        facts!.Writes.ShouldBe(40);
        facts.Schema.ShouldBe(SchemaSteps.All.Count);
    }

    [Fact]
    public void An_older_program_refuses_a_newer_file_and_leaves_it_as_it_is()
    {
        Filled(5);
        Archive.Open(folder.Path, Some.Clock, StepsWithOneMore, "FULL", out var newer).ShouldBeNull();
        newer!.Dispose();
        var file = Path.Combine(folder.Path, "lowdose.db");
        var bytes = File.ReadAllBytes(file);
        Archive.Open(folder.Path, Some.Clock, out _)!.What.ShouldContain($"written by a newer Lowdose (schema {StepsWithOneMore.Count}; this one knows {SchemaSteps.All.Count})");
        File.ReadAllBytes(file).ShouldBe(bytes);
    }

    [Fact]
    public void A_file_that_is_not_ours_is_refused()
    {
        Some.Ask(Path.Combine(folder.Path, "lowdose.db"), "CREATE TABLE songs (title TEXT)");
        Archive.Open(folder.Path, Some.Clock, out _)!.What.ShouldContain("is not a file of Lowdose");
        File.WriteAllText(Path.Combine(folder.Path, "lowdose.db"), "these are not the bytes of a database, and there are more than sixteen of them");
        Archive.Open(folder.Path, Some.Clock, out _)!.What.ShouldContain("cannot be opened");
    }

    [Fact]
    public void Killed_in_the_middle_a_step_is_done_or_not_begun() => KilledAt(Enumerable.Range(0, 6).Select(k => 40 * k));

    [Fact]
    [Trait("speed", "slow")]
    public void Killed_at_a_hundred_points_a_step_is_done_or_not_begun() => KilledAt(Enumerable.Range(0, 100).Select(k => 4 * k));

    /// <summary>A write in one line.</summary>
    internal static string Line(DiaryWrite write) => $"{write.Id} {write.Subject} {write.Base} {write.WrittenAt} {write.Zone} {write.Actor} {System.Text.Encoding.UTF8.GetString(Content.Plain(write.Changes))}";

    private void KilledAt(IEnumerable<int> delays)
    {
        const int Rows = 700;
        var (kills, after) = (0, 0);
        Filled(Rows);
        var database = Path.Combine(folder.Path, "lowdose.db");
        var original = File.ReadAllBytes(database);
        foreach (var delay in delays)
        {
            foreach (var old in Directory.EnumerateFiles(folder.Path)) File.Delete(old);
            File.WriteAllBytes(database, original);
            using var child = ChildProcess.Start("migrate", folder.Path);
            // The step begins with its backup; the delays run from there.
            var patience = Stopwatch.StartNew();
            while (!child.HasExited && !File.Exists(database + "-wal") && patience.Elapsed < TimeSpan.FromSeconds(20)) Thread.Sleep(1);
            Thread.Sleep(delay);
            child.Kill();
            child.WaitForExit();
            // As SQLite finds it after the crash.
            var schema = Some.Ask(database, "SELECT max(version) FROM schema_version");
            schema.ShouldBeOneOf(Text(SchemaSteps.All.Count), Text(StepsWithOneMore.Count));
            var begun = schema == Text(StepsWithOneMore.Count);
            Some.Ask(database, "SELECT count(*) FROM sqlite_master WHERE name = 'heavy'").ShouldBe(begun ? "1" : "0");
            (kills, after) = (kills + 1, after + (begun ? 1 : 0));
            if (begun) Some.Ask(database, "SELECT count(*) FROM heavy").ShouldBe(Text(Rows * Rows));
            Some.Ask(database, "SELECT count(*) FROM writes").ShouldBe(Text(Rows));
            Some.Ask(database, "PRAGMA integrity_check").ShouldBe("ok");
        }
        output.WriteLine(new FaultCount("R12", "killed in the middle of a schema step", kills, 100, "kills", $"{kills - after} untouched, {after} done, 0 between; all rows there").ToString());
    }

    private void Filled(int rows)
    {
        using var archive = Some.Open(folder.Path);
        archive.Append([.. Enumerable.Range(0, rows).Select(n => Some.Day(n))]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Golden(int version) => Path.Combine(LowdoseProcess.Repository, "tests", "Lowdose.Acceptance", "Records", "Golden", $"schema-{version}.db");
}
