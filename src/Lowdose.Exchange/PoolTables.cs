using System.Globalization;
using System.Text;
using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Quantities;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Exchange;

/// <summary>What tables are of: two files can be pooled where all of this is the same.</summary>
/// <param name="Outcome">The outcome's name.</param>
/// <param name="ScaleMin">Lowest score.</param>
/// <param name="ScaleMax">Highest score.</param>
/// <param name="HigherIsBetter">The direction of benefit.</param>
/// <param name="Contrast">The dose compared with none and placebo; null for any.</param>
public sealed record TableHeading(string Outcome, double ScaleMin, double ScaleMax, bool HigherIsBetter, Mass? Contrast)
{
    /// <summary>The heading of an outcome's tables.</summary>
    public static TableHeading Of(Outcome outcome, Mass? contrast) => new(outcome.Name, outcome.ScaleMin, outcome.ScaleMax, outcome.HigherIsBetter, contrast);

    /// <summary>As it is said in a message.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Outcome} {ScaleMin}..{ScaleMax} ({(HigherIsBetter ? "higher" : "lower")} is better, contrast {ContrastWord})");

    /// <summary>As it stands in the file and in messages.</summary>
    public string ContrastWord => Contrast is { } mg ? mg.ExactMilligrams.ToString("0.######", CultureInfo.InvariantCulture) : "any";
}

/// <summary>What became of a file of tables. Its <see cref="Refusal"/> is null where it could be read.</summary>
/// <param name="File">The file.</param>
/// <param name="Heading">What its tables are of; null where it is refused.</param>
/// <param name="Tables">One a person.</param>
/// <param name="Refusal">What is wrong.</param>
public sealed record TableReading(string File, TableHeading? Heading, IReadOnlyList<PersonTable> Tables, Refusal? Refusal);

/// <summary>
/// The file in which a site sends its people's tables: <c>{format, version, outcome, scale, higherIsBetter, contrast, priorSd,
/// people: [{weights, means, sds}]}</c>. There is no score, no date, no name and no count of days in it; people stand in
/// an order that says nothing: that of their tables' means. Described in docs/methods/pooling.md.
/// </summary>
public static class PoolTables
{
    private const string Format = "lowdose-pool-tables";
    private const string Unchanged = "give a file that lowdose pool --export-summary wrote, unchanged";
    private const int Version = 1;

    /// <summary>Writes tables as UTF-8.</summary>
    /// <param name="heading">What they are of.</param>
    /// <param name="tables">One a person, in any order.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(TableHeading heading, IEnumerable<PersonTable> tables, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("outcome", heading.Outcome);
        json.WriteStartArray("scale");
        json.Value(heading.ScaleMin);
        json.Value(heading.ScaleMax);
        json.WriteEndArray();
        json.WriteBoolean("higherIsBetter", heading.HigherIsBetter);
        json.WriteString("contrast", heading.ContrastWord);
        json.Number("priorSd", 0.2 * (heading.ScaleMax - heading.ScaleMin));
        json.WriteStartArray("people");
        foreach (var table in tables.OrderBy(t => t.Mean))
        {
            json.WriteStartObject();
            Numbers(json, "weights", table.Weights);
            Numbers(json, "means", table.Means);
            Numbers(json, "sds", table.Sds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a file of tables.</summary>
    /// <param name="path">The file.</param>
    public static TableReading ReadFile(string path)
    {
        try
        {
            return Read(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(path, null, [], new(1, "there is no such file", "check the path"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(path, null, [], Directory.Exists(path) ? new(1, "this is a folder", "name the file in it") : new(1, "the file cannot be opened", "check that you may read it"));
        }
    }

    /// <summary>Reads tables that are in memory.</summary>
    /// <param name="name">As messages call the file.</param>
    /// <param name="utf8">What is in it.</param>
    public static TableReading Read(string name, ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[3..];
        try
        {
            using var file = JsonDocument.Parse(utf8);
            var tables = new List<PersonTable>();
            return Read(file.RootElement, utf8.Span, out var heading, tables) is { } refusal ? new(name, null, [], refusal) : new(name, heading, tables, null);
        }
        catch (JsonException e)
        {
            return new(name, null, [], PlainText.NotJson(utf8.Span, e, "give a file that lowdose pool --export-summary wrote"));
        }
    }

    private static Refusal? Read(JsonElement root, ReadOnlySpan<byte> utf8, out TableHeading? heading, List<PersonTable> tables)
    {
        heading = null;
        if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals(Format)))
            return new(1, "this is not a file of tables", "give a file that lowdose pool --export-summary wrote");
        if (!(root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var v) && v == Version))
            return new(1, $"its version is not {Version}", "write it again with this version of Lowdose");
        try
        {
            var scale = root.GetProperty("scale");
            var contrast = root.GetProperty("contrast").GetString()!;
            Mass? dose = contrast == "any" ? null : Mass.FromMilligrams(decimal.Parse(contrast, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
            var read = new TableHeading(root.GetProperty("outcome").GetString()!, scale[0].GetDouble(), scale[1].GetDouble(), root.GetProperty("higherIsBetter").GetBoolean(), dose);
            var priorSd = root.GetProperty("priorSd").GetDouble();
            if (!(read.ScaleMax > read.ScaleMin) || Math.Abs(priorSd - 0.2 * (read.ScaleMax - read.ScaleMin)) > 1e-9 * priorSd)
                return new(1, "its prior is not a fifth of its scale", "write it again with this version of Lowdose");
            heading = read;
            foreach (var (index, person) in root.GetProperty("people").EnumerateArray().Index())
            {
                var table = new PersonTable(Numbers(person, "weights"), Numbers(person, "means"), Numbers(person, "sds"));
                if (Wrong(table, priorSd)) return new(LineOf(utf8, index), $"table {index + 1} is not a mixture", "its weights are above 0 and sum to 1, its SDs above 0 and at most priorSd; have it written again");
                tables.Add(table);
            }
            return null;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            return heading is null ? new(1, "the heading of the tables lacks a member, or has one of another kind", Unchanged) : new(LineOf(utf8, tables.Count), $"table {tables.Count + 1} lacks a member, or has one of another kind", Unchanged);
        }
    }

    private static int LineOf(ReadOnlySpan<byte> utf8, int table) => JsonAt.LineOf(utf8, root => root.Members.FirstOrDefault(m => m.Name == "people").Value?.Items.ElementAtOrDefault(table));

    private static bool Wrong(PersonTable table, double priorSd) =>
        table.Weights.Length is 0 or > 100_000 || table.Means.Length != table.Weights.Length || table.Sds.Length != table.Weights.Length
        || !table.Weights.All(w => w > 0) || Math.Abs(table.Weights.Sum() - 1) > 1e-6 || !table.Sds.All(s => s > 0 && s <= priorSd * (1 + 1e-9)) || !table.Means.All(double.IsFinite);

    private static void Numbers(Utf8JsonWriter json, string name, double[] values)
    {
        // On one line: a table is read by programs.
        json.WritePropertyName(name);
        json.WriteRawValue("[" + string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))) + "]");
    }

    private static double[] Numbers(JsonElement person, string name) => [.. person.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];
}
