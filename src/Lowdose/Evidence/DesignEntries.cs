using System.Globalization;
using Lowdose.Quantities;

namespace Lowdose.Evidence;

/// <summary>Reads designs: ours in knowledge/designs, and anybody's.</summary>
internal static class DesignEntries
{
    private static readonly string[] TruthKeys = ["effect", "effectSd", "level", "levelSd", "rho", "sigma", "whiteShare", "tauDays", "trendPer28Days", "expectation", "missing", "dropout"];

    public static Design Design(Entry entry, KnowledgeReader reader, bool ours)
    {
        var id = ours ? entry.Text("id") : entry.OptionalText("id") ?? "";
        if (ours) reader.Take("designs", id, entry.Line);
        var before = reader.Defects;
        var truth = entry.Inner("truth");
        if (truth is null && !entry.Given("truth")) reader.Defect(entry.Line, "'truth' is missing; say what is assumed: at least effect and sigma");
        var onset = entry.Given("poolTauDays") && entry.OptionalText("poolTauDays") == "likeliest";
        var design = new Design
        {
            Id = id,
            Title = ours ? entry.Text("title") : entry.OptionalText("title") ?? "",
            Analysis = entry.Choice<DesignAnalysis>("analysis"),
            Periods = [.. entry.Inners("periods").Select(p => Period(p, reader))],
            Blocks = entry.Inner("blocks") is { } blocks ? Blocks(blocks, reader) : null,
            RunInDays = (int)(Number(entry, "runInDays", reader) ?? 0),
            WashoutDays = (int)(Number(entry, "washoutDays", reader) ?? 0),
            DiscardDays = (int)(Number(entry, "discardDays", reader) ?? 0),
            PoolTauDays = onset ? null : Number(entry, "poolTauDays", reader) ?? 0,
            Replicates = (int)(Number(entry, "replicates", reader) ?? 1000),
            Truth = truth is null ? new() : Truth(truth, reader),
            Trial = entry.Inner("trial") is { } trial ? TrialEntries.Trial(trial, reader) : null,
            Note = entry.OptionalText("note"),
        };
        if (entry.Given("people") || design.Analysis == DesignAnalysis.Verdict) design = design with { People = (int)(Number(entry, "people", reader) ?? 1) };
        else reader.Defect(entry.Line, "'people' is missing; say how many");
        if (entry.Given("periods") == entry.Given("blocks"))
            reader.Defect(entry.Given("blocks") ? entry.LineOf("blocks") : entry.Line, "a design has either 'periods' or 'blocks'; " + (entry.Given("blocks") ? "leave one out" : "give one"));
        // What a design must be as a whole is asked once its parts are known.
        if (reader.Defects == before)
        {
            var wrong = DesignLimits.Wrong(design).ToArray();
            foreach (var (key, what) in wrong.Concat(TrialEntries.Wrong(design))) reader.Defect(truth?.Has(key) == true ? truth.LineOf(key) : entry.LineOf(key), what);
        }
        return entry.Inner("vary") is { } vary ? design with { Vary = Vary(vary, design, reader, reader.Defects == before) } : design;
    }

    private static DesignPeriod Period(Entry entry, KnowledgeReader reader)
    {
        var arm = entry.Choice<DesignArm>("arm");
        var period = new DesignPeriod(arm, Dose(entry, arm == DesignArm.Ldn, null, reader), (int)(Needed(entry, "days", reader) ?? 1), entry.Flag("blinded"));
        entry.Done();
        return period;
    }

    private static DesignBlocks Blocks(Entry entry, KnowledgeReader reader)
    {
        var arms = entry.Choices<DesignArm>("arms");
        if (arms.Count != 2 || arms[0] == arms[1])
        {
            reader.Defect(entry.LineOf("arms"), "'arms' are two different ones, such as [placebo, ldn]");
            arms = [DesignArm.Placebo, DesignArm.Ldn];
        }
        var blinded = entry.Given("blinded") ? entry.Flag("blinded") : !arms.Contains(DesignArm.None);
        if (blinded && arms.Contains(DesignArm.None)) reader.Defect(entry.LineOf("blinded"), "nobody is blind to taking nothing; give the arm placebo, or leave blinded out");
        var blocks = new DesignBlocks(arms, Dose(entry, arms.Contains(DesignArm.Ldn), Mass.FromMilligrams(4.5m), reader), (int)(Needed(entry, "days", reader) ?? 1),
            (int)(Needed(entry, "pairs", reader) ?? 1), entry.Given("random") ? entry.Choice<DesignRandom>("random") : DesignRandom.Pairs, blinded);
        entry.Done();
        return blocks;
    }

