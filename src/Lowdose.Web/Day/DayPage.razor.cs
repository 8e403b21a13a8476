using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Web.Courses;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Components;

namespace Lowdose.Web.Day;

/// <summary>The diary of one day.</summary>
public sealed partial class DayPage
{
    private static readonly IReadOnlyList<(string, string)> Scores = [.. Enumerable.Range(0, 11).Select(n => (DayFields.Score(n), DayFields.Score(n)))];

    /// <summary>What the log says; null for the empty page that is kept on a device.</summary>
    [Parameter] public DaySheet? Sheet { get; set; }
    /// <summary>The course, on its today; null for other days.</summary>
    [Parameter] public CourseSheet? Course { get; set; }
    /// <summary>What was posted and could not be kept as it is.</summary>
    [Parameter] public PostedDay? Posted { get; set; }
    /// <summary>Why not, a sentence or two each.</summary>
    [Parameter] public IReadOnlyList<string> Wrong { get; set; } = [];

    private DayEntry? Now => Sheet?.Now;
    private bool IsToday => Sheet is { } sheet && sheet.Date == sheet.Today;
    private bool IsLate => Sheet is { } sheet && sheet.Date < sheet.Today;
    private string? Iso => Sheet is { } sheet ? DayWords.Iso(sheet.Date) : null;
    private string Action => Root + (Iso is null ? "/today" : "/day/" + Iso);
    private string Base => (Posted is null ? Sheet?.Head : Posted.Base)?.ToString() ?? "";
    private string? Primary => Sheet?.Primary;

    // What the fields below show, so that a plain form says what was changed. Fields the page does not ask for are left alone.
    private IEnumerable<KeyValuePair<string, string>> Was => Posted?.Was ?? Now?.Fields.Where(f => IsAsked(f.Key)).ToDictionary(f => f.Key, f => f.Value.Value) ?? [];

    private bool IsAsked(string field) => field == Primary || Sheet!.Shown.Contains(field) || Doses.Any(d => d.Field == field) || field is DayFields.Crash or DayFields.Effects or DayFields.Note
        || Loaded.Knowledge.Effects.Any(e => DayFields.Effect(e.Id) == field) || DayWords.Events.Any(e => DayFields.Event(e.Kind) == field);

    /// <summary>What a field says; empty: missing.</summary>
    private string Of(string field) => Posted is { } posted ? posted.Typed.GetValueOrDefault(field) ?? "" : Now?.Fields.GetValueOrDefault(field)?.Value ?? "";

    // Which of several; one dose needs no words.
    private string? TimeOf(DayDose dose) => Sheet is { Doses.Count: > 1 } && dose.Planned is { } at ? at.ToString("HH:mm", null) : null;

    // The scores of one direction stand together, and which end is which is said once.
    private IEnumerable<(string Field, string? Ends)> More
    {
        get
        {
            var shown = Sheet?.Shown ?? DayFields.Scores;
            return shown.OrderBy(s => DayFields.HigherIsBetter.Contains(s)).GroupBy(DayWords.Ends).SelectMany(g => g.Select((s, i) => (s, i == 0 && (Primary is null || g.Key != DayWords.Ends(Primary)) ? g.Key : null)));
        }
    }

    private IEnumerable<(string Field, DayDose Dose)> Doses => (Sheet?.Doses ?? [new("taken unknown", null)]).Select((dose, i) => (DayFields.DoseOf(i + 1), dose));

    private List<(string Value, string Text)> Answers(string field, DayDose dose)
    {
        // What was written is the button that is pressed, with its time.
        var written = Of(field);
        var taken = written.StartsWith(dose.Taken + " at ", StringComparison.Ordinal) ? written : dose.Taken;
        return [(taken, "T" + DayWords.Value(taken)[1..]), ("skipped", "Not taken")];
    }

    // Nobody has named an amount yet: it is asked for where the dose is.
    private bool AsksAmount => Sheet is null || Sheet.Doses[0].Taken == "taken unknown";

    private string? Yesterday => Sheet is { Copyable: { Count: > 0 } copied } ? JsonSerializer.Serialize(copied.ToDictionary(c => c.Field, c => c.Value)) : null;

    private string? Said => Sheet?.Writes is [var last, ..] ? $"Last written: {DayWords.Line(last.Write.Changes)}." : null;

    private string Link(int days) => Root + (Sheet is { } sheet ? "/day/" + DayWords.Iso(sheet.Date.PlusDays(days)) : "/today");
}
