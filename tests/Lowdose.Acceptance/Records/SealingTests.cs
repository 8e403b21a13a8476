using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;

namespace Lowdose.Acceptance.Records;

public sealed class SealingTests : IDisposable
{
    public const string Words = "walnut harbour violin seven";
    private const string Canary = "tvrkdnq";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Trait("trust", "S18")]
    [Fact]
    public void With_a_passphrase_no_word_of_the_diary_is_in_the_database_the_log_or_a_backup()
    {
        var away = Path.Combine(folder.Path, "elsewhere", "a.backup");
        using var archive = Some.Open(folder.Path);
        for (var n = 0; n < 300; n++) archive.Append(Canaries(n));
        archive.BackUpDaily().ShouldBeNull();
        Some.Holds(folder.Path, Canary).ShouldBeTrue("the search finds it where it is");

        archive.SetPassphrase(Words).ShouldBeNull();
        Some.Holds(folder.Path, Canary).ShouldBeFalse();
        for (var n = 300; n < 600; n++) archive.Append(Canaries(n));
        archive.BackUp(away).ShouldBeNull();
        Some.Holds(folder.Path, Canary).ShouldBeFalse();
        archive.Writes().Count.ShouldBe(600);
        archive.Read(log => log.Now(Subjects.Day(Some.FirstDay.PlusDays(599)))["note"].Value).ShouldContain(Canary);
    }

    [Trait("trust", "S18")]
    [Fact]
    public void A_sealed_row_moved_to_another_place_does_not_open()
    {
        using (var archive = Some.Open(folder.Path))
        {
            archive.SetPassphrase(Words).ShouldBeNull();
            archive.Append(Canaries(0));
            archive.Append(Canaries(1));
        }
        Some.Ask(Path.Combine(folder.Path, "lowdose.db"), "DROP TRIGGER writes_hold; UPDATE writes SET content = (SELECT content FROM writes WHERE sequence = 2) WHERE sequence = 1");
        using var bent = Some.Open(folder.Path);
        bent.Unseal(Words).ShouldBeNull();
        Should.Throw<DamagedException>(() => bent.Writes()).Message.ShouldContain("write 1 ");
    }

    [NeedsFact("strace")]
    public void Killed_while_the_first_passphrase_is_set_the_backups_are_open_with_open_records_or_gone_with_sealed_ones()
    {
        // The last calls of each kind before a sealing is done, and some between; strace counts them.
        (string Call, int Nth)[] kills = [("fsync", 4), ("fsync", 6), ("fdatasync", 1), ("fdatasync", 2), ("pwrite64", 9), ("unlink", 1), ("unlink", 2), ("rmdir", 1)];
        var (open, closed) = (0, 0);
        foreach (var (call, nth) in kills)
        {
            using var place = new TemporaryFolder();
            using (var archive = Some.Open(place.Path))
            {
                for (var n = 0; n < 30; n++) archive.Append(Canaries(n));
                archive.BackUpDaily().ShouldBeNull();
            }
            using (var child = ChildProcess.StartUnder(["strace", "-f", "-qq", "-e", $"trace={call}", "-e", $"inject={call}:signal=SIGKILL:when={nth}"], "seal", place.Path))
            {
                _ = child.StandardError.ReadToEndAsync();
                child.WaitForExit(TimeSpan.FromMinutes(2)).ShouldBeTrue("the program hangs");
            }
            var backups = Path.Combine(place.Path, "backups");
            var wereThere = Directory.Exists(backups) && Directory.GetFiles(backups, "*.backup").Length > 0;
            Archive? after = null;
            // strace ends first, what it watched a moment later.
            SpinWait.SpinUntil(() => Archive.Open(place.Path, Some.Clock, out after) is null, TimeSpan.FromSeconds(20)).ShouldBeTrue("the folder has no owner");
            using (after)
            {
                if (after!.HasPassphrase())
                {
                    closed++;
                    Some.Holds(place.Path, Canary).ShouldBeFalse($"{call} {nth}: sealed");
                    after.Unseal(Words).ShouldBeNull();
                }
                else
                {
                    open++;
                    wereThere.ShouldBeTrue($"{call} {nth}: open records keep their backups");
                    Directory.GetFiles(backups, "*.backup").ShouldHaveSingleItem();
                }
                after.Writes().Count.ShouldBe(30);
                File.Exists(Path.Combine(place.Path, "lowdose.db.sealing")).ShouldBeFalse($"{call} {nth}");
            }
        }
        open.ShouldBeGreaterThan(0);
        closed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_sealing_that_was_broken_off_before_the_open_backups_went_is_finished_at_the_next_start()
    {
        var (backups, aside) = (Path.Combine(folder.Path, "backups"), Path.Combine(folder.Path, "open.backup"));
        using (var archive = Some.Open(folder.Path))
        {
            archive.Append(Canaries(0));
            archive.BackUp(aside).ShouldNotBeNull("it is among the records");
            archive.BackUpDaily().ShouldBeNull();
            File.Copy(Directory.GetFiles(backups).Single(), aside);
            archive.SetPassphrase(Words).ShouldBeNull();
        }
        // As it lies there when the power goes right after the commit.
        foreach (var later in Directory.GetFiles(backups)) File.Delete(later);
        File.Move(aside, Path.Combine(backups, "lowdose-2026-12-01.backup"));
        File.WriteAllText(Path.Combine(folder.Path, "lowdose.db.sealing"), Archive.Me);
        using var again = Some.Open(folder.Path);
        Some.Holds(folder.Path, Canary).ShouldBeFalse();
        File.Exists(Path.Combine(folder.Path, "lowdose.db.sealing")).ShouldBeFalse();
        again.Unseal(Words).ShouldBeNull();
        again.Writes().Count.ShouldBe(1);
    }

    private static DiaryWrite Canaries(int n) => Some.Day(n, ("note", $"{Canary} {n}"), ("effect/" + Canary, "mild"), ("treatment/" + Canary, "started"), ("event/" + Canary, Canary));
}
