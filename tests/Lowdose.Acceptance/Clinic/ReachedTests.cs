using Lowdose.Acceptance.Load;
using Lowdose.Acceptance.Records;
using Lowdose.Diary;
using Microsoft.EntityFrameworkCore;

namespace Lowdose.Acceptance.Clinic;

public sealed class ReachedTests
{
    [Fact]
    public void How_far_each_record_has_come_is_what_the_tables_say_after_every_write_a_deletion_and_a_restart()
    {
        using var store = Store.Usual();
        var faces = Crowd.In(store, 3, 2);
        using (var archive = store.Open())
        {
            var clinic = archive.Query(tables => tables.People.First().Organisation)!;
            Same(archive, clinic, 3);
            for (var n = 0; n < 2; n++)
            {
                archive.Append(Crowd.Written(Crowd.DaysAgo(n), n, archive.Read(log => log.Head(Subjects.Day(Crowd.DaysAgo(n))), faces[n].Record), 0), faces[n].Record).ShouldBeOfType<Appended.Accepted>();
                Same(archive, clinic, 3);
            }
            archive.Change(tables => tables.People.Where(p => p.Id == faces[0].Record).ExecuteDelete());
            Same(archive, clinic, 2);
        }
        using var again = store.Open();
        Same(again, again.Query(tables => tables.People.First().Organisation)!, 2);
    }

    private static void Same(Lowdose.Records.Archive archive, string clinic, int people)
    {
        var reached = archive.Reached(clinic);
        reached.Count.ShouldBe(people);
        foreach (var (person, last) in reached) archive.Query(tables => tables.Writes.Where(w => w.Person == person).Max(w => w.Sequence)).ShouldBe(last);
    }
}
