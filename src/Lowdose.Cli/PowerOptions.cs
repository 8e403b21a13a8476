using System.CommandLine;
using System.Globalization;
using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>What the command line asks of a power study, checked.</summary>
/// <param name="Design">The design, with the replicates asked for.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Shard">Which part; null for all of it.</param>
/// <param name="Find">What size to search, people or pairs; null for none.</param>
/// <param name="Power">The power to search for.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="Json">As JSON.</param>
/// <param name="Out">The file to write; null for the screen.</param>
internal sealed record PowerRequest(Design Design, ulong Seed, PowerShard? Shard, string? Find, double Power, int Threads, bool Json, string? Out);

/// <summary>The options of <c>lowdose power</c>, and what they may be.</summary>
internal sealed class PowerOptions
{
    private readonly Argument<string> _design = new("DESIGN.yaml") { Description = "The design; or the name of one that Lowdose brings along." };
    private readonly Option<string> _replicates = DiaryOptions.Text("--replicates", "N", "How many studies to simulate at every point. [default: the design's, or 1000]");
    private readonly Option<string> _seed = DiaryOptions.Text("--seed", "S", "A whole number; the same seed gives the same bits. [default: 1]");
    private readonly Option<string> _shard = DiaryOptions.Text("--shard", "K/N", "Compute part K of N only; lowdose power-merge puts the parts together.");
    private readonly Option<bool> _people = DiaryOptions.Flag("--find-people", "Search the least number of people with --power.");
    private readonly Option<bool> _pairs = DiaryOptions.Flag("--find-pairs", "Search the least number of pairs of blocks with --power.");
    private readonly Option<string> _power = DiaryOptions.Text("--power", "P", "The power to search for. [default: 0.8]");
    private readonly Option<string> _threads = DiaryOptions.Text("--threads", "T", "How many threads; the answer is the same. [default: all]");
    private readonly Option<bool> _json = DiaryOptions.Flag("--json", "Print one JSON object and nothing else.");
    private readonly Option<string> _out = DiaryOptions.Text("--out", "FILE", "Write to FILE instead of the screen.");

    public void AddTo(Command command)
    {
        command.Arguments.Add(_design);
        foreach (var option in (Option[])[_replicates, _seed, _shard, _people, _pairs, _power, _threads, _json, _out]) command.Options.Add(option);
    }

    /// <summary>The request; or the exit code, after what is wrong was said.</summary>
    public PowerRequest? Read(ParseResult parsed, out int exitCode)
    {
        exitCode = ExitCode.CommandLine;
        if (Wrong(parsed, out var request) is { } wrong)
        {
            Program.CommandLineIsWrong(wrong.What, wrong.Do);
            return null;
        }
        var file = parsed.GetValue(_design)!;
        exitCode = ExitCode.Input;
        var (design, refusal) = DesignFile.Read(file);
        if (design is null)
        {
            DiaryOptions.InputIsWrong(file, refusal!);
            return null;
        }
        if (request.Replicates is { } replicates) design = design with { Replicates = replicates };
        exitCode = ExitCode.CommandLine;
        if (Unfit(request, design) is { } unfit)
        {
            Program.CommandLineIsWrong(unfit.What, unfit.Do);
            return null;
        }
        // A search varies the size and nothing else.
        if (request.Find is not null) design = design with { Vary = null };
        return new(design, request.Seed, request.Shard, request.Find, request.Power, request.Threads, parsed.GetValue(_json), parsed.GetValue(_out));
    }

    private sealed record Said(int? Replicates, ulong Seed, PowerShard? Shard, string? Find, double Power, int Threads);

    private Misuse? Wrong(ParseResult parsed, out Said said)
    {
        said = new(null, 1, null, parsed.GetValue(_people) ? "people" : parsed.GetValue(_pairs) ? "pairs" : null, 0.8, Environment.ProcessorCount);
        if (parsed.GetValue(_replicates) is { } replicates)
        {
            if (!int.TryParse(replicates, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || DesignLimits.Wrong("replicates", n) is not null)
                return new($"--replicates \"{replicates}\" is not a number of studies", "give a whole number from 1 to 10000000");
            said = said with { Replicates = n };
        }
        if (parsed.GetValue(_seed) is { } seed)
        {
            if (!ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var s)) return new($"--seed \"{seed}\" is not a seed", "give a whole number, 0 or above");
            said = said with { Seed = s };
        }
        if (parsed.GetValue(_threads) is { } threads)
        {
            if (!int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out var t) || t is < 1 or > 4096) return new($"--threads \"{threads}\" is not a number of threads", "give 1 or more");
            said = said with { Threads = t };
        }
        if (parsed.GetValue(_shard) is { } shard)
        {
            var ends = shard.Split('/');
            if (ends.Length != 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var of)
                || number < 1 || number > of || of > 100_000) return new($"--shard \"{shard}\" is not a part", "write 3/8 for the third of eight, the first being 1/8");
            said = said with { Shard = new(number, of) };
        }
        if (parsed.GetValue(_power) is { } power)
        {
            if (!DiaryOptions.Number(power, out var p) || p is not (> 0 and < 1)) return new($"--power \"{power}\" is not a power", "give a number between 0 and 1, such as 0.8");
            if (said.Find is null) return new("--power is what a search looks for", "give --find-people or --find-pairs too, or leave it out");
            said = said with { Power = p };
        }
        if (parsed.GetValue(_people) && parsed.GetValue(_pairs)) return new("--find-people and --find-pairs search one thing each", "give one of them");
        if (said is { Find: not null, Shard: not null }) return new("a search cannot be divided: what it tries next depends on all of it", "leave --shard out, or divide the study of one size");
        return DiaryOptions.Writable("--out", parsed.GetValue(_out), [parsed.GetValue(_design)!]);
    }

    private static Misuse? Unfit(Said said, Design design)
    {
        if (design.NotSimulated is { } not) return new(not, "name another design, such as trial-pairs or trial-crossover");
        if (said.Find is null) return null;
        if (said.Find == "pairs" && design.Blocks is null) return new("--find-pairs needs blocks, and the design has periods", "write it with blocks");
        return said.Find == "people" && design.Analysis == DesignAnalysis.Verdict
            ? new("a verdict is of one person, so its power does not grow with people", "use --find-pairs, or another analysis") : null;
    }
}

/// <summary>A design from a file, or by the name of one of ours.</summary>
internal static class DesignFile
{
    public static (Design? Design, Refusal? Refusal) Read(string file)
    {
        if (!File.Exists(file) && !Directory.Exists(file) && Knowledge.BuiltIn().Designs is var ours && ours.TryGetValue(file, out var known)) return (known, null);
        try
        {
            var reading = Design.Read(file, new MemoryStream(File.ReadAllBytes(file)));
            return reading.Design is { } design ? (design, null) : (null, Refusal(reading.Defects[0]));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, new(1, "there is no such file", $"check the path, or name one of {string.Join(", ", Knowledge.BuiltIn().Designs.Keys.Order(StringComparer.Ordinal))}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, Directory.Exists(file) ? new(1, "this is a folder", "name the file in it") : new(1, "the file cannot be opened", "check that you may read it"));
        }
    }

    /// <summary>What is wrong and, after the semicolon, what to do.</summary>
    private static Refusal Refusal(Defect defect) =>
        defect.What.IndexOf("; ", StringComparison.Ordinal) is var at and >= 0 ? new(defect.Line, defect.What[..at], defect.What[(at + 2)..]) : new(defect.Line, defect.What, "mend it; docs/methods/power.md lists the keys");
}
