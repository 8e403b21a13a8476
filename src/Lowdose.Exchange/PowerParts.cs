using System.Globalization;
using System.Text;
using System.Text.Json;
using Lowdose.Evidence;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Exchange;

/// <summary>One part of a power study: the blocks b with b mod <paramref name="Of"/> = <paramref name="Number"/> − 1, at every point.</summary>
/// <param name="Number">Which part, 1 first.</param>
/// <param name="Of">How many parts there are.</param>
public sealed record PowerShard(int Number, int Of)
{
    /// <summary>The blocks that are this part's, of one study.</summary>
    public IReadOnlyList<int> Blocks(PowerStudy study) => [.. Enumerable.Range(0, Power.Blocks(study)).Where(b => b % Of == Number - 1)];
}

/// <summary>A part that was read.</summary>
/// <param name="File">As messages call it.</param>
/// <param name="Design">The design.</param>
/// <param name="DesignText">The design as it stands in the file.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Engine">The build that computed it.</param>
/// <param name="Shard">Which part.</param>
/// <param name="Points">The tallies of its blocks, a list a point.</param>
public sealed record PowerPart(string File, Design Design, string DesignText, ulong Seed, string Engine, PowerShard Shard, IReadOnlyList<IReadOnlyList<Tally>> Points);

/// <summary>
/// The file in which one machine's part of a power study goes to the others: counts a block, which are folded in the blocks' order
/// whichever file they come from, so that the merged answer is the undivided one to the last bit. Described in docs/methods/power.md.
/// </summary>
public static class PowerParts
{
    private const string Format = "lowdose-power-part", Remake = "write it again with lowdose power --shard";
    private const int Version = 1;

    /// <summary>The build that computes here: parts of different builds are not merged.</summary>
    public static string Engine { get; } = typeof(Power).Module.ModuleVersionId.ToString("N");

