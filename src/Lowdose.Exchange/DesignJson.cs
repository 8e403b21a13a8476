using System.Text.Json;
using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>A design as JSON: the keys of the YAML, every one of them there, so that it can be read as a design again.</summary>
internal static class DesignJson
{
    public static void Write(Utf8JsonWriter json, Design design)
    {
        json.WriteStartObject("design");
        json.WriteString("id", design.Id);
        json.WriteString("title", design.Title);
        json.WriteNumber("people", design.People);
        Periods(json, design);
        Blocks(json, design.Blocks);
        json.Numbers(("runInDays", design.RunInDays), ("washoutDays", design.WashoutDays), ("discardDays", design.DiscardDays));
        json.WriteString("analysis", Word(design.Analysis));
        if (design.PoolTauDays is { } tau) json.Number("poolTauDays", tau);
        else json.WriteString("poolTauDays", "likeliest");
        Truth(json, design.Truth);
        json.WriteNumber("replicates", design.Replicates);
        if (design.Vary is { } vary)
        {
            json.WriteStartObject("vary");
            json.WriteString("name", vary.Name);
            json.WriteStartArray("values");
            foreach (var value in vary.Values) json.Value(value);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else json.WriteNull("vary");
        Trial(json, design.Trial);
        json.Text("note", design.Note);
        json.WriteEndObject();
    }

    private static void Trial(Utf8JsonWriter json, DesignTrial? trial)
    {
        if (trial is null)
        {
            json.WriteNull("trial");
            return;
        }
        json.WriteStartObject("trial");
        json.WriteString("allocation", trial.Allocation == DesignAllocation.UpAndDown ? "up-and-down" : Word(trial.Allocation));
        json.WriteNumber("analyticWashoutDays", trial.AnalyticWashoutDays);
        json.WriteStartArray("steps");
        foreach (var step in trial.Steps)
        {
            json.WriteStartObject();
            json.Decimal("doseMg", step.Dose.ExactMilligrams);
            json.WriteNumber("days", step.Days);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Numbers(("blockSize", trial.BlockSize), ("favourPercent", trial.FavourPercent), ("earliest", trial.Earliest), ("latest", trial.Latest == 0 ? null : trial.Latest));
        json.WriteStartArray("factors");
        foreach (var factor in trial.Factors)
        {
            json.WriteStartObject();
            json.WriteString("name", factor.Name);
            Texts(json, "levels", factor.Levels);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("ladder");
        foreach (var dose in trial.Ladder) json.WriteNumberValue(dose.ExactMilligrams);
        json.WriteEndArray();
        if (trial.Decision is { } decision) json.WriteString("decision", Word(decision));
        if (trial.PercentP is { } percent) json.WriteNumber("percentP", percent);
        Texts(json, "sources", trial.Sources);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static void Periods(Utf8JsonWriter json, Design design)
    {
        if (design.Blocks is not null)
        {
            json.WriteNull("periods");
            return;
        }
        json.WriteStartArray("periods");
        foreach (var period in design.Periods)
        {
            json.WriteStartObject();
            json.WriteString("arm", Word(period.Arm));
            json.Decimal("doseMg", period.Arm == DesignArm.Ldn ? period.Dose.ExactMilligrams : null);
            json.WriteNumber("days", period.Days);
            json.WriteBoolean("blinded", period.Blinded);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Blocks(Utf8JsonWriter json, DesignBlocks? blocks)
    {
        if (blocks is null)
        {
            json.WriteNull("blocks");
            return;
        }
        json.WriteStartObject("blocks");
        json.WriteStartArray("arms");
        foreach (var arm in blocks.Arms) json.WriteStringValue(Word(arm));
        json.WriteEndArray();
        json.Decimal("doseMg", blocks.Arms.Contains(DesignArm.Ldn) ? blocks.Dose.ExactMilligrams : null);
        json.WriteNumber("days", blocks.Days);
        json.WriteNumber("pairs", blocks.Pairs);
        json.WriteString("random", Word(blocks.Random));
        json.WriteBoolean("blinded", blocks.Blinded);
        json.WriteEndObject();
    }

    private static void Truth(Utf8JsonWriter json, DesignTruth truth)
    {
        json.WriteStartObject("truth");
        json.Numbers(("effect", truth.Effect), ("effectSd", truth.EffectSd), ("level", truth.Level), ("levelSd", truth.LevelSd), ("rho", truth.Rho), ("sigma", truth.Sigma),
            ("whiteShare", truth.WhiteShare), ("tauDays", truth.TauDays), ("trendPer28Days", truth.TrendPer28Days), ("expectation", truth.Expectation), ("missing", truth.Missing), ("dropout", truth.Dropout));
        if (truth.Rounded is { } rounded) json.WriteBoolean("rounded", rounded);
        else json.WriteNull("rounded");
        json.WriteEndObject();
    }
}
