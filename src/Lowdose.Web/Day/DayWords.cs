using System.Globalization;
using Lowdose.Diary;
using NodaTime;

namespace Lowdose.Web.Day;

/// <summary>What the fields of a day are called on the page. Few and short words: they are read on bad days.</summary>
internal static class DayWords
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["overall"] = "All symptoms", ["pain"] = "Pain", ["highest-pain"] = "Worst pain", ["fatigue"] = "Fatigue", ["sleep"] = "Sleep", ["mood"] = "Mood",
        ["stress"] = "Stress", ["concentration"] = "Thinking", ["function"] = "Doing things",
        [DayFields.Dose] = "Dose", [DayFields.Crash] = "Crash", [DayFields.Effects] = "Side effects", [DayFields.Note] = "Note",
    };

    /// <summary>What else can happen on a day, by the kind of event.</summary>
    public static readonly IReadOnlyList<(string Kind, string Name)> Events =
        [("infection", "Infection or fever"), ("rescue-medicine", "Extra pain relief"), ("menstruation", "Period"), ("overexertion", "Did too much"), ("bad-night", "Bad night for another reason")];

    /// <summary>A field's name on the page; side effects, events and treatments by their own.</summary>
    public static string Name(string field)
    {
        if (Names.TryGetValue(field, out var name)) return name;
        var last = field[(field.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (field.StartsWith("event/", StringComparison.Ordinal) && Events.FirstOrDefault(e => e.Kind == last).Name is { } said) return said;
        return field.StartsWith("dose/", StringComparison.Ordinal) ? "Dose " + last
            : field.StartsWith("treatment/", StringComparison.Ordinal) ? last : Words.Capital(last.Replace('-', ' '));
    }

    /// <summary>Which end of a score is which.</summary>
    public static string Ends(string score) => DayFields.HigherIsBetter.Contains(score) ? "0 worst, 10 best" : "0 none, 10 worst";

    /// <summary>A value as a person says it; a missing one is "no answer".</summary>
    public static string Value(string? value) => value switch
    {
        null => "no answer",
        "skipped" => "not taken",
        _ => value.StartsWith("taken unknown", StringComparison.Ordinal) ? "taken" + value["taken unknown".Length..] : value,
    };

    /// <summary>Changes in one line ("Pain 5, Dose taken 4.5 mg").</summary>
    public static string Line(IEnumerable<Change> changes) =>
        string.Join(", ", changes.Where(c => c.Field != DayFields.SameAsYesterday).Select(c => $"{Name(c.Field)}: {Short(Value(c.Value))}"));

    /// <summary>"22 November".</summary>
    public static string Short(LocalDate day) => day.ToString("d MMMM", CultureInfo.InvariantCulture);

    /// <summary>"Sunday 22 November".</summary>
    public static string Long(LocalDate day) => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    /// <summary>"2026-11-22".</summary>
    public static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
