using Lowdose.Diary;
using NodaTime;

namespace Lowdose.Tests.Diary;

/// <summary>Writes as a device makes them, from a seed.</summary>
internal static class Writes
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 12, 1, 12, 0);
    public static readonly LocalDate First = new(2026, 12, 1);

    public static DiaryWrite Of(string subject, Guid? @base, params (string Field, string? Value)[] changes) =>
        new(Guid.NewGuid(), subject, @base, [.. changes.Select(c => new Change(c.Field, c.Value))], Noon, "Europe/Berlin", "Ann");

    public static DiaryWrite OnDay(int day, params (string Field, string? Value)[] changes) => Of(Subjects.Day(First.PlusDays(day)), null, changes);

    /// <summary>A log that took all of these, each building on what was there.</summary>
    public static DiaryLog Log(params IEnumerable<DiaryWrite> writes)
    {
        var log = new DiaryLog();
        foreach (var write in writes) log.Append(write with { Base = log.Head(write.Subject) }).ShouldBeOfType<Appended.Accepted>();
        return log;
    }

    public static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    /// <summary>One to three changes of few fields and values, so that they meet.</summary>
    public static IReadOnlyList<Change> AnyChanges(Random random)
    {
        (string Field, string?[] Values)[] fields = [("pain", ["2", "3", "4", null]), ("fatigue", ["2", "3", "4", null]), ("sleep", ["5", "6", null]),
            ("dose", ["taken 4.5 mg", "taken 3 mg at 22:05", "skipped", null]), ("effect/insomnia", ["mild", "severe", null]), ("note", ["bad", "better", null])];
        random.Shuffle(fields);
        return [.. fields.Take(random.Next(1, 4)).Select(f => new Change(f.Field, f.Values[random.Next(f.Values.Length)]))];
    }

    /// <summary>What holds, as one text.</summary>
    public static string State(DiaryLog log) => string.Join("\n", log.WrittenSubjects.Order(StringComparer.Ordinal)
        .SelectMany(s => log.Now(s).Select(f => $"{s} {f.Key} = {f.Value.Value} by {f.Value.By.Id}")));
}
