using System.Buffers.Binary;
using System.Text;
using Lowdose.Web.Layout;

namespace Lowdose.Web.Reports.Pdf;

/// <summary>A TrueType font inside the assembly: how wide its letters are, and a copy with only the letters used (ISO/IEC 14496-22).</summary>
internal sealed class TrueTypeFont
{
    /// <summary>For text.</summary>
    public static TrueTypeFont Regular { get; } = new("DejaVuSans");
    /// <summary>For headings and what must be seen first.</summary>
    public static TrueTypeFont Bold { get; } = new("DejaVuSans-Bold");

    // What a PDF reader needs of a font whose glyphs are named by number.
    private static readonly string[] Kept = ["cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"];

    private readonly byte[] _file;
    private readonly Dictionary<string, (int At, int Length)> _tables = [];
    private readonly Dictionary<int, int> _glyphs;
    private readonly int _advances;

    private TrueTypeFont(string name)
    {
        (Name, _file) = (name, Resource.Bytes($"fonts/{name}.ttf")!);
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + (16 * i);
            _tables[Encoding.ASCII.GetString(_file, entry, 4)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }
        (UnitsPerEm, _advances) = (U16(At("head") + 18), U16(At("hhea") + 34));
        (Ascent, Descent) = (Scaled(I16(At("hhea") + 4)), Scaled(I16(At("hhea") + 6)));
        Box = [.. new[] { 36, 38, 40, 42 }.Select(o => Scaled(I16(At("head") + o)))];
        _glyphs = ReadGlyphs();
    }

    /// <summary>Its PostScript name.</summary>
    public string Name { get; }
    /// <summary>Above the line, thousandths of the size.</summary>
    public int Ascent { get; }
    /// <summary>Below the line, thousandths of the size; negative.</summary>
    public int Descent { get; }
    /// <summary>Holds every letter: left, bottom, right, top in thousandths.</summary>
    public IReadOnlyList<int> Box { get; }
    private int UnitsPerEm { get; }

    /// <summary>The glyphs of a text with the letter each stands for; a question mark where the font has none.</summary>
    public IEnumerable<(int Glyph, int Letter)> Glyphs(string text) =>
        text.Normalize(NormalizationForm.FormC).EnumerateRunes().Select(r => _glyphs.TryGetValue(r.Value, out var glyph) ? (glyph, r.Value) : (_glyphs['?'], '?'));

    /// <summary>How far a glyph moves on, thousandths of the size.</summary>
    public int Advance(int glyph) => Scaled(U16(At("hmtx") + (4 * Math.Min(glyph, _advances - 1))));

    /// <summary>How wide a text is.</summary>
    /// <param name="text">On one line.</param>
    /// <param name="size">In points; so is the answer.</param>
    public double Width(string text, double size) => Glyphs(text).Sum(g => Advance(g.Glyph)) * size / 1000;

    /// <summary>The font file with the outlines of these glyphs and what they are made of; all others are empty, and the numbers stay.</summary>
    public byte[] Subset(IEnumerable<int> used)
    {
        var wanted = new SortedSet<int>(used) { 0 };
        foreach (var glyph in wanted.ToArray()) AddParts(glyph, wanted);
        var count = U16(At("maxp") + 4);
        using var outlines = new MemoryStream();
        var places = new byte[4 * (count + 1)];
        for (var glyph = 0; glyph <= count; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * glyph), (uint)outlines.Length);
            if (glyph < count && wanted.Contains(glyph)) outlines.Write(Outline(glyph));
        }
        var head = Table("head").ToArray();
        head[51] = 1;
        return Assembled(Kept.Where(_tables.ContainsKey).Select(t => (t, t switch { "glyf" => outlines.ToArray(), "loca" => places, "head" => head, _ => Table(t).ToArray() })).ToArray());
    }

    private static byte[] Assembled((string Name, byte[] Content)[] tables)
    {
        using var file = new MemoryStream();
        var largest = 1 << (int)Math.Log2(tables.Length);
        Write16(file, 1, 0, tables.Length, 16 * largest, (int)Math.Log2(largest), 16 * (tables.Length - largest));
        var at = 12 + (16 * tables.Length);
        foreach (var (name, content) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(name));
            Write32(file, Sum(content), (uint)at, (uint)content.Length);
            at += (content.Length + 3) & ~3;
        }
        foreach (var (_, content) in tables)
        {
            file.Write(content);
            file.Write(new byte[-content.Length & 3]);
        }
        return file.ToArray();
    }

    private static uint Sum(byte[] content)
    {
        var sum = 0u;
        for (var i = 0; i < content.Length; i++) sum = unchecked(sum + ((uint)content[i] << (24 - (8 * (i & 3)))));
        return sum;
    }

    // A letter with an accent may be drawn as two glyphs.
    private void AddParts(int glyph, SortedSet<int> wanted)
    {
        var outline = Outline(glyph);
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return;
        for (var (at, more) = (10, true); more;)
        {
            var (flags, part) = (BinaryPrimitives.ReadUInt16BigEndian(outline[at..]), BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            if (wanted.Add(part)) AddParts(part, wanted);
            at += 4 + ((flags & 1) != 0 ? 4 : 2) + ((flags & 8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
            more = (flags & 0x20) != 0;
        }
    }

    private ReadOnlySpan<byte> Outline(int glyph)
    {
        var wide = U16(At("head") + 50) == 1;
        int Place(int g) => wide ? (int)U32(At("loca") + (4 * g)) : 2 * U16(At("loca") + (2 * g));
        return Table("glyf")[Place(glyph)..Place(glyph + 1)];
    }

    private Dictionary<int, int> ReadGlyphs()
    {
        var (cmap, letters) = (At("cmap"), new Dictionary<int, int>());
        var at = Enumerable.Range(0, U16(cmap + 2)).Select(i => cmap + (int)U32(cmap + 4 + (8 * i) + 4)).First(t => U16(t) == 4);
        var twice = U16(at + 6);
        for (var s = 0; s < twice; s += 2)
        {
            var (end, start) = (U16(at + 14 + s), U16(at + 16 + twice + s));
            var (delta, offsetAt) = (U16(at + 16 + (2 * twice) + s), at + 16 + (3 * twice) + s);
            for (var letter = start; letter <= end && letter < 0xFFFF; letter++)
            {
                var glyph = U16(offsetAt) == 0 ? letter : U16(offsetAt + U16(offsetAt) + (2 * (letter - start)));
                if (glyph != 0 && ((glyph + delta) & 0xFFFF) is > 0 and var mapped) letters[letter] = mapped;
            }
        }
        return letters;
    }

    private int At(string table) => _tables[table].At;
    private ReadOnlySpan<byte> Table(string name) => _file.AsSpan(_tables[name].At, _tables[name].Length);
    private int Scaled(int units) => (int)Math.Round(1000.0 * units / UnitsPerEm);
    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));
    private int I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));
    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));

    private static void Write16(Stream to, params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) to.Write([(byte)(number >> 8), (byte)(number & 255)]);
    }

    private static void Write32(Stream to, params ReadOnlySpan<uint> numbers)
    {
        foreach (var number in numbers) to.Write([(byte)(number >> 24), (byte)((number >> 16) & 255), (byte)((number >> 8) & 255), (byte)(number & 255)]);
    }
}
