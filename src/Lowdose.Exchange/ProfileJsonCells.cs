using System.Globalization;
using System.Text.Json;
using Lowdose.Safety;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Exchange;

/// <summary>Turns the JSON of a profile into answers; the first thing wrong is kept, with its line.</summary>
internal sealed class ProfileCells
{
    private const int Oldest = 130, FirstYear = 1900, LastYear = 2200;

    /// <summary>The first thing wrong; null where all is well.</summary>
    public Refusal? Wrong { get; private set; }

    public Profile? Profile(JsonAt root, LocalDate today)
    {
        if (root.Kind != JsonValueKind.Object) return Refuse<Profile>(root.Line, "a profile is one JSON object", "begin with { and write \"medicines\", \"conditions\" … inside");
        var cells = Members(root, "a profile", "medicines", "conditions", "surgeries", "pregnancy", "age", "labs", "allergies", "tried", "asOf");
        var asOf = Date(cells["asOf"], "asOf") ?? today;
        return new Profile(
            List(cells["medicines"], "medicines", m => Medicine(m, asOf)),
            List(cells["conditions"], "conditions", c => Named(c, "a condition")),
            List(cells["surgeries"], "surgeries", Surgery),
            PregnancyOf(cells["pregnancy"]),
            Age(cells["age"]),
            List(cells["labs"], "labs", l => Lab(l, asOf)),
            List(cells["allergies"], "allergies", a => Named(a, "an allergy")),
            asOf)
        {
            Tried = List(cells["tried"], "tried", t => Named(t, "a thing that was tried")),
        };
    }

    private Medicine? Medicine(JsonAt cell, LocalDate asOf)
    {
        if (cell.Kind != JsonValueKind.Object) return Refuse<Medicine>(cell.Line, "a medicine is an object", "write {\"text\": \"…\"}");
        var cells = Members(cell, "a medicine", "text", "atc", "rxnorm", "lastTaken", "form");
        var (text, atc, rxNorm) = (Text(cells["text"], "text")?.Trim(), Code(cells["atc"], "atc"), Code(cells["rxnorm"], "rxnorm"));
        if (string.IsNullOrEmpty(text) && atc is null && rxNorm is null) return Refuse<Medicine>(cell.Line, "a medicine has neither text nor code", "write its name as \"text\", or leave the entry out");
        var last = Date(cells["lastTaken"], "lastTaken");
        if (last > asOf) Refuse<Medicine>(cells["lastTaken"]!.Line, "lastTaken is after the day of the screen", "give the day of the last dose that was taken, or null while it is still taken");
        return new Medicine(text ?? "", atc, rxNorm, last, Text(cells["form"], "form"));
    }

    private string? Named(JsonAt cell, string what)
    {
        if (cell.Kind == JsonValueKind.String) return cell.Text;
        if (cell.Kind != JsonValueKind.Object) return Refuse<string>(cell.Line, $"{what} is an object or a text", "write {\"text\": \"…\"}");
        return Text(Members(cell, what, "text")["text"], "text") ?? Refuse<string>(cell.Line, $"{what} has no text", "write its name as \"text\", or leave the entry out");
    }

    private Surgery? Surgery(JsonAt cell)
    {
        if (cell.Kind != JsonValueKind.Object) return Refuse<Surgery>(cell.Line, "an operation is an object", "write {\"date\": \"year-month-day\", \"opioidsExpected\": true}");
        var cells = Members(cell, "an operation", "date", "opioidsExpected");
        return new(Date(cells["date"], "date"), Flag(cells["opioidsExpected"], "opioidsExpected"));
    }

