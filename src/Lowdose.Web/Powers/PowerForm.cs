using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Evidence;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Powers;

/// <summary>One thing that is asked about a study.</summary>
/// <param name="Name">Its key in a design.</param>
/// <param name="Label">As it is asked.</param>
/// <param name="Hint">What it means; null where the label says it.</param>
public sealed record Asked(string Name, string Label, string? Hint = null);

/// <summary>What was typed about a study: texts, which the reader of designs judges.</summary>
/// <param name="Said">Texts by key.</param>
public sealed partial record PowerForm(IReadOnlyDictionary<string, string> Said)
{
    /// <summary>What may be asked of the data.</summary>
    public static IReadOnlyList<(string Word, string Label)> Analyses { get; } =
        [("verdict", "one person: is it working?"), ("pool", "many people: all days in one model"), ("crossover", "many people: means of periods"), ("permutation", "many people: permutation test")];

    /// <summary>How orders may be drawn.</summary>
    public static IReadOnlyList<(string Word, string Label)> Orders { get; } = [("pairs", "each pair by a coin"), ("sequence", "half begin with placebo, half with drug")];

    /// <summary>Of the study.</summary>
    public static IReadOnlyList<Asked> Study { get; } =
    [
        new("people", "People", "Not for one person."), new("days", "Days in a block"), new("pairs", "Pairs of blocks", "Placebo and drug, once each, is a pair."),
        new("runInDays", "Days on nothing at the start"), new("washoutDays", "Days on nothing between blocks"), new("discardDays", "Days left out at the start of a block", "0 for one person: the model knows that the drug comes and goes slowly."),
    ];

    /// <summary>Of what is assumed.</summary>
    public static IReadOnlyList<Asked> Truth { get; } =
    [
        new("effect", "True effect, points of 10", "Less is better, so a benefit has a minus."), new("effectSd", "How people’s effects differ, SD"), new("level", "Score without the drug"), new("levelSd", "How people’s scores differ, SD"),
        new("sigma", "How days swing, SD"), new("rho", "How much a day is like the one before, 0 to 1"), new("tauDays", "Days to come and go", "Of the drug’s effect; the time constant."),
        new("expectation", "Effect of swallowing anything", "Hope, in points; 0 for none."), new("missing", "Share of days without a score"), new("dropout", "Share of people who leave"),
    ];

    /// <summary>The names that may vary here.</summary>
    public static IEnumerable<Asked> Varying => Study.Concat(Truth);

    /// <summary>What was typed under a key; empty where nothing was.</summary>
    public string this[string name] => Said.GetValueOrDefault(name, "");

    /// <summary>A design of ours, as it would have been typed.</summary>
    public static PowerForm Of(Design design)
    {
        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
        var (blocks, truth) = (design.Blocks!, design.Truth);
        return new(new Dictionary<string, string>
        {
            ["design"] = design.Id, ["analysis"] = design.Analysis.ToString().ToLowerInvariant(), ["random"] = blocks.Random.ToString().ToLowerInvariant(),
            ["people"] = Text(design.People), ["days"] = Text(blocks.Days), ["pairs"] = Text(blocks.Pairs), ["runInDays"] = Text(design.RunInDays), ["washoutDays"] = Text(design.WashoutDays),
            ["discardDays"] = Text(design.DiscardDays), ["effect"] = Text(truth.Effect), ["effectSd"] = Text(truth.EffectSd), ["level"] = Text(truth.Level), ["levelSd"] = Text(truth.LevelSd),
            ["sigma"] = Text(truth.Sigma), ["rho"] = Text(truth.Rho), ["tauDays"] = Text(truth.TauDays), ["expectation"] = Text(truth.Expectation), ["missing"] = Text(truth.Missing),
            ["dropout"] = Text(truth.Dropout), ["vary"] = design.Vary!.Name, ["values"] = string.Join(", ", design.Vary.Values.Select(Text)),
        });
    }

    /// <summary>What a form holds.</summary>
    public static PowerForm Of(IFormCollection form) => new(form.Keys.ToDictionary(k => k, k => form[k].ToString().Trim()));

    /// <summary>The design as a file: what the command takes.</summary>
    public string Yaml()
    {
        var text = new StringBuilder();
        var one = this["analysis"] == "verdict";
        if (!one) text.Append("people: ").Append(Scalar("people")).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"blocks: {{arms: [placebo, ldn], doseMg: 4.5, days: {Scalar("days")}, pairs: {Scalar("pairs")}, random: {Scalar("random")}, blinded: true}}\n");
        foreach (var days in (string[])["runInDays", "washoutDays", "discardDays"]) text.Append(CultureInfo.InvariantCulture, $"{days}: {Scalar(days)}\n");
        text.Append(CultureInfo.InvariantCulture, $"analysis: {Scalar("analysis")}\n");
        // A pool is told the onset that is assumed.
        if (this["analysis"] == "pool") text.Append(CultureInfo.InvariantCulture, $"poolTauDays: {Scalar("tauDays")}\n");
        text.Append("truth: {").AppendJoin(", ", Truth.Select(t => $"{t.Name}: {Scalar(t.Name)}")).Append("}\n");
        string[] values = [.. Between().Split(this["values"]).Where(v => v.Length > 0)];
        if (this["vary"].Length > 0) text.Append(CultureInfo.InvariantCulture, $"vary: {{name: {Quoted(this["vary"])}, values: [{string.Join(", ", values.Select(Quoted))}]}}\n");
        return text.ToString();
    }

    // A decimal comma is one in a field that holds one number.
    private string Scalar(string name) => Quoted(this[name].Replace(',', '.'));

    /// <summary>A number or a word as it is; anything else between quotation marks, so that it stays one text.</summary>
    private static string Quoted(string text) => text.Length == 0 ? "0" : Plain().IsMatch(text) ? text.Replace('−', '-')
        : "\"" + string.Concat(text.Where(c => !char.IsControl(c)).Take(40)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    [GeneratedRegex(@"^[-−]?[0-9]{1,12}(\.[0-9]{1,12})?$|^[A-Za-z0-9]{1,20}$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"[\s;,]+")]
    private static partial Regex Between();
}
