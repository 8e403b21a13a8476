using System.Data.Common;
using Lowdose.Acceptance.Records;
using Lowdose.Records.Clinic;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Lowdose.Acceptance.Audited;

/// <summary>In a file of its own.</summary>
public sealed class AuditTrailInAFileTests() : AuditTrailTests(new FileStore());

/// <summary>In PostgreSQL.</summary>
public sealed class AuditTrailInPostgresTests() : AuditTrailTests(new ServerStore());

/// <summary>What must hold wherever the trail is.</summary>
public abstract class AuditTrailTests : IDisposable
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 12, 0);
    private readonly Store store;

    private protected AuditTrailTests(Store store) => this.store = store;

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Entries_are_numbered_from_1_and_each_holds_the_hash_of_the_one_before()
    {
        using var archive = store.Open();
        var trail = new AuditTrail(archive, Some.Clock);
        for (var n = 0; n < 30; n++) trail.Note(Deeds.Of(n));
        var all = Stored.All(archive);
        all.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 30).Select(n => (long)n));
        all[0].Previous.ShouldBe(new byte[32]);
        all.Zip(all.Skip(1)).ShouldAllBe(pair => pair.First.Hash.SequenceEqual(pair.Second.Previous));
        var whole = AuditWalk.Along(archive, [trail.Head()]);
        whole.Fault.ShouldBeNull();
        (whole.Entries, whole.Anchors, whole.Unanchored).ShouldBe((30, 1, 0));
    }

    [Fact]
    public void What_is_done_and_its_entry_are_both_there_or_neither()
    {
        using var archive = store.Open();
        Should.Throw<InvalidOperationException>(() => archive.Change(tables =>
        {
            AuditTrail.Append(tables, Noon, Deeds.Of(1));
            throw new InvalidOperationException("what was to be done could not be");
        }));
        Stored.All(archive).ShouldBeEmpty();
        archive.Change(tables =>
        {
            tables.People.Add(new() { Id = "somebody", CreatedAt = "2026-12-01T12:00:00Z" });
            AuditTrail.Append(tables, Noon, Deeds.Of(1));
        });
        archive.Query(tables => tables.People.Any(p => p.Id == "somebody")).ShouldBeTrue();
        Stored.All(archive).Length.ShouldBe(1);
        archive.Query(tables => Should.Throw<InvalidOperationException>(() => AuditTrail.Append(tables, Noon, Deeds.Of(2))));
    }

    [Fact]
    public void Eight_who_look_at_once_are_all_kept_in_one_chain()
    {
        using var archive = store.Open();
        var trail = new AuditTrail(archive, Some.Clock);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, n => trail.Note(new(Act.RecordSeen, Deeds.Id(n), Record: Deeds.Id(1))));
        Stored.All(archive).Select(e => e.Actor).ShouldBe(Enumerable.Range(0, 400).Select(Deeds.Id), ignoreOrder: true);
        AuditWalk.Along(archive, []).Fault.ShouldBeNull();
    }

    [Fact, Trait("trust", "S17")]
    public void The_database_itself_refuses_to_change_delete_replace_or_skip()
    {
        using var archive = store.Open();
        var trail = new AuditTrail(archive, Some.Clock);
        for (var n = 0; n < 3; n++) trail.Note(Deeds.Of(n));
        var before = Stored.All(archive);
        const string Second = " FROM audit WHERE sequence = 2", Rest = "organisation, actor, act, record, detail, previous, hash" + Second;
        string[] all =
        [
            "UPDATE audit SET actor = 'somebody else' WHERE sequence = 2", "UPDATE audit SET sequence = 9 WHERE sequence = 3", "DELETE FROM audit WHERE sequence = 3", "DELETE FROM audit",
            "INSERT INTO audit SELECT 5, at, " + Rest, "INSERT INTO audit SELECT 0, at, " + Rest, "INSERT INTO audit SELECT 2, at, " + Rest,
            "INSERT INTO audit SELECT 2, at, " + Rest + " ON CONFLICT (sequence) DO UPDATE SET actor = 'somebody else'",
            store.Connection is null ? "REPLACE INTO audit SELECT sequence, at, organisation, 'somebody else', act, record, detail, previous, hash" + Second : "TRUNCATE audit",
        ];
        foreach (var meddling in all) Should.Throw<DbException>(() => archive.Change(tables => tables.Database.ExecuteSqlRaw(meddling)), meddling).Message.ShouldContain("the audit trail", customMessage: meddling);
        Stored.All(archive).Select(e => e.ToString()).ShouldBe(before.Select(e => e.ToString()));
    }

    [Fact]
    public void What_is_read_back_of_a_record_comes_last_first_in_pages()
    {
        using var archive = store.Open();
        var trail = new AuditTrail(archive, Some.Clock);
        for (var n = 0; n < 25; n++) trail.Note(new(Act.RecordSeen, Deeds.Id(n), Record: Deeds.Id(n % 2), Detail: Detail.Of(RecordPart.Course)));
        var first = trail.Of(Deeds.Id(1), Deeds.Id(3), true, null, 10);
        first.Select(e => e.Sequence).ShouldBe([24, 22, 20, 18, 16, 14, 12, 10, 8, 6]);
        trail.Of(Deeds.Id(1), Deeds.Id(3), true, first[^1].Sequence, 10).Select(e => e.Sequence).ShouldBe([2]);
        trail.Of(Deeds.Id(1), Deeds.Id(3), false, null, 10).Select(e => e.Sequence).ShouldBe([4]);
        first[0].ShouldBe(new AuditEntry(24, Some.Clock.Now, Deeds.Id(23), Act.RecordSeen, "record seen", Deeds.Id(1), "course"));
    }
}
