using Lowdose.Diary;
using Lowdose.Safety;
using Lowdose.Science.Inference;
using Lowdose.Tests.Diary;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>Ann's course: 1.5, 3 and 4.5 mg, 14 days each, from the first of December at 22:00, and Dr A, who prescribes.</summary>
internal static class Course
{
    public const string Doctor = "Dr A";

    public static readonly LocalDate First = Writes.First;

    public static DiaryWrite Told(Profile? profile = null) => Writes.Of(Subjects.Profile, null, [.. ProfileLines.Of((profile ?? Some.Person) with { AsOf = First.PlusDays(-1) }).Where(c => c.Value is not null).Select(c => (c.Field, c.Value))]);

    public static DiaryWrite Plan(string steps = "1.5 mg for 14 days, 3 mg for 14 days, 4.5 mg for 14 days", string ceiling = "4.5 mg") => Writes.Of(Subjects.Plan, null, (PlanFields.Protocol, "own"), (PlanFields.Steps, steps),
        (PlanFields.Ceiling, ceiling), (PlanFields.Start, "2026-12-01"), (PlanFields.Time, "22:00"), (PlanFields.Product, "capsules"));

    /// <summary>A write on a day of the course, by this one.</summary>
    public static DiaryWrite On(this DiaryWrite write, int day, string by = "Ann") => write with { Id = Guid.NewGuid(), Actor = by, WrittenAt = Writes.Noon + Duration.FromDays(day) };

    public static DiaryWrite Approved(int day) => Writes.Of(Subjects.Plan, null, (PlanFields.Approved, "yes")).On(day, Doctor);

    public static DiaryWrite Changed(int day, string name, string text, string by = "Ann") => Writes.Of(Subjects.Plan, null, (PlanFields.Change(name), text)).On(day, by);

    /// <summary>A day of the diary, written on that day.</summary>
    public static DiaryWrite Day(int day, params (string Field, string? Value)[] changes) => Writes.OnDay(day, changes).On(day);

    /// <summary>A dose and a score on each of these days.</summary>
    public static IEnumerable<DiaryWrite> Days(int from, int through) => Enumerable.Range(from, through - from + 1).Select(d => Day(d, ("dose", "taken 1.5 mg"), ("pain", "5")));

    public static CourseToday Today(int day, params IEnumerable<DiaryWrite> writes) => CourseToday.Of(Some.Knowledge, Some.Screen, Writes.Log(writes), First.PlusDays(day), actor => actor == Doctor);

    /// <summary>What needs Dr A on a day of the course.</summary>
    public static IReadOnlyList<Attention> Needs(int day, IEnumerable<DiaryWrite> writes, Func<LocalDate?, Verdict?>? verdict = null) => Round.Of(Today(day, writes), verdict ?? (_ => null));

    /// <summary>A course that is approved and written up to today: nothing needs anybody.</summary>
    public static IEnumerable<DiaryWrite> Quiet(int through) => [Told(), Plan(), Approved(0), .. Days(0, through)];
}
