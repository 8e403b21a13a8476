using System.Text;
using CsvHelper;

namespace Lowdose.Exchange;

/// <summary>How every CSV file is taken apart here: by the letter, so that a quote in the wrong place is said and not guessed around. Source: RFC 4180.</summary>
internal static class StrictCsv
{
    /// <summary>Reads a file's rows, the header being one of them.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="delimiter">Between fields.</param>
    public static CsvReader Open(byte[] utf8, char delimiter) => CsvReader.Create(utf8, new CsvReaderOptions
    {
        HasHeader = false, Separator = delimiter, TrimWhitespace = true, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw,
    });

    /// <summary>What is wrong with one that cannot be taken apart.</summary>
    public static Refusal Refusal(CsvFormatException malformed, ReadOnlySpan<byte> utf8)
    {
        const string Do = "put the whole field in double quotes and double every quote inside it";
        var offset = (int)Math.Min(malformed.ByteOffset, utf8.Length);
        return malformed.Message.Contains("never closed", StringComparison.Ordinal) ? PlainText.At(utf8, LastOpened(utf8[..offset]), "a quote is opened and never closed", Do)
            : PlainText.At(utf8, offset, "a quote stands where none may (RFC 4180)", Do);
    }

    // Every quote before it has its partner.
    private static int LastOpened(ReadOnlySpan<byte> utf8)
    {
        var (open, at) = (false, 0);
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] != '"') continue;
            if (open && i + 1 < utf8.Length && utf8[i + 1] == '"') i++;
            else (open, at) = (!open, i);
        }
        return at;
    }

    /// <summary>Reads a whole file, or says why it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">A larger one is refused.</param>
    /// <param name="instead">What to do with one that is too large.</param>
    /// <param name="read">Reads its bytes.</param>
    /// <param name="refuse">Says why not.</param>
    public static T ReadFile<T>(string path, int mostBytes, string instead, Func<byte[], T> read, Func<Refusal, T> refuse)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true } file && file.Length > mostBytes) return refuse(new(1, $"the file is larger than {mostBytes >> 20} MiB", instead));
            return read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return refuse(new(1, "there is no such file", "check the path"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? refuse(new(1, "this is a folder", "name the file in it"))
                : refuse(new(1, "the file cannot be opened", "check that you may read it and that no program has locked it"));
        }
    }

    /// <summary>A header that names a column twice.</summary>
    public static Refusal? Twice(string[] names, int line) =>
        names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? new(line, $"the header names \"{DiaryCells.Shown(twice.Key)}\" twice", "rename one of the two columns") : null;

    /// <summary>A header in brief.</summary>
    public static string Listed(string[] names) => string.Join(", ", names.Take(20).Select(DiaryCells.Shown)) + (names.Length > 20 ? ", …" : "");

    /// <summary>A row that has not as many fields as the header.</summary>
    public static Refusal? WrongWidth(string[] fields, int count, int line) =>
        fields.Length < count || (fields.Length > count && !fields.Skip(count).All(string.IsNullOrWhiteSpace))
            ? new(line, $"the row has {fields.Length} field{(fields.Length == 1 ? "" : "s")} where the header has {count}", "write every field, empty ones too, and put one that contains the delimiter in double quotes") : null;

    /// <summary>Where the header plainly uses another delimiter than the one given, says so.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="delimiter">The one given.</param>
    /// <param name="expected">The columns that may be there.</param>
    /// <param name="orElse">What else to do where fields are separated by semicolons; empty for nothing.</param>
    public static Refusal? WrongDelimiter(ReadOnlySpan<byte> utf8, char delimiter, string[] expected, string orElse = "")
    {
        var start = utf8.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        var end = utf8[start..].IndexOfAny((byte)'\r', (byte)'\n');
        var header = Encoding.UTF8.GetString(end < 0 ? utf8[start..] : utf8.Slice(start, end));
        int Known(char by) => header.Split(by).Count(h => expected.Contains(h.Trim().Trim('"'), StringComparer.OrdinalIgnoreCase));
        var other = ((char[])[';', '\t', '|', ',']).MaxBy(Known);
        return Known(other) <= Known(delimiter) ? null
            : new(1, $"the columns are separated by {(other == '\t' ? "tabs" : $"\"{other}\"")}, not by {(delimiter == '\t' ? "tabs" : $"\"{delimiter}\"")}",
                $"give --delimiter \"{(other == '\t' ? "tab" : other)}\"" + (other == ';' ? orElse : ""));
    }

    /// <summary>The column of that name; one that differs only in upper and lower case will do where it is the only one.</summary>
    public static int IndexOf(string[] names, string name)
    {
        var exact = Array.IndexOf(names, name);
        if (exact >= 0) return exact;
        int[] alike = [.. Enumerable.Range(0, names.Length).Where(i => names[i].Equals(name, StringComparison.OrdinalIgnoreCase))];
        return alike.Length == 1 ? alike[0] : -1;
    }
}
