using Lowdose.Web.Layout;
using NodaTime;

namespace Lowdose.Web.Reports.Pdf;

/// <summary>A size of paper, in points of 1/72 inch.</summary>
/// <param name="Width">Across.</param>
/// <param name="Height">Down.</param>
public sealed record Paper(double Width, double Height)
{
    /// <summary>210 by 297 mm.</summary>
    public static Paper A4 { get; } = new(595.28, 841.89);
    /// <summary>8.5 by 11 inches.</summary>
    public static Paper Letter { get; } = new(612, 792);
}

/// <summary>Some words of a paragraph.</summary>
/// <param name="Text">What they say.</param>
/// <param name="Bold">Whether they stand out.</param>
public sealed record Words(string Text, bool Bold = false)
{
    /// <summary>Plain words.</summary>
    public static implicit operator Words(string text) => FromString(text);

    /// <summary>Plain words.</summary>
    public static Words FromString(string text) => new(text);
}

/// <summary>A part of a sheet, one under the other.</summary>
public abstract record Block
{
    private Block()
    {
    }

    /// <summary>A heading; level 1 is the title.</summary>
    public sealed record Heading(int Level, string Text) : Block;
    /// <summary>A paragraph.</summary>
    public sealed record Paragraph(IReadOnlyList<Words> Words) : Block;
    /// <summary>A list; an item is a paragraph.</summary>
    public sealed record Items(bool Numbered, IReadOnlyList<IReadOnlyList<Words>> All) : Block;
    /// <summary>A table with a heading to each column.</summary>
    /// <param name="Widths">Of the columns, against each other.</param>
    /// <param name="Heads">Of the columns.</param>
    /// <param name="Rows">Each with as many cells as there are heads.</param>
    public sealed record Table(IReadOnlyList<double> Widths, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
    /// <summary>Lines and dots over two axes, with what they show in words.</summary>
    public sealed record Plot(Drawing Drawing) : Block;
}

/// <summary>A small plot.</summary>
/// <param name="InWords">What it shows, for those who do not see it.</param>
/// <param name="Across">The axis from left to right.</param>
/// <param name="Up">The axis from below to above.</param>
/// <param name="Lines">Each a row of points on the axes' scales.</param>
/// <param name="Dots">Points on the axes' scales.</param>
/// <param name="Height">In points.</param>
public sealed record Drawing(string InWords, Axis Across, Axis Up, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines, IReadOnlyList<(double X, double Y)> Dots, double Height = 140);

/// <summary>An axis of a plot.</summary>
/// <param name="Name">What it measures.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; above <paramref name="From"/>.</param>
/// <param name="Marks">Where a number stands, and the number as it is written.</param>
public sealed record Axis(string Name, double From, double To, IReadOnlyList<(double At, string Text)> Marks);

/// <summary>
/// A sheet of paper as a PDF that also reads well aloud: tagged headings, lists and tables, its language and title said, its letters embedded.
/// Of the time it was made it holds the day only. The same sheet of the same day is the same file.
/// </summary>
/// <param name="title">Of the document; nothing that says who it is about.</param>
/// <param name="foot">A line under each page.</param>
public sealed class PdfSheet(string title, string foot)
{
    // Below 7 points nobody with tired eyes can read; a sheet that still does not fit takes a second page.
    private static readonly double[] Sizes = [10, 9.5, 9, 8.5, 8, 7.5, 7];

    private readonly List<Block> _blocks = [];

    /// <summary>A heading; level 1 is the title.</summary>
    public PdfSheet Heading(int level, string text) => With(new Block.Heading(level, text));

    /// <summary>A paragraph.</summary>
    public PdfSheet Paragraph(params IReadOnlyList<Words> words) => With(new Block.Paragraph(words));

    /// <summary>A list with a dot before each item.</summary>
    public PdfSheet Items(IEnumerable<IReadOnlyList<Words>> items) => With(new Block.Items(false, [.. items]));

    /// <summary>The same, of plain items.</summary>
    public PdfSheet Items(IEnumerable<string> items) => Items(items.Select(i => (IReadOnlyList<Words>)[i]));

    /// <summary>A list with a number before each item.</summary>
    public PdfSheet Steps(IEnumerable<string> items) => With(new Block.Items(true, [.. items.Select(i => (IReadOnlyList<Words>)[i])]));

    /// <summary>A table with a heading to each column.</summary>
    public PdfSheet Table(IReadOnlyList<double> widths, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) => With(new Block.Table(widths, heads, [.. rows]));

    /// <summary>A small plot.</summary>
    public PdfSheet Plot(Drawing drawing) => With(new Block.Plot(drawing));

    /// <summary>The file, in the largest letters that fit on one page; in the smallest, on more pages, where none do.</summary>
    /// <param name="paper">What it is printed on.</param>
    /// <param name="day">The day it was made.</param>
    public byte[] OnOnePage(Paper paper, LocalDate day)
    {
        var fits = Sizes.Select(size => Laid(paper, size)).FirstOrDefault(l => l.Pages.Count == 1);
        return (fits ?? Laid(paper, Sizes[^1])).Write(title, day);
    }

    /// <summary>The file, on as many pages as it takes.</summary>
    /// <param name="paper">What it is printed on.</param>
    /// <param name="day">The day it was made.</param>
    /// <param name="size">Of its letters, in points.</param>
    public byte[] Write(Paper paper, LocalDate day, double size = 10) => Laid(paper, size).Write(title, day);

    private PdfLayout Laid(Paper paper, double size)
    {
        var layout = new PdfLayout(paper, size, $"{foot} Lowdose {StyleSheet.Version}.");
        foreach (var block in _blocks) layout.Put(block);
        return layout.Finished();
    }

    private PdfSheet With(Block block)
    {
        _blocks.Add(block);
        return this;
    }
}
