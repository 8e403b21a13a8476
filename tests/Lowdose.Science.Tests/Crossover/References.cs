using System.Globalization;
using System.Text.Json;
using Lowdose.Benchmarks;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Science.Tests.Crossover;

/// <summary>The crossovers that R has analysed, with its answers (Crossover/References).</summary>
internal static class References
{
    private static readonly string Folder = Path.Combine(Provenance.Root, "tests", "Lowdose.Science.Tests", "Crossover", "References");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static CrossoverStudy Study(string name)
    {
        var rows = File.ReadLines(Path.Combine(Folder, name + ".csv")).Skip(1).Select(l => l.Split(',')).ToList();
        return new CrossoverStudy
        {
            Means = [.. rows.Select(r => new PeriodMean(Whole(r[0]) - 1, Whole(r[2]), r[3] == "1", double.Parse(r[4], CultureInfo.InvariantCulture)))],
            Baselines = [.. Enumerable.Repeat(double.NaN, rows.Max(r => Whole(r[0])))],
        };
    }

    public static JsonElement Answer(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
