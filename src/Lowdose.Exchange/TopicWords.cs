using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>What stands beside a pooled answer, in words, the same in a terminal and on a page.</summary>
public static class TopicWords
{
    /// <summary>How the effect goes with the dose, a line each; nothing where there was no group to compare with.</summary>
    /// <param name="topic">The question, pooled.</param>
    public static IEnumerable<string> Doses(TopicSynthesis topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.Doses is { } doses ? Doses(topic, doses, new MetaScale(topic.Table)) : [];
    }

    /// <summary>A published meta-analysis beside ours, to follow its id: its size, its number and why that is another.</summary>
    /// <param name="published">It.</param>
    public static string Published(PublishedBeside published)
    {
        ArgumentNullException.ThrowIfNull(published);
        var (study, outcome, why) = published;
        static string Plain(Figure? figure) => figure is null ? "–" : figure.Low.ToString(CultureInfo.InvariantCulture).Replace('-', '−');
        var effect = outcome.Effect is { } e ? $"{EvidenceWords.Word(e.Kind).Replace('-', ' ')} {Plain(e.Estimate)} ({Plain(e.Low)} to {Plain(e.High)})" : "no number";
        return $"{(study.Trials is { } trials ? $", {Plain(trials)} studies" : "")}: {effect}{EvidenceWords.Known(outcome.Effect?.Estimate?.Mark ?? study.Mark)}. {why}";
    }

    private static IEnumerable<string> Doses(TopicSynthesis topic, DoseResponse doses, MetaScale scale)
    {
        yield return $"Highest doses: {string.Join(", ", topic.Table.Names.Zip(doses.Doses, (id, mg) => $"{id} {mg.ToString(CultureInfo.InvariantCulture)} mg"))}.";
        yield return doses.PerMg is { } slope
            ? $"With each mg more the effect {(scale.IsRatio ? "is multiplied by" : "changes by")} {MetaScale.Written(scale.Pooled(slope.Estimate))} ({MetaScale.Written(scale.Pooled(slope.Lo))} to {MetaScale.Written(scale.Pooled(slope.Hi))}; REML, Knapp–Hartung, {doses.Fit!.Df.ToString(CultureInfo.InvariantCulture)} df). {DoseResponse.Caution}"
            : $"No slope can be given. {doses.WhyNot}";
        foreach (var f in doses.Found)
            yield return $"{f.Study}: {char.ToLowerInvariant(f.What[0])}{f.What[1..]}, {f.Effect.Estimate!.Low.ToString(CultureInfo.InvariantCulture)} mg.{(f.Note is { } note ? " " + note : "")}";
    }
}
