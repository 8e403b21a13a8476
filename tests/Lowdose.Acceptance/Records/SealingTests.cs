using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;

namespace Lowdose.Acceptance.Records;

public sealed class SealingTests : IDisposable
{
    private const string Canary = "tvrkdnq", Words = "walnut harbour violin seven";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

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

    [Fact]
    public void Without_the_passphrase_nothing_is_read_or_kept_and_a_wrong_one_is_said()
    {
        using (var archive = Some.Open(folder.Path))
        {
            archive.Append(Canaries(0));
            archive.SetPassphrase(Words).ShouldBeNull();
        }
        using var again = Some.Open(folder.Path);
        again.IsSealed().ShouldBeTrue();
        Should.Throw<SealedException>(() => again.Writes());
        Should.Throw<SealedException>(() => again.Append(Canaries(1)));
        again.Unseal(Words + " ")!.What.ShouldBe("the passphrase is wrong");
        again.IsSealed().ShouldBeTrue();
        again.Unseal(Words).ShouldBeNull();
        again.IsSealed().ShouldBeFalse();
        again.Append(Canaries(1)).ShouldBe(new Appended.Accepted(2));
    }

    [Fact]
    public void A_changed_passphrase_replaces_the_old_one_and_a_removed_one_opens_everything()
    {
        const string Newer = "copper meadow lantern eleven";
        using (var archive = Some.Open(folder.Path))
        {
            archive.Append(Canaries(0));
            archive.SetPassphrase("short")!.What.ShouldContain("shorter than 8");
            archive.SetPassphrase(Words).ShouldBeNull();
            archive.SetPassphrase(Newer, "a wrong one")!.What.ShouldBe("the passphrase is wrong");
            archive.SetPassphrase(Newer, Words).ShouldBeNull();
        }
        using (var again = Some.Open(folder.Path))
        {
            again.Unseal(Words).ShouldNotBeNull();
            again.RemovePassphrase(Words).ShouldNotBeNull();
            again.RemovePassphrase(Newer).ShouldBeNull();
            again.HasPassphrase().ShouldBeFalse();
        }
        using var open = Some.Open(folder.Path);
        open.Writes().Count.ShouldBe(1);
        Some.Holds(folder.Path, Canary).ShouldBeTrue();
    }

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

    private static DiaryWrite Canaries(int n) => Some.Day(n, ("note", $"{Canary} {n}"), ("effect/" + Canary, "mild"), ("treatment/" + Canary, "started"), ("event/" + Canary, Canary));
}
