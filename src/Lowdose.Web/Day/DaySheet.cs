using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Day;

/// <summary>What the log says about one day, and about what a page of that day asks: read at one moment.</summary>
/// <param name="Date">The day.</param>
/// <param name="Today">The day it is.</param>
/// <param name="Now">The entry as it stands.</param>
/// <param name="Before">The entry of the day before.</param>
/// <param name="Head">What a write from this page builds on.</param>
/// <param name="Conflicts">Answers two devices gave differently.</param>
/// <param name="Writes">Every write about the day, the last first.</param>
/// <param name="Primary">The score the course is about; null where it is not named yet.</param>
/// <param name="Shown">The other scores the person wants to be asked for.</param>
/// <param name="Doses">The doses of the day, each with what is written in one tap ("taken 4.5 mg") and the planned time; at least one.</param>
/// <param name="Recent">The days before today, the last first, and whether anything is written there.</param>
public sealed record DaySheet(LocalDate Date, LocalDate Today, DayEntry Now, DayEntry Before, Guid? Head, IReadOnlyList<Appended.Conflict> Conflicts,
    IReadOnlyList<LoggedWrite> Writes, string? Primary, IReadOnlyList<string> Shown, IReadOnlyList<DayDose> Doses, IReadOnlyList<(LocalDate Day, bool IsEmpty)> Recent)
{
    /// <summary>The setting that holds the scores asked for, with commas.</summary>
    public const string ScoresSetting = "scores";

    private const int RecentDays = 14, DoseWithinDays = 60;

    /// <summary>The sheet of a day.</summary>
    public static DaySheet Of(DiaryLog log, LocalDate date, LocalDate today)
    {
        var subject = Subjects.Day(date);
        var primary = log.Now(Subjects.Course).GetValueOrDefault(CourseFields.Primary)?.Value;
        var wanted = log.Now(Subjects.Settings).GetValueOrDefault(ScoresSetting)?.Value.Split(',');
        return new(date, today, DayEntry.Of(log, date), DayEntry.Of(log, date.PlusDays(-1)), log.Head(subject), log.Conflicts(subject),
            [.. log.Writes.Where(w => w.Write.Subject == subject).Reverse()], primary,
            [.. DayFields.Scores.Where(s => s != primary && wanted?.Contains(s) != false)], DosesOf(log, date),
            [.. Enumerable.Range(1, RecentDays).Select(n => today.PlusDays(-n)).Select(d => (d, log.Now(Subjects.Day(d)).Count == 0))]);
    }

    /// <summary>What may be copied to the day: yesterday's scores, crash and side effects, never its dose.</summary>
    public IReadOnlyList<Change> Copyable => [.. Before.Fields.Where(f => IsCopied(f.Key)).Select(f => new Change(f.Key, f.Value.Value))];

    /// <summary>Whether "same as yesterday" may copy a field. A dose is something done, not something that stays the same.</summary>
    public static bool IsCopied(string field) =>
        DayFields.Scores.Contains(field) || field is DayFields.Crash or DayFields.Effects || field.StartsWith("effect/", StringComparison.Ordinal);

    /// <summary>The changes that take a write of this day back; nothing where the write is not there.</summary>
    public IReadOnlyList<Change> Undoing(Guid id)
    {
        if (Writes.FirstOrDefault(w => w.Write.Id == id) is not { } undone) return [];
        return [.. undone.Write.Changes.Select(c => new Change(c.Field, Writes
            .Where(w => w.Sequence < undone.Sequence && !w.IsConflict).SelectMany(w => w.Write.Changes).FirstOrDefault(b => b.Field == c.Field)?.Value))
            .Where(c => c.Value != Now.Fields.GetValueOrDefault(c.Field)?.Value)];
    }

    // What the plan says for the day; without one, what was taken last. An amount nobody named is not offered.
    private static IReadOnlyList<DayDose> DosesOf(DiaryLog log, LocalDate date)
    {
        var written = DayEntry.Of(log, date).Doses.Keys.DefaultIfEmpty(1).Max();
        if (PlannedDay(log, date)?.Doses.Select(d => new DayDose(Taken(new DoseContent.Known(d.Amount)), d.Time)).ToList() is { Count: > 0 } planned)
            return [.. planned, .. Enumerable.Repeat(planned[^1] with { Planned = null }, Math.Max(0, written - planned.Count))];
        var last = Enumerable.Range(0, DoseWithinDays).Select(n => DayEntry.Of(log, date.PlusDays(-n)).Doses.GetValueOrDefault(1)).OfType<DoseEntry.Taken>()
            .FirstOrDefault(t => t.Content is not DoseContent.Unknown);
        return [.. Enumerable.Repeat(new DayDose(Taken(last?.Content ?? new DoseContent.Unknown()), null), written)];
    }

    private static PlannedDay? PlannedDay(DiaryLog log, LocalDate date) =>
        PlanRecord.Of(log).Regimen(Loaded.Knowledge, null, out var regimen) is null ? regimen!.On(date) : null;

    private static string Taken(DoseContent content) => new DoseEntry.Taken(content).ToString();
}

/// <summary>One dose of a day as it is offered.</summary>
/// <param name="Taken">What one tap writes.</param>
/// <param name="Planned">When; null where no plan says.</param>
public sealed record DayDose(string Taken, LocalTime? Planned);
