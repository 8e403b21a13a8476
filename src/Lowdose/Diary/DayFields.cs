using System.Globalization;

namespace Lowdose.Diary;

/// <summary>The names of a day's fields and what each may say. They only grow: what was once written must stay readable.</summary>
public static class DayFields
{
    /// <summary>What is scored from 0 to 10, in the order of a full entry.</summary>
    public static readonly IReadOnlyList<string> Scores = ["overall", "pain", "highest-pain", "fatigue", "sleep", "mood", "stress", "concentration", "function"];

    /// <summary>Those of them where more is better; of the others less is better.</summary>
    public static readonly IReadOnlyList<string> HigherIsBetter = ["sleep", "mood", "concentration", "function"];

    /// <summary>The (first) dose of the day.</summary>
    public const string Dose = "dose";
    /// <summary>"none": asked, and there was no side effect.</summary>
    public const string Effects = "effects";
    /// <summary>"yes" or "no".</summary>
    public const string Crash = "crash";
    /// <summary>Free text.</summary>
    public const string Note = "note";
    /// <summary>The fields that were copied from the day before.</summary>
    public const string SameAsYesterday = "same-as-yesterday";

    /// <summary>Doses of one day that can be recorded.</summary>
    public const int MostDoses = 4;

    internal const string EffectKind = "effect/", EventKind = "event/", TreatmentKind = "treatment/", InstrumentKind = "instrument/";

    /// <summary>The field of the n-th dose of a day, 1 first ("dose", "dose/2").</summary>
    public static string DoseOf(int n) => n == 1 ? Dose : Dose + "/" + n.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field of a side effect, by its id in knowledge/effects or an own short name ("effect/vivid-dreams").</summary>
    public static string Effect(string id) => EffectKind + id;

    /// <summary>The field of another event ("event/infection").</summary>
    public static string Event(string kind) => EventKind + kind;

    /// <summary>The field of another treatment, by the name the person gives it ("treatment/duloxetine 30 mg").</summary>
    public static string Treatment(string name) => TreatmentKind + name;

    /// <summary>The field of a questionnaire's answers ("instrument/acr-2016").</summary>
    public static string Instrument(string id) => InstrumentKind + id;

    /// <summary>A score's name in a sentence ("highest pain").</summary>
    public static string Words(string score) => score == "overall" ? "symptoms overall" : score.Replace('-', ' ');

    /// <summary>A score as its field holds it.</summary>
    /// <param name="score">0 to 10.</param>
    public static string Score(int score) => score.ToString(CultureInfo.InvariantCulture);

    private static readonly FieldRule ScoreRule = new(IsScore, "a whole number from 0 to 10");
    private static readonly FieldRule DoseRule = new(v => DoseEntry.Read(v) is not null, "as 'taken 4.5 mg at 22:05', 'taken kit 3', 'taken unknown' or 'skipped'");
    private static readonly string[] Doses = [.. Enumerable.Range(1, MostDoses).Select(DoseOf)];

    internal static FieldRule? RuleOf(string field) =>
        Scores.Contains(field) ? ScoreRule
        : Doses.Contains(field) ? DoseRule
        : IsNamed(field, EffectKind) ? new(v => Severities.Read(v) is not null, "none, mild, moderate or severe")
        : IsNamed(field, EventKind) ? new(Texts.IsLine, "yes, or a line of text")
        : IsNamed(field, InstrumentKind) ? new(v => Answers.Read(v) is not null, "answers as 'item=2; other=0', in order of item")
        : After(field, TreatmentKind) is { } name && Texts.IsLine(name) ? new(v => TreatmentChange.Read(name, v) is not null, "started, stopped or changed, then where wanted ': ' and a line of text")
        : field switch
        {
            Effects => new(v => v == "none", "none"),
            Crash => new(v => v is "yes" or "no", "yes or no"),
            Note => new(Texts.IsText, "text of at most 4,000 characters"),
            SameAsYesterday => new(AreCopied, "the names of the fields copied, in order, with commas"),
            _ => null,
        };

    /// <summary>What follows the kind in a field's name; null where it is of another kind.</summary>
    internal static string? After(string field, string kind) => field.StartsWith(kind, StringComparison.Ordinal) ? field[kind.Length..] : null;

    private static bool IsNamed(string field, string kind) => After(field, kind) is { } id && Texts.IsId(id);

    private static bool IsScore(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score <= 10 && value == Score(score);

    private static bool AreCopied(string value) =>
        value.Split(',') is var names && names.SequenceEqual(names.Distinct().Order(StringComparer.Ordinal))
        && names.All(n => Scores.Contains(n) || n is Dose or Crash or Effects || IsNamed(n, EffectKind));
}
