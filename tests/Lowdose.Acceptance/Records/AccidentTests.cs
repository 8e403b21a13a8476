using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;
using NodaTime;

namespace Lowdose.Acceptance.Records;

/// <summary>What people and machines do wrong with the records, and what must not come of it.</summary>
public sealed class AccidentTests : IDisposable
{
    private const string Words = "walnut harbour violin seven", Newer = "copper meadow lantern eleven", Canary = "tvrkdnq";
    private readonly TemporaryFolder folder = new();

    private string Data => Path.Combine(folder.Path, "data");

    private string Database => Path.Combine(Data, "lowdose.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_backup_named_as_the_records_themselves_is_refused_and_nothing_is_lost()
    {
        var (before, after) = (Some.Day(0), Some.Day(1));
        using (var archive = Some.Open(Data))
        {
            archive.Append(before);
            var link = Path.Combine(folder.Path, "link");
            Directory.CreateSymbolicLink(link, Data);
            foreach (var path in (string[])[Database, Database + "-wal", Path.Combine(link, "lowdose.db"), Path.Combine(Data, "any.backup")])
                archive.BackUp(path).ShouldNotBeNull(path);
            archive.Append(after).ShouldBeOfType<Appended.Accepted>();
        }
        Some.KeptIn(Data).SetEquals([before.Id, after.Id]).ShouldBeTrue();
    }

    [Fact]
    public void After_a_change_the_old_passphrase_and_its_key_open_nothing_new()
    {
        var before = Path.Combine(folder.Path, "before.backup");
        using (var archive = Some.Open(Data))
        {
            archive.Append(Some.Day(0));
            archive.SetPassphrase(Words).ShouldBeNull();
            archive.BackUp(before).ShouldBeNull();
        }
        var wrapped = Convert.FromHexString(Some.Ask(Database, "SELECT hex(wrapped) FROM keys")!);
        using (var archive = Some.Open(Data))
        {
            archive.Unseal(Words).ShouldBeNull();
            archive.SetPassphrase(Newer, Words).ShouldBeNull();
            foreach (var file in Directory.GetFiles(Data, "lowdose.db*"))
                File.ReadAllBytes(file).AsSpan().IndexOf(wrapped).ShouldBe(-1, file);
            archive.Append(Some.Day(1)).ShouldBeOfType<Appended.Accepted>();
        }
        // Somebody with the old passphrase and an old backup puts its key into a copy of the file.
        Some.Ask(Database, $"ATTACH '{before}' AS old; DELETE FROM keys; INSERT INTO keys SELECT * FROM old.keys");
        using var stolen = Some.Open(Data);
        stolen.Unseal(Words).ShouldBeNull();
        Should.Throw<DamagedException>(() => stolen.Writes());
    }

    [Fact]
    public void A_restore_that_was_broken_off_begins_no_empty_diary_and_can_be_done_again()
    {
        var (backup, aside) = (Path.Combine(folder.Path, "a.backup"), Path.Combine(Data, "backups", "replaced-x"));
        var kept = Some.Day(0);
        using (var archive = Some.Open(Data))
        {
            archive.Append(kept);
            archive.BackUp(backup).ShouldBeNull();
        }
        // Before anything was moved: nothing was changed.
        File.WriteAllText(Database + ".restoring", "half");
        Some.KeptIn(Data).ShouldBe([kept.Id]);
        File.Exists(Database + ".restoring").ShouldBeFalse();
        // After the old records were moved, before the new ones were there.
        Directory.CreateDirectory(aside);
        File.Copy(Database, Database + ".restoring");
        File.Move(Database, Path.Combine(aside, "lowdose.db"));
        Archive.Open(Data, Some.Clock, out _)!.What.ShouldContain("restore");
        File.Exists(Database).ShouldBeFalse();
        BackupFile.Restore(backup, Data, Some.Clock, out _).ShouldBeNull();
        Some.KeptIn(Data).ShouldBe([kept.Id]);
    }

    [Fact]
    public async Task Deleting_while_the_daily_backup_is_made_leaves_nothing()
    {
        using var archive = Some.Open(Data);
        using var stop = new CancellationTokenSource();
        var daily = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) archive.BackUpDaily().ShouldBeNull();
        });
        for (var n = 0; n < 40; n++)
        {
            archive.Append(Some.Day(n, ("note", Canary)));
            await Task.Delay(n % 4);
            archive.Delete();
        }
        await stop.CancelAsync();
        await daily;
        Some.Holds(Data, Canary).ShouldBeFalse();
    }

    [Fact]
    public void A_time_of_writing_that_no_zone_can_show_is_refused_and_a_wrong_clock_is_not()
    {
        using var archive = Some.Open(Data);
        foreach (var at in (Instant[])[Instant.MaxValue, Instant.MinValue, Instant.FromUtc(9999, 12, 31, 23, 59)])
            archive.Append(Some.Day(0) with { WrittenAt = at, Zone = "Pacific/Kiritimati" }).ShouldBeOfType<Appended.Refused>();
        archive.Append(Some.Day(0) with { WrittenAt = Instant.FromUnixTimeSeconds(0) }).ShouldBeOfType<Appended.Accepted>();
        archive.Read(log => DayEntry.Of(log, Some.FirstDay).IsLate("note")).ShouldBe(false);
    }
}
