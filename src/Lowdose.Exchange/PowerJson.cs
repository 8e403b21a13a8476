using System.Text.Json;
using Lowdose.Evidence;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Exchange;

/// <summary>What a search for a size was told and found.</summary>
/// <param name="Name">What was searched: people or pairs.</param>
/// <param name="Power">The power asked for.</param>
/// <param name="Least">The least number that has it; null where none tried has.</param>
public sealed record SizeAnswer(string Name, double Power, int? Least);

/// <summary>What a power study came to.</summary>
/// <param name="Design">The design.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Points">One a value of what varies; a null value where nothing does.</param>
/// <param name="Search">What was searched; null where nothing was.</param>
public sealed record PowerAnswer(Design Design, ulong Seed, IReadOnlyList<(double? Value, OperatingPoint Point)> Points, SizeAnswer? Search = null)
{
    /// <summary>What the values are of; null where nothing varies.</summary>
    public string? Varied => Search?.Name ?? Design.Vary?.Name;
}

/// <summary>A power study's answer as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class PowerJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="answer">What to write.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(PowerAnswer answer, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        DesignJson.Write(json, answer.Design);
        json.WriteString("analysis", DesignJson.Word(answer.Design.Analysis));
        json.WriteNumber("replicates", answer.Design.Replicates);
        json.WriteNumber("seed", answer.Seed);
        json.Text("varied", answer.Varied);
        json.WriteStartArray("points");
        foreach (var (value, point) in answer.Points) Point(json, value, point);
        json.WriteEndArray();
        if (answer.Search is { } search)
        {
            json.WriteStartObject("search");
            json.WriteString("name", search.Name);
            json.Numbers(("power", search.Power), ("least", search.Least));
            json.WriteEndObject();
        }
        else json.WriteNull("search");
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, double? value, OperatingPoint point)
    {
        json.WriteStartObject();
        json.Number("value", value);
        Share(json, "power", point.Power);
        Share(json, "typeIError", point.TypeIError);
        if (point.Coverage is { } coverage) Share(json, "coverage", coverage);
        else json.WriteNull("coverage");
        json.Numbers(("typeS", point.TypeS), ("typeM", point.TypeM), ("expectedDaysToVerdict", point.ExpectedDaysToVerdict));
        if (point.Verdicts is { } verdicts)
        {
            json.WriteStartObject("verdicts");
            foreach (var verdict in Enum.GetValues<Verdict>()) json.WriteNumber(VerdictJson.Word(verdict), verdicts[verdict]);
            json.WriteEndObject();
        }
        else json.WriteNull("verdicts");
        json.WriteNumber("analysed", point.Analysed);
        json.WriteNumber("failed", point.Failed);
        json.WriteEndObject();
    }

    private static void Share(Utf8JsonWriter json, string name, Share share) => json.Object(name, ("estimate", share.Estimate), ("se", share.Se), ("lo", share.Lo), ("hi", share.Hi));
}
