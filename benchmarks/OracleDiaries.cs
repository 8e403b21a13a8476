using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference;

namespace Lowdose.Benchmarks;

/// <summary>The diaries that an independent converged quadrature has judged, with its answers (tests/Lowdose.Science.Tests/Oracle).</summary>
public static class OracleDiaries
{
    private static readonly string Folder = Path.Combine(Provenance.Root, "tests", "Lowdose.Science.Tests", "Oracle");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.csv").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>The course as Lowdose reads it, and what the oracle says of it.</summary>
    public static (Course Course, JsonElement Oracle) Read(string name)
    {
        var oracle = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;
        var options = oracle.GetProperty("options");
        var outcome = new Outcome("pain", options.GetProperty("scale")[0].GetDouble(), options.GetProperty("scale")[1].GetDouble(),
            options.GetProperty("higherIsBetter").GetBoolean(), options.GetProperty("mcid").GetDouble());
        var reading = DiaryCsv.ReadFile(Path.Combine(Folder, name + ".csv"), new DiaryFormat { Outcome = outcome });
        var diary = reading.Diary ?? throw new InvalidDataException($"{name}: {reading.Refusal!.What}");
        return (diary.ToCourse(options.GetProperty("alreadyTaking").GetBoolean(), options.GetProperty("randomised").GetBoolean()), oracle);
    }
}
