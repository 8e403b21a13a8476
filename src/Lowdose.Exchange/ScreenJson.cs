using System.Text.Json;
using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Exchange;

/// <summary>Writes a screening as the JSON object of the contract.</summary>
public static class ScreenJson
{
    /// <summary>Writes one object, without a line end.</summary>
    /// <param name="screening">What to write.</param>
    /// <param name="output">Where to; left open.</param>
    public static void Write(Screening screening, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("status", StatusWord(screening.Status));
        json.Date("firstSafeDate", screening.FirstSafeDate);
        json.WriteStartArray("findings");
        foreach (var finding in screening.Findings) Finding(json, finding);
        json.WriteEndArray();
        json.Texts("unanswered", screening.Unanswered);
        json.Texts("unknownMedicines", screening.UnknownMedicines);
        json.WriteStartArray("substances");
        foreach (var found in screening.Substances)
        {
            json.WriteStartObject();
            json.WriteString("text", found.Text);
            json.WriteString("substance", found.Substance.Id);
            json.WriteString("class", ClassWord(found.Substance.Class));
            json.WriteString("match", found.Match.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A status as files write it.</summary>
    public static string StatusWord(ScreenStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>A level as files write it.</summary>
    public static string LevelWord(RuleLevel level) => Hyphened(level.ToString());

    /// <summary>A class as files write it.</summary>
    public static string ClassWord(SubstanceClass kind) => Hyphened(kind.ToString());

    private static void Finding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("level", LevelWord(finding.Level));
        json.WriteString("rule", finding.Rule);
        json.WriteString("subject", finding.Subject);
        json.WriteString("why", finding.Why);
        json.WriteString("do", finding.Do);
        json.Date("until", finding.Until);
        json.WriteString("certainty", finding.Certainty.ToString());
        json.Texts("sources", finding.Sources);
        json.WriteStartArray("conflicts");
        foreach (var conflict in finding.Conflicts)
        {
            json.WriteStartObject();
            json.WriteString("source", conflict.Source);
            json.WriteString("says", conflict.Says);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Date(this Utf8JsonWriter json, string name, LocalDate? date) => json.Text(name, date is { } d ? LocalDatePattern.Iso.Format(d) : null);

    private static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Hyphened(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
