using System.Text.Json;
using Lowdose.Benchmarks;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Science.Tests.Synthesis;

/// <summary>The sets of studies that metafor has pooled, with its answers (Synthesis/References).</summary>
internal static class References
{
    private static readonly string Folder = Path.Combine(Provenance.Root, "tests", "Lowdose.Science.Tests", "Synthesis", "References");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static JsonElement Answer(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    /// <summary>The effects as metafor worked them out.</summary>
    public static StudySet Studies(JsonElement answer, string key) => new()
    {
        Effects = [.. Numbers(answer.GetProperty("yi")).Zip(Numbers(answer.GetProperty("vi")), (y, v) => new StudyEffect(y, v))],
        Method = Enum.Parse<TauMethod>(key.Split(' ')[0]),
        Test = key.Split(' ')[1] switch { "knha" => CoefficientTest.KnappHartung, "adhoc" => CoefficientTest.KnappHartungAdHoc, _ => CoefficientTest.Z },
    };

    public static IReadOnlyList<double[]> Moderators(JsonElement answer) => [.. answer.GetProperty("X").EnumerateArray().Select(Numbers)];

    public static double[] Numbers(JsonElement array) => array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(Number)] : [Number(array)];

    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
}
