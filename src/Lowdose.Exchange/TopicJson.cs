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
        json.WriteStartArray("cautions");
        foreach (var caution in topic.Question.Cautions) json.WriteStringValue(caution);
        json.WriteEndArray();
        Doses(json, topic);
        Published(json, topic.Published);
        json.WriteEndObject();
    }

    private static void Doses(Utf8JsonWriter json, TopicSynthesis topic)
    {
        if (topic.Doses is not { } doses)
        {
            json.WriteNull("doseResponse");
            return;
        }
        json.WriteStartObject("doseResponse");
        json.WriteStartArray("studies");
        foreach (var (id, mg) in topic.Table.Names.Zip(doses.Doses))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.Number("mg", mg);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        // On the analysed scale, as the models are: the logarithm for ratios.
        if (doses.PerMg is { } slope) json.Object("perMg", ("estimate", slope.Estimate), ("se", slope.Se), ("df", doses.Fit!.Df), ("p", slope.P), ("lo", slope.Lo), ("hi", slope.Hi));
        else json.WriteNull("perMg");
        json.Text("whyNot", doses.WhyNot);
        json.WriteStartArray("dosesFound");
        foreach (var found in doses.Found)
        {
            json.WriteStartObject();
            json.WriteString("id", found.Study);
            json.WriteString("what", found.What);
            json.Decimal("mg", found.Effect.Estimate?.Low);
            json.Decimal("lo", found.Effect.Low?.Low);
            json.Decimal("hi", found.Effect.High?.Low);
            json.Text("note", found.Note);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("caution", DoseResponse.Caution);
        json.WriteEndObject();
    }

    private static void Published(Utf8JsonWriter json, IReadOnlyList<PublishedBeside> published)
    {
        json.WriteStartArray("published");
        foreach (var (study, outcome, why) in published)
        {
            json.WriteStartObject();
            json.WriteString("id", study.Id);
            json.WriteString("title", study.Title);
            json.Number("year", study.Year);
            json.Decimal("studies", study.Trials?.Low);
            json.Decimal("people", study.Enrolled?.Low);
            json.WriteString("outcome", outcome.Name);
            json.Text("kind", outcome.Effect is { } effect ? JsonNamingPolicy.KebabCaseLower.ConvertName(effect.Kind.ToString()) : null);
            json.Decimal("estimate", outcome.Effect?.Estimate?.Low);
            json.Decimal("lo", outcome.Effect?.Low?.Low);
            json.Decimal("hi", outcome.Effect?.High?.Low);
            json.Decimal("I2", outcome.Effect?.I2?.Low);
            json.WriteString("verified", JsonNamingPolicy.KebabCaseLower.ConvertName((outcome.Effect?.Estimate?.Mark ?? study.Mark).Verification.ToString()));
            json.WriteString("why", why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
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
