using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>Everything one person wrote, as it stands now: days, course and plan. It becomes the <see cref="CourseDiary"/> of any outcome, and so a verdict.</summary>
/// <param name="Days">Days with anything written, by date.</param>
/// <param name="Course">The course's fields in force.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Primary">The outcome named primary; null where none was.</param>
public sealed record CourseRecord(IReadOnlyDictionary<LocalDate, DayEntry> Days, IReadOnlyDictionary<string, Kept> Course, PlanRecord Plan, PrimaryOutcome? Primary)
{
    /// <summary>What a log comes to.</summary>
    public static CourseRecord Of(DiaryLog log)
    {
        var days = new SortedDictionary<LocalDate, DayEntry>();
        foreach (var subject in log.WrittenSubjects)
            if (Subjects.Date(subject) is { } date && DayEntry.Of(log, date) is { IsEmpty: false } day) days.Add(date, day);
        return new(days, log.Now(Subjects.Course), PlanRecord.Of(log), PrimaryOutcome.Of(log));
    }

    /// <summary>The day of a date; empty where nothing was written.</summary>
    public DayEntry Day(LocalDate date) => Days.GetValueOrDefault(date) ?? new(date, new Dictionary<string, Kept>());

    /// <summary>The first day of the diary that counts: the one named, else the first with a score or a dose; null where there is neither.</summary>
    public LocalDate? Start => Course.GetValueOrDefault(CourseFields.Start) is { } named ? PlanTexts.Date(named.Value)
        : Days.Values.Where(d => d.Scores.Count + d.Doses.Count > 0).Select(d => (LocalDate?)d.Date).Min();

    /// <summary>On the first day's dose before the diary began.</summary>
    public bool AlreadyTaking => Course.GetValueOrDefault(CourseFields.AlreadyTaking)?.Value == "yes";

    /// <summary>The trials' evidence to show beside the verdict on a score; null where nobody asked, or they are not of this score.</summary>
    /// <param name="score">One of <see cref="DayFields.Scores"/>.</param>
    public EvidencePrior? TrialsOf(string score) => score == EvidencePrior.Outcome && Course.ContainsKey(CourseFields.Trials) ? EvidencePrior.BuiltIn : null;

    /// <summary>How an outcome is scored; the change that matters is the person's own for the primary one, a tenth of the scale for others.</summary>
    /// <param name="score">One of <see cref="DayFields.Scores"/>.</param>
    public Outcome Outcome(string score) => new(DayFields.Words(score), 0, 10, DayFields.HigherIsBetter.Contains(score),
        score == Primary?.Name && Course.GetValueOrDefault(CourseFields.MeaningfulChange) is { } mcid ? double.Parse(mcid.Value, CultureInfo.InvariantCulture) : null, 1);

    /// <summary>The diary of one outcome, from <see cref="Start"/> to the last day written.</summary>
    /// <param name="score">One of <see cref="DayFields.Scores"/>.</param>
    /// <param name="diary">Null where there is none.</param>
    /// <param name="regimen">The plan's, where there is one: says how many doses a day has.</param>
    /// <param name="through">The last day that counts; null: all.</param>
    /// <returns>Null, or why there is no diary.</returns>
    public Refused? Diary(string score, out CourseDiary? diary, Regimen? regimen = null, LocalDate? through = null)
    {
        diary = null;
        if (Start is not { } start) return new("nothing is written yet", "write a score or a dose");
        DayEntry[] counted = [.. Days.Values.Where(d => d.Date >= start && !(d.Date > through))];
        if (counted.Length == 0) return new("no day is written since the course began", "write a score or a dose");
        if (counted.Any(d => d.Doses.Values.Any(IsKit))) return new("doses from numbered kits are in it, and what they held is sealed", "wait until the trial is opened");
        var planned = PlannedDoses(regimen, counted[^1].Date);
        // The start is a day of the diary though nothing was written on it.
        IEnumerable<DayEntry> days = counted[0].Date == start ? counted : counted.Prepend(Day(start));
        diary = new(Outcome(score), [.. days.Select(d => new DiaryDay(Period.DaysBetween(start, d.Date) + 1, Score(d, score),
            Taken(d, planned.GetValueOrDefault(d.Date)), null, null, Happened(d)))], start);
        return null;
    }

