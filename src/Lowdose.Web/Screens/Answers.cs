using System.Globalization;
using System.Text;
using Lowdose.Exchange;
using Lowdose.Safety;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Screens;

/// <summary>The answers to the screen as typed, the profile they make, or what is wrong with them. They are kept nowhere but in the page.</summary>
/// <param name="Typed">The fields by name.</param>
/// <param name="Profile">Null where something is wrong.</param>
/// <param name="Wrong">What is wrong and what to do, a sentence or two each.</param>
public sealed record Answers(IReadOnlyDictionary<string, string> Typed, Profile? Profile, IReadOnlyList<string> Wrong)
{
    /// <summary>The LOINC codes and units of the values asked for; the program's rules compare the same.</summary>
    public static readonly IReadOnlyList<(string Field, string Loinc, string Unit, string Name)> Labs =
        [("alt", "1742-6", "U/L", "ALT"), ("ast", "1920-8", "U/L", "AST"), ("egfr", "62238-1", "mL/min/1.73m2", "eGFR")];

    /// <summary>One field as typed; nothing where it was not.</summary>
    public string this[string field] => Typed.TryGetValue(field, out var text) ? text : "";

    /// <summary>Nothing answered.</summary>
    public static Answers None { get; } = new(new Dictionary<string, string>(), null, []);

    /// <summary>From a form: a chosen file, the profile a page carries along, or the fields.</summary>
    /// <param name="form">As posted.</param>
    /// <param name="today">The day of the screen.</param>
    public static async Task<Answers> From(IFormCollection form, LocalDate today)
    {
        if (form.Files["file"] is { Length: > 0 } file)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes).ConfigureAwait(false);
            return OfFile(bytes.ToArray(), today);
        }
        return Carried(form, today) ?? OfFields(form, today);
    }

    /// <summary>The profile a page carries along; null where it carries none.</summary>
    public static Answers? Carried(IFormCollection form, LocalDate today) =>
        form["profile"].ToString() is { Length: > 0 } carried ? OfFile(Encoding.UTF8.GetBytes(carried), today) : null;

    private static Answers OfFile(byte[] bytes, LocalDate today)
    {
        var reading = ProfileJson.Read(bytes, today);
        // A file that was saved on another day is screened as of today.
        return reading.Profile is { } profile ? new(Fields.Of(profile), profile with { AsOf = today }, [])
            : None with { Wrong = [$"The file, line {reading.Refusal!.Line}: {reading.Refusal.What}; {reading.Refusal.Do}."] };
    }

    private static Answers OfFields(IFormCollection form, LocalDate today)
    {
        var typed = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        List<string> wrong = [];
        string Said(string field) => typed.TryGetValue(field, out var text) ? text.Trim() : "";
        List<string>? Lines(string field)
        {
            var lines = Said(field).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
            if (lines.Count > 0 && Said(field + "-none") == "yes") wrong.Add($"The {field} have lines, and “none” is ticked too. Take away one of the two.");
            return lines.Count > 0 || Said(field + "-none") == "yes" ? lines : null;
        }
        var medicines = Lines("medicines")?.Select(l => Fields.MedicineOf(l, today, wrong)).ToList();
        var blood = LocalDatePattern.Iso.Parse(Said("labs-date"));
        if (Said("labs-date").Length > 0 && !blood.Success) wrong.Add("The day the blood was taken is not a date. Write it as 2026-12-01.");
        else if (blood.Success && blood.Value > today) wrong.Add("The day the blood was taken is still to come. Give the day it was taken.");
        var labs = Labs.Where(l => Said(l.Field).Length > 0).Select(l => Number(Said(l.Field), l.Name, wrong) is { } value ? new LabValue(l.Loinc, value, l.Unit, blood.Success ? blood.Value : null) : null).OfType<LabValue>().ToList();
        int? age = null;
        if (Said("age") is { Length: > 0 } years)
        {
            if (int.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole <= 130) age = whole;
            else wrong.Add("The age is not a whole number of years. Write for instance 43.");
        }
        Surgery[]? surgeries = Said("surgery") switch
        {
            "no" when Said("surgery-date").Length == 0 => [],
            "no" => Contradicted(),
            "yes" => [Operation()],
            _ => Said("surgery-date").Length > 0 ? [Operation()] : null,
        };
        Surgery[] Contradicted()
        {
            wrong.Add("A day of an operation is given, and “no” is chosen. Take away one of the two.");
            return [];
        }
        Surgery Operation()
        {
            var day = LocalDatePattern.Iso.Parse(Said("surgery-date"));
            if (Said("surgery-date").Length > 0 && !day.Success) wrong.Add("The day of the operation is not a date. Write it as 2026-12-01.");
            return new(day.Success ? day.Value : null, Said("surgery-opioids") switch { "yes" => true, "no" => false, _ => null });
        }
        Pregnancy? pregnancy = Said("pregnancy") switch { "no" => Pregnancy.No, "yes" => Pregnancy.Yes, "trying" => Pregnancy.Trying, "breastfeeding" => Pregnancy.Breastfeeding, _ => null };
        var (conditions, allergies, tried) = (Lines("conditions"), Lines("allergies"), Lines("tried"));
        return new(typed, wrong.Count > 0 ? null : new Profile(medicines, conditions, surgeries, pregnancy, age, labs.Count > 0 ? labs : null, allergies, today) { Tried = tried }, wrong);
    }

    private static decimal? Number(string text, string name, List<string> wrong)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        wrong.Add($"{name} is not a plain number. Write for instance 38, with a point if it has decimals.");
        return null;
    }
}
