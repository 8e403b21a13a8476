using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Tests.Safety;
using Xunit.Abstractions;

namespace Lowdose.Tests.Diary;

/// <summary>R6: two to sixteen devices write about one day, in any order, against a model that keeps for each write the plain set of writes its device had seen.</summary>
[Trait("trust", "R6")]
public sealed class ManyDevicesTests(ITestOutputHelper output)
{
    [Fact]
    public void No_update_is_lost_in_500_histories() => Check(500);

    [Fact, Trait("speed", "slow")]
    public void No_update_is_lost_in_10000_histories() => Check(10_000);

    [Fact]
    public void Two_devices_that_set_the_same_field_apart_are_both_kept_and_the_first_holds_until_one_decides()
    {
        var read = Writes.OnDay(0, ("pain", "4"));
        var log = Writes.Log(read);
        var laptop = Writes.OnDay(0, ("pain", "6")) with { Base = read.Id };
        var phone = Writes.OnDay(0, ("pain", "2"), ("mood", "5")) with { Base = read.Id };
        log.Append(laptop).ShouldBe(new Appended.Accepted(2));
        var conflict = log.Append(phone).ShouldBeOfType<Appended.Conflict>();
        (conflict.Ours, conflict.Theirs).ShouldBe((phone, laptop));
        conflict.Clashes.ShouldBe([new Clash("pain", "2", "6", laptop)]);
        log.Append(phone).ShouldBeOfType<Appended.Conflict>().Clashes.ShouldBe(conflict.Clashes);
        log.Now(read.Subject).Select(f => (f.Key, f.Value.Value)).ShouldBe([("pain", "6")]);
        log.Versions(read.Subject, "pain").Select(v => v.Write).ShouldBe([read, laptop, phone]);
        log.Conflicts(read.Subject).ShouldHaveSingleItem().Clashes.Select(c => c.Field).ShouldBe(["pain", "mood"], ignoreOrder: true);

        var decided = Writes.OnDay(0, ("pain", "2"), ("mood", "5")) with { Base = log.Head(read.Subject) };
        log.Append(decided).ShouldBe(new Appended.Accepted(4));
        log.Conflicts(read.Subject).ShouldBeEmpty();
        log.Now(read.Subject)["pain"].Value.ShouldBe("2");
    }

    [Fact]
    public void Two_devices_that_set_different_fields_apart_are_joined_and_reading_both_is_told_from_writing_one()
    {
        var read = Writes.OnDay(0, ("pain", "4"));
        var log = Writes.Log(read);
        var laptop = Writes.OnDay(0, ("sleep", "3")) with { Base = read.Id };
        var phone = Writes.OnDay(0, ("mood", "5")) with { Base = read.Id };
        log.Append(laptop).ShouldBeOfType<Appended.Accepted>();
        log.Append(phone).ShouldBeOfType<Appended.Accepted>();
        log.Head(read.Subject).ShouldNotBe(phone.Id);
        // The phone has not read the laptop's sleep; whoever has read the day has.
        log.Answer(Writes.OnDay(0, ("sleep", "8")) with { Base = phone.Id }).ShouldBeOfType<Appended.Conflict>();
        log.Answer(Writes.OnDay(0, ("sleep", "8")) with { Base = log.Head(read.Subject) }).ShouldBeOfType<Appended.Accepted>();
        log.Answer(Writes.OnDay(0, ("sleep", "3")) with { Base = phone.Id }).ShouldBeOfType<Appended.Accepted>();
    }

