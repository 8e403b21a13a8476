using System.CommandLine;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Cli;

/// <summary><c>lowdose power</c> and <c>lowdose power-merge</c>: what a design can show.</summary>
internal static class PowerCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        DESIGN.yaml:
          people: 30
          blocks: {arms: [placebo, ldn], days: 14, pairs: 3, random: pairs}
                             # random: pairs (a coin a pair) or sequence (AB.. or BA..)
                             # or periods: [{arm: none, days: 28}, {arm: ldn, doseMg: 4.5, days: 84}]
          runInDays: 14      # these three: 0 unless given
          washoutDays: 0
          discardDays: 0
          analysis: pool     # verdict, pool, crossover, permutation
          truth: {effect: -1, effectSd: 0.8, level: 6, levelSd: 1, rho: 0.5, sigma: 1.5,
                  whiteShare: 0, tauDays: 5, trendPer28Days: 0, expectation: 0,
                  missing: 0.1, dropout: 0.1}   # effect and sigma are needed
          replicates: 1000
          vary: {name: people, values: [10, 20, 30, 40]}   # optional
        Scores are of a 0 to 10 scale, lower is better; effects are drug less placebo.
        Built in: ldn-n-of-1, ldn-open-label, ldn-aggregated, ldn-crossover,
        ldn-permutation, trial-pairs, trial-crossover, trial-dose-ladder,
        trial-titration, trial-start. A key 'trial' is for lowdose trial.

        --shard K/N --out PART.json writes a part; all N parts, from any machines with
        this build, merge to the same bits as one run:
          lowdose power-merge part-*.json --json
        Ctrl-C ends it and leaves no file half written.

        Exit codes: 0 done, whatever the power; 2 the command line is wrong;
        3 the input is wrong (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var options = new PowerOptions();
        var command = new Command("power", "Says what a design can show, by simulation: power, type I error, coverage, days to a verdict; over one number that varies, or the least number of people.");
        options.AddTo(command);
        command.SetAction(parsed => options.Read(parsed, out var exitCode) is { } request ? Run(request) : exitCode);
        return command;
    }

    public static Command BuildMerge()
    {
        var files = new Argument<string[]>("PART.json…") { Description = "Every part that lowdose power --shard wrote.", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(DiaryOptions.NoSlips);
        var (json, to) = (DiaryOptions.Flag("--json", "Print one JSON object and nothing else."), DiaryOptions.Text("--out", "FILE", "Write to FILE instead of the screen."));
        var command = new Command("power-merge", "Puts the parts of a power study together.") { files, json, to };
        command.SetAction(parsed => Merge(parsed.GetValue(files)!, parsed.GetValue(json), parsed.GetValue(to)));
        return command;
    }

    private static int Run(PowerRequest request)
    {
        var design = request.Design;
        if (request.Find is { } find) return Search(request, find);
        var studies = DesignStudies.Of(design, request.Seed);
        using var progress = new Progress(studies.Sum(s => (request.Shard ?? new(1, 1)).Blocks(s.Study).Count) * (long)Power.BlockReplicates);
        if (request.Shard is { } shard)
        {
            var parts = studies.Select(s => Power.Simulate(s.Study, shard.Blocks(s.Study), request.Threads, progress.Add)).ToArray();
            progress.Dispose();
            return MixCommand.Deliver(Bytes(s => PowerParts.Write(design, request.Seed, shard, parts, s)), request.Out);
        }
        var points = studies.Select(s => (s.Value, Power.Of(s.Study, request.Threads, progress.Add))).ToArray();
        progress.Dispose();
        return Deliver(new(design, request.Seed, points), request.Json, request.Out);
    }

    private static int Search(PowerRequest request, string name)
    {
        var design = request.Design;
        var (from, most) = name == "people" ? (design.Analysis == DesignAnalysis.Pool ? 2 : 4, 4096) : (1, 64);
        // A size is tried only where the design is still one: a course does not last for ever.
        while (most > from && DesignLimits.Wrong(design.With(name, most)!).Any()) most /= 2;
        using var progress = new Progress(0);
        var found = SizeSearch.Least(from, Math.Max(from, most), request.Power, size => Power.Of(DesignStudies.Study(design.With(name, size)!, request.Seed), request.Threads, progress.Add));
        progress.Dispose();
        return Deliver(new(design, request.Seed, [.. found.Tried.Select(t => ((double?)t.Size, t.Point))], new(name, request.Power, found.Least)), request.Json, request.Out);
    }

    private static int Merge(string[] files, bool json, string? to)
    {
        if (DiaryOptions.Writable("--out", to, files) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
        var parts = new List<PowerPart>();
        foreach (var file in files)
        {
            if (PowerParts.Read(file, out var part) is { } refusal) return DiaryOptions.InputIsWrong(file, refusal);
            parts.Add(part!);
        }
        return PowerParts.Merge(parts, out var answer) is { } refused ? DiaryOptions.InputIsWrong(refused.File, refused.Refusal) : Deliver(answer!, json, to);
    }

    private static int Deliver(PowerAnswer answer, bool json, string? to) => MixCommand.Deliver(json ? Bytes(s => PowerJson.Write(answer, s)) : Utf8.GetBytes(PowerText.Of(answer)), to);

    private static byte[] Bytes(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
