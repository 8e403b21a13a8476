using NodaTime;

namespace Lowdose.Diary;

/// <summary>
/// One day of the diary, as it stands now. A member that is null, or a key that is not there, was not written (or was cleared): missing, never 0 and never "none".
/// It is not the <see cref="DiaryDay"/>, which is one outcome's row for the verdict. What the fields come to is worked out when it is asked for: a course has hundreds of days.
/// </summary>
/// <param name="Date">The date the person chose.</param>
/// <param name="Fields">Every field in force with the write that set it.</param>
public sealed record DayEntry(LocalDate Date, IReadOnlyDictionary<string, Kept> Fields)
{
    /// <summary>A day out of the log.</summary>
    public static DayEntry Of(DiaryLog log, LocalDate date) => new(date, log.Now(Subjects.Day(date)));

    /// <summary>Nothing is written.</summary>
    public bool IsEmpty => Fields.Count == 0;

    /// <summary>The scores from 0 to 10, by name.</summary>
    public IReadOnlyDictionary<string, int> Scores => field ??= Fields.Where(f => DayFields.Scores.Contains(f.Key))
        .ToDictionary(f => f.Key, f => int.Parse(f.Value.Value, System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>What became of the day's doses, by place, 1 first.</summary>
    public IReadOnlyDictionary<int, DoseEntry> Doses => field ??= DosesOf(Fields);

    /// <summary>Side effects by id; "none" only where that was said.</summary>
    public IReadOnlyDictionary<string, Severity> Effects => field ??=
        Named(Fields, DayFields.EffectKind) is { Count: > 0 } named ? named.ToDictionary(e => e.Key, e => Severities.Read(e.Value)!.Value, StringComparer.Ordinal) : NoEffect;

    /// <summary>Somebody said that there was no side effect at all.</summary>
    public bool NoEffects => Fields.ContainsKey(DayFields.Effects) && !Effects.Any(e => e.Value > Severity.None);

    /// <summary>A crash; null: not written.</summary>
    public bool? Crash => Fields.GetValueOrDefault(DayFields.Crash)?.Value is { } said ? said == "yes" : null;

    /// <summary>What else happened, by kind, in the person's words ("yes" where there were none).</summary>
    public IReadOnlyDictionary<string, string> Events => field ??= Named(Fields, DayFields.EventKind);

    /// <summary>Other treatments begun, ended or changed.</summary>
    public IReadOnlyList<TreatmentChange> Treatments => field ??=
        Named(Fields, DayFields.TreatmentKind) is { Count: > 0 } named ? [.. named.Select(t => TreatmentChange.Read(t.Key, t.Value)!)] : [];

    /// <summary>Answers to questionnaires, by the questionnaire's id.</summary>
    public IReadOnlyDictionary<string, Answers> Instruments => field ??=
        Named(Fields, DayFields.InstrumentKind).ToDictionary(i => i.Key, i => Answers.Read(i.Value)!, StringComparer.Ordinal);

    /// <summary>Free text.</summary>
    public string? Note => Fields.GetValueOrDefault(DayFields.Note)?.Value;

    /// <summary>The fields that were copied from the day before, not asked anew.</summary>
    public IReadOnlyList<string> SameAsYesterday => Fields.GetValueOrDefault(DayFields.SameAsYesterday)?.Value.Split(',') ?? [];

    /// <summary>Whether a field was written after its day was over, where and when it was written; null where it is not there or the zone is not known here.</summary>
    public bool? IsLate(string field) => Fields.GetValueOrDefault(field) is { } kept ? DiaryDates.IsLate(Date, kept.By) : null;

    private static Dictionary<int, DoseEntry> DosesOf(IReadOnlyDictionary<string, Kept> fields)
    {
        var doses = new Dictionary<int, DoseEntry>();
        for (var n = 1; n <= DayFields.MostDoses; n++)
            if (fields.TryGetValue(DoseNames[n - 1], out var said)) doses.Add(n, DoseEntry.Read(said.Value)!);
        return doses;
    }

    private static readonly string[] DoseNames = [.. Enumerable.Range(1, DayFields.MostDoses).Select(DayFields.DoseOf)];

    // Most days have none, and a page looks at hundreds of days.
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly Dictionary<string, Severity> NoEffect = [];

    private static Dictionary<string, string> Named(IReadOnlyDictionary<string, Kept> fields, string kind)
    {
        Dictionary<string, string>? named = null;
        foreach (var (field, kept) in fields)
            if (DayFields.After(field, kind) is { } name) (named ??= new(StringComparer.Ordinal)).Add(name, kept.Value);
        return named ?? Nothing;
    }
}
