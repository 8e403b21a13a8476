using System.Globalization;
using System.Text.Json;
using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>A question of the evidence, pooled, as the JSON object that outside programs read. Every key is always there.</summary>
public static class TopicJson
{
    /// <summary>Writes it.</summary>
    /// <param name="knowledge">Where the studies are.</param>
    /// <param name="topic">What to write.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Of(Knowledge knowledge, TopicSynthesis topic)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(topic);
        using var buffer = new MemoryStream();
        using (var json = JsonValues.Writer(buffer)) Write(json, knowledge, topic);
        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Knowledge knowledge, TopicSynthesis topic)
    {
        json.WriteStartObject();
        json.WriteString("topic", topic.Question.Id);
        json.WriteString("asOf", topic.Question.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("asks", topic.Question.Asks);
        json.WriteString("reads", topic.Question.Reads);
        Ids(json, topic.Table.Names);
        json.WriteStartArray("excluded");
        foreach (var (study, why) in topic.Question.Out(knowledge.Studies.Values))
        {
            json.WriteStartObject();
            json.WriteString("id", study);
            json.WriteString("why", why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Models(json, topic.Table, topic.Models);
        json.WriteStartArray("sensitivity");
        foreach (var part in topic.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            Ids(json, part.Included);
            Models(json, part.Table, part.Models);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Ids(Utf8JsonWriter json, IReadOnlyList<string> ids)
    {
        json.WriteStartArray("included");
        foreach (var id in ids) json.WriteStringValue(id);
        json.WriteEndArray();
    }

    private static void Models(Utf8JsonWriter json, StudyTable? table, IReadOnlyList<NamedModel> models)
    {
        json.WriteStartArray("models");
        foreach (var (name, analysis) in models) MetaJson.Write(json, table!, analysis, name);
        json.WriteEndArray();
    }
}
