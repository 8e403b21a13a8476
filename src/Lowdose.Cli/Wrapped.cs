using System.Text;

namespace Lowdose.Cli;

/// <summary>Text for a terminal, no wider than 78 columns.</summary>
internal static class Wrapped
{
    private const int Width = 78;

    /// <summary>A titled list; nothing where it is empty.</summary>
    public static void Section(this StringBuilder text, string title, IEnumerable<string> items)
    {
        var any = false;
        foreach (var item in items)
        {
            if (!any) text.Append('\n').Append(title).Append('\n');
            any = true;
            text.Paragraph("  ", item);
        }
    }

    /// <summary>Wraps at words, but never between a number and its unit; lines after the first are indented two further.</summary>
    public static void Paragraph(this StringBuilder text, string indent, string words)
    {
        var column = indent.Length;
        text.Append(indent);
        foreach (var word in Whole(words))
        {
            if (column > indent.Length && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(indent);
                if (indent.Length > 0) text.Append("  ");
                column = indent.Length > 0 ? indent.Length + 2 : 0;
            }
            else if (column > indent.Length)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.Append('\n');
    }

    private static IEnumerable<string> Whole(string words)
    {
        string? number = null;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (number is not null && (word.StartsWith('m') || word.StartsWith('°')))
            {
                yield return number + " " + word;
                number = null;
                continue;
            }
            if (number is not null) yield return number;
            number = null;
            if (char.IsAsciiDigit(word[^1])) number = word;
            else yield return word;
        }
        if (number is not null) yield return number;
    }
}
