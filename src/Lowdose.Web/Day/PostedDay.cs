using System.Globalization;
using Lowdose.Diary;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Day;

/// <summary>A day as posted by the plain form: what it says now, what the page said before, and so what was changed.</summary>
public sealed class PostedDay
{
    /// <summary>Before the name of a field: what the page showed.</summary>
    public const string WasPrefix = "was/";

    private static readonly string[] DoseParts = ["dose-amount", "dose-time"];

    /// <summary>Reads the form.</summary>
    public PostedDay(IFormCollection form)
    {
        Form = form;
        Id = Guid.TryParseExact(form["id"], "D", out var id) ? id : Guid.CreateVersion7();
        Base = Guid.TryParseExact(form["base"], "D", out var @base) ? @base : null;
        Was = form.Where(f => f.Key.StartsWith(WasPrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[WasPrefix.Length..], f => f.Value.ToString(), StringComparer.Ordinal);
        Typed = form.Where(f => !f.Key.StartsWith(WasPrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key, f => Whole(f.Value.ToString()), StringComparer.Ordinal);
    }

    /// <summary>The form.</summary>
    public IFormCollection Form { get; }
    /// <summary>The id the page made for this sending.</summary>
    public Guid Id { get; }
    /// <summary>What the page had seen.</summary>
    public Guid? Base { get; }
    /// <summary>What the page showed, by field.</summary>
    public IReadOnlyDictionary<string, string> Was { get; }
    /// <summary>What it says now.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; }

    /// <summary>What was changed on the page since it was shown, or since a first sending of the same page.</summary>
    public IReadOnlyList<Change> Changes(DaySheet sheet, DiaryWrite? firstSending = null)
    {
        var was = new Dictionary<string, string?>(Was.Select(w => KeyValuePair.Create(w.Key, (string?)w.Value)), StringComparer.Ordinal);
        foreach (var change in firstSending?.Changes ?? []) was[change.Field] = change.Value;
        var asked = Form["undo"].ToString() is { Length: > 0 } undo ? (Guid.TryParseExact(undo, "D", out var id) ? sheet.Undoing(id) : [])
            : Form["choose"].ToString() is { Length: > 0 } choice ? Chosen(choice)
            : Answered(was).Concat(Copied(sheet, was)).Concat(Treatment());
        return [.. asked.Where(c => c.Value != was.GetValueOrDefault(c.Field) || Form.ContainsKey("undo") || Form.ContainsKey("choose")).DistinctBy(c => c.Field)];
    }

    private IEnumerable<Change> Answered(Dictionary<string, string?> was)
    {
        var dose = DoseParts.Any(p => Typed.GetValueOrDefault(p) is { Length: > 0 }) ? [DayFields.Dose] : Array.Empty<string>();
        var fields = Typed.Keys.Union(was.Keys).Union(dose).Where(f => Fields.Refusal(Subjects.Day(new(2026, 1, 1)), f, null) is null && f != DayFields.SameAsYesterday);
        foreach (var field in fields)
        {
            var now = Typed.GetValueOrDefault(field);
            if (field == DayFields.Dose) now = Dose(now, was.GetValueOrDefault(field));
            yield return new(field, string.IsNullOrEmpty(now) ? null : now);
        }
    }

    private IEnumerable<Change> Copied(DaySheet sheet, Dictionary<string, string?> was)
    {
        if (!Form.ContainsKey("copy")) yield break;
        var copied = sheet.Copyable.Where(c => string.IsNullOrEmpty(Typed.GetValueOrDefault(c.Field)) && was.GetValueOrDefault(c.Field) is null).ToList();
        // They come before the empty answers of the form, which would clear them.
        foreach (var change in copied) yield return change;
        if (copied.Count > 0) yield return new(DayFields.SameAsYesterday, string.Join(',', copied.Select(c => c.Field).Order(StringComparer.Ordinal)));
    }

    private IEnumerable<Change> Treatment()
    {
        if (Typed.GetValueOrDefault("treatment-name") is { Length: > 0 } name) yield return new(DayFields.Treatment(name), Typed.GetValueOrDefault("treatment-change"));
    }

    // A kit's number or an amount, then the time of day: the pieces of one field.
    private string? Dose(string? chosen, string? was)
    {
        var (amount, time) = (Typed.GetValueOrDefault(DoseParts[0]) ?? "", Typed.GetValueOrDefault(DoseParts[1]) ?? "");
        // A dose that was not taken has no time: one left in the field means nothing.
        if (amount.Length == 0 && (time.Length == 0 || chosen == "skipped")) return chosen;
        var taken = amount.Length > 0 ? $"taken {Plain(amount)} mg" : new[] { chosen, was }.FirstOrDefault(d => d?.StartsWith("taken ", StringComparison.Ordinal) == true)?.Split(" at ")[0] ?? "taken unknown";
        return time.Length > 0 ? $"{taken} at {time}" : taken;
    }

    private static string Plain(string amount) => decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mg)
        ? mg.ToString("0.######", CultureInfo.InvariantCulture) : amount;

    private static IReadOnlyList<Change> Chosen(string choice) =>
        choice.Split('=', 2) is [var field, var value] ? [new(field, value.Length > 0 ? value : null)] : [];

    private static string Whole(string text) => text.ReplaceLineEndings("\n").Trim();
}
