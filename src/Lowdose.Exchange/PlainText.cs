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
            return new(LineAt(bytes, nul), "there is a NUL byte, so this is not plain text", "save the file as CSV in UTF-8");
        var invalid = FirstInvalid(bytes);
        if (invalid >= 0)
            return new(LineAt(bytes, invalid), "there are bytes that are not UTF-8", "save the file as UTF-8 (in Excel: \"CSV UTF-8\")");
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

    /// <summary>The line a byte is on, 1 first; CR, LF and CR LF each end one.</summary>
    private static int LineAt(ReadOnlySpan<byte> bytes, int offset)
    {
        var line = 1;
        for (var i = 0; i < offset; i++)
            if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n')) line++;
        return line;
    }
}
