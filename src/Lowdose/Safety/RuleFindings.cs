using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>How a rule becomes a finding.</summary>
internal static class RuleFindings
{
    /// <summary>The finding as the rule states it.</summary>
    public static Finding Finding(this Rule rule, Knowledge knowledge, string subject) =>
        new(rule.Level, rule.Id, subject, rule.Why, rule.Do, null, rule.Certainty, rule.Sources(knowledge), rule.Conflicts);

    /// <summary>The sources of the claims a rule rests on, each once.</summary>
    public static IReadOnlyList<string> Sources(this Rule rule, Knowledge knowledge) => [.. rule.Claims.SelectMany(c => knowledge.Claims[c].Mark.Sources).Distinct()];

    /// <summary>A substance and what it is made of.</summary>
    public static IEnumerable<Substance> WithParts(this Substance substance, Knowledge knowledge) => substance.Parts.Select(p => knowledge.Substances[p]).Prepend(substance);
}
