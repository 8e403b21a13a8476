using System.Globalization;
using System.Text;
using NodaTime;

namespace Lowdose.Web.Reports.Pdf;

/// <summary>Writes laid-out pages, their tags and their fonts as one file.</summary>
internal static class PdfDocument
{
    /// <summary>The file.</summary>
    /// <param name="title">Of the document.</param>
    /// <param name="day">The day it was made; no hour is written.</param>
    /// <param name="paper">What it is printed on.</param>
    /// <param name="pages">At least one.</param>
    /// <param name="document">The tag of the whole.</param>
    /// <param name="letters">Glyphs used, by font, with the letter each stands for.</param>
    public static byte[] Write(string title, LocalDate day, Paper paper, IReadOnlyList<PdfPage> pages, PdfTag document, IReadOnlyDictionary<TrueTypeFont, SortedDictionary<int, int>> letters)
    {
        var file = new PdfFile();
        var (root, tree, structure) = (file.Reserve(), file.Reserve(), file.Reserve());
        int[] numbers = [.. pages.Select(_ => file.Reserve())];
        var owners = pages.Select(_ => new SortedDictionary<int, int>()).ToArray();
        var whole = document.Write(file, structure, numbers, owners);
        var parents = owners.Select((o, i) => $"{i} [{string.Join(' ', o.Values.Select(v => $"{v} 0 R"))}]");
        file.Set(structure, $"<</Type /StructTreeRoot /K [{whole} 0 R] /ParentTree {file.Add($"<</Nums [{string.Join(' ', parents)}]>>")} 0 R /ParentTreeNextKey {pages.Count}>>");
        var fonts = $"<</R {Font(file, TrueTypeFont.Regular, letters)} 0 R /B {Font(file, TrueTypeFont.Bold, letters)} 0 R>>";
        foreach (var (i, page) in pages.Index())
        {
            file.Set(numbers[i], $"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PdfFile.At(paper.Width)} {PdfFile.At(paper.Height)}] /Resources <</Font {fonts}>> "
                + $"/Contents {file.AddStream("", page.Content)} 0 R /StructParents {i} /Tabs /S>>");
        }
        file.Set(tree, $"<</Type /Pages /Kids [{string.Join(' ', numbers.Select(n => $"{n} 0 R"))}] /Count {pages.Count}>>");
        file.Set(root, $"<</Type /Catalog /Pages {tree} 0 R /StructTreeRoot {structure} 0 R /MarkInfo <</Marked true>> /Lang (en) /ViewerPreferences <</DisplayDocTitle true>>>>");
        return file.Write(root, file.Add($"<</Title {PdfFile.Text(title)} /Producer (Lowdose) /CreationDate (D:{day.ToString("uuuuMMdd", CultureInfo.InvariantCulture)})>>"));
    }

    private static int Font(PdfFile file, TrueTypeFont font, IReadOnlyDictionary<TrueTypeFont, SortedDictionary<int, int>> letters)
    {
        var used = letters[font];
        // Six letters before the name say that it is a part of the font.
        var name = $"LOWDOS+{font.Name}";
        var content = font.Subset(used.Keys);
        var descriptor = file.Add($"<</Type /FontDescriptor /FontName /{name} /Flags 32 /FontBBox [{string.Join(' ', font.Box)}] /ItalicAngle 0 /Ascent {font.Ascent} /Descent {font.Descent} "
            + $"/CapHeight {font.Ascent} /StemV {(font == TrueTypeFont.Bold ? 140 : 80)} /FontFile2 {file.AddStream($"/Length1 {content.Length}", content)} 0 R>>");
        var widths = string.Join(' ', used.Keys.Select(g => $"{g} [{font.Advance(g)}]"));
        var glyphs = file.Add($"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
            + $"/FontDescriptor {descriptor} 0 R /DW 600 /W [{widths}] /CIDToGIDMap /Identity>>");
        return file.Add($"<</Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] /ToUnicode {file.AddStream("", Encoding.Latin1.GetBytes(ToUnicode(used)))} 0 R>>");
    }

    // Which letter a glyph stands for, so that the text can be searched, copied and read aloud.
    private static string ToUnicode(SortedDictionary<int, int> used)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var some in used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (glyph, letter) in some) map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(letter)))}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }
}
