using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>How a rule becomes a finding.</summary>
internal static class RuleFindings
{
    /// <summary>The finding as the rule states it.</summary>
    public static Finding Finding(this Rule rule, Knowledge knowledge, string subject) =>
        new(rule.Level, rule.Id, subject, rule.Why, string.Join(' ', Advice(rule)), null, rule.Certainty, rule.Sources(knowledge), rule.Conflicts);

    private static IEnumerable<string> Advice(Rule rule)
    {
        yield return rule.Do;
        if (rule.StartMg is { } start) yield return $"First dose: {Range(start, "mg a day")}.";
        foreach (var check in rule.Checks)
            yield return $"Test: {check.What}, {check.When}{(check.Weeks is { } weeks ? $" ({Range(weeks, "weeks")})" : "")}.";
    }

    /// <summary>A figure as it may be shown: one from memory says so.</summary>
    public static string Range(Figure figure, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{figure.Low:0.###}{(figure.High == figure.Low ? "" : $" to {figure.High:0.###}")} {unit}{(figure.Mark.IsVerified ? "" : ", not verified")}");

    /// <summary>The sources of the claims a rule rests on, each once.</summary>
    public static IReadOnlyList<string> Sources(this Rule rule, Knowledge knowledge) => [.. rule.Claims.SelectMany(c => knowledge.Claims[c].Mark.Sources).Distinct()];

    /// <summary>A substance and what it is made of.</summary>
    public static IEnumerable<Substance> WithParts(this Substance substance, Knowledge knowledge) => substance.Parts.Select(p => knowledge.Substances[p]).Prepend(substance);
}
