using Lowdose.Diary;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>The safety screen asked again, as of today, with the medicines that the diary tells of.</summary>
/// <param name="Told">What was answered before the course; null where nothing was.</param>
/// <param name="Then">What that comes to; null where nothing was answered.</param>
/// <param name="Findings">What stops or delays it now, and what has been new since then, the strongest first.</param>
/// <param name="UnknownMedicines">Names from the diary that nobody here knows.</param>
public sealed record AskedAgain(Profile? Told, Screening? Then, IReadOnlyList<Finding> Findings, IReadOnlyList<string> UnknownMedicines)
{
    private const int StillTakingDays = 7;

    /// <summary>What everything told comes to today; null where nothing was ever told.</summary>
    public Screening? Now { get; private init; }

    /// <summary>The medicines that the diary tells of.</summary>
    public IReadOnlyList<DiaryMedicine> Since { get; private init; } = [];

    /// <summary>Asks.</summary>
    /// <param name="screen">Knows the rules and the names.</param>
    /// <param name="log">The diary, with the answers given before the course.</param>
    /// <param name="record">The same diary's days.</param>
    /// <param name="today">The person's own day.</param>
    public static AskedAgain Of(Screen screen, DiaryLog log, CourseRecord record, LocalDate today)
    {
        var told = ProfileLines.Read(log.Now(Subjects.Profile).ToDictionary(f => f.Key, f => f.Value.Value, StringComparer.Ordinal));
        var then = told is null ? null : screen.Of(told);
        var since = InDiary(screen, record).ToList();
        if (told is null && since.Count == 0) return new(null, null, [], []);
        var known = (told?.Medicines ?? []).Where(m => !since.Any(s => string.Equals(s.Medicine.Text, m.Text, StringComparison.OrdinalIgnoreCase)));
        Medicine[] medicines = [.. known, .. since.Select(s => s.Medicine)];
        if (Own(record, today) is { } own && !medicines.Any(m => screen.Recognise(m).Any(s => s.Substance.Id == "naltrexone"))) medicines = [.. medicines, own];
        var now = screen.Of((told ?? new(null, null, null, null, null, null, null, today)) with { Medicines = medicines, AsOf = today });
        return new(told, then, [.. now.Findings.Where(f => f.Level is RuleLevel.Block or RuleLevel.HoldUntil
                || (f.Level is RuleLevel.Prescriber or RuleLevel.Caution && since.Count > 0 && then?.Findings.Any(t => (t.Rule, t.Subject) == (f.Rule, f.Subject)) != true && since.Any(s => s.IsAbout(f.Subject))))],
            [.. now.UnknownMedicines.Except(then?.UnknownMedicines ?? []).Where(u => since.Any(s => s.IsAbout(u)))]) { Now = now, Since = since };
    }

    /// <summary>What forbids a dose on a day. An operation before which doses may still be taken stops the course on its day, not now.</summary>
    public IEnumerable<Finding> Stopping(LocalDate day) => Findings.Where(f => f.Level == RuleLevel.Block
        || (f.Level == RuleLevel.HoldUntil && !(f.Until <= day) && !(f.Pause is { } pause && day <= pause.LastDose)));

    /// <summary>The diary's word that a subject comes from, the last; null where it was told before the course.</summary>
    public DiaryMedicine? Telling(string subject) => Since.Where(s => s.IsAbout(subject)).MaxBy(s => s.By.Sequence);

    /// <summary>What may be taken by now: other treatments, and extra pain relief where it is a medicine that is known.</summary>
    private static IEnumerable<DiaryMedicine> InDiary(Screen screen, CourseRecord record)
    {
        bool IsKnown(string text) => text != "yes" && screen.Recognise(new(text)).Count > 0;
        var treatments = record.Days.Values.SelectMany(d => d.Treatments.Select(t => (d.Date, Treatment: t))).GroupBy(t => t.Treatment.Name, StringComparer.OrdinalIgnoreCase).Select(g => g.MaxBy(t => t.Date));
        foreach (var (date, treatment) in treatments)
        {
            LocalDate? last = treatment.Step == TreatmentStep.Stopped ? date : null;
            var by = record.Day(date).Fields[DayFields.TreatmentKind + treatment.Name];
            yield return new(new(treatment.Name, LastTaken: last), date, by);
            if (treatment.Text is { } text && IsKnown(text)) yield return new(new(text, LastTaken: last), date, by);
        }
        foreach (var day in record.Days.Values)
            if (day.Events.GetValueOrDefault("rescue-medicine") is { } taken && IsKnown(taken)) yield return new(new(taken, LastTaken: day.Date), day.Date, day.Fields[DayFields.EventKind + "rescue-medicine"]);
    }

    // An operation is another matter for who takes it already.
    private static Medicine? Own(CourseRecord record, LocalDate today) =>
        record.Days.Values.Where(d => d.Date > today.PlusDays(-StillTakingDays)).SelectMany(d => d.Doses.Values).OfType<DoseEntry.Taken>().Select(t => t.Content).OfType<DoseContent.Known>().LastOrDefault() is { } dose
            ? new($"naltrexone {dose.Amount}") : null;
}

/// <summary>A medicine that a day of the diary tells of.</summary>
/// <param name="Medicine">The medicine; stopped ones with that day as that of the last dose.</param>
/// <param name="On">The day of the diary.</param>
/// <param name="By">The write.</param>
public sealed record DiaryMedicine(Medicine Medicine, LocalDate On, Kept By)
{
    /// <summary>Whether a finding's subject is this one, as far as the words say.</summary>
    public bool IsAbout(string subject) => Medicine.Text.Contains(subject, StringComparison.OrdinalIgnoreCase) || subject.Contains(Medicine.Text, StringComparison.OrdinalIgnoreCase);
}
