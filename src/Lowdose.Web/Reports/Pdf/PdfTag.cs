namespace Lowdose.Web.Reports.Pdf;

/// <summary>A part of a document as a screen reader meets it (ISO 32000-1, 14.8): a heading, a list, a cell.</summary>
/// <param name="type">As the standard names it: <c>H1</c>, <c>P</c>, <c>LI</c>.</param>
internal sealed class PdfTag(string type)
{
    private readonly List<PdfTag> _parts = [];
    private readonly List<(int Page, int Mark)> _marks = [];

    /// <summary>What a figure shows, in words.</summary>
    public string? InWords { get; init; }

    /// <summary>Further attributes, as a PDF dictionary.</summary>
    public string? Attributes { get; init; }

    /// <summary>A part within it.</summary>
    public PdfTag Part(string kind, string? attributes = null, string? inWords = null)
    {
        var part = new PdfTag(kind) { Attributes = attributes, InWords = inWords };
        _parts.Add(part);
        return part;
    }

    /// <summary>Content of a page belongs to it.</summary>
    /// <param name="page">0 first.</param>
    /// <param name="mark">Its number on that page.</param>
    public void Mark(int page, int mark) => _marks.Add((page, mark));

    /// <summary>Writes it and its parts, and notes for each page which tag each mark belongs to.</summary>
    /// <param name="file">To.</param>
    /// <param name="parent">The object it is within.</param>
    /// <param name="pages">The objects of the pages.</param>
    /// <param name="owners">For each page, the tag's object by mark.</param>
    public int Write(PdfFile file, int parent, IReadOnlyList<int> pages, IReadOnlyList<SortedDictionary<int, int>> owners)
    {
        var own = file.Reserve();
        foreach (var (page, mark) in _marks) owners[page][mark] = own;
        var kids = _marks.Select(m => $"<</Type /MCR /Pg {pages[m.Page]} 0 R /MCID {m.Mark}>>").Concat(_parts.Select(p => $"{p.Write(file, own, pages, owners)} 0 R"));
        file.Set(own, $"<</Type /StructElem /S /{type} /P {parent} 0 R /K [{string.Join(' ', kids)}]{(Attributes is null ? "" : $" /A {Attributes}")}{(InWords is null ? "" : $" /Alt {PdfFile.Text(InWords)}")}>>");
        return own;
    }
}