    private LabValue? Lab(JsonAt cell, LocalDate asOf)
    {
        if (cell.Kind != JsonValueKind.Object) return Refuse<LabValue>(cell.Line, "a laboratory value is an object", "write {\"loinc\": \"1742-6\", \"value\": 38, \"unit\": \"U/L\", \"date\": \"…\"}");
        var cells = Members(cell, "a laboratory value", "loinc", "value", "unit", "date");
        var loinc = Text(cells["loinc"], "loinc") ?? Refuse<string>(cell.Line, "a laboratory value has no LOINC code", "write it as \"loinc\"");
        if (cells["value"] is not { Kind: JsonValueKind.Number } value || !decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Refuse<LabValue>(cells["value"]?.Line ?? cell.Line, "a laboratory value is not a number", "write a plain number as \"value\" and its unit as \"unit\"");
        var date = Date(cells["date"], "date");
        if (date > asOf) Refuse<LabValue>(cells["date"]!.Line, "the laboratory value is from after the day of the screen", "check the date");
        return new(loinc ?? "", number, Text(cells["unit"], "unit"), date);
    }

    private Pregnancy? PregnancyOf(JsonAt? cell) => Text(cell, "pregnancy") switch
    {
        null => null,
        "no" => Pregnancy.No,
        "yes" => Pregnancy.Yes,
        "trying" => Pregnancy.Trying,
        "breastfeeding" => Pregnancy.Breastfeeding,
        var said => Refuse(cell!.Line, $"pregnancy \"{DiaryCells.Shown(said)}\" is not known", "write no, yes, trying or breastfeeding, or null", (Pregnancy?)null),
    };

    private int? Age(JsonAt? cell)
    {
        if (cell is null or { Kind: JsonValueKind.Null }) return null;
        return cell.Kind == JsonValueKind.Number && int.TryParse(cell.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years <= Oldest
            ? years : Refuse(cell.Line, $"age is not a whole number of years up to {Oldest}", "write for instance 43, or null", (int?)null);
    }

    private List<T>? List<T>(JsonAt? cell, string name, Func<JsonAt, T?> read) where T : class
    {
        if (cell is null or { Kind: JsonValueKind.Null }) return null;
        return cell.Kind == JsonValueKind.Array ? [.. cell.Items.Select(read).OfType<T>()]
            : Refuse<List<T>>(cell.Line, $"\"{name}\" is not a list", "write [ … ]; [] says none, null says not known");
    }

    private LocalDate? Date(JsonAt? cell, string name)
    {
        if (Text(cell, name) is not { } text) return null;
        return LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) && date.Year is >= FirstYear and <= LastYear ? date
            : Refuse(cell!.Line, $"{name} \"{DiaryCells.Shown(text)}\" is not a date of our time", "write it as year-month-day, for instance 2026-11-20", (LocalDate?)null);
    }

    private bool? Flag(JsonAt? cell, string name) => cell?.Kind switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => Refuse(cell.Line, $"{name} is neither true nor false", "write true, false or null", (bool?)null),
    };

    private string? Code(JsonAt? cell, string name) => cell is { Kind: JsonValueKind.Number } ? cell.Text : Text(cell, name) is { Length: > 0 } code ? code : null;

    private string? Text(JsonAt? cell, string name) => cell?.Kind switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => cell.Text,
        _ => Refuse<string>(cell.Line, $"{name} is not a text", "put it in double quotes"),
    };

    /// <summary>The members by name, null where missing; one that is not known is refused.</summary>
    private Dictionary<string, JsonAt?> Members(JsonAt cell, string what, params string[] known)
    {
        var members = known.ToDictionary(k => k, _ => (JsonAt?)null, StringComparer.Ordinal);
        foreach (var (name, line, value) in cell.Members)
        {
            if (members.ContainsKey(name)) members[name] = value;
            else Refuse<string>(line, $"\"{DiaryCells.Shown(name)}\" is not a member of {what}", $"write one of {string.Join(", ", known)}");
        }
        return members;
    }

    private T? Refuse<T>(int line, string what, string @do) where T : class => Refuse(line, what, @do, (T?)null);

    private T? Refuse<T>(int line, string what, string @do, T? nothing)
    {
        Wrong ??= new(line, what, @do);
        return nothing;
    }
}
