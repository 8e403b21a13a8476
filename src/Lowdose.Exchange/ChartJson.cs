using System.Text.Json;
using Lowdose.Science.Inference.Charts;

namespace Lowdose.Exchange;

/// <summary>A review of charts as the JSON object that outside programs read. Every key is always there.</summary>
public static class ChartJson
{
    /// <summary>Writes it.</summary>
    /// <param name="review">What to write.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Of(ChartReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        using var buffer = new MemoryStream();
        using (var json = JsonValues.Writer(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("all");
            Group(json, review.All);
            json.WriteStartArray("groups");
            foreach (var group in review.Groups) Group(json, group);
            json.WriteEndArray();
            if (review.Times is { } times) json.Object("logRank", ("chiSquared", times.Statistic), ("df", times.Df), ("p", times.P));
            else json.WriteNull("logRank");
            json.WriteStartArray("limits");
            foreach (var limit in ChartReview.Limits) json.WriteStringValue(limit);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void Group(Utf8JsonWriter json, ChartGroup group)
    {
        json.WriteStartObject();
        json.WriteString("name", group.Name);
        json.WriteNumber("people", group.People);
        Part(json, "response", group.Response);
        Part(json, "responseOfKnown", group.ResponseOfKnown);
        Part(json, "noResponse", group.NoResponse);
        Part(json, "anySideEffect", group.SideEffect);
        Parts(json, "sideEffects", group.SideEffects);
        Part(json, "stopped", group.Stopped);
        json.WriteNumber("stoppedUnknown", group.StoppedUnknown);
        Parts(json, "reasons", group.Reasons);
        json.WriteNumber("withoutTime", group.WithoutTime);
        if (group.OnDrug is { } curve) Curve(json, curve);
        else json.WriteNull("timeOnDrug");
        json.WriteEndObject();
    }

    private static void Curve(Utf8JsonWriter json, KaplanMeier curve)
    {
        json.WriteStartObject("timeOnDrug");
        json.Object("medianDays", ("estimate", curve.Median.Time), ("lo", curve.Median.Lo), ("hi", curve.Median.Hi));
        json.WriteStartArray("steps");
        foreach (var step in curve.Steps)
        {
            json.WriteStartObject();
            json.Numbers(("days", step.Time), ("atRisk", step.AtRisk), ("stopped", step.Events), ("lastSeen", step.Left), ("share", step.Share), ("se", step.Se), ("lo", step.Lo), ("hi", step.Hi));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Parts(Utf8JsonWriter json, string name, IReadOnlyList<(string What, Share Share)> parts)
    {
        json.WriteStartArray(name);
        foreach (var (what, share) in parts)
        {
            json.WriteStartObject();
            json.WriteString("what", what);
            json.Numbers(("count", share.Count), ("of", share.Of), ("share", share.Value), ("lo", share.Lo), ("hi", share.Hi));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Part(Utf8JsonWriter json, string name, Share share) => json.Object(name, ("count", share.Count), ("of", share.Of), ("share", share.Value), ("lo", share.Lo), ("hi", share.Hi));
}