    private void Check(int histories)
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), LosesNothing).Check(Config.QuickThrowOnFailure.WithMaxTest(histories));
        output.WriteLine(new FaultCount("R6", "2 to 16 devices write about the same day side by side", histories, 10_000, "histories", "0 updates lost; every conflict kept, shown and settled").ToString());
    }

    private sealed class Device
    {
        public HashSet<Guid> Seen { get; set; } = [];
        public Guid? Base { get; set; }
        public Queue<Guid> Unsent { get; } = [];
    }

    /// <summary>The sequential model: what holds, and who set it.</summary>
    private sealed class Model
    {
        public Dictionary<string, (string? Value, Guid By)> Fields { get; } = [];

        public bool Take(DiaryWrite write, HashSet<Guid> seen)
        {
            if (write.Changes.Any(c => Fields.TryGetValue(c.Field, out var held) && held.Value != c.Value && !seen.Contains(held.By))) return false;
            foreach (var change in write.Changes) Fields[change.Field] = (change.Value, write.Id);
            return true;
        }
    }

    private static bool LosesNothing(int seed)
    {
        var random = new Random(seed);
        var subject = Subjects.Day(Writes.First);
        var (log, model) = (new DiaryLog(), new Model());
        var devices = Enumerable.Range(0, random.Next(2, 17)).Select(_ => new Device()).ToArray();
        var made = new Dictionary<Guid, (DiaryWrite Write, HashSet<Guid> Seen)>();
        var steps = random.Next(10, 80);
        for (var step = 0; step < steps || devices.Any(d => d.Unsent.Count > 0); step++)
        {
            var device = devices[random.Next(devices.Length)];
            switch (step < steps ? random.Next(4) : 3)
            {
                case 0 when device.Unsent.Count == 0:
                    device.Seen = [.. log.Writes.Select(w => w.Write.Id)];
                    device.Base = log.Head(subject);
                    break;
                case 1 or 2:
                    var write = new DiaryWrite(Writes.Id(random), subject, device.Base, Writes.AnyChanges(random), Writes.Noon, "Europe/Berlin", "Ann");
                    made[write.Id] = (write, [.. device.Seen]);
                    device.Seen.Add(write.Id);
                    device.Base = write.Id;
                    device.Unsent.Enqueue(write.Id);
                    break;
                case 3 when device.Unsent.TryDequeue(out var id):
                    var held = model.Take(made[id].Write, made[id].Seen);
                    var answer = log.Append(made[id].Write);
                    if (held ? answer is not Appended.Accepted : answer is not Appended.Conflict) return false;
                    if (random.Next(4) == 0 && log.Append(made[id].Write) is not (Appended.Replayed or Appended.Conflict)) return false;
                    break;
            }
        }
        var now = log.Now(subject).ToDictionary(f => f.Key, f => (f.Value.Value, f.Value.By.Id));
        return log.Writes.Count == made.Count
            && now.Count == model.Fields.Count(f => f.Value.Value is not null) && model.Fields.All(f => f.Value.Value is null || now[f.Key] == (f.Value.Value, f.Value.By))
            && made.Values.All(m => m.Write.Changes.All(c => Holds(c) || KnowinglyReplaced(c) || IsShown(c, m.Write.Id)))
            && Decides(log, subject, now);

        bool Holds(Change change) => (now.TryGetValue(change.Field, out var held) ? held.Value : null) == change.Value;
        // Somebody who had seen that value wrote the field after it.
        bool KnowinglyReplaced(Change change) => made.Values.Any(later => later.Write.Changes.Any(c => c.Field == change.Field)
            && later.Seen.Any(s => made[s].Write.Changes.Any(c => c == change)));
        bool IsShown(Change change, Guid id) => log.Conflicts(subject).Any(c => c.Ours.Id == id && c.Clashes.Any(x => x.Field == change.Field));
    }

    /// <summary>Whoever has read everything can settle every conflict with one write.</summary>
    private static bool Decides(DiaryLog log, string subject, Dictionary<string, (string Value, Guid Id)> now)
    {
        string[] open = [.. log.Conflicts(subject).SelectMany(c => c.Clashes).Select(c => c.Field).Distinct()];
        if (open.Length == 0) return true;
        Change[] changes = [.. open.Select(f => new Change(f, now.TryGetValue(f, out var held) ? held.Value : null))];
        return log.Append(Writes.Of(subject, log.Head(subject)) with { Changes = changes }) is Appended.Accepted && log.Conflicts(subject).Count == 0;
    }
}
