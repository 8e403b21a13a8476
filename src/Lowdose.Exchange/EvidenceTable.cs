using System.Globalization;
using Lowdose.Evidence;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>The studies that enter one question of the evidence, as a table to pool.</summary>
public static class EvidenceTable
{
    /// <summary>The questions that studies are pooled to answer.</summary>
    /// <param name="knowledge">Where they are.</param>
    /// <returns>E.g. <c>fibromyalgia-pain</c>, in alphabetical order.</returns>
    public static IReadOnlyList<string> Questions(Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        return [.. knowledge.Questions.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The table of a question: an effect as it was reported, else a risk ratio of two arms, else one arm's proportion as log odds.</summary>
    /// <param name="knowledge">Where the studies are.</param>
    /// <param name="question">As an outcome's <c>pools</c> has it.</param>
    /// <returns>In order of year; null where no outcome enters it.</returns>
    /// <exception cref="InvalidOperationException">Its outcomes are not of one kind, or one has no number to pool, which a test does not let through.</exception>
    public static StudyTable? Of(Knowledge knowledge, string question)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var entering = (from study in knowledge.Studies.Values
                        from outcome in study.Outcomes.Concat(study.Adverse)
                        where outcome.Pools == question
                        orderby study.Year ?? int.MaxValue, study.Id
                        select (study.Id, Outcome: outcome, Row: Row(outcome))).ToArray();
        if (entering.Length == 0) return null;
        var measures = entering.Select(e => e.Row.Measure).Distinct().ToArray();
        if (measures.Length > 1) throw new InvalidOperationException($"{question} mixes {string.Join(" and ", measures)}");
        return new StudyTable(measures[0], [.. entering.Select(e => e.Id)], [.. entering.Select(e => e.Row.Effect)], [.. entering.Select(e => e.Row.Reported)], [], [], [],
            [.. Enumerable.Range(0, entering.Length)], [.. entering.SelectMany(e => Notes(e.Id, e.Outcome))]);
    }

    /// <summary>What the study's file says beside the number, and whether anybody here read it.</summary>
    private static IEnumerable<string> Notes(string study, Outcome outcome)
    {
        var used = outcome.Effect?.Estimate is { } estimate ? [estimate] : outcome.Arms.Select(a => a.Events ?? a.Percent).OfType<Figure>();
        if (used.Any(f => f.Mark.Verification == Verification.Memory)) yield return $"{study}: its numbers are from memory and not checked.";
        if (outcome.Note is { } note) yield return $"{study}: {note}";
    }

    private static (Measure Measure, StudyEffect Effect, (string First, string Second) Reported) Row(Outcome outcome)
    {
        if (outcome.Effect is { Pooled: { } estimate, StandardError: { } se } effect) return (Kind(effect.Kind), new StudyEffect(estimate, se * se), ("", ""));
        if (outcome.Arm("ldn") is not { } ldn || Counts(ldn) is not { } drug) throw new InvalidOperationException($"'{outcome.Name}' has no number to pool into {outcome.Pools}");
        if (outcome.Arm("placebo") is not { } placebo || Counts(placebo) is not { } other)
            return (Measure.PLO, EffectSizes.OfProportion(Measure.PLO, drug.Events, drug.People), (Told(drug), ""));
        return (Measure.RR, EffectSizes.OfCounts(Measure.RR, drug.Events, drug.People - drug.Events, other.Events, other.People - other.Events), (Told(drug), Told(other)));
    }

    private static Measure Kind(EffectKind kind) => kind switch
    {
        EffectKind.RiskRatio => Measure.RR,
        EffectKind.OddsRatio => Measure.OR,
        EffectKind.StandardisedDifference => Measure.SMD,
        EffectKind.MeanDifference => Measure.MD,
        _ => Measure.GEN,
    };

    /// <summary>Counts; a percent of so many people stands for a count that the report leaves out.</summary>
    private static (double Events, double People)? Counts(ArmResult arm) =>
        arm.People is not { } people ? null
        : arm.Events is { } events ? ((double)events.Low, (double)people.Low)
        : arm.Percent is { } percent ? ((double)(people.Low * percent.Low / 100), (double)people.Low)
        : null;

    private static string Told((double Events, double People) counts) => string.Create(CultureInfo.InvariantCulture, $"{counts.Events:0.#}/{counts.People:0}");
}
