using System.Text;
using System.Text.Json;

namespace Lowdose.Exchange;

/// <summary>A JSON value that knows its line.</summary>
/// <param name="Line">1 first.</param>
/// <param name="Kind">Object, array, string, number, true, false or null.</param>
/// <param name="Text">A string's content or a number as written.</param>
/// <param name="Members">Of an object, in their order.</param>
/// <param name="Items">Of an array.</param>
internal sealed record JsonAt(int Line, JsonValueKind Kind, string? Text, IReadOnlyList<(string Name, int Line, JsonAt Value)> Members, IReadOnlyList<JsonAt> Items)
{
    /// <summary>Reads a whole text; says where it is not JSON or says something twice.</summary>
    public static (JsonAt? Root, Refusal? Wrong) Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var lines = new Lines(bytes);
            reader.Read();
            var root = Value(ref reader, lines, out var twice);
            reader.Read();
            return twice is null ? (root, null) : (null, twice);
        }
        catch (JsonException wrong)
        {
            return (null, bytes.Trim(" \t\r\n"u8).IsEmpty ? new(1, "this is not JSON: the file is empty", "write { } where there is nothing to tell") : PlainText.NotJson(bytes, wrong, "check quotes, commas and brackets at or just before this place"));
        }
        catch (InvalidOperationException)
        {
            return (null, new(1, "a text holds half a character", "write the text again"));
        }
    }

    /// <summary>The line of a part; of text that is JSON, and 1 where the part is not there.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="part">Finds the part.</param>
    public static int LineOf(ReadOnlySpan<byte> bytes, Func<JsonAt, JsonAt?> part) => Parse(bytes).Root is { } root && part(root) is { } found ? found.Line : 1;

    private static JsonAt Value(ref Utf8JsonReader reader, Lines lines, out Refusal? twice)
    {
        var line = lines.At(reader.TokenStartIndex);
        twice = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<(string, int, JsonAt)>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (reader.GetString()!, lines.At(reader.TokenStartIndex));
                    if (members.Any(m => m.Item1 == name)) twice ??= new(at, $"\"{DiaryCells.Shown(name)}\" stands twice", "keep one");
                    reader.Read();
                    members.Add((name, at, Value(ref reader, lines, out var inner)));
                    twice ??= inner;
                }
                return new(line, JsonValueKind.Object, null, members, []);
            case JsonTokenType.StartArray:
                var items = new List<JsonAt>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, lines, out var inner));
                    twice ??= inner;
                }
                return new(line, JsonValueKind.Array, null, [], items);
            case JsonTokenType.String: return new(line, JsonValueKind.String, reader.GetString(), [], []);
            case JsonTokenType.Number: return new(line, JsonValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), [], []);
            case JsonTokenType.True: return new(line, JsonValueKind.True, null, [], []);
            case JsonTokenType.False: return new(line, JsonValueKind.False, null, [], []);
            default: return new(line, JsonValueKind.Null, null, [], []);
        }
    }

    /// <summary>Which line a byte is on.</summary>
    private sealed class Lines
    {
        private readonly List<int> _starts = [0];

        public Lines(ReadOnlySpan<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i++)
                if (bytes[i] == '\n') _starts.Add(i + 1);
        }

        public int At(long offset)
        {
            var found = _starts.BinarySearch((int)offset);
            return found >= 0 ? found + 1 : ~found;
        }
    }
}