    private static Mass Dose(Entry entry, bool drug, Mass? usual, KnowledgeReader reader)
    {
        var dose = entry.Milligrams("doseMg");
        if (drug && dose is null && usual is null) reader.Defect(entry.Given("doseMg") ? entry.LineOf("doseMg") : entry.Line, "'doseMg' is missing; say the daily dose in mg");
        if (drug && dose is { } taken && (taken <= Mass.Zero || taken > Mass.FromMilligrams(1000))) reader.Defect(entry.LineOf("doseMg"), $"a dose of {taken} cannot be; it lies above 0 to 1000 mg");
        if (!drug && dose is { } given && given != Mass.Zero) reader.Defect(entry.LineOf("doseMg"), "a dose where the drug is not given; leave doseMg out");
        return drug ? dose ?? usual ?? Mass.Zero : Mass.Zero;
    }

    private static DesignTruth Truth(Entry entry, KnowledgeReader reader)
    {
        var numbers = TruthKeys.ToDictionary(k => k, k => k is "effect" or "sigma" ? Needed(entry, k, reader) : Number(entry, k, reader));
        var truth = new DesignTruth
        {
            Effect = numbers["effect"] ?? 0, EffectSd = numbers["effectSd"] ?? 0, Level = numbers["level"] ?? 6, LevelSd = numbers["levelSd"] ?? 0, Rho = numbers["rho"] ?? 0,
            Sigma = numbers["sigma"] ?? 1, WhiteShare = numbers["whiteShare"] ?? 0, TauDays = numbers["tauDays"] ?? 0, TrendPer28Days = numbers["trendPer28Days"] ?? 0,
            Expectation = numbers["expectation"] ?? 0, Missing = numbers["missing"] ?? 0, Dropout = numbers["dropout"] ?? 0, Rounded = entry.Given("rounded") ? entry.Flag("rounded") : null,
        };
        entry.Done();
        return truth;
    }

    private static DesignVary? Vary(Entry entry, Design design, KnowledgeReader reader, bool whole)
    {
        var said = entry.Text("name");
        var name = said.StartsWith("truth.", StringComparison.Ordinal) ? said["truth.".Length..] : said.StartsWith("blocks.", StringComparison.Ordinal) ? said["blocks.".Length..] : said;
        var values = entry.Scalars("values").Select(v => (v.Line, Value: Parsed("values", v.Value!, v.Line, reader))).ToArray();
        entry.Done();
        if (said.Length == 0) return null;
        if (!DesignLimits.Varying.Contains(name)) reader.Defect(entry.LineOf("name"), $"'{said}' cannot vary; one of {string.Join(", ", DesignLimits.Varying)}");
        else if (design.With(name, 1) is null) reader.Defect(entry.LineOf("name"), $"'{said}' belongs to blocks, and this design has none");
        else if (values.Length is 0 or > DesignLimits.MostValues) reader.Defect(entry.LineOf("values"), $"'values' are 1 to {DesignLimits.MostValues} numbers");
        else
            foreach (var (line, value) in values)
            {
                if (value is not { } number) continue;
                if (DesignLimits.Wrong(name, number) is { } wrong) reader.Defect(line, wrong);
                else if (whole)
                    foreach (var (_, what) in DesignLimits.Wrong(design.With(name, number)!)) reader.Defect(line, $"with {name} {number.ToString(CultureInfo.InvariantCulture)}: {what}");
            }
        return new(name, [.. values.Select(v => v.Value ?? 0)]);
    }

    private static double? Needed(Entry entry, string key, KnowledgeReader reader)
    {
        if (!entry.Given(key)) reader.Defect(entry.Line, $"'{key}' is missing; add it");
        return Number(entry, key, reader);
    }

    private static double? Number(Entry entry, string key, KnowledgeReader reader)
    {
        if (entry.OptionalText(key) is not { } text) return null;
        if (Parsed(key, text, entry.LineOf(key), reader) is not { } number) return null;
        if (DesignLimits.Wrong(key, number) is not { } wrong) return number;
        reader.Defect(entry.LineOf(key), wrong);
        return null;
    }

    private static double? Parsed(string key, string text, int line, KnowledgeReader reader)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        reader.Defect(line, $"'{key}: {text}' is not a number; write digits and a decimal point, no unit");
        return null;
    }
}
