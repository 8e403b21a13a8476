using System.Text.Encodings.Web;
using System.Text.Json;
using Lowdose.Diary;
using NodaTime.Text;

namespace Lowdose.Exchange;

/// <summary>
/// Every write of a diary as JSON, in order, as a person or a program can read it:
/// <c>[{"sequence", "id", "subject", "base", "changes": {field: value or null}, "writtenAt", "zone", "actor", "state": "accepted" or "conflict"}]</c>.
/// </summary>
public static class WritesJson
{
    private static readonly JsonWriterOptions Plainly = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes them.</summary>
    public static void Write(IEnumerable<LoggedWrite> writes, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Plainly);
        json.WriteStartArray();
        foreach (var logged in writes)
        {
            var write = logged.Write;
            json.WriteStartObject();
            json.WriteNumber("sequence", logged.Sequence);
            json.WriteString("id", write.Id);
            json.WriteString("subject", write.Subject);
            if (write.Base is { } before) json.WriteString("base", before);
            else json.WriteNull("base");
            json.WriteStartObject("changes");
            foreach (var (field, value) in write.Changes) json.WriteString(field, value);
            json.WriteEndObject();
            json.WriteString("writtenAt", InstantPattern.ExtendedIso.Format(write.WrittenAt));
            json.WriteString("zone", write.Zone);
            json.WriteString("actor", write.Actor);
            json.WriteString("state", logged.IsConflict ? "conflict" : "accepted");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Reads them again; what each says is for <see cref="Fields"/> to judge.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="writes">Null where the file cannot be read.</param>
    /// <returns>Null, or the first thing wrong.</returns>
    public static Refusal? Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<DiaryWrite>? writes)
    {
        writes = null;
        List<DiaryWrite> read = [];
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Array) return new(1, "the file is not a list of writes", "give the file that lowdose export json wrote");
            foreach (var write in document.RootElement.EnumerateArray()) read.Add(One(write));
            writes = read;
            return null;
        }
        catch (JsonException broken)
        {
            return PlainText.NotJson(utf8.Span, broken, "give the file as lowdose export json wrote it");
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or InvalidOperationException or UnparsableValueException)
        {
            return new(JsonAt.LineOf(utf8.Span, root => root.Items[read.Count]), $"write {read.Count + 1} lacks a member, or has one of another kind", "give the file as lowdose export json wrote it");
        }
    }

    private static DiaryWrite One(JsonElement write) => new(write.GetProperty("id").GetGuid(), Text(write, "subject"),
        write.GetProperty("base") is { ValueKind: not JsonValueKind.Null } before ? before.GetGuid() : null,
        [.. write.GetProperty("changes").EnumerateObject().Select(c => new Change(c.Name, c.Value.GetString()))],
        InstantPattern.ExtendedIso.Parse(Text(write, "writtenAt")).Value, Text(write, "zone"), Text(write, "actor"));

    private static string Text(JsonElement write, string name) => write.GetProperty(name).GetString() ?? throw new FormatException(name);
}
