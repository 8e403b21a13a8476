using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lowdose.Diary;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Records;

/// <summary>A write as a row, and back. What it says is one JSON object, the fields in the order they were written.</summary>
internal static class Content
{
    private static readonly FrozenDictionary<string, UsualChanges>.AlternateLookup<ReadOnlySpan<char>> Usual =
        DayFields.Scores.Append(DayFields.Dose).ToFrozenDictionary(field => field, field => new UsualChanges(field), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

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
        // Thousands of diaries write about the same days.
        var subject = Subjects.Date(row.Subject) is null ? row.Subject : string.Intern(row.Subject);
        try
        {
            var bare = new DiaryWrite(row.Id, subject, row.Base, seal is null ? Changes(row.Content) : [], said.Value, row.Zone, row.Actor);
            return seal is null ? bare : bare with { Changes = Changes(seal.Open(row.Content, Seal.Beside(row.Person, bare)) ?? throw Damaged(row)) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Damaged(row);
        }
    }

    private static Change[] Changes(byte[] plain)
    {
        var json = new Utf8JsonReader(plain);
        var changes = new List<Change>();
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new JsonException();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            changes.Add(Said(ref json));
        }
        // The object has ended, and nothing may follow it.
        if (json.TokenType != JsonTokenType.EndObject || json.Read()) throw new JsonException();
        return [.. changes];
    }

    private static Change Said(ref Utf8JsonReader json)
    {
        Span<char> text = stackalloc char[UsualChanges.Longest];
        if (!IsShort(in json) || !Usual.TryGetValue(text[..json.CopyString(text)], out var usual))
        {
            var field = json.GetString()!;
            json.Read();
            return new(field, Text(ref json));
        }
        json.Read();
        return json.TokenType == JsonTokenType.String && IsShort(in json) ? usual.To(text[..json.CopyString(text)]) : new(usual.Field, Text(ref json));
    }

    private static bool IsShort(in Utf8JsonReader json) => json.ValueSpan.Length <= UsualChanges.Longest;

    private static string? Text(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : json.GetString();

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
