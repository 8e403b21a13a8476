using System.Globalization;
using System.Text;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>Makes diary files and breaks them where such files break: cells, fields, rows, the header, quotes, bytes. Same seed, same files.</summary>
internal sealed class DiaryMutator(int seed)
{
    private static readonly string[] Cells = ["", " ", "0", "-1", "4.5", "4,5", "4.5 mg", "1e3", "1e-9", "1e999", "NaN", "Infinity", "10", "11", "none", "placebo", "ldn",
        "LDN", "\"", "\"\"", "\"a,b\"", "\"a\nb\"", "2026-01-01", "2026-02-30", "9999-12-31", "0001-01-01", "-9998-01-01", "999999999999", "२", "é", "\u0000", "\uFEFF", "=1+1"];

    private readonly Random _random = new(seed);

    /// <summary>A file in order.</summary>
    public byte[] Whole() => Encoding.UTF8.GetBytes(Text(Diary()));

    /// <summary>A file with one to four faults.</summary>
    public byte[] Next()
    {
        var rows = Diary();
        for (var faults = _random.Next(1, 4); faults > 0; faults--) Break(rows);
        var text = Text(rows);
        if (_random.Next(8) == 0) text = text.Replace("\n", _random.Next(2) == 0 ? "\r\n" : "\r", StringComparison.Ordinal);
        if (_random.Next(20) == 0) text = text.Replace(',', ';');
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && _random.Next(4) == 0) bytes = Scramble(bytes);
        return bytes;
    }

    private List<List<string>> Diary()
    {
        var rows = new List<List<string>> { new() { "date", "dose_mg", "pain", "arm", "event" } };
        var (off, days) = (_random.Next(0, 30), _random.Next(1, 80));
        var first = new DateTime(2026, 1, 1).AddDays(_random.Next(300));
        for (var day = 0; day < days; day++)
            rows.Add([first.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day < off ? "0" : "4.5",
                _random.Next(11).ToString(CultureInfo.InvariantCulture), day < off ? "none" : "ldn", _random.Next(20) == 0 ? "flu" : ""]);
        return rows;
    }

    private void Break(List<List<string>> rows)
    {
        if (rows.Count == 0) return;
        var row = _random.Next(rows.Count);
        var fields = rows[row];
        switch (_random.Next(8))
        {
            case 0 when fields.Count > 0: fields.RemoveAt(_random.Next(fields.Count)); break;
            case 1: fields.Add(Any(Cells)); break;
            case 2: rows.RemoveAt(row); break;
            case 3: rows.Insert(_random.Next(rows.Count + 1), [.. fields]); break;
            case 4: rows.Add([.. Enumerable.Range(0, _random.Next(7)).Select(_ => Any(Cells))]); break;
            default: if (fields.Count > 0) fields[_random.Next(fields.Count)] = Any(Cells); break;
        }
    }

    private byte[] Scramble(byte[] bytes)
    {
        var at = _random.Next(bytes.Length);
        switch (_random.Next(4))
        {
            case 0: bytes[at] = (byte)_random.Next(256); return bytes;
            case 1: return bytes[..at];
            case 2: return [.. bytes[..at], (byte)"\",\n\r\0;"[_random.Next(6)], .. bytes[at..]];
            default: return [.. bytes[..at], .. bytes];
        }
    }

    private string Any(string[] of) => of[_random.Next(of.Length)];

    private static string Text(List<List<string>> rows) => string.Join('\n', rows.Select(r => string.Join(',', r))) + "\n";
}