    /// <summary>The verdict on one outcome; secondary, and says so, where another is primary.</summary>
    /// <param name="score">One of <see cref="DayFields.Scores"/>.</param>
    /// <param name="verdict">Null where there is none.</param>
    /// <param name="regimen">The plan's, where there is one.</param>
    /// <param name="through">The last day that counts; null: all.</param>
    /// <returns>Null, or why there is none.</returns>
    public Refused? Verdict(string score, out CourseVerdict? verdict, Regimen? regimen = null, LocalDate? through = null)
    {
        verdict = null;
        if (Diary(score, out var diary, regimen, through) is { } refused) return refused;
        verdict = CourseVerdict.Of(diary!, AlreadyTaking, primaryOutcome: Primary is { } primary ? DayFields.Words(primary.Name) : null, beside: TrialsOf(score));
        return null;
    }

    /// <summary>What was taken on a day in all; null where any part of it is not known. A skipped dose is 0, a dose nobody wrote about is not known.</summary>
    /// <param name="day">The day.</param>
    /// <param name="planned">How many doses the plan has that day; 0: not known.</param>
    public static Mass? Taken(DayEntry day, int planned)
    {
        if (day.Doses.Count == 0 || day.Doses.Count < planned) return null;
        var total = Mass.Zero;
        foreach (var dose in day.Doses.Values)
        {
            if (dose is DoseEntry.Skipped) continue;
            if (dose is not DoseEntry.Taken { Content: DoseContent.Known known }) return null;
            total += known.Amount;
        }
        return total;
    }

    private static double? Score(DayEntry day, string score) => day.Scores.TryGetValue(score, out var value) ? value : null;

    private static bool IsKit(DoseEntry dose) => dose is DoseEntry.Taken { Content: DoseContent.Kit };

    private static Dictionary<LocalDate, int> PlannedDoses(Regimen? regimen, LocalDate last) =>
        regimen is null || last < regimen.Start ? []
        : regimen.Schedule(Math.Min(Period.DaysBetween(regimen.Start, last) + 1, Regimen.MostDays)).Days.ToDictionary(d => d.Date, d => d.Times.Count);

    /// <summary>Events and other treatments of a day, in words; null where there were none. A crash is what the scores measure, not something else that happened.</summary>
    private static string? Happened(DayEntry day)
    {
        string[] said = [.. day.Events.Select(e => e.Value == "yes" ? Plain(e.Key) : $"{Plain(e.Key)}: {e.Value}"),
            .. day.Treatments.Select(t => $"{t.Step.ToString().ToLowerInvariant()} {t.Name}{(t.Text is null ? "" : ": " + t.Text)}")];
        return said.Length == 0 ? null : string.Join("; ", said);
    }

    private static string Plain(string id) => id.Replace('-', ' ');
}

/// <summary>The one outcome the course is to answer. It is named at the start; naming it later, or another one, is not forbidden but shown.</summary>
/// <param name="Name">One of <see cref="DayFields.Scores"/>.</param>
/// <param name="By">The write that named it.</param>
/// <param name="Before">Others that were named before it, the first first; empty where there was never another.</param>
/// <param name="AfterFirstDose">It was named when a dose had already been recorded: too late to be free of what the scores said.</param>
public sealed record PrimaryOutcome(string Name, DiaryWrite By, IReadOnlyList<string> Before, bool AfterFirstDose)
{
    internal static PrimaryOutcome? Of(DiaryLog log)
    {
        if (log.Now(Subjects.Course).GetValueOrDefault(CourseFields.Primary) is not { } now) return null;
        // The writes that set this name without a break; what is repeated is not named anew.
        var versions = log.Versions(Subjects.Course, CourseFields.Primary).Where(v => !v.IsConflict && v.Sequence <= now.Sequence).ToArray();
        string?[] names = [.. versions.Select(v => v.Write.Changes.First(c => c.Field == CourseFields.Primary).Value)];
        var named = names.Length - 1;
        while (named > 0 && names[named - 1] == now.Value) named--;
        var firstDose = log.Writes.FirstOrDefault(w => !w.IsConflict && w.Write.Changes.Any(c => c.Value is { } v && v.StartsWith("taken", StringComparison.Ordinal) && (c.Field == DayFields.Dose || c.Field.StartsWith(DayFields.Dose + "/", StringComparison.Ordinal))));
        return new(now.Value, versions[named].Write, [.. names.Take(named).OfType<string>().Distinct()], versions[named].Sequence > firstDose?.Sequence);
    }
}