    /// <summary>Writes a part as UTF-8.</summary>
    /// <param name="design">The design.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="shard">Which part.</param>
    /// <param name="points">The tallies of its blocks, a list a point.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Design design, ulong seed, PowerShard shard, IReadOnlyList<IReadOnlyList<Tally>> points, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", Version);
        json.WriteString("engine", Engine);
        DesignJson.Write(json, design);
        json.WriteNumber("seed", seed);
        json.WriteNumber("shard", shard.Number);
        json.WriteNumber("of", shard.Of);
        json.WriteStartArray("points");
        foreach (var tallies in points)
        {
            json.WriteStartArray();
            // A block on a line: it is read by programs.
            foreach (var tally in tallies) json.WriteRawValue("[" + string.Join(',', Numbers(tally)) + "]");
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a part.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">Null where it is refused.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static Refusal? Read(string path, out PowerPart? part)
    {
        part = null;
        try
        {
            return Read(path, File.ReadAllBytes(path), out part);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(1, "there is no such file", "check the path; a part that is not there has not been computed");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Directory.Exists(path) ? new(1, "this is a folder", "name the files in it") : new(1, "the file cannot be opened", "check that you may read it");
        }
    }

    private static Refusal? Read(string path, byte[] utf8, out PowerPart? part)
    {
        part = null;
        try
        {
            using var file = JsonDocument.Parse(utf8);
            var root = file.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("format", out var format) && format.ValueEquals(Format))) return new(1, "this is not a part of a power study", Remake);
            if (root.GetProperty("version").GetInt32() != Version) return new(1, $"its version is not {Version}", "write it again with this version of Lowdose");
            var text = root.GetProperty("design").GetRawText();
            // The object has the keys of a design, and JSON is YAML.
            var reading = Design.Read(path, new MemoryStream(Encoding.UTF8.GetBytes(text)));
            if (reading.Design is not { } design) return new(1, $"its design is damaged: {reading.Defects[0].What}", Remake);
            var shard = new PowerShard(root.GetProperty("shard").GetInt32(), root.GetProperty("of").GetInt32());
            Tally[][] points = [.. root.GetProperty("points").EnumerateArray().Select(p => p.EnumerateArray().Select(Tally).ToArray())];
            var seed = root.GetProperty("seed").GetUInt64();
            var studies = DesignStudies.Of(design, seed);
            if (shard.Of < 1 || shard.Number < 1 || shard.Number > shard.Of || points.Length != studies.Count || points.Zip(studies).Any(p => p.First.Length != shard.Blocks(p.Second.Study).Count))
                return new(1, "it does not hold the blocks it says it holds", Remake);
            part = new(path, design, text, seed, root.GetProperty("engine").GetString()!, shard, points);
            return null;
        }
        catch (JsonException e)
        {
            return PlainText.NotJson(utf8, e, Remake);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            return new(1, "a piece of the file is missing or of the wrong kind", Remake);
        }
    }

    /// <summary>Puts all parts of one study together.</summary>
    /// <param name="parts">At least one, in any order.</param>
    /// <param name="answer">Null where it is refused.</param>
    /// <returns>The file that is refused and why; null where nothing is.</returns>
    public static (string File, Refusal Refusal)? Merge(IReadOnlyList<PowerPart> parts, out PowerAnswer? answer)
    {
        answer = null;
        var first = parts[0];
        foreach (var part in parts)
        {
            if (part.Engine != Engine) return (part.File, new(1, "it was computed by another build of Lowdose", "compute all parts, and merge them, with one build"));
            if (part.DesignText != first.DesignText || part.Seed != first.Seed) return (part.File, new(1, $"its design or seed is not that of {first.File}", "merge parts of one study"));
            if (part.Shard.Of != first.Shard.Of) return (part.File, new(1, $"it is of {part.Shard.Of} parts, and {first.File} of {first.Shard.Of}", "merge parts of one study, divided once"));
        }
        var bySize = parts.GroupBy(p => p.Shard.Number).ToDictionary(g => g.Key, g => g.ToArray());
        if (bySize.Values.FirstOrDefault(p => p.Length > 1) is { } twice) return (twice[1].File, new(1, $"part {twice[0].Shard.Number} is given twice, also in {twice[0].File}", "give each part once"));
        int[] missing = [.. Enumerable.Range(1, first.Shard.Of).Where(n => !bySize.ContainsKey(n))];
        if (missing.Length > 0)
            return (first.File, new(1, $"of {first.Shard.Of} parts, {(missing.Length == 1 ? "number " : "numbers ")}{string.Join(", ", missing.Take(20))}{(missing.Length > 20 ? ", …" : "")} {(missing.Length == 1 ? "is" : "are")} not given", "compute them and give them too"));
        var studies = DesignStudies.Of(first.Design, first.Seed);
        var points = new List<(double?, OperatingPoint)>();
        for (var p = 0; p < studies.Count; p++)
        {
            var (value, study) = studies[p];
            points.Add((value, Power.Fold(study, [.. Enumerable.Range(0, Power.Blocks(study)).Select(b => bySize[b % first.Shard.Of + 1][0].Points[p][b / first.Shard.Of])])));
        }
        answer = new(first.Design, first.Seed, points);
        return null;
    }

    private static IEnumerable<string> Numbers(Tally t) =>
        ((long[])[t.Analysed, t.Failed, t.Shown, t.Called, t.WrongSign, t.Intervals, t.Covered, t.Days, t.NullAnalysed, t.NullFailed, t.NullShown, .. t.Verdicts])
            .Select(n => n.ToString(CultureInfo.InvariantCulture)).Append(t.Size.ToString("R", CultureInfo.InvariantCulture));

    private static Tally Tally(JsonElement block)
    {
        JsonElement[] numbers = [.. block.EnumerateArray()];
        long[] n = [.. numbers[..^1].Select(x => x.GetInt64())];
        if (n.Length != 11 + new Tally().Verdicts.Length || n.Any(x => x < 0)) throw new FormatException("not the numbers of a block");
        return new()
        {
            Analysed = n[0], Failed = n[1], Shown = n[2], Called = n[3], WrongSign = n[4], Intervals = n[5], Covered = n[6], Days = n[7], NullAnalysed = n[8], NullFailed = n[9], NullShown = n[10],
            Verdicts = n[11..], Size = numbers[^1].GetDouble(),
        };
    }
}
