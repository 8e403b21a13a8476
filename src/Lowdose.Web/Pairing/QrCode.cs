using System.Text;
using QRCoder;

namespace Lowdose.Web.Pairing;

/// <summary>An address as a square that a phone's camera reads.</summary>
/// <param name="Size">Modules a side, with the empty border a camera needs.</param>
/// <param name="Path">The dark modules, as the <c>d</c> of an SVG path.</param>
internal sealed record QrCode(int Size, string Path)
{
    /// <summary>The square of a text.</summary>
    public static QrCode Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        var rows = code.ModuleMatrix;
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (rows[y][x]) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
            }
        }
        return new(rows.Count, path.ToString());
    }
}
