using System.Text.Json;
using Lowdose.Science.Inference;

namespace Lowdose.Exchange;

/// <summary>The values of our JSON: never absent, and null where they do not apply or are not finite.</summary>
internal static class JsonValues
{
    public static void Dist(this Utf8JsonWriter json, string name, Summary? summary)
    {
        if (summary is not { } s)
        {
            json.WriteNull(name);
            return;
        }
        json.Object(name, ("mean", s.Mean), ("sd", s.Sd), ("q025", s.Q025), ("q50", s.Q50), ("q975", s.Q975));
    }

    /// <summary>An object of numbers only.</summary>
    public static void Object(this Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, double? Value)> values)
    {
        json.WriteStartObject(name);
        json.Numbers(values);
        json.WriteEndObject();
    }

    /// <summary>Numbers one after the other.</summary>
    public static void Numbers(this Utf8JsonWriter json, params ReadOnlySpan<(string Name, double? Value)> values)
    {
        foreach (var (name, value) in values) json.Number(name, value);
    }

    /// <summary>A writer for a command's JSON: indented, unix line ends, µ and ≥ as they are.</summary>
    public static Utf8JsonWriter Writer(Stream stream) =>
        new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A decimal as the double nearest to it, as every number of ours is read.</summary>
    public static void Decimal(this Utf8JsonWriter json, string name, decimal? value) => json.Number(name, value is { } v ? double.Parse(v.ToString(Exactly), Exactly) : null);

    // Through text, because the cast may be off in the last place.
    private static readonly System.Globalization.CultureInfo Exactly = System.Globalization.CultureInfo.InvariantCulture;

    public static void Number(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.Value(value);
    }

    public static void Value(this Utf8JsonWriter json, double? value)
    {
        if (value is { } v && double.IsFinite(v)) json.WriteNumberValue(v);
        else json.WriteNullValue();
    }

    public static void Text(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is null) json.WriteNull(name);
        else json.WriteString(name, text);
    }

    public static void Days(this Utf8JsonWriter json, string name, IReadOnlyList<int> days)
    {
        json.WriteStartArray(name);
        foreach (var day in days) json.WriteNumberValue(day);
        json.WriteEndArray();
    }
}
