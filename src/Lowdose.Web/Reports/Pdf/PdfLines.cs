namespace Lowdose.Web.Reports.Pdf;

/// <summary>Breaks words into lines.</summary>
internal static class PdfLines
{
    /// <summary>The font of some words.</summary>
    public static TrueTypeFont Font(Words words) => words.Bold ? TrueTypeFont.Bold : TrueTypeFont.Regular;

    /// <summary>The lines; at least one. It breaks at spaces, never at a no-break space, and inside a word only where the word alone is too wide.</summary>
    /// <param name="text">Words in one font or two.</param>
    /// <param name="size">Of the letters.</param>
    /// <param name="width">Of a line.</param>
    public static IReadOnlyList<IReadOnlyList<Words>> Of(IReadOnlyList<Words> text, double size, double width)
    {
        List<List<Words>> lines = [[]];
        var left = width;
        foreach (var word in text.SelectMany(Split))
        {
            var wide = Font(word).Width(word.Text.TrimEnd(' '), size);
            if (wide > left && lines[^1].Count > 0) Next();
            foreach (var part in wide > width ? Cut(word, size, width) : [word])
            {
                if (part != word && Font(part).Width(part.Text, size) > left && lines[^1].Count > 0) Next();
                left -= Font(part).Width(part.Text, size);
                if (lines[^1] is [.., var last] && last.Bold == part.Bold) lines[^1][^1] = last with { Text = last.Text + part.Text };
                else lines[^1].Add(part);
            }
        }
        return lines;

        void Next()
        {
            lines.Add([]);
            left = width;
        }
    }

    // Each word with the space after it, so that reading aloud and copying find the space.
    private static IEnumerable<Words> Split(Words words)
    {
        var text = words.Text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ');
        for (var from = 0; from < text.Length;)
        {
            var end = text.IndexOf(' ', from);
            end = end < 0 ? text.Length : end + 1;
            yield return words with { Text = text[from..end] };
            from = end;
        }
    }

    private static IEnumerable<Words> Cut(Words word, double size, double width)
    {
        var (part, left) = ("", width);
        foreach (var letter in word.Text.EnumerateRunes().Select(r => r.ToString()))
        {
            var wide = Font(word).Width(letter, size);
            if (wide > left && part.Length > 0)
            {
                yield return word with { Text = part };
                (part, left) = ("", width);
            }
            (part, left) = (part + letter, left - wide);
        }
        yield return word with { Text = part };
    }
}
