using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Lowdose.Web.Reports.Pdf;

/// <summary>The numbered objects of a PDF file (ISO 32000-1, version 1.7) and how they are written down.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _objects.Add(null);
        return _objects.Count;
    }

    /// <summary>A dictionary or another plain object.</summary>
    public int Add(string body) => Put(Reserve(), Encoding.Latin1.GetBytes(body));

    /// <summary>What stands under a number reserved before.</summary>
    public void Set(int number, string body) => Put(number, Encoding.Latin1.GetBytes(body));

    /// <summary>A compressed stream.</summary>
    /// <param name="entries">Of its dictionary, beside the length and the filter.</param>
    /// <param name="content">Not compressed.</param>
    public int AddStream(string entries, byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(content);
        var bytes = packed.ToArray();
        return Put(Reserve(), [.. Encoding.Latin1.GetBytes($"<<{entries} /Length {bytes.Length} /Filter /FlateDecode>>\nstream\n"), .. bytes, .. "\nendstream"u8]);
    }

    /// <summary>The whole file. Its identity is a digest of its content: the same sheet is the same file.</summary>
    /// <param name="root">The catalogue.</param>
    /// <param name="info">The document information.</param>
    public byte[] Write(int root, int info)
    {
        using var file = new MemoryStream();
        void Say(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        Say("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var places = new List<long>();
        foreach (var (index, body) in _objects.Index())
        {
            places.Add(file.Position);
            Say($"{index + 1} 0 obj\n");
            file.Write(body);
            Say("\nendobj\n");
        }
        var table = file.Position;
        var digest = Convert.ToHexString(SHA256.HashData(file.ToArray()))[..32];
        Say($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) Say(string.Create(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n"));
        Say($"trailer\n<</Size {places.Count + 1} /Root {root} 0 R /Info {info} 0 R /ID [<{digest}> <{digest}>]>>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>A string for people, in any script.</summary>
    public static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>A coordinate, to a hundredth of a point.</summary>
    public static string At(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private int Put(int number, byte[] body)
    {
        _objects[number - 1] = body;
        return number;
    }
}
