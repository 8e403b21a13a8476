using Lowdose.Acceptance.CommandLine;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R11: a backup is what was there at one moment, and a changed bit is seen.</summary>
[Trait("trust", "R11")]
public sealed class BackupTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    private string File1 => Path.Combine(folder.Path, "a.backup");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Ten_backups_while_writing_restore_to_what_was_there_at_their_moment() => WhileWriting(10);

    [Fact]
    [Trait("speed", "slow")]
    public void Two_hundred_backups_while_writing_restore_to_what_was_there_at_their_moment() => WhileWriting(200);

    [Fact]
    public void Of_sixty_copies_with_one_bit_changed_every_one_is_refused() => Flipped(60);

    [Fact]
    [Trait("speed", "slow")]
    public void Of_a_thousand_copies_with_one_bit_changed_every_one_is_refused() => Flipped(1000);

    [Fact]
    public void Every_changed_bit_of_the_last_line_is_refused()
    {
        var bytes = Taken();
        for (var at = bytes.Length - 180; at < bytes.Length; at++)
            for (var bit = 0; bit < 8; bit++)
                Refuses(bytes, at, bit);
    }

    [Fact]
    public void A_cut_or_longer_copy_is_refused()
    {
        var bytes = Taken();
        foreach (var length in new[] { 0, 1, 100, 4096, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(File1, bytes[..length]);
            BackupFile.Check(File1, out _).ShouldNotBeNull();
        }
        File.WriteAllBytes(File1, [.. bytes, (byte)'\n']);
        BackupFile.Check(File1, out _).ShouldNotBeNull();
    }

    [Fact]
    public void What_was_there_before_a_restore_is_moved_aside()
    {
        using (var archive = Some.Open(Data))
        {
            archive.Append(Some.Day(0));
            archive.BackUp(File1).ShouldBeNull();
            archive.Append(Some.Day(1));
            BackupFile.Restore(File1, Data, Some.Clock, out _)!.What.ShouldContain("another Lowdose is using");
        }
        BackupFile.Restore(File1, Data, Some.Clock, out var facts).ShouldBeNull();
        facts!.Writes.ShouldBe(1);
        Some.KeptIn(Data).Count.ShouldBe(1);
        var aside = Directory.GetDirectories(Path.Combine(Data, "backups")).ShouldHaveSingleItem();
        Some.KeptIn(aside).Count.ShouldBe(2);
    }

    [Fact]
    public void Any_sqlite_opens_a_backup()
    {
        Taken();
        Some.Ask(File1, "SELECT count(*) FROM writes").ShouldBe("30");
    }

    [Fact]
    public void A_backup_that_cannot_be_written_is_said()
    {
        using var archive = Some.Open(Data);
        folder.File("a-file", "x");
        archive.BackUp(Path.Combine(folder.Path, "a-file", "b.backup"))!.What.ShouldContain("could not be written");
        archive.Append(Some.Day(0)).ShouldBeOfType<Diary.Appended.Accepted>();
    }

    [Fact]
    public void There_is_one_backup_a_day_and_old_ones_go()
    {
        var clock = new FixedClock(Instant.FromUtc(2026, 1, 1, 3, 0));
        using var archive = Some.Open(Data, clock);
        archive.Append(Some.Day(0));
        for (var day = 0; day < 90; day++, clock.Now += Duration.FromHours(12))
            archive.BackUpDaily().ShouldBeNull();
        var days = Directory.GetFiles(Path.Combine(Data, "backups")).Select(f => Path.GetFileName(f)[8..18]).Order().ToArray();
        days.ShouldBe(["2026-01-18", "2026-01-25", "2026-01-31", "2026-02-01", "2026-02-08", "2026-02-09", "2026-02-10", "2026-02-11", "2026-02-12", "2026-02-13", "2026-02-14"]);
    }

    [Fact]
    public void Of_two_years_of_days_the_week_five_weeks_and_twelve_months_stay()
    {
        var last = new LocalDate(2027, 12, 31);
        LocalDate[] days = [.. Enumerable.Range(0, 730).Select(n => last.PlusDays(-n))];
        var stay = days.Except(Rotation.LetGo(days)).ToArray();
        stay.Length.ShouldBe(7 + 4 - 1 + 11 - 1 + 1);
        stay.ShouldContain(last);
        stay.ShouldContain(new LocalDate(2027, 1, 31));
        Rotation.LetGo([]).ShouldBeEmpty();
    }

    private void WhileWriting(int backups)
    {
        using var archive = Some.Open(Data);
        using var stop = new CancellationTokenSource();
        var sent = new List<Guid>();
        var writer = Task.Run(() =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var write = Some.Day(n % 3000);
                archive.Append(write with { Base = archive.Read(l => l.Head(write.Subject)) });
                lock (sent) sent.Add(write.Id);
                Thread.Sleep(5);
            }
        });
        for (var k = 0; k < backups; k++)
        {
            Thread.Sleep(k * 7919 % 40);
            int before, after;
            lock (sent) before = sent.Count;
            archive.BackUp(File1).ShouldBeNull();
            lock (sent) after = sent.Count;
            var elsewhere = Path.Combine(folder.Path, $"host-{k}");
            BackupFile.Restore(File1, elsewhere, Some.Clock, out var facts).ShouldBeNull();
            using (var restored = Some.Open(elsewhere))
            {
                var there = restored.Writes().Select(w => w.Id).ToArray();
                // One write may be on the disk and not yet in the list.
                there.Length.ShouldBeInRange(before, after + 1);
                facts!.Writes.ShouldBe(there.Length);
                lock (sent) there.Take(sent.Count).ShouldBe(sent.Take(there.Length));
            }
            Directory.Delete(elsewhere, recursive: true);
        }
        stop.Cancel();
        writer.Wait();
        output.WriteLine(new FaultCount("R11", "backups while writing, each restored on an empty host", backups, 200, "backups", $"every one is what was there at its moment, of {sent.Count:N0} writes").ToString());
    }

    private void Flipped(int copies)
    {
        var bytes = Taken();
        for (var k = 0; k < copies; k++)
            Refuses(bytes, (int)(k * 2_654_435_761L % bytes.Length), k % 8);
        output.WriteLine(new FaultCount("R11", "one bit of a backup changed", copies, 1000, "copies", $"{copies:N0} refused").ToString());
    }

    private void Refuses(byte[] bytes, int at, int bit)
    {
        bytes[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(File1, bytes);
        bytes[at] ^= (byte)(1 << bit);
        BackupFile.Restore(File1, Path.Combine(folder.Path, "host"), Some.Clock, out _).ShouldNotBeNull($"bit {bit} of byte {at}");
        Directory.Exists(Path.Combine(folder.Path, "host")).ShouldBeFalse();
    }

    private byte[] Taken()
    {
        using var archive = Some.Open(Data);
        archive.Append([.. Enumerable.Range(0, 30).Select(n => Some.Day(n))]);
        archive.BackUp(File1).ShouldBeNull();
        return File.ReadAllBytes(File1);
    }
}
