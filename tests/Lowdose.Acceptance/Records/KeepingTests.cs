using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>In a file of its own.</summary>
public sealed class KeepingInAFileTests(ITestOutputHelper output) : KeepingTests(new FileStore(), output);

/// <summary>In PostgreSQL.</summary>
public sealed class KeepingInPostgresTests(ITestOutputHelper output) : KeepingTests(new ServerStore(), output);

/// <summary>What must hold wherever the records are.</summary>
public abstract class KeepingTests : IDisposable
{
    private const string Words = "walnut harbour violin seven";
    private readonly Store store;
    private readonly ITestOutputHelper output;

    private protected KeepingTests(Store store, ITestOutputHelper output) => (this.store, this.output) = (store, output);

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_is_written_is_there_after_closing_in_the_order_it_came()
    {
        DiaryWrite[] writes = [.. Enumerable.Range(0, 50).Select(n => Some.Day(n % 7, ("pain", "6"), ("note", "äöü \"quoted\"\nsecond line 🙂"), ("mood", n % 2 == 0 ? null : "3")))];
        using (var archive = store.Open())
            foreach (var write in writes) archive.Append(write with { Base = archive.Read(l => l.Head(write.Subject)) }).ShouldBeOfType<Appended.Accepted>();
        using var again = store.Open();
        again.Writes().Select(w => w with { Base = null }).Zip(writes).ShouldAllBe(pair => pair.First.IsSameAs(pair.Second));
        again.Writes().Count.ShouldBe(50);
    }

    [Fact]
    public void A_write_sent_again_is_kept_once_and_another_with_its_id_is_not_kept()
    {
        var write = Some.Day(0, ("pain", "6"));
        using (var archive = store.Open())
        {
            archive.Append(write).ShouldBe(new Appended.Accepted(1));
            archive.Append(write).ShouldBe(new Appended.Replayed(1));
        }
        using var again = store.Open();
        again.Append(write).ShouldBe(new Appended.Replayed(1));
        again.Append(write with { Zone = "Europe/Paris" }).ShouldBeOfType<Appended.IdTaken>();
        again.Writes().Count.ShouldBe(1);
    }

    [Fact]
    public void A_conflict_keeps_both_and_is_a_conflict_after_closing()
    {
        using (var archive = store.Open())
        {
            archive.Append(Some.Day(0, ("pain", "6")));
            archive.Append(Some.Day(0, ("pain", "2"))).ShouldBeOfType<Appended.Conflict>();
        }
        using var again = store.Open();
        again.Read(log => log.Conflicts(Subjects.Day(Some.FirstDay)).Count).ShouldBe(1);
        again.Read(log => log.Now(Subjects.Day(Some.FirstDay))["pain"].Value).ShouldBe("6");
    }

    [Fact]
    public void What_cannot_be_is_refused_and_not_kept()
    {
        using var archive = store.Open();
        archive.Append(Some.Day(0, ("pain", "11"))).ShouldBeOfType<Appended.Refused>();
        archive.Append(Some.Day(0) with { Base = Guid.NewGuid() }).ShouldBeOfType<Appended.BaseUnknown>();
        archive.Writes().ShouldBeEmpty();
    }

    [Fact]
    public void Several_at_once_are_kept_together_and_one_import_that_cannot_be_keeps_nothing()
    {
        using var archive = store.Open();
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
        using (var archive = store.Open(clock))
        {
            for (var n = 0; n < 60; n++)
            {
                clock.Now += jumps[n % jumps.Length];
                var write = Some.Day(0, ("pain", (n % 10).ToString(System.Globalization.CultureInfo.InvariantCulture))) with { WrittenAt = clock.Now, Base = archive.Read(l => l.Head(Subjects.Day(Some.FirstDay))) };
                archive.Append(write).ShouldBeOfType<Appended.Accepted>();
                sent.Add(write.Id);
            }
        }
        using var again = store.Open(clock);
        again.Writes().Select(w => w.Id).ShouldBe(sent);
        again.Read(log => log.Now(Subjects.Day(Some.FirstDay))["pain"].Value).ShouldBe("9");
        output.WriteLine(new FaultCount("R8", "the clock jumps before every write, an hour to five years, back and forth" + store.On, sent.Count, 60, "writes", "all in the order they came").ToString());
    }

    [Fact]
    public void Eight_writers_at_once_lose_nothing()
    {
        var writes = Enumerable.Range(0, 8).Select(w => Enumerable.Range(0, 25).Select(n => Some.Day((100 * w) + n)).ToArray()).ToArray();
        using (var archive = store.Open())
        {
            Parallel.ForEach(writes, new() { MaxDegreeOfParallelism = 8 }, mine =>
            {
                foreach (var write in mine) archive.Append(write).ShouldBeOfType<Appended.Accepted>();
            });
        }
        store.Kept().SetEquals(writes.SelectMany(w => w).Select(w => w.Id)).ShouldBeTrue();
    }

    [Fact]
    public void A_defect_among_several_writes_leaves_nothing_in_memory_that_is_not_on_the_disk()
    {
        var good = Some.Day(0);
        using (var archive = store.Open())
        {
            Should.Throw<NullReferenceException>(() => archive.Append([good, Some.Day(1, (null!, "x"))]));
            archive.Append(good).ShouldBe(new Appended.Accepted(1));
        }
        store.Kept().ShouldBe([good.Id]);
    }

