using System.Text.Encodings.Web;
using System.Text.Json;
using Lowdose.Diary;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>A write as a row, and back. What it says is one JSON object, the fields in the order they were written.</summary>
internal static class Content
{
    // Nothing here ever stands inside a page.
    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WriteRow Row(string person, LoggedWrite logged, Seal? seal, Instant now)
    {
        var (write, plain) = (logged.Write, Plain(logged.Write.Changes));
        return new()
        {
            Id = write.Id, Person = person, Subject = write.Subject, Base = write.Base, WrittenAt = InstantPattern.ExtendedIso.Format(write.WrittenAt), Zone = write.Zone, Actor = write.Actor,
            ReceivedAt = InstantPattern.ExtendedIso.Format(now), State = logged.IsConflict ? "conflict" : "accepted",
            Content = seal is null ? plain : seal.Close(plain, Seal.Beside(person, write)),
        };
    }

    /// <exception cref="DamagedException">The row was changed by something other than Lowdose.</exception>
    public static DiaryWrite Write(WriteRow row, Seal? seal)
    {
        var said = InstantPattern.ExtendedIso.Parse(row.WrittenAt);
        if (!said.Success) throw Damaged(row);
        var bare = new DiaryWrite(row.Id, row.Subject, row.Base, [], said.Value, row.Zone, row.Actor);
        var plain = seal is null ? row.Content : seal.Open(row.Content, Seal.Beside(row.Person, bare)) ?? throw Damaged(row);
        try
        {
            using var document = JsonDocument.Parse(plain);
            return bare with { Changes = [.. document.RootElement.EnumerateObject().Select(c => new Change(c.Name, c.Value.ValueKind == JsonValueKind.Null ? null : c.Value.GetString()))] };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Damaged(row);
        }
    }

    public static byte[] Plain(IReadOnlyList<Change> changes)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plainly))
        {
            json.WriteStartObject();
            foreach (var (field, value) in changes) json.WriteString(field, value);
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static DamagedException Damaged(WriteRow row) => new($"write {row.Sequence} is not as Lowdose wrote it");
}
