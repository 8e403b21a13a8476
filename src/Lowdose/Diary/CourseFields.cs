using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Diary;

/// <summary>The names of the course's fields.</summary>
public static class CourseFields
{
    /// <summary>The primary outcome, one of <see cref="DayFields.Scores"/>: the question the course is to answer, named before it is answered.</summary>
    public const string Primary = "primary";
    /// <summary>The smallest change of it that matters, points.</summary>
    public const string MeaningfulChange = "mcid";
    /// <summary>The first day of the diary that counts.</summary>
    public const string Start = "start";
    /// <summary>The scale of the scores; "0..10", the only one so far.</summary>
    public const string Scale = "scale";
    /// <summary>"yes": on the first day's dose before the diary began.</summary>
    public const string AlreadyTaking = "already-taking";

    /// <summary>"fibromyalgia": the person said that this is what they have, and wants the trials of pain in it beside the verdict on pain.</summary>
    public const string Trials = "trials";

    internal static FieldRule? RuleOf(string field) => field switch
    {
        Primary => new(DayFields.Scores.Contains, "one of " + string.Join(", ", DayFields.Scores)),
        MeaningfulChange => new(v => Number(v) is > 0 and <= 10, "points above 0 and at most 10, as 1.5"),
        Start => new(v => Subjects.Date("day/" + v) is not null, "a date, as 2026-12-01"),
        Scale => new(v => v == "0..10", "0..10"),
        Trials => new(v => v == EvidencePrior.Condition, EvidencePrior.Condition),
        AlreadyTaking => new(v => v is "yes" or "no", "yes or no"),
        _ => null,
    };

    /// <summary>A decimal number without a needless digit; null where it is none.</summary>
    internal static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number.ToString("0.######", CultureInfo.InvariantCulture) == text ? number : null;
}
