using System.CommandLine;
using System.Globalization;

namespace Lowdose.Cli;

/// <summary>What the command line asks of a simulation, as far as it can be read without the model.</summary>
/// <param name="Model">The name of a model, or a file.</param>
/// <param name="Values">NAME=VALUE, as written.</param>
/// <param name="Preset">A named set of values; null for the model's own.</param>
/// <param name="Events">The event file; null where <paramref name="Dose"/> stands for it.</param>
/// <param name="Dose">A dose, as written; null beside an event file.</param>
/// <param name="EveryHours">The time between doses.</param>
/// <param name="Days">For how long.</param>
/// <param name="Grid">The hours to look at.</param>
/// <param name="RelativeTolerance">The relative tolerance.</param>
/// <param name="People">How many people; 0 for the records' own.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Threads">How many threads.</param>
/// <param name="Out">The file to write; null for the screen.</param>
internal sealed record SimulateRequest(
    string Model, IReadOnlyList<string> Values, string? Preset, string? Events, string? Dose, double EveryHours, double Days, double[] Grid, double RelativeTolerance, int People, ulong Seed, int Threads, string? Out);

/// <summary>The options of <c>lowdose simulate</c>, and what they may be.</summary>
internal sealed class SimulateOptions
{
    private const int MostPeople = 1_000_000;

    private readonly Option<string> _model = new("--model") { HelpName = "NAME|FILE.yaml", Description = "The model: one of ours by name, or a file.", Required = true };
    private readonly Option<string[]> _param = new("--param") { HelpName = "NAME=VALUE", Description = "Another value of a parameter; several may be given." };
    private readonly Option<string> _preset = DiaryOptions.Text("--preset", "NAME", "A named set of values of the model; --param goes on top.");
    private readonly Option<string> _events = DiaryOptions.Text("--events", "EVENTS.csv", "What was given and when.");
    private readonly Option<string> _dose = DiaryOptions.Text("--dose", "4.5mg", "Instead of --events: a dose into the first compartment.");
    private readonly Option<string> _every = DiaryOptions.Text("--every", "24h", "The time between doses, in h, d or min. [default: 24h]");
    private readonly Option<string> _days = DiaryOptions.Text("--days", "N", "For how many days the doses go on. [default: 1]");
    private readonly Option<string> _grid = DiaryOptions.Text("--grid", "START:END:STEP", "When to look, in hours. [default beside --dose: every hour of the days]");
    private readonly Option<string> _rtol = DiaryOptions.Text("--rtol", "R", "The relative tolerance of a model that is not linear. [default: 1e-8]");
    private readonly Option<string> _population = DiaryOptions.Text("--population", "N", "Draw N people who differ as the model says.");
    private readonly Option<string> _seed = DiaryOptions.Text("--seed", "S", "A whole number; the same seed gives the same people. [default: 1]");
    private readonly Option<string> _threads = DiaryOptions.Text("--threads", "T", "How many threads; the answer is the same. [default: all]");
    private readonly Option<string> _out = DiaryOptions.Text("--out", "OUT.csv", "Write to OUT.csv instead of the screen.");

    public IEnumerable<Option> All => [_model, _param, _preset, _events, _dose, _every, _days, _grid, _rtol, _population, _seed, _threads, _out];

    /// <summary>The request, or what is wrong with it.</summary>
    public Misuse? Read(ParseResult parsed, out SimulateRequest request)
    {
        request = new(parsed.GetValue(_model)!, parsed.GetValue(_param) ?? [], parsed.GetValue(_preset), parsed.GetValue(_events), parsed.GetValue(_dose), 24, 1, [], 1e-8, 0, 1, Environment.ProcessorCount, parsed.GetValue(_out));
        if (request.Model.Length == 0) return new("the name of the model is empty", "give one of ours, such as naltrexone, or a file");
        if (request.Events is null == request.Dose is null) return new(request.Dose is null ? "nothing says what was given" : "--events and --dose both say what was given", "give --events EVENTS.csv, or --dose 4.5mg --every 24h --days 28");
        if (request.Events is not null && (parsed.GetValue(_every) ?? parsed.GetValue(_days)) is not null) return new("--every and --days go with --dose", "write the times into the event file");
        return Schedule(parsed, ref request) ?? Hours(parsed, ref request) ?? Numbers(parsed, ref request)
            ?? DiaryOptions.Writable("--out", request.Out, new[] { request.Events, File.Exists(request.Model) ? request.Model : null }.OfType<string>());
    }

