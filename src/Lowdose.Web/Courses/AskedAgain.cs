using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Safety;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Courses;

/// <summary>The safety screen asked again, as of today, with the medicines that the diary tells of.</summary>
/// <param name="Told">What was answered before the course; null where nothing was.</param>
/// <param name="Then">What that comes to; null where nothing was answered.</param>
/// <param name="Findings">What stops or delays it now, and what has been new since then, the strongest first.</param>
/// <param name="UnknownMedicines">Names from the diary that nobody here knows.</param>
public sealed record AskedAgain(Profile? Told, Screening? Then, IReadOnlyList<Finding> Findings, IReadOnlyList<string> UnknownMedicines)
{
    private const int StillTakingDays = 7;

    /// <summary>Asks.</summary>
    public static AskedAgain Of(DiaryLog log, CourseRecord record, LocalDate today)
    {
        var told = ProfileLines.Read(log.Now(Subjects.Profile).ToDictionary(f => f.Key, f => f.Value.Value, StringComparer.Ordinal));
        var then = told is null ? null : Loaded.Screen.Of(told);
        var since = Since(record).ToList();
        if (told is null && since.Count == 0) return new(null, null, [], []);
        var known = (told?.Medicines ?? []).Where(m => !since.Any(s => string.Equals(s.Text, m.Text, StringComparison.OrdinalIgnoreCase)));
        Medicine[] medicines = [.. known, .. since];
        if (Own(record, today) is { } own && !medicines.Any(IsNaltrexone)) medicines = [.. medicines, own];
        var now = Loaded.Screen.Of((told ?? new(null, null, null, null, null, null, null, today)) with { Medicines = medicines, AsOf = today });
        return new(told, then, [.. now.Findings.Where(f => f.Level is RuleLevel.Block or RuleLevel.HoldUntil
                || (f.Level is RuleLevel.Prescriber or RuleLevel.Caution && since.Count > 0 && then?.Findings.Any(t => (t.Rule, t.Subject) == (f.Rule, f.Subject)) != true && since.Any(s => Says(s.Text, f.Subject))))],
            [.. now.UnknownMedicines.Except(then?.UnknownMedicines ?? []).Where(u => since.Any(s => Says(s.Text, u)))]);
    }

    /// <summary>What may be taken by now: other treatments, and extra pain relief where it is a medicine that is known.</summary>
    private static IEnumerable<Medicine> Since(CourseRecord record)
    {
        var treatments = record.Days.Values.SelectMany(d => d.Treatments.Select(t => (d.Date, Treatment: t))).GroupBy(t => t.Treatment.Name, StringComparer.OrdinalIgnoreCase).Select(g => g.MaxBy(t => t.Date));
        foreach (var (date, treatment) in treatments)
        {
            LocalDate? last = treatment.Step == TreatmentStep.Stopped ? date : null;
            yield return new(treatment.Name, LastTaken: last);
            if (treatment.Text is { } text && IsKnown(text)) yield return new(text, LastTaken: last);
        }
        foreach (var day in record.Days.Values)
            if (day.Events.GetValueOrDefault("rescue-medicine") is { } taken && IsKnown(taken)) yield return new(taken, LastTaken: day.Date);
    }

    // An operation is another matter for who takes it already.
    private static Medicine? Own(CourseRecord record, LocalDate today) =>
        record.Days.Values.Where(d => d.Date > today.PlusDays(-StillTakingDays)).SelectMany(d => d.Doses.Values).OfType<DoseEntry.Taken>().Select(t => t.Content).OfType<DoseContent.Known>().LastOrDefault() is { } dose
            ? new($"naltrexone {dose.Amount}") : null;

    private static bool IsNaltrexone(Medicine medicine) => Loaded.Screen.Recognise(medicine).Any(s => s.Substance.Id == "naltrexone");

    private static bool IsKnown(string text) => text != "yes" && Loaded.Screen.Recognise(new(text)).Count > 0;

    private static bool Says(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase) || part.Contains(text, StringComparison.OrdinalIgnoreCase);
}
