using System.Globalization;
using System.Text;

namespace Lowdose.Web.Reports.Pdf;

/// <summary>One page's content: text and lines, each marked with the tag it belongs to. Coordinates are points from the lower left.</summary>
/// <param name="index">0 first.</param>
/// <param name="letters">Notes every glyph used, by font, with the letter it stands for.</param>
internal sealed class PdfPage(int index, IReadOnlyDictionary<TrueTypeFont, SortedDictionary<int, int>> letters)
{
    private readonly StringBuilder _content = new();
    private int _marks;

    /// <summary>What is drawn so far.</summary>
    public byte[] Content => Encoding.Latin1.GetBytes(_content.ToString());

    /// <summary>Draws as part of a tag.</summary>
    public void Tagged(PdfTag tag, string kind, Action draw)
    {
        tag.Mark(index, _marks);
        Marked($"/{kind} <</MCID {_marks++}>> BDC", draw);
    }

    /// <summary>Draws what no reader needs to hear: rules, page numbers.</summary>
    public void Unheard(Action draw) => Marked("/Artifact BMC", draw);

    /// <summary>A text on one line.</summary>
    public void Text(string text, TrueTypeFont font, double size, double x, double y)
    {
        var line = new StringBuilder();
        foreach (var (glyph, letter) in font.Glyphs(text))
        {
            letters[font][glyph] = letter;
            line.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }
        _content.Append(CultureInfo.InvariantCulture, $"BT /{(font == TrueTypeFont.Bold ? "B" : "R")} {PdfFile.At(size)} Tf {PdfFile.At(x)} {PdfFile.At(y)} Td <{line}> Tj ET\n");
    }

    /// <summary>A line through points.</summary>
    public void Line(double width, params IReadOnlyList<(double X, double Y)> points)
    {
        _content.Append(CultureInfo.InvariantCulture, $"{PdfFile.At(width)} w ");
        foreach (var (i, (x, y)) in points.Index()) _content.Append(CultureInfo.InvariantCulture, $"{PdfFile.At(x)} {PdfFile.At(y)} {(i == 0 ? "m" : "l")} ");
        _content.Append("S\n");
    }

    /// <summary>A filled dot.</summary>
    public void Dot(double x, double y) =>
        // A line of no length with round ends is a disc.
        _content.Append(CultureInfo.InvariantCulture, $"q 1 J 3 w {PdfFile.At(x)} {PdfFile.At(y)} m {PdfFile.At(x)} {PdfFile.At(y)} l S Q\n");

    private void Marked(string begin, Action draw)
    {
        _content.Append(begin).Append('\n');
        draw();
        _content.Append("EMC\n");
    }
}
