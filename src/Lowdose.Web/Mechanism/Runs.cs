using System.Collections.Concurrent;
using Lowdose.Exchange;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Web.Mechanism;

/// <summary>Runs of the models for a question: what a page and a test ask of the engine.</summary>
internal static class Runs
{
    /// <summary>Of the people in the band.</summary>
    public const ulong Seed = 1;

    /// <summary>How many people the band has.</summary>
    public const int People = 200;

    /// <summary>How long the course is followed after its last day, days.</summary>
    public const int DaysAfter = 10;

    /// <summary>How long the dose window runs before it is read, days.</summary>
    public const int WindowDays = 28;

    private const double StepHours = 0.25;

    private static readonly ConcurrentDictionary<string, ModelFile> Files = new();

    /// <summary>The models of the tone.</summary>
    public static IReadOnlyList<(string Word, string Label, char Level, string Model, string? Set)> Tones { get; } =
    [
        ("rebound", "Rebound: more is made", 'E', "rebound", null), ("rebound-push", "Rebound with a three-fold push", 'E', "rebound", "SMAX"),
        ("precursor-pool", "A store that runs empty", 'E', "precursor-pool", null), ("receptor-turnover", "More receptors", 'D', "receptor-turnover", null),
    ];

    /// <summary>What the parameter of a push is set to: three times as much at full block, as “up to 300 %” may be read.</summary>
    public const double Push = 2;

    /// <summary>The model of the tone that was chosen.</summary>
    public static ModelFile ToneModel(Question q)
    {
        var (_, _, _, name, set) = Tones.First(t => t.Word == q.Tone);
        var model = Model(name, q);
        return set is null ? model : model.With(new Dictionary<string, double> { [set] = Push });
    }

    /// <summary>A model with the values of the question.</summary>
    public static ModelFile Model(string name, Question q)
    {
        var file = Files.GetOrAdd(name, ModelFile.Named);
        file.TryValue("LIVER", q.Liver, out var liver);
        return file.With(file.Presets.First(p => p.Name == q.Preset).Values).With(new Dictionary<string, double> { ["LIVER"] = liver, ["CRCL"] = q.KidneyMlPerMin });
    }

    /// <summary>The last two days, every quarter of an hour.</summary>
    public static double[] LastDays(Question q) => Steps(24.0 * Math.Max(0, q.Days - 2), 24.0 * q.Days, StepHours);

    /// <summary>All days and those after them, every hour.</summary>
    public static double[] AllDays(Question q) => Steps(0, 24.0 * (q.Days + DaysAfter), 1);

    /// <summary>Levels and blocks of one person with the usual values.</summary>
    public static Ran Levels(Question q, double[] hours) => Run(Model("naltrexone", q), [.. Doses(q, "1")], hours);

    /// <summary>The people of the band.</summary>
    public static Ran Band(Question q, double[] hours)
    {
        var file = Model("naltrexone", q);
        return Of(new(file.Model, [.. Doses(q, "1")], hours) { Variability = file.Variability, Correlations = file.Correlations, People = People, Seed = Seed });
    }

    /// <summary>The tone under each of <see cref="Views.Run"/>, a subject each.</summary>
    public static Ran Tone(Question q, double[] hours)
    {
        var file = ToneModel(q);
        return Run(file, [.. Views.Run.SelectMany(v => Doses(q, v.Word, Driver(file, v)))], hours);
    }

    /// <summary>The last day of four weeks of each dose under each of <see cref="Views.Run"/> but none, a subject each, dose by dose.</summary>
    public static Ran Window(Question q, IEnumerable<double> doses)
    {
        var file = ToneModel(q);
        var nightly = doses.SelectMany((mg, i) => Views.Run.Where(v => v.Output is not null)
            .SelectMany(v => Doses(q with { DoseMg = mg, Days = WindowDays, Missed = new HashSet<int>() }, $"{i} {v.Word}", Driver(file, v))));
        return Run(file, [.. nightly], Steps(24.0 * (WindowDays - 1), 24.0 * WindowDays, StepHours));
    }

    private static Dictionary<int, double> Driver(ModelFile file, View view) => new() { [file.Model.Parameters.Index().First(p => p.Item.Name == "DRIVER").Index] = view.Driver };

    private static Ran Run(ModelFile file, IReadOnlyList<DoseRecord> records, double[] hours) => Of(new(file.Model, records, hours));

    private static Ran Of(SimulationRequest request)
    {
        var tables = Simulate.Run(request);
        return tables.Problem is { } problem ? throw new InvalidOperationException(problem.ToString()) : new(tables);
    }

    private static IEnumerable<DoseRecord> Doses(Question q, string subject, Dictionary<int, double>? changes = null)
    {
        // The first record starts the subject's clock even where the first dose is missed.
        yield return new(subject, 0, 2, Changes: changes);
        for (var day = 1; day <= q.Days; day++)
            if (!q.Missed.Contains(day)) yield return new(subject, 24.0 * (day - 1), 1, q.DoseMg);
    }

    private static double[] Steps(double from, double to, double step) => [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => from + i * step)];
}

/// <summary>A run, by the names of its columns.</summary>
/// <param name="Tables">As the engine gave it.</param>
internal sealed record Ran(SimulatedTables Tables)
{
    /// <summary>A column of a subject, hour by hour.</summary>
    public double[] Column(int subject, string name)
    {
        var column = Tables.Columns.Index().First(c => c.Item == name).Index;
        var into = new double[Tables.GridHours.Length];
        for (var point = 0; point < into.Length; point++) into[point] = Tables.Value(subject, point, column);
        return into;
    }
}
