using System.Globalization;
using System.Text.Json;
using Lowdose.Benchmarks;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Science.Tests.Pooling;

/// <summary>The pools that R has analysed, with its answers (Pooling/References).</summary>
internal static class References
{
    private static readonly string Folder = Path.Combine(Provenance.Root, "tests", "Lowdose.Science.Tests", "Pooling", "References");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The study at τ = 0, with the covariates that R's model has.</summary>
    public static PooledStudy Study(string name)
    {
        string[] terms = [.. Answer(name).GetProperty("terms").EnumerateArray().Select(t => t.GetString()!)];
        string[] covariates = [.. terms.Skip(2).Where(t => !t.Contains(':', StringComparison.Ordinal))];
        string[] lines = File.ReadAllLines(Path.Combine(Folder, name + ".csv"));
        var header = lines[0].Split(',');
        var rows = lines.Skip(1).Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray());
        return new PooledStudy
        {
            TauDays = 0,
            Predicts = [.. covariates.Select(c => terms.Contains("on:" + c))],
            People = [.. rows.GroupBy(r => (int)r[0]).OrderBy(p => p.Key).Select(p => Diary([.. p], [.. covariates.Select(c => Array.IndexOf(header, c))]))],
        };
    }

    public static JsonElement Answer(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    /// <summary>Columns person, day, on, …, y last.</summary>
    private static PooledDiary Diary(double[][] rows, int[] covariates)
    {
        int[] days = [.. rows.Select(r => (int)r[1] - 1)];
        var on = new bool[days[^1] + 1];
        for (var i = 0; i < rows.Length; i++) on[days[i]] = rows[i][2] == 1;
        return new PooledDiary
        {
            Days = days,
            Scores = [.. rows.Select(r => r[^1])],
            OnDrug = on,
            Covariates = [.. covariates.Select(c => rows.Select(r => r[c]).Distinct().Count() == 1 ? [rows[0][c]] : rows.Select(r => r[c]).ToArray())],
        };
    }
}
