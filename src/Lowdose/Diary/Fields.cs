using Lowdose.Dosing;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>What one field may say.</summary>
/// <param name="Fits">Whether a text is a value of it, written the canonical way.</param>
/// <param name="How">How it is written.</param>
internal sealed record FieldRule(Func<string, bool> Fits, string How);

/// <summary>Which fields a subject has and what they may say. A write that does not fit is refused before anything is kept.</summary>
public static class Fields
{
    private const int MostChanges = 200, LongestName = 120;

    // A clock may be wrong by decades (1970 after an empty battery); beyond this no calendar shows a time in every zone.
    private static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0), Latest = Instant.FromUtc(2900, 1, 1, 0, 0);

    /// <summary>Why a write cannot be kept; null where it can. What it builds on is the log's business.</summary>
    public static Refused? Refusal(DiaryWrite write)
    {
        if (write.Id == Guid.Empty) return new("the write has no id", "give each write an id of its own");
        if (!Texts.IsLine(write.Actor) || !Texts.IsLine(write.Zone)) return new("the write does not say who wrote, or in which time zone", "give both");
        if (write.WrittenAt < Earliest || write.WrittenAt > Latest) return new("the write says a time that cannot be", "set the clock of the device");
        if (write.Changes.Count is 0 or > MostChanges) return new($"the write has {write.Changes.Count} changes", $"give 1 to {MostChanges}");
        if (Twice(write.Changes) is { } twice) return new($"'{twice}' is written twice", "give each field once in a write");
        if (!IsSubject(write.Subject)) return NoSubject(write.Subject);
        foreach (var change in write.Changes)
            if (Unfit(write.Subject, change.Field, change.Value) is { } refused) return refused;
        return null;
    }

    /// <summary>Why a field of a subject cannot be set to a value, or cleared where that is null; null where it can.</summary>
    public static Refused? Refusal(string subject, string field, string? value) => IsSubject(subject) ? Unfit(subject, field, value) : NoSubject(subject);

    private static Refused NoSubject(string subject) => new($"there is nothing called '{subject}' to write about", "write about a day, the course, the plan, the profile, the settings or a trial");

    private static Refused? Unfit(string subject, string field, string? value)
    {
        if (field.Length > LongestName || RuleOf(subject, field) is not { } rule) return new($"'{field}' is not a field of {subject}", "see docs/methods/diary.md for the fields");
        return value is null || rule.Fits(value) ? null : new($"'{field}' cannot be '{value}'", $"write {rule.How}");
    }

    // Every write that is read back comes by here, and most have eight fields: looking through them is faster than a set.
    private static string? Twice(IReadOnlyList<Change> changes)
    {
        for (var i = 1; i < changes.Count; i++)
            for (var j = 0; j < i; j++)
                if (changes[i].Field == changes[j].Field) return changes[i].Field;
        return null;
    }

    private static bool IsSubject(string subject) => subject is Subjects.Course or Subjects.Plan or Subjects.Profile or Subjects.Settings || Subjects.Date(subject) is not null || Subjects.IsTrial(subject);

    private static FieldRule? RuleOf(string subject, string field) => subject switch
    {
        Subjects.Course => CourseFields.RuleOf(field),
        Subjects.Plan => PlanFields.RuleOf(field),
        Subjects.Profile => ProfileFields.RuleOf(field),
        Subjects.Settings => SettingsFields.RuleOf(field),
        _ when Subjects.IsTrial(subject) => TrialFields.RuleOf(field),
        _ => DayFields.RuleOf(field),
    };
}
