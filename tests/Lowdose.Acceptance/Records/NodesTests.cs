using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Tests.Safety;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Records;

/// <summary>R21: several Lowdose on one database of PostgreSQL are as one.</summary>
[Trait("trust", "R21")]
public sealed class NodesTests(ITestOutputHelper output) : IDisposable
{
    private const string Words = "walnut harbour violin seven";
    private readonly ServerStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public void Eight_nodes_that_begin_at_once_on_an_empty_database_make_its_tables_once()
    {
        var nodes = new ConcurrentBag<Archive>();
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, _ => nodes.Add(store.OpenAnother()));
        nodes.Count.ShouldBe(8);
        foreach (var node in nodes) node.Dispose();
        store.Ask("SELECT string_agg(version::text, ' ' ORDER BY version) FROM schema_version").ShouldBe(string.Join(' ', Enumerable.Range(1, SchemaSteps.Postgres.Count)));
    }

    [Fact]
    public void What_one_node_answered_the_other_reads_at_once_and_knows_when_it_is_sent_again()
    {
        using var one = store.OpenAnother();
        using var other = store.OpenAnother();
        var first = Some.Day(0, ("pain", "6"));
        other.Writes().ShouldBeEmpty();
        one.Append(first).ShouldBe(new Appended.Accepted(1));
        other.Append(first).ShouldBe(new Appended.Replayed(1));
        other.Append(first with { Zone = "Europe/Paris" }).ShouldBeOfType<Appended.IdTaken>();
        other.Append(Some.Day(0, ("pain", "2"))).ShouldBeOfType<Appended.Conflict>();
        one.Read(log => log.Conflicts(first.Subject).Count).ShouldBe(1);
        one.Append(Some.Day(0, ("pain", "3")) with { Base = other.Read(log => log.Head(first.Subject)) }).ShouldBe(new Appended.Accepted(3));
        other.Read(log => log.Now(first.Subject)["pain"].Value).ShouldBe("3");
    }

    [Fact, Trait("trust", "R6")]
    public void Devices_that_write_side_by_side_through_two_nodes_lose_nothing() => Interleaved(6);

    [Fact, Trait("trust", "R6"), Trait("speed", "slow")]
    public void Devices_that_write_side_by_side_through_two_nodes_lose_nothing_in_500_histories() => Interleaved(500);

    [Fact, Trait("trust", "R5")]
    public void A_queue_sent_again_and_again_through_two_nodes_at_once_ends_as_one_clean_send()
    {
        const int Length = 150;
        using var one = store.OpenAnother();
        using var other = store.OpenAnother();
        var (random, last, queue, clean) = (new Random(1), new Dictionary<string, Guid>(), new List<DiaryWrite>(), new DiaryLog());
        for (var n = 0; n < Length; n++)
        {
            var write = Some.Day(n * 14 / Length, ("pain", (n % 10).ToString(CultureInfo.InvariantCulture)));
            queue.Add(write with { Base = last.TryGetValue(write.Subject, out var id) ? id : null });
            last[write.Subject] = write.Id;
            clean.Append(queue[^1]).ShouldBeOfType<Appended.Accepted>();
        }
        var accepted = 0;
        var unsent = queue.ToList();
        for (var round = 0; unsent.Count > 0; round++)
        {
            round.ShouldBeLessThan(Length);
            DiaryWrite[] sent = [.. unsent.SelectMany(w => Enumerable.Repeat(w, random.Next(1, 4)))];
            random.Shuffle(sent);
            var answered = new ConcurrentBag<Guid>();
            Parallel.ForEach(sent.Select((w, n) => (Write: w, Node: n % 2 == 0 ? one : other)), new() { MaxDegreeOfParallelism = 6 }, post =>
            {
                var answer = post.Node.Append(post.Write);
                if (answer is Appended.Accepted) Interlocked.Increment(ref accepted);
                if (answer is Appended.Accepted or Appended.Replayed) answered.Add(post.Write.Id);
                else answer.ShouldBeOfType<Appended.BaseUnknown>();
            });
            // One reply in five is lost on the way.
            unsent.RemoveAll(w => answered.Contains(w.Id) && random.Next(5) > 0);
        }
        accepted.ShouldBe(Length);
        foreach (var node in (Archive[])[one, other])
            node.Read(log => clean.WrittenSubjects.All(s => log.Now(s)["pain"].Value == clean.Now(s)["pain"].Value && log.Conflicts(s).Count == 0) && log.Writes.Count == Length).ShouldBeTrue();
        output.WriteLine(new FaultCount("R5", "a queue sent 1 to 3 times through two nodes at once, in any order, with lost replies", Length, Length, "writes", "0 lost, 0 twice, the end as after one clean sending").ToString());
    }

    [Fact]
    public void A_diary_deleted_through_one_node_is_gone_from_the_memory_of_the_other()
    {
        using var one = store.OpenAnother();
        using var other = store.OpenAnother();
        one.Append([Some.Day(0), Some.Day(1)]);
        other.Writes().Count.ShouldBe(2);
        one.Delete();
        other.Writes().ShouldBeEmpty();
        one.Append(Some.Day(2));
        one.Delete();
        one.Append(Some.Day(3));
        other.Writes().ShouldHaveSingleItem().Subject.ShouldBe(Some.Day(3).Subject);
        other.Append(Some.Day(4)).ShouldBe(new Appended.Accepted(2));
    }

    [Fact]
    public void A_passphrase_set_through_one_node_closes_the_other_until_it_is_given_there()
    {
        using var one = store.OpenAnother();
        using var other = store.OpenAnother();
        one.Append(Some.Day(0, ("note", "tvrkdnq")));
        other.Writes().Count.ShouldBe(1);
        one.SetPassphrase(Words).ShouldBeNull();
        store.Ask("SELECT count(*) FROM writes WHERE position('tvrkdnq'::bytea IN content) > 0").ShouldBe("0");
        other.IsSealed().ShouldBeTrue();
        Should.Throw<SealedException>(() => other.Writes());
        Should.Throw<SealedException>(() => other.Append(Some.Day(1)));
        other.Unseal(Words).ShouldBeNull();
        other.Append(Some.Day(1)).ShouldBe(new Appended.Accepted(2));
        other.RemovePassphrase(Words).ShouldBeNull();
        one.Read(log => log.Writes.Count).ShouldBe(2);
        one.Append(Some.Day(2)).ShouldBe(new Appended.Accepted(3));
        store.Ask("UPDATE writes SET zone = 'UTC' WHERE false; SELECT count(*) FROM pg_trigger WHERE tgname = 'writes_hold' AND tgenabled = 'O'").ShouldBe("1");
    }

    [Fact]
    public void A_user_who_may_only_write_keeps_a_diary_and_is_told_that_it_cannot_be_sealed()
    {
        store.OpenAnother().Dispose();
        store.Ask("CREATE ROLE scribe LOGIN PASSWORD 'scribe-word-1'; GRANT SELECT, INSERT ON people, writes TO scribe; GRANT SELECT ON keys, schema_version TO scribe");
        try
        {
            Archive.OpenDatabase(new NpgsqlConnectionStringBuilder(store.Connection) { Username = "scribe", Password = "scribe-word-1" }.ToString(), Some.Clock, out var archive).ShouldBeNull();
            using (archive)
            {
                archive!.Append(Some.Day(0)).ShouldBe(new Appended.Accepted(1));
                archive.SetPassphrase(Words)!.What.ShouldContain("may not seal");
                archive.Append(Some.Day(1)).ShouldBe(new Appended.Accepted(2));
            }
        }
        finally
        {
            store.Ask("DROP OWNED BY scribe; DROP ROLE scribe");
        }
    }

    [Fact]
    public async Task One_person_waits_for_nobody_else()
    {
        using var archive = store.OpenAnother();
        archive.Append(Some.Day(0), "ann");
        archive.Append(Some.Day(0), "bob");
        await using var elsewhere = new NpgsqlConnection(store.Connection);
        await elsewhere.OpenAsync();
        var held = await elsewhere.BeginTransactionAsync();
        await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended('ann', 0))", elsewhere)) await turn.ExecuteNonQueryAsync();
        var ann = Task.Run(() => archive.Append(Some.Day(1), "ann"));
        archive.Append(Some.Day(1), "bob").ShouldBe(new Appended.Accepted(2));
        archive.Read(log => log.Writes.Count, "bob").ShouldBe(2);
        await Task.Delay(200);
        ann.IsCompleted.ShouldBeFalse();
        await held.RollbackAsync();
        (await ann).ShouldBe(new Appended.Accepted(2));
    }

    [Fact]
    public void A_node_that_is_paused_with_somebodys_turn_gives_it_up()
    {
        using var archive = store.OpenAnother();
        archive.Query(tables => tables.Database.SqlQueryRaw<string>("SELECT concat_ws(' ', current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout')) AS \"Value\"").Single()).ShouldBe("10s 15s");
        archive.Append(Some.Day(0));
        // As a program that was stopped after it took the turn; a session of Lowdose is given 10 s, less than others wait.
        using var paused = new NpgsqlConnection(store.Connection);
        paused.Open();
        using (var begin = new NpgsqlCommand("SET idle_in_transaction_session_timeout = '3s'; BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('me', 0))", paused)) begin.ExecuteNonQuery();
        var waited = Stopwatch.StartNew();
        archive.Append(Some.Day(1)).ShouldBe(new Appended.Accepted(2));
        waited.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(14));
        using var commit = new NpgsqlCommand("COMMIT", paused);
        Should.Throw<NpgsqlException>(() => commit.ExecuteNonQuery());
    }

    private static IEnumerable<string> Said(Appended.Conflict conflict) => conflict.Clashes.Select(c => $"{c.Field}: {c.OurValue} or {c.TheirValue} by {c.Theirs.Id}");

    private void Interleaved(int histories)
    {
        var writes = 0;
        for (var seed = 0; seed < histories; seed++)
        {
            using var one = store.OpenAnother();
            using var other = store.OpenAnother();
            var person = $"p{seed}";
            var answers = new ConcurrentDictionary<Guid, (DiaryWrite Write, Appended Answer)>();
            var devices = new Random(seed).Next(2, 17);
            Parallel.For(0, devices, new() { MaxDegreeOfParallelism = devices }, device =>
            {
                var random = new Random((seed * 100) + device);
                Guid? seen = null;
                for (var n = 0; n < 6; n++)
                {
                    var (reads, sends) = (random.Next(2) == 0 ? one : other, random.Next(2) == 0 ? one : other);
                    if (random.Next(3) > 0) seen = reads.Read(log => log.Head(Subjects.Day(Some.FirstDay)), person);
                    var write = Some.Day(0, (random.Next(2) == 0 ? "pain" : "mood", random.Next(5).ToString(CultureInfo.InvariantCulture))) with { Base = seen };
                    answers[write.Id] = (write, sends.Append(write, person));
                    if (random.Next(4) == 0) (random.Next(2) == 0 ? one : other).Append(write, person).ShouldBeOneOfTypes(typeof(Appended.Replayed), typeof(Appended.Conflict));
                    seen = write.Id;
                }
            });
            // One after another in the order they were kept, they are answered as they were.
            var alone = new DiaryLog();
            foreach (var kept in one.Read(log => log.Writes.ToArray(), person))
            {
                var answer = alone.Append(kept.Write);
                answer.GetType().ShouldBe(answers[kept.Write.Id].Answer.GetType());
                if (answer is Appended.Accepted accepted) accepted.ShouldBe(answers[kept.Write.Id].Answer);
                if (answer is Appended.Conflict conflict) Said(conflict).ShouldBe(Said((Appended.Conflict)answers[kept.Write.Id].Answer));
            }
            alone.Writes.Count.ShouldBe(answers.Count);
            other.Read(log => log.Writes.Select(w => w.Write.Id).ToArray(), person).ShouldBe(alone.Writes.Select(w => w.Write.Id));
            writes += answers.Count;
        }
        output.WriteLine(new FaultCount("R6", "2 to 16 devices write about the same day at once, through two nodes", histories, 500, "histories", $"{writes:N0} writes, 0 lost; every answer as if they had come one after another").ToString());
    }
}

internal static class Answers
{
    public static void ShouldBeOneOfTypes(this Appended answer, params Type[] types) => types.ShouldContain(answer.GetType());
}
