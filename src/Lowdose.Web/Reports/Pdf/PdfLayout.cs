using NodaTime;

namespace Lowdose.Web.Reports.Pdf;

/// <summary>Puts blocks under each other, breaks lines and pages, and tags what it draws.</summary>
/// <param name="paper">What it is printed on.</param>
/// <param name="size">Of the letters, in points.</param>
/// <param name="foot">A line under each page.</param>
internal sealed class PdfLayout(Paper paper, double size, string foot)
{
    private const double Margin = 42, FootSize = 7;

    private readonly Dictionary<TrueTypeFont, SortedDictionary<int, int>> _letters = new() { [TrueTypeFont.Regular] = [], [TrueTypeFont.Bold] = [] };
    private readonly List<PdfPage> _pages = [];
    private readonly PdfTag _document = new("Document");
    private double _y;

    /// <summary>The pages so far.</summary>
    public IReadOnlyList<PdfPage> Pages => _pages;

    private double Width => paper.Width - (2 * Margin);
    private double Leading => 1.3 * size;
    private PdfPage Page => _pages[^1];

    /// <summary>Puts a block under the last one.</summary>
    public void Put(Block block)
    {
        if (_pages.Count == 0) NextPage();
        switch (block)
        {
            case Block.Heading heading: Put(heading); break;
            case Block.Paragraph paragraph: Put(paragraph); break;
            case Block.Items items: Put(items); break;
            case Block.Table table: Put(table); break;
            case Block.Plot plot: Put(plot.Drawing); break;
            default: throw new NotSupportedException(block.GetType().Name);
        }
    }

