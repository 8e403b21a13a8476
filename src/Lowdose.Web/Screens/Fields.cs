using System.Globalization;
using System.Text.RegularExpressions;
using Lowdose.Safety;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Screens;

/// <summary>Between the form's fields and a profile.</summary>
internal static partial class Fields
{
    [GeneratedRegex(@"^(?<name>.*?\S)[\s,;]+(last(?: taken)?:?\s*)?(?<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex WithDay { get; }

    /// <summary>A medicine from its line: the name, and the day of the last dose at the end.</summary>
    public static Medicine MedicineOf(string line, LocalDate today, List<string> wrong)
    {
        if (WithDay.Match(line) is not { Success: true } match) return new(line);
        var (name, text) = (match.Groups["name"].Value.TrimEnd(',', ';', ' '), match.Groups["day"].Value);
        // 3/4 is the 3rd of April or the 4th of March, a month apart: only one way to write a day is taken.
        var day = LocalDatePattern.Iso.Parse(text);
        if (!day.Success) wrong.Add($"“{line}”: the day cannot be read for sure. Write year-month-day, like 2026-11-05.");
        else if (day.Value > today) wrong.Add($"“{line}”: this day is still to come. Give the day of the last dose taken, or leave it out while you take it.");
        return new(name, LastTaken: day.Success ? day.Value : null);
    }

    /// <summary>Whether the form can show all of a profile.</summary>
    public static bool Hold(Profile profile) =>
        (profile.Medicines ?? []).All(m => m is { Atc: null, RxNorm: null, Form: null, Text.Length: > 0 } && !m.Text.Contains('\n', StringComparison.Ordinal) && (m.LastTaken is not null || !WithDay.IsMatch(m.Text)))
        && profile.Surgeries is null or { Count: <= 1 }
        && (profile.Labs ?? []).All(l => Answers.Labs.Any(k => k.Loinc == l.Loinc && k.Unit == l.Unit))
        && (profile.Labs ?? []).Select(l => l.Date).Distinct().Count() <= 1
        && (profile.Labs ?? []).Select(l => l.Loinc).Distinct().Count() == (profile.Labs?.Count ?? 0)
        && profile.Labs is not { Count: 0 };

    /// <summary>A profile as it is typed.</summary>
    public static Dictionary<string, string> Of(Profile profile)
    {
        var typed = new Dictionary<string, string>(StringComparer.Ordinal);
        void Lines(string field, IEnumerable<string>? lines)
        {
            if (lines is null) return;
            var all = lines.ToArray();
            if (all.Length == 0) typed[field + "-none"] = "yes";
            else typed[field] = string.Join('\n', all);
        }
        Lines("medicines", profile.Medicines?.Select(m => m.LastTaken is { } day ? $"{m.Text}, {Iso(day)}" : m.Text));
        Lines("conditions", profile.Conditions);
        Lines("allergies", profile.Allergies);
        Lines("tried", profile.Tried);
        if (profile.Surgeries is { } surgeries) typed["surgery"] = surgeries.Count == 0 ? "no" : "yes";
        if (profile.Surgeries is [var one, ..])
        {
            if (one.Date is { } day) typed["surgery-date"] = Iso(day);
            if (one.OpioidsExpected is { } expected) typed["surgery-opioids"] = expected ? "yes" : "no";
        }
        if (profile.Pregnancy is { } pregnancy) typed["pregnancy"] = pregnancy.ToString().ToLowerInvariant();
        if (profile.Age is { } age) typed["age"] = age.ToString(CultureInfo.InvariantCulture);
        foreach (var lab in profile.Labs ?? [])
        {
            if (Answers.Labs.FirstOrDefault(l => l.Loinc == lab.Loinc).Field is { } field) typed[field] = lab.Value.ToString(CultureInfo.InvariantCulture);
        }
        if ((profile.Labs ?? []).Select(l => l.Date).FirstOrDefault(d => d is not null) is { } taken) typed["labs-date"] = Iso(taken);
        return typed;
    }

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
