using System.Buffers;
using System.Text;

namespace Lowdose.Exchange;

/// <summary>Whether bytes are the UTF-8 text a CSV must be; says where they are not.</summary>
internal static class PlainText
{
    /// <summary>The first thing that is not text; null where all is well.</summary>
    public static Refusal? WrongWith(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return new(1, "the file is UTF-16 text", "save it as UTF-8 (in Excel: \"CSV UTF-8\")");
        if (bytes.StartsWith("PK\u0003\u0004"u8))
            return new(1, "the file is a workbook or an archive, not text", "save the sheet as CSV (UTF-8)");
        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
            return At(bytes, nul, "there is a NUL byte, so this is not plain text", "save the file as CSV in UTF-8");
        var invalid = FirstInvalid(bytes);
        if (invalid >= 0)
            return At(bytes, invalid, "there are bytes that are not UTF-8", "save the file as UTF-8 (in Excel: \"CSV UTF-8\")");
        return null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != OperationStatus.Done) return at;
            at += length;
            // Nearly all of a diary is ASCII: step over it in one go.
            var ascii = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            at = ascii < 0 ? bytes.Length : at + ascii;
        }
        return -1;
    }

    /// <summary>What is wrong at a byte, with its line and which character of the line it is, 1 first; CR, LF and CR LF each end a line.</summary>
    public static Refusal At(ReadOnlySpan<byte> bytes, int offset, string what, string @do)
    {
        var (line, start) = (1, bytes.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0);
        for (var i = 0; i < offset; i++)
            if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 >= bytes.Length || bytes[i + 1] != '\n'))) (line, start) = (line + 1, i + 1);
        var character = Encoding.UTF8.GetCharCount(bytes[Math.Min(start, offset)..offset]) + 1;
        return new(line, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} (character {character})"), @do);
    }

    /// <summary>What is wrong where JSON ends to be JSON.</summary>
    public static Refusal NotJson(ReadOnlySpan<byte> bytes, System.Text.Json.JsonException wrong, string @do)
    {
        var start = 0;
        for (var line = wrong.LineNumber ?? 0; line > 0; line--) start += bytes[start..].IndexOf((byte)'\n') + 1;
        return At(bytes, (int)Math.Min(bytes.Length, start + (wrong.BytePositionInLine ?? 0)), "this is not JSON", @do);
    }
}