    [Fact]
    public void A_full_batch_that_builds_on_itself_is_read_back_in_its_order()
    {
        var chain = new List<DiaryWrite>();
        for (var n = 0; n < 200; n++) chain.Add(Some.Day(0, ("pain", (n % 10).ToString(System.Globalization.CultureInfo.InvariantCulture))) with { Base = n == 0 ? null : chain[^1].Id });
        using (var archive = store.Open()) archive.Append(chain).ShouldAllBe(a => a is Appended.Accepted);
        using var again = store.Open();
        again.Writes().Select(w => w.Id).ShouldBe(chain.Select(w => w.Id));
    }

    [Fact]
    public void Without_the_passphrase_nothing_is_read_or_kept_and_a_wrong_one_is_said()
    {
        using (var archive = store.Open())
        {
            archive.Append(Some.Day(0));
            archive.SetPassphrase(Words).ShouldBeNull();
        }
        using var again = store.Open();
        again.IsSealed().ShouldBeTrue();
        Should.Throw<SealedException>(() => again.Writes());
        Should.Throw<SealedException>(() => again.Append(Some.Day(1)));
        again.Unseal(Words + " ")!.What.ShouldBe("the passphrase is wrong");
        again.IsSealed().ShouldBeTrue();
        again.Unseal(Words).ShouldBeNull();
        again.IsSealed().ShouldBeFalse();
        again.Append(Some.Day(1)).ShouldBe(new Appended.Accepted(2));
    }

    [Fact]
    public void A_changed_passphrase_replaces_the_old_one_and_a_removed_one_opens_everything()
    {
        const string Newer = "copper meadow lantern eleven";
        using (var archive = store.Open())
        {
            archive.Append(Some.Day(0));
            archive.SetPassphrase("short")!.What.ShouldContain("shorter than 8");
            archive.SetPassphrase(Words).ShouldBeNull();
            archive.SetPassphrase(Newer, "a wrong one")!.What.ShouldBe("the passphrase is wrong");
            archive.SetPassphrase(Newer, Words).ShouldBeNull();
        }
        using (var again = store.Open())
        {
            again.Unseal(Words).ShouldNotBeNull();
            again.RemovePassphrase(Words).ShouldNotBeNull();
            again.RemovePassphrase(Newer).ShouldBeNull();
            again.HasPassphrase().ShouldBeFalse();
        }
        using var open = store.Open();
        open.Writes().Count.ShouldBe(1);
    }

    [Fact, Trait("trust", "R10")]
    public void The_same_file_three_times_or_split_and_shuffled_changes_nothing()
    {
        var lines = File.ReadAllLines(LowdoseProcess.Example("probably-works.csv"));
        using var archive = store.Open();
        archive.Import(ImportTests.Read(lines), out var first).ShouldBeNull();
        first!.Added.ShouldBe(lines.Length - 1);
        archive.Import(ImportTests.Read(lines), out var second).ShouldBeNull();
        second.ShouldBe(new(0, lines.Length - 1, 0));
        var chance = new Random(1);
        foreach (var part in lines.Skip(1).OrderBy(_ => chance.Next()).Chunk(17))
        {
            archive.Import(ImportTests.Read([lines[0], .. part]), out var again).ShouldBeNull();
            again.ShouldBe(new(0, part.Length, 0));
        }
        archive.Writes().Count.ShouldBe(lines.Length - 1);
        output.WriteLine(new FaultCount("R10", "one file imported three times, the last time split and shuffled" + store.On, 3, 3, "times", $"{archive.Writes().Count} entries for {lines.Length - 1} days").ToString());
    }

    [Fact]
    public void Delete_me_deletes_everything_of_the_person_and_of_nobody_else()
    {
        using (var archive = store.Open())
        {
            for (var n = 0; n < 20; n++) archive.Append(Some.Day(n));
            archive.Append(Some.Day(0), "somebody");
            archive.Delete();
            archive.Writes().ShouldBeEmpty();
            archive.Append(Some.Day(0)).ShouldBe(new Appended.Accepted(1));
        }
        store.Kept().Count.ShouldBe(1);
        store.Ask("SELECT count(*) FROM writes WHERE person = 'somebody'").ShouldBe("1");
    }

    [Fact]
    public void A_sealed_diary_is_deleted_with_its_key()
    {
        using var archive = store.Open();
        archive.Append(Some.Day(0));
        archive.SetPassphrase(Words).ShouldBeNull();
        archive.Delete();
        archive.HasPassphrase().ShouldBeFalse();
        archive.Writes().ShouldBeEmpty();
        archive.Append(Some.Day(0)).ShouldBe(new Appended.Accepted(1));
    }

    [Fact]
    public void Of_many_diaries_only_so_many_writes_stay_in_memory_and_all_can_be_read()
    {
        const int People = 40, Each = 50, Most = 300;
        using var archive = store.Open(Most);
        for (var round = 0; round < 2; round++)
            for (var p = 0; p < People; p++)
            {
                archive.Append([.. Enumerable.Range(round * Each / 2, Each / 2).Select(n => Some.Day(n, ("pain", "3")))], $"p{p}").ShouldAllBe(a => a is Appended.Accepted);
                archive.WritesInMemory.ShouldBeLessThanOrEqualTo(Most);
            }
        Parallel.For(0, People, p => archive.Read(log => log.Writes.Count, $"p{p}").ShouldBe(Each));
        // Those in use at once may stand beside those kept.
        archive.Read(log => log.Writes.Count, "p0").ShouldBe(Each);
        archive.WritesInMemory.ShouldBeLessThanOrEqualTo(Most);
    }
}
