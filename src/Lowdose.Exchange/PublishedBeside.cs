using Lowdose.Evidence;

namespace Lowdose.Exchange;

/// <summary>A published meta-analysis that answers a question of ours, with the reason why its number is another.</summary>
/// <param name="Study">The meta-analysis.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Why">Why it differs from ours.</param>
public sealed record PublishedBeside(Study Study, Outcome Outcome, string Why)
{
    /// <summary>Those of a question, by year.</summary>
    /// <param name="knowledge">Where the studies are.</param>
    /// <param name="question">The question.</param>
    public static IReadOnlyList<PublishedBeside> Of(Knowledge knowledge, Question question)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(question);
        return [.. from beside in question.Published
                   let study = knowledge.Studies[beside.Study]
                   orderby study.Year ?? int.MaxValue, study.Id
                   select new PublishedBeside(study, study.Outcomes.Concat(study.Adverse).First(o => o.Name == beside.Outcome), beside.Why)];
    }
}
