using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Tests.Diary;

/// <summary>R5: fourteen days offline. A queue of writes sent one to five times, in any order, with replies that get lost, ends as if it had been sent once.</summary>
[Trait("trust", "R5")]
public sealed class ReplayTests(ITestOutputHelper output)
{
    [Fact]
    public void A_queue_of_200_writes_replayed_in_any_order_ends_as_one_clean_send() => Check(queue: 200, seeds: 30);

    [Fact, Trait("speed", "slow")]
    public void A_queue_of_1000_writes_replayed_in_any_order_ends_as_one_clean_send_for_2000_seeds() => Check(queue: 1000, seeds: 2000);

    [Fact]
    public void The_same_id_with_another_content_is_refused_and_changes_nothing()
    {
        var write = Writes.OnDay(0, ("pain", "4"));
        var log = Writes.Log(write);
        log.Append(write with { Changes = [new("pain", "5")] }).ShouldBeOfType<Appended.IdTaken>().Kept.ShouldBe(write);
        log.Append(write with { WrittenAt = write.WrittenAt.PlusTicks(1) }).ShouldBeOfType<Appended.IdTaken>();
        log.Append(write with { Changes = [new("pain", "4")] }).ShouldBe(new Appended.Replayed(1));
        log.Writes.Count.ShouldBe(1);
        log.Now(write.Subject)["pain"].Value.ShouldBe("4");
    }

    [Fact]
    public void A_write_that_arrives_before_what_it_builds_on_is_not_kept_and_is_taken_later()
    {
        var first = Writes.OnDay(0, ("pain", "4"));
        var second = Writes.OnDay(0, ("pain", "5")) with { Base = first.Id };
        var log = new DiaryLog();
        log.Append(second).ShouldBeOfType<Appended.BaseUnknown>();
        log.Writes.ShouldBeEmpty();
        log.Append(first).ShouldBe(new Appended.Accepted(1));
        log.Append(second).ShouldBe(new Appended.Accepted(2));
        log.Now(first.Subject)["pain"].Value.ShouldBe("5");
    }

    private void Check(int queue, int seeds)
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => EndsAsOneCleanSend(seed, queue)).Check(Config.QuickThrowOnFailure.WithMaxTest(seeds));
        output.WriteLine(new FaultCount("R5", "a queue sent 1 to 5 times, in any order, with lost replies", seeds, 2000, $"seeds, {queue:N0} writes each", "0 lost, 0 twice, every end as after one clean sending").ToString());
    }

    private static bool EndsAsOneCleanSend(int seed, int length)
    {
        var random = new Random(seed);
        var queue = Queue(random, length);
        var clean = new DiaryLog();
        foreach (var write in queue) if (clean.Append(write) is not Appended.Accepted) return false;

        var log = new DiaryLog();
        var unsent = queue.ToList();
        var accepted = 0;
        for (var round = 0; unsent.Count > 0; round++)
        {
            if (round > length) return false;
            DiaryWrite[] sent = [.. unsent.SelectMany(w => Enumerable.Repeat(w, random.Next(1, 6)))];
            random.Shuffle(sent);
            foreach (var write in sent)
            {
                var answer = log.Append(write);
                if (answer is Appended.Accepted) accepted++;
                else if (answer is not (Appended.Replayed or Appended.BaseUnknown)) return false;
                // One reply in five is lost on the way: the device does not know and will send again.
                if (answer is not Appended.BaseUnknown && random.Next(5) > 0) unsent.Remove(write);
            }
        }
        return accepted == length && log.Writes.Count == length && log.Writes.All(w => !w.IsConflict)
            && log.Writes.Select(w => w.Write.Id).ToHashSet().SetEquals(queue.Select(w => w.Id)) && Writes.State(log) == Writes.State(clean);
    }

    /// <summary>What one phone makes in fourteen days without a connection: each write builds on its last one about the same subject.</summary>
    private static DiaryWrite[] Queue(Random random, int length)
    {
        var last = new Dictionary<string, Guid>();
        var queue = new DiaryWrite[length];
        for (var i = 0; i < length; i++)
        {
            var day = Math.Min(13, i * 14 / length) - (random.Next(8) == 0 ? random.Next(14) : 0);
            var subject = Subjects.Day(Writes.First.PlusDays(day));
            var write = new DiaryWrite(Writes.Id(random), subject, last.TryGetValue(subject, out var id) ? id : null, Writes.AnyChanges(random), Writes.Noon, "Europe/Berlin", "Ann");
            last[subject] = write.Id;
            queue[i] = write;
        }
        return queue;
    }
}
