using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Records.Trials;
using Lowdose.Safety;
using Lowdose.Trials;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>What the people of a trial wrote on its days: the one score it is about, and whether the kit was taken.</summary>
/// <param name="archive">Where the diaries are.</param>
internal sealed class TrialDiaries(Archive archive)
{
    /// <summary>Everybody's, from their first day to their last or today; only of those who have begun and whose diary is there.</summary>
    public IReadOnlyList<TrialDays> Of(KeptTrial kept, LocalDate today) =>
        [.. kept.Trial.Subjects.Where(s => kept.Trial.PeriodsOf(s.Id).Count > 0 && kept.Places.GetValueOrDefault(s.Id) is not null).Select(s => new TrialDays(s.Id, Days(kept, s.Id, kept.Places[s.Id]!, today)))];

    /// <summary>The same as a table: place, day of the trial, period, score, taken. It has no name, no date and no arm.</summary>
    public byte[] Csv(KeptTrial kept, LocalDate today)
    {
        var csv = new StringBuilder("place,day,period,score,taken\n");
        foreach (var person in Of(kept, today))
        {
            var (periods, first) = (kept.Trial.PeriodsOf(person.Subject), First(kept.Trial, person.Subject));
            foreach (var day in person.Days)
                csv.Append(CultureInfo.InvariantCulture, $"{person.Subject},{Period.DaysBetween(first, day.Date) + 1},{periods.FirstOrDefault(p => p.First <= day.Date && day.Date <= p.Last)?.Number},{day.Score},{(day.Taken is { } taken ? taken ? "yes" : "no" : "")}\n");
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>How many of the planned days a place's kit was taken on; null where its diary is not there or it has not begun.</summary>
    public Adherence? Adherence(KeptTrial kept, string place, LocalDate today) =>
        kept.Places.GetValueOrDefault(place) is { } record && kept.Trial.PeriodsOf(place) is { Count: > 0 } periods ? Lowdose.Trials.Adherence.Of(periods, new(place, Days(kept, place, record, today)), today) : null;

    /// <summary>What a person's diary tells that stops their kit today.</summary>
    public IReadOnlyList<Finding> Stops(KeptTrial kept, string place, LocalDate today) =>
        kept.Places.GetValueOrDefault(place) is { } record ? archive.Read(log => KitStop.Of(Loaded.Knowledge, Loaded.Screen, log, today, kept.Trial.PeriodsOf(place) is [var kit, ..] ? kit.First : null), record) : [];

    /// <summary>The first day of a place that has begun, of the run-in where there is one.</summary>
    public static LocalDate First(Trial trial, string place) => trial.Records.OfType<TrialRecord.Started>().Single(s => s.Subject == place).First;

    private TrialDay[] Days(KeptTrial kept, string place, string record, LocalDate today)
    {
        var (first, last) = (First(kept.Trial, place), kept.Trial.PeriodsOf(place)[^1].Last);
        if (today < last) last = today;
        return last < first ? [] : archive.Read(log => Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(n => Day(DayEntry.Of(log, first.PlusDays(n)), kept.Trial.Plan!.Outcome)).ToArray(), record);
    }

    private static TrialDay Day(DayEntry day, string outcome) =>
        new(day.Date, day.Scores.TryGetValue(outcome, out var score) ? score : null, day.Doses.GetValueOrDefault(1) switch { DoseEntry.Taken => true, DoseEntry.Skipped => false, _ => null });
}
