using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>The evidence as JSON: a list, one entry, or the whole base with its schema. Every key is always there; null where a value does not apply.</summary>
public static class EvidenceJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter<Certainty>(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Writes studies, claims, sources and conditions in few words each.</summary>
    /// <param name="knowledge">Where they are.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] List(Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            Studies = InOrder(knowledge).Select(s => new { s.Id, s.Title, s.Year, s.Design, Condition = s.Conditions.Count > 0 ? s.Conditions[0] : null, N = s.Enrolled?.Low, s.Conditions, s.Status, s.Mark.Verification }),
            Claims = knowledge.Claims.Values.Select(c => new { c.Id, c.Statement, c.Certainty, Sources = c.For, c.Against, c.SupersededBy, c.Topic, c.Mark.Verification }),
            Sources = knowledge.Sources.Values.Select(s => new { s.Id, s.Title, s.Kind, s.Year, s.Citation, s.Verification }),
            Conditions = knowledge.Conditions.Values.Select(c => new { c.Id, c.Name, c.Evidence, c.Says }),
        }, Format);
    }

    /// <summary>Writes all there is under one id.</summary>
    /// <param name="dossier">What to write.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] One(Dossier dossier) => JsonSerializer.SerializeToUtf8Bytes(dossier, Format);

    /// <summary>Writes the whole base.</summary>
    /// <param name="knowledge">Where it is.</param>
    /// <returns>UTF-8; its schema is <see cref="Schema"/>.</returns>
    public static byte[] Whole(Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        return JsonSerializer.SerializeToUtf8Bytes(new EvidenceBase(1, [.. InOrder(knowledge)], [.. knowledge.Conditions.Values], [.. knowledge.Claims.Values], [.. knowledge.Sources.Values],
            [.. knowledge.Questions.Values], [.. knowledge.Answers.Values], [.. knowledge.Alternatives.Values]), Format);
    }

    /// <summary>The JSON Schema of <see cref="Whole"/>.</summary>
    /// <returns>UTF-8.</returns>
    public static byte[] Schema() => JsonSerializer.SerializeToUtf8Bytes(Format.GetJsonSchemaAsNode(typeof(EvidenceBase), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }), Format);

    private static IEnumerable<Study> InOrder(Knowledge knowledge) => knowledge.Studies.Values.OrderBy(s => s.Year ?? int.MaxValue).ThenBy(s => s.Id, StringComparer.Ordinal);

    private sealed record EvidenceBase(int Version, IReadOnlyList<Study> Studies, IReadOnlyList<Condition> Conditions, IReadOnlyList<Claim> Claims, IReadOnlyList<Source> Sources,
        IReadOnlyList<Question> Questions, IReadOnlyList<Answer> Answers, IReadOnlyList<Alternative> Alternatives);
}