    /// <summary>Puts the line under each page.</summary>
    public PdfLayout Finished()
    {
        if (_pages.Count == 0) NextPage();
        foreach (var (i, page) in _pages.Index())
        {
            page.Unheard(() =>
            {
                var number = _pages.Count == 1 ? "" : $"{i + 1} of {_pages.Count}";
                var y = Margin - 16;
                foreach (var (n, line) in PdfLines.Of([foot], FootSize, Width - 60).Index()) Draw(page, line, FootSize, Margin, y - (n * 1.2 * FootSize));
                page.Text(number, TrueTypeFont.Regular, FootSize, paper.Width - Margin - TrueTypeFont.Regular.Width(number, FootSize), y);
            });
        }
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Write(string title, LocalDate day) => PdfDocument.Write(title, day, paper, _pages, _document, _letters);

    private void Put(Block.Heading heading)
    {
        var large = size * heading.Level switch { 1 => 1.7, 2 => 1.2, _ => 1.05 };
        var lines = PdfLines.Of([new(heading.Text, Bold: true)], large, Width);
        var before = _y > paper.Height - Margin - 1 ? 0 : 0.55 * large;
        // A heading never stands alone at the foot of a page.
        Need((lines.Count * 1.2 * large) + before + (2 * Leading));
        _y -= before;
        Text(_document.Part($"H{heading.Level}"), $"H{heading.Level}", lines, large, Margin, 1.2 * large);
        _y -= 0.15 * large;
    }

    private void Put(Block.Paragraph paragraph)
    {
        Text(_document.Part("P"), "P", PdfLines.Of(paragraph.Words, size, Width), size, Margin, Leading);
        _y -= 0.35 * size;
    }

    private void Put(Block.Items items)
    {
        var list = _document.Part("L", $"<</O /List /ListNumbering /{(items.Numbered ? "Decimal" : "Disc")}>>");
        var indent = (items.Numbered ? 1.8 : 1.1) * size;
        foreach (var (i, item) in items.All.Index())
        {
            Need(Leading);
            var (one, label) = (list.Part("LI"), items.Numbered ? $"{i + 1}." : "•");
            Page.Tagged(one.Part("Lbl"), "Lbl", () => Page.Text(label, TrueTypeFont.Regular, size, Margin, _y - size));
            Text(one.Part("LBody"), "LBody", PdfLines.Of(item, size, Width - indent), size, Margin + indent, Leading);
            _y -= 0.12 * size;
        }
        _y -= 0.3 * size;
    }

    private void Put(Block.Table table)
    {
        const double gap = 8;
        var unit = (Width - (gap * (table.Widths.Count - 1))) / table.Widths.Sum();
        double[] widths = [.. table.Widths.Select(w => w * unit)];
        double[] lefts = [.. widths.Select((_, i) => Margin + widths.Take(i).Sum() + (gap * i))];
        var tag = _document.Part("Table");
        foreach (var (r, row) in table.Rows.Prepend(table.Heads).Index())
        {
            var cells = row.Select((c, i) => PdfLines.Of([new(c, Bold: r == 0)], size, widths[i])).ToArray();
            var height = (cells.Max(c => c.Count) * Leading) + (0.3 * size);
            Need(height + (r == 0 ? 2 * Leading : 0));
            var (line, top) = (tag.Part("TR"), _y);
            foreach (var (i, cell) in cells.Index())
            {
                _y = top;
                var kind = r == 0 ? "TH" : "TD";
                Text(line.Part(kind, r == 0 ? "<</O /Table /Scope /Column>>" : null), kind, cell, size, lefts[i], Leading);
            }
            _y = top - height;
            Page.Unheard(() => Page.Line(r == 0 ? 0.8 : 0.3, (Margin, _y + 1), (Margin + Width, _y + 1)));
        }
        _y -= 0.5 * size;
    }

    private void Put(Drawing drawing)
    {
        const double left = Margin + 34;
        var small = 0.85 * size;
        Need(drawing.Height);
        var (top, floor, right) = (_y - (2 * small), _y - drawing.Height + (2.6 * small), paper.Width - Margin - 8);
        double X(double x) => left + ((right - left) * (x - drawing.Across.From) / (drawing.Across.To - drawing.Across.From));
        double Y(double y) => floor + ((top - floor) * (y - drawing.Up.From) / (drawing.Up.To - drawing.Up.From));
        Page.Tagged(_document.Part("Figure", inWords: drawing.InWords), "Figure", () =>
        {
            Page.Line(0.6, (left, top), (left, floor), (right, floor));
            foreach (var (at, text) in drawing.Up.Marks)
            {
                Page.Line(0.6, (left - 3, Y(at)), (left, Y(at)));
                Page.Text(text, TrueTypeFont.Regular, small, left - 6 - TrueTypeFont.Regular.Width(text, small), Y(at) - (0.35 * small));
            }
            foreach (var (at, text) in drawing.Across.Marks)
            {
                Page.Line(0.6, (X(at), floor), (X(at), floor - 3));
                Page.Text(text, TrueTypeFont.Regular, small, X(at) - (TrueTypeFont.Regular.Width(text, small) / 2), floor - 4 - small);
            }
            Page.Text(drawing.Up.Name, TrueTypeFont.Regular, small, Margin, _y - small);
            Page.Text(drawing.Across.Name, TrueTypeFont.Regular, small, right - TrueTypeFont.Regular.Width(drawing.Across.Name, small), floor - 5 - (2 * small));
            foreach (var line in drawing.Lines) Page.Line(1.2, [.. line.Select(p => (X(p.X), Y(p.Y)))]);
            foreach (var (x, y) in drawing.Dots) Page.Dot(X(x), Y(y));
        });
        _y -= drawing.Height + (0.5 * size);
    }

    private void Text(PdfTag tag, string kind, IReadOnlyList<IReadOnlyList<Words>> lines, double letters, double x, double leading)
    {
        for (var i = 0; i < lines.Count;)
        {
            Need(leading);
            var page = Page;
            page.Tagged(tag, kind, () =>
            {
                do
                {
                    Draw(page, lines[i], letters, x, _y - letters);
                    _y -= leading;
                    i++;
                }
                while (i < lines.Count && _y - leading >= Margin);
            });
        }
    }

    private static void Draw(PdfPage page, IReadOnlyList<Words> line, double letters, double x, double y)
    {
        foreach (var words in line)
        {
            var font = PdfLines.Font(words);
            page.Text(words.Text, font, letters, x, y);
            x += font.Width(words.Text, letters);
        }
    }

    private void Need(double height)
    {
        if (_y - height < Margin) NextPage();
    }

    private void NextPage()
    {
        _pages.Add(new(_pages.Count, _letters));
        _y = paper.Height - Margin;
    }
}