    private Misuse? Schedule(ParseResult parsed, ref SimulateRequest request)
    {
        if (parsed.GetValue(_every) is { } every)
        {
            if (!SimulateValues.Amount(every, "h", out var hours) || hours is not (> 0 and <= 8760)) return new($"--every \"{every}\" is not a time between doses", "give it with its unit, as 24h, 12h, 1d or 90min");
            request = request with { EveryHours = hours };
        }
        if (parsed.GetValue(_days) is not { } days) return null;
        if (!DiaryOptions.Number(days, out var count) || count is not (> 0 and <= 36500)) return new($"--days \"{days}\" is not a number of days", "give a number above 0, up to 36500");
        request = request with { Days = count };
        return null;
    }

    private Misuse? Hours(ParseResult parsed, ref SimulateRequest request)
    {
        const string form = "write START:END:STEP in hours, as 0:672:1";
        if (parsed.GetValue(_grid) is not { } text)
        {
            if (request.Events is not null) return new("--grid says when to look, and is needed beside --events", form);
            text = string.Create(CultureInfo.InvariantCulture, $"0:{24 * request.Days}:1");
        }
        var parts = text.Split(':');
        var numbers = new decimal[3];
        if (parts.Length != 3) return new($"--grid \"{text}\" is not a grid", form);
        for (var i = 0; i < 3; i++)
            // Decimals, so that the hours are those one would write: 0.3, not 0.30000000000000004.
            if (!decimal.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || Math.Abs(numbers[i]) > 10_000_000) return new($"--grid \"{text}\" is not a grid: \"{parts[i]}\" is not a number of hours", form);
        var (start, end, step) = (numbers[0], numbers[1], numbers[2]);
        if (step <= 0) return new($"--grid \"{text}\" has a step of {parts[2]}", "give a step above 0");
        if (end < start) return new($"--grid \"{text}\" ends before it begins", form);
        if ((end - start) / Math.Max(step, 1e-9m) >= 10_000_000) return new($"--grid \"{text}\" has more than 10000000 points", "give a larger step or a shorter time");
        request = request with { Grid = [.. Enumerable.Range(0, (int)((end - start) / step) + 1).Select(i => (double)(start + i * step))] };
        return null;
    }

    private Misuse? Numbers(ParseResult parsed, ref SimulateRequest request)
    {
        if (parsed.GetValue(_rtol) is { } rtol)
        {
            if (!double.TryParse(rtol, NumberStyles.Float, CultureInfo.InvariantCulture, out var tolerance) || tolerance is not (>= 1e-13 and <= 0.1)) return new($"--rtol \"{rtol}\" is not a tolerance", "give a number from 1e-13 to 0.1, such as 1e-8");
            request = request with { RelativeTolerance = tolerance };
        }
        if (parsed.GetValue(_population) is { } population)
        {
            if (!int.TryParse(population, NumberStyles.None, CultureInfo.InvariantCulture, out var people) || people is < 1 or > MostPeople) return new($"--population \"{population}\" is not a number of people", $"give a whole number from 1 to {MostPeople}");
            request = request with { People = people };
        }
        if (parsed.GetValue(_seed) is { } seed)
        {
            if (!ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return new($"--seed \"{seed}\" is not a seed", "give a whole number, 0 or above");
            request = request with { Seed = number };
        }
        if (parsed.GetValue(_threads) is { } threads)
        {
            if (!int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 4096) return new($"--threads \"{threads}\" is not a number of threads", "give 1 or more");
            request = request with { Threads = count };
        }
        return null;
    }
}
