using System.Globalization;
using System.Text;
using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>
/// A diary's text as columns, for guessing what each holds. It refuses nothing: whether the file can be read is for
/// <see cref="DiaryCsv"/> to say.
/// </summary>
/// <param name="Delimiter">Between fields, as it seems.</param>
/// <param name="DecimalMark">Before fractions, as it seems.</param>
/// <param name="Header">The column names.</param>
/// <param name="Rows">The rows as long as the header.</param>
public sealed record DiaryTable(char Delimiter, char DecimalMark, IReadOnlyList<string> Header, IReadOnlyList<string[]> Rows)
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Takes the text apart as well as it can.</summary>
    public static DiaryTable Of(string text)
    {
        var firstLine = text.TrimStart('\uFEFF', '\r', '\n').Split('\n', 2)[0];
        var delimiter = Delimiters.MaxBy(d => firstLine.Count(c => c == d));
        var rows = Parted(text.TrimStart('\uFEFF'), delimiter);
        var header = rows.Count == 0 ? [] : rows[0].Select(h => h.Trim()).ToArray();
        var body = rows.Skip(1).Where(r => r.Length == header.Length).ToList();
        var comma = delimiter != ',' && body.SelectMany(r => r).Any(c => c.Count(x => x == ',') == 1 && Number(c, ',') is not null)
            && !body.SelectMany(r => r).Any(c => c.Contains('.', StringComparison.Ordinal) && Number(c, '.') is not null);
        return new DiaryTable(delimiter, comma ? ',' : '.', header, body);
    }

    /// <summary>
    /// The numbers of a column that plainly is one of numbers: at least four cells in five. One slip of the pen must not
    /// make the column another; it is for the reader to point at. Null otherwise.
    /// </summary>
    public IReadOnlyList<double>? Numbers(int column)
    {
        var cells = Cells(column).ToList();
        var numbers = cells.Select(c => Number(c, DecimalMark)).OfType<double>().ToList();
        return numbers.Count > 0 && 5 * numbers.Count >= 4 * cells.Count ? numbers : null;
    }

    /// <summary>The cells of a column that are not empty.</summary>
    public IEnumerable<string> Cells(int column) => Rows.Select(r => r[column].Trim()).Where(c => c.Length > 0);

    private static double? Number(string cell, char mark) =>
        double.TryParse(mark == ',' ? cell.Replace(',', '.') : cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? value : null;

    private static List<string[]> Parted(string text, char delimiter)
    {
        var rows = new List<string[]>();
        try
        {
            using var csv = StrictCsv.Open(Encoding.UTF8.GetBytes(text), delimiter);
            while (csv.Read()) rows.Add(csv.Current.ToArray());
        }
        catch (CsvFormatException)
        {
            // What came before the bad quote is enough to guess by.
        }
        return rows;
    }
}
