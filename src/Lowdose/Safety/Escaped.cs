using System.Globalization;
using System.Text;

namespace Lowdose.Safety;

/// <summary>Any text as a part of a line of at most 200 characters, and back: a backslash stands before what a line cannot hold as it is.</summary>
internal static class Escaped
{
    /// <summary>Between the parts of a line.</summary>
    public const string Between = " | ";
    /// <summary>Stands for no character: an empty text, or before a word that would mean something else.</summary>
    public const string Nothing = "\\e";

    private const int LongestLine = 200;

    /// <summary>A part.</summary>
    public static string Of(string text)
    {
        if (text.Length == 0) return Nothing;
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) part.Append(c).Append(text[++i]);
            else if (c is '\\' or '|') part.Append('\\').Append(c);
            else if ((char.IsWhiteSpace(c) && (c != ' ' || i == 0 || i == text.Length - 1 || text[i - 1] == ' ')) || char.IsControl(c) || char.IsSurrogate(c)) part.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else part.Append(c);
        }
        return part.ToString();
    }

    /// <summary>The text of a part. A backslash before something else stands for itself.</summary>
    public static string Read(string part)
    {
        var text = new StringBuilder();
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != '\\' || i + 1 == part.Length) text.Append(part[i]);
            else if (part[i + 1] is '\\' or '|') text.Append(part[++i]);
            else if (part[i + 1] == 'e') i++;
            else if (part[i + 1] == 'u' && i + 5 < part.Length && ushort.TryParse(part.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 5;
            }
            else text.Append('\\');
        }
        return text.ToString();
    }

    /// <summary>A line that is too long as several; a lone backslash at the end says that it goes on.</summary>
    public static string Folded(string line)
    {
        if (line.Length <= LongestLine) return line;
        var lines = new StringBuilder();
        var (start, mayEnd) = (0, 0);
        for (var at = 0; at < line.Length; at += TokenLength(line, at))
        {
            // No line begins with a space, and none ends inside an escape.
            if (line[at] != ' ') mayEnd = at;
            if (at + TokenLength(line, at) - start < LongestLine) continue;
            lines.Append(line, start, mayEnd - start).Append("\\\n");
            start = mayEnd;
        }
        return lines.Append(line, start, line.Length - start).ToString();
    }

    /// <summary>The lines of a field, each whole again.</summary>
    public static IEnumerable<string> Unfolded(string field)
    {
        var whole = new StringBuilder();
        foreach (var line in field.Split('\n'))
        {
            var goesOn = line.Reverse().TakeWhile(c => c == '\\').Count() % 2 == 1;
            whole.Append(goesOn ? line[..^1] : line);
            if (goesOn) continue;
            yield return whole.ToString();
            whole.Clear();
        }
        if (whole.Length > 0) yield return whole.ToString();
    }

    private static int TokenLength(string line, int at) => line[at] == '\\' && at + 1 < line.Length ? line[at + 1] == 'u' ? Math.Min(6, line.Length - at) : 2 : char.IsHighSurrogate(line[at]) && at + 1 < line.Length ? 2 : 1;
}
