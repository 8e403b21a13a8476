using System.Text.Json;
using System.Text.Json.Nodes;
using Lowdose.Diary;
using Lowdose.Web.Access;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Web.Day;

/// <summary><c>POST /writes</c>: what a device wrote, one write or several, each answered by itself. The same write sent again gets the same answer.</summary>
internal static class PostedWrites
{
    private const int Most = 200, TooEarly = 425;

    /// <summary>Keeps what can be kept.</summary>
    /// <param name="request">The writes, as JSON.</param>
    /// <param name="record">Where they are kept.</param>
    /// <param name="today">The day it is here.</param>
    /// <returns>For one write its own answer and status; for several 200 and an array of answers with a status each.</returns>
    public static async Task<IResult> Take(HttpRequest request, RecordInHand record, LocalDate today)
    {
        if (!request.HasJsonContentType()) return Results.Json(No("this is not JSON", "send Content-Type: application/json"), statusCode: StatusCodes.Status415UnsupportedMediaType);
        JsonDocument sent;
        try
        {
            sent = await JsonDocument.ParseAsync(request.Body, new() { MaxDepth = 8 }, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return Results.Json(No("this cannot be read as JSON", "send a write or an array of writes"), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        using (sent)
        {
            if (sent.RootElement.ValueKind != JsonValueKind.Array)
            {
                var (status, answer) = Answers([sent.RootElement], record, today)[0];
                return Results.Json(answer, statusCode: status);
            }
            JsonElement[] all = [.. sent.RootElement.EnumerateArray()];
            if (all.Length > Most) return Results.Json(No($"these are {all.Length} writes", $"send at most {Most} at once"), statusCode: StatusCodes.Status422UnprocessableEntity);
            var answers = new JsonArray();
            foreach (var (status, answer) in Answers(all, record, today))
            {
                answer["status"] = status;
                answers.Add(answer);
            }
            return Results.Json(answers);
        }
    }

    // What can be read is kept together, with one wait for the disk.
    private static List<(int Status, JsonObject Answer)> Answers(IReadOnlyList<JsonElement> sent, RecordInHand record, LocalDate today)
    {
        var read = sent.Select(one => Read(one, record.Actor)).ToList();
        // What was kept before is answered as before, though the clock here was put back since.
        var early = record.Read(log => read.OfType<DiaryWrite>().Where(w => Subjects.Date(w.Subject) is { } date && !DiaryDates.HasCome(date, today) && !log.Writes.Any(k => k.Write.Id == w.Id)).ToHashSet());
        List<DiaryWrite> writes = [.. read.OfType<DiaryWrite>().Where(w => !early.Contains(w))];
        var kept = writes.Zip(record.Append(writes)).GetEnumerator();
        return [.. read.Select(write =>
            write is null ? (StatusCodes.Status422UnprocessableEntity, No("this is not a write", "give id, subject, base, changes, writtenAt and zone"))
            : early.Contains(write) ? (StatusCodes.Status422UnprocessableEntity, No("this day has not come yet by the clock of the computer", "set the clock that is wrong, of this device or of the computer, then answer again on the right day"))
            : kept.MoveNext() ? Answer(record, kept.Current.First, kept.Current.Second) : throw new InvalidOperationException("an answer is missing"))];
    }

    private static (int Status, JsonObject Answer) Answer(RecordInHand record, DiaryWrite write, Appended kept) => kept switch
    {
        Appended.Accepted => (StatusCodes.Status200OK, new() { ["state"] = "accepted", ["head"] = Head(record, write) }),
        Appended.Replayed => (StatusCodes.Status200OK, new() { ["state"] = "replayed", ["head"] = Head(record, write) }),
        Appended.Conflict conflict => (StatusCodes.Status409Conflict, new()
        {
            ["state"] = "conflict",
            ["ours"] = Values(conflict.Clashes.Select(c => new Change(c.Field, c.OurValue))),
            ["theirs"] = Values(conflict.Clashes.Select(c => new Change(c.Field, c.TheirValue))),
        }),
        Appended.IdTaken => (StatusCodes.Status409Conflict, new() { ["state"] = "other-content" }),
        Appended.BaseUnknown => (TooEarly, new() { ["state"] = "base-unknown" }),
        Appended.Refused refused => (StatusCodes.Status422UnprocessableEntity, No(refused.What, refused.Do)),
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    private static DiaryWrite? Read(JsonElement sent, string actor)
    {
        try
        {
            return Written(sent, actor);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON can say it, no text can hold it.
            return null;
        }
    }

    private static DiaryWrite? Written(JsonElement sent, string actor)
    {
        if (sent.ValueKind != JsonValueKind.Object || Text(sent, "id") is not { } id || !Guid.TryParseExact(id, "D", out var guid) || Text(sent, "subject") is not { } subject
            || Text(sent, "zone") is not { } zone || Text(sent, "writtenAt") is not { } at || InstantPattern.ExtendedIso.Parse(at) is not { Success: true, Value: var instant }
            || !sent.TryGetProperty("changes", out var changes) || changes.ValueKind != JsonValueKind.Object)
            return null;
        Guid? @base = null;
        if (sent.TryGetProperty("base", out var said) && said.ValueKind != JsonValueKind.Null)
        {
            if (said.ValueKind != JsonValueKind.String || !Guid.TryParseExact(said.GetString(), "D", out var known)) return null;
            @base = known;
        }
        if (changes.EnumerateObject().Any(c => c.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))) return null;
        return new(guid, subject, @base, [.. changes.EnumerateObject().Select(c => new Change(c.Name, c.Value.GetString()))], instant, zone, actor);
    }

    private static string? Text(JsonElement sent, string name) => sent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Head(RecordInHand record, DiaryWrite write) => record.Read(log => log.Head(write.Subject))?.ToString();

    private static JsonObject Values(IEnumerable<Change> changes) => new(changes.Select(c => KeyValuePair.Create(c.Field, (JsonNode?)c.Value)));

    private static JsonObject No(string what, string @do) => new() { ["what"] = what, ["do"] = @do };
}
