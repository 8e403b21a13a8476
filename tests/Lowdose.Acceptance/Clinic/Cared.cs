using Lowdose.Acceptance.Reminders;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Safety;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Acceptance.Clinic;

/// <summary>A clinic with Dora, who prescribes, and people on a course of 1.5, 3 and 4.5 mg.</summary>
internal sealed class Cared : IAsyncDisposable
{
    public static readonly Instant Now = Instant.FromUtc(2026, 12, 20, 12, 0);
    public static readonly LocalDate Today = new(2026, 12, 20);

    private Cared(OwnClinic clinic)
    {
        Clinic = clinic;
        Dora = clinic.Somebody(Role.Prescriber, "Dora Doctor");
    }

    public OwnClinic Clinic { get; }
    public Account Dora { get; }

    public static async Task<Cared> Start() => new(await OwnClinic.Start(new SetClock(Now)));

    /// <summary>Somebody who began a course so many days ago, wrote every day, and let Dora in.</summary>
    public Account Person(string name, int days = 10, Profile? profile = null, bool letsIn = true, Random? random = null)
    {
        var person = Clinic.Somebody(Role.Person, name);
        if (letsIn) new Consent(Clinic.Archive, Clinic.Clock).Give(person, Dora.Id, May.Prescribe).ShouldBeNull();
        Clinic.Archive.Append(Course(person, days, profile, random), person.Record!).ShouldAllBe(a => a is Appended.Accepted);
        return person;
    }

    /// <summary>So many people who let Dora in, put straight into the tables.</summary>
    public void Crowd(int people, int days)
    {
        var random = new Random(6);
        foreach (var some in Enumerable.Range(0, people).Chunk(500))
        {
            Account[] all = [.. some.Select(i => (Id: OwnClinic.NewId(), Name: $"Person {i:0000}")).Select(p => new Account
            {
                Id = p.Id, Organisation = Dora.Organisation, Roles = [Role.Person], Record = Guid.NewGuid().ToString(), SignInName = p.Id, ShownName = p.Name, SecurityStamp = "", Version = p.Id, CreatedAt = Now,
            })];
            Clinic.Archive.Change(tables =>
            {
                tables.AddRange(all.Select(a => new PersonRow { Id = a.Record!, CreatedAt = InstantPattern.ExtendedIso.Format(Now), Organisation = a.Organisation }));
                tables.SaveChanges();
                tables.AddRange(all);
                foreach (var person in all)
                {
                    var log = new DiaryLog();
                    foreach (var write in Course(person, days, null, random)) log.Append(write);
                    tables.AddRange(log.Writes.Select(w => Content.Row(person.Record!, w, null, Now)));
                }
                tables.SaveChanges();
                tables.AddRange(all.Select(a => new Grant(OwnClinic.NewId(), a.Record!, Dora.Id, May.Prescribe, a.Id, Now)));
            });
        }
    }

    private static List<DiaryWrite> Course(Account person, int days, Profile? profile, Random? random)
    {
        var start = Today.PlusDays(-days);
        List<DiaryWrite> writes =
        [
            Of(person, Subjects.Course, days, (CourseFields.Primary, "pain")),
            Of(person, Subjects.Profile, days, [.. ProfileLines.Of((profile ?? new([], [], [], Pregnancy.No, 43, [], [], start)) with { AsOf = start }).Select(c => (c.Field, c.Value))]),
            Of(person, Subjects.Plan, days, (PlanFields.Protocol, "own"), (PlanFields.Steps, "1.5 mg for 14 days, 3 mg for 14 days, 4.5 mg for 14 days"), (PlanFields.Ceiling, "4.5 mg"),
                (PlanFields.Start, start.ToString("uuuu-MM-dd", null)), (PlanFields.Time, "22:00"), (PlanFields.Product, "capsules")),
        ];
        for (var ago = days; ago >= 0; ago--) writes.Add(Of(person, Subjects.Day(Today.PlusDays(-ago)), ago, ("dose", "taken 1.5 mg"), ("pain", (random?.Next(3, 8) ?? 5).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        return writes;
    }

    /// <summary>A write of the person's own.</summary>
    public void Write(Account person, string subject, int ago, params (string Field, string? Value)[] changes) =>
        Clinic.Archive.Append(Of(person, subject, ago, changes) with { Base = Clinic.Archive.Read(log => log.Head(subject), person.Record!) }, person.Record!).ShouldBeOfType<Appended.Accepted>();

    /// <summary>The acts noted about a record, the last first.</summary>
    public IReadOnlyList<AuditEntry> Trail(Account person) => new AuditTrail(Clinic.Archive, Clinic.Clock).Of(person.Record!, person.Id, byOthers: true, null, 100);

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();

    private static DiaryWrite Of(Account person, string subject, int ago, params (string Field, string? Value)[] changes) =>
        new(Guid.NewGuid(), subject, null, [.. changes.Where(c => c.Value is not null).Select(c => new Change(c.Field, c.Value))], Now - Duration.FromDays(ago), "Europe/Berlin", person.Id);
}
