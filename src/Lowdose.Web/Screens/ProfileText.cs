using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lowdose.Safety;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Screens;

/// <summary>Writes a profile as the file that <c>lowdose screen</c> reads. The day of the screen is left out: the file is for later days too.</summary>
internal static class ProfileText
{
    // It goes into a file and, escaped by the page, into a field: names stay readable.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole file; what was not answered is null.</summary>
    public static string Of(Profile profile)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            List(json, "medicines", profile.Medicines, m =>
            {
                Text(json, "text", m.Text);
                if (m.Atc is not null) Text(json, "atc", m.Atc);
                if (m.RxNorm is not null) Text(json, "rxnorm", m.RxNorm);
                Text(json, "lastTaken", Iso(m.LastTaken));
                if (m.Form is not null) Text(json, "form", m.Form);
            });
            List(json, "conditions", profile.Conditions, c => Text(json, "text", c));
            List(json, "surgeries", profile.Surgeries, s =>
            {
                Text(json, "date", Iso(s.Date));
                if (s.OpioidsExpected is { } expected) json.WriteBoolean("opioidsExpected", expected);
                else json.WriteNull("opioidsExpected");
            });
            Text(json, "pregnancy", profile.Pregnancy?.ToString().ToLowerInvariant());
            if (profile.Age is { } age) json.WriteNumber("age", age);
            else json.WriteNull("age");
            List(json, "labs", profile.Labs, l =>
            {
                Text(json, "loinc", l.Loinc);
                json.WriteNumber("value", l.Value);
                Text(json, "unit", l.Unit);
                Text(json, "date", Iso(l.Date));
            });
            List(json, "allergies", profile.Allergies, a => Text(json, "text", a));
            if (profile.Tried is not null) List(json, "tried", profile.Tried, t => Text(json, "text", t));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T>? items, Action<T> write)
    {
        if (items is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, text);
    }

    private static string? Iso(LocalDate? day) => day is { } d ? LocalDatePattern.Iso.Format(d) : null;
}
