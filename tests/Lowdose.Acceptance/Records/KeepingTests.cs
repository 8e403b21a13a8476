using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using Microsoft.Data.Sqlite;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

public sealed class KeepingTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_there_after_closing_in_the_order_it_came()
    {
        DiaryWrite[] writes = [.. Enumerable.Range(0, 50).Select(n => Some.Day(n % 7, ("pain", "6"), ("note", "äöü \"quoted\"\nsecond line 🙂"), ("mood", n % 2 == 0 ? null : "3")))];
        using (var archive = Some.Open(folder.Path))
            foreach (var write in writes) archive.Append(write with { Base = archive.Read(l => l.Head(write.Subject)) }).ShouldBeOfType<Appended.Accepted>();
        using var again = Some.Open(folder.Path);
        again.Writes().Select(w => w with { Base = null }).Zip(writes).ShouldAllBe(pair => pair.First.IsSameAs(pair.Second));
        again.Writes().Count.ShouldBe(50);
    }

    [Fact]
    public void A_write_sent_again_is_kept_once_and_another_with_its_id_is_not_kept()
    {
        var write = Some.Day(0, ("pain", "6"));
        using (var archive = Some.Open(folder.Path))
        {
            archive.Append(write).ShouldBe(new Appended.Accepted(1));
            archive.Append(write).ShouldBe(new Appended.Replayed(1));
        }
        using var again = Some.Open(folder.Path);
        again.Append(write).ShouldBe(new Appended.Replayed(1));
        again.Append(write with { Zone = "Europe/Paris" }).ShouldBeOfType<Appended.IdTaken>();
        again.Writes().Count.ShouldBe(1);
    }

    [Fact]
    public void A_conflict_keeps_both_and_is_a_conflict_after_closing()
    {
        using (var archive = Some.Open(folder.Path))
        {
            archive.Append(Some.Day(0, ("pain", "6")));
            archive.Append(Some.Day(0, ("pain", "2"))).ShouldBeOfType<Appended.Conflict>();
        }
        using var again = Some.Open(folder.Path);
        again.Read(log => log.Conflicts(Subjects.Day(Some.FirstDay)).Count).ShouldBe(1);
        again.Read(log => log.Now(Subjects.Day(Some.FirstDay))["pain"].Value).ShouldBe("6");
    }

    [Fact]
    public void What_cannot_be_is_refused_and_not_kept()
    {
        using var archive = Some.Open(folder.Path);
        archive.Append(Some.Day(0, ("pain", "11"))).ShouldBeOfType<Appended.Refused>();
        archive.Append(Some.Day(0) with { Base = Guid.NewGuid() }).ShouldBeOfType<Appended.BaseUnknown>();
        archive.Writes().ShouldBeEmpty();
    }

    [Fact]
    public void Several_at_once_are_kept_together_and_one_import_that_cannot_be_keeps_nothing()
    {
        using var archive = Some.Open(folder.Path);
        archive.Append([Some.Day(0, ("pain", "1")), Some.Day(1, ("pain", "11")), Some.Day(2, ("pain", "3"))]).Select(a => a.GetType().Name).ShouldBe(["Accepted", "Refused", "Accepted"]);
        archive.Import([Some.Day(3, ("pain", "1")), Some.Day(4, ("pain", "11"))], out _)!.What.ShouldContain("'11'");
        archive.Writes().Count.ShouldBe(2);
    }

    [Fact, Trait("trust", "R8")]
    public void A_clock_that_jumps_changes_no_order()
    {
        var clock = new FixedClock(Instant.FromUtc(2026, 12, 1, 21, 0));
        Duration[] jumps = [Duration.FromHours(-1), Duration.FromDays(1), Duration.FromSeconds(-1), Duration.FromDays(-1100), Duration.FromDays(2000), Duration.Zero];
        List<Guid> sent = [];
        using (var archive = Some.Open(folder.Path, clock))
        {
            for (var n = 0; n < 60; n++)
            {
                clock.Now += jumps[n % jumps.Length];
                var write = Some.Day(0, ("pain", (n % 10).ToString(System.Globalization.CultureInfo.InvariantCulture))) with { WrittenAt = clock.Now, Base = archive.Read(l => l.Head(Subjects.Day(Some.FirstDay))) };
                archive.Append(write).ShouldBeOfType<Appended.Accepted>();
                sent.Add(write.Id);
            }
        }
        using var again = Some.Open(folder.Path, clock);
        again.Writes().Select(w => w.Id).ShouldBe(sent);
        again.Read(log => log.Now(Subjects.Day(Some.FirstDay))["pain"].Value).ShouldBe("9");
        output.WriteLine(new FaultCount("R8", "the clock jumps before every write, an hour to five years, back and forth", sent.Count, 60, "writes", "all in the order they came").ToString());
    }

    [Fact]
    public void Eight_writers_at_once_lose_nothing()
    {
        var writes = Enumerable.Range(0, 8).Select(w => Enumerable.Range(0, 25).Select(n => Some.Day((100 * w) + n)).ToArray()).ToArray();
        using (var archive = Some.Open(folder.Path))
        {
            Parallel.ForEach(writes, new() { MaxDegreeOfParallelism = 8 }, mine =>
            {
                foreach (var write in mine) archive.Append(write).ShouldBeOfType<Appended.Accepted>();
            });
        }
        Some.KeptIn(folder.Path).SetEquals(writes.SelectMany(w => w).Select(w => w.Id)).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_has_one_owner_and_is_free_after_it()
    {
        using (Some.Open(folder.Path))
            Archive.Open(folder.Path, Some.Clock, out _)!.What.ShouldBe($"another Lowdose is using {folder.Path}");
        Some.Open(folder.Path).Dispose();
    }

    [Fact, Trait("trust", "R22")]
    public void Another_program_cannot_touch_the_file_while_it_is_open()
    {
        using var archive = Some.Open(folder.Path);
        archive.Append(Some.Day(0));
        var file = Path.Combine(folder.Path, "lowdose.db");
        Should.Throw<SqliteException>(() => Some.Ask(file, "SELECT count(*) FROM writes")).SqliteErrorCode.ShouldBe(5);
        Should.Throw<SqliteException>(() => Some.Ask(file, "PRAGMA wal_checkpoint(TRUNCATE)")).SqliteErrorCode.ShouldBe(5);
        archive.Append(Some.Day(1)).ShouldBeOfType<Appended.Accepted>();
    }

    [Fact]
    public void The_file_itself_refuses_to_change_or_delete_a_write()
    {
        using (var archive = Some.Open(folder.Path)) archive.Append(Some.Day(0));
        var file = Path.Combine(folder.Path, "lowdose.db");
        Should.Throw<SqliteException>(() => Some.Ask(file, "DELETE FROM writes")).Message.ShouldContain("a write is never deleted");
        Should.Throw<SqliteException>(() => Some.Ask(file, "UPDATE writes SET zone = 'UTC'")).Message.ShouldContain("a write is never changed");
    }

    [Fact]
    public void Only_the_owner_may_read_the_files()
    {
        var inside = Path.Combine(folder.Path, "data");
        using var archive = Some.Open(inside);
        archive.Append(Some.Day(0));
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(inside).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in new[] { "lowdose.db", "lowdose.db-wal" })
            File.GetUnixFileMode(Path.Combine(inside, file)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Delete_me_leaves_nothing_in_the_folder()
    {
        using (var archive = Some.Open(folder.Path))
        {
            for (var n = 0; n < 200; n++) archive.Append(Some.Day(n, ("note", $"canary-{n}-tvrkdnq")));
            archive.BackUpDaily().ShouldBeNull();
            Some.Holds(folder.Path, "tvrkdnq").ShouldBeTrue();
            archive.Delete();
            archive.Writes().ShouldBeEmpty();
            Some.Holds(folder.Path, "tvrkdnq").ShouldBeFalse();
            Some.Holds(folder.Path, "day/2026").ShouldBeFalse();
            archive.Append(Some.Day(0)).ShouldBeOfType<Appended.Accepted>();
        }
        Some.Integrity(folder.Path).ShouldBe("ok");
    }
}
