using Lowdose.Evidence;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>What the studies of one question say together, by several models and for parts of the studies.</summary>
/// <param name="Question">The question.</param>
/// <param name="Table">The studies that enter, by year.</param>
/// <param name="Models">Every model of all of them.</param>
/// <param name="Parts">The same for parts of them.</param>
/// <param name="Doses">Whether the effect goes with the dose; null without a group to compare with.</param>
/// <param name="Published">Published meta-analyses of it, and why they differ.</param>
public sealed record TopicSynthesis(Question Question, StudyTable Table, IReadOnlyList<NamedModel> Models, IReadOnlyList<TopicPart> Parts, DoseResponse? Doses, IReadOnlyList<PublishedBeside> Published)
{
    /// <summary>The models by name: the domain's own check first, then the one that is honest about few studies, then equal effects.</summary>
    private static readonly (string Name, TauMethod Method, CoefficientTest Test)[] Named =
        [("DL", TauMethod.DL, CoefficientTest.Z), ("REML-HK", TauMethod.REML, CoefficientTest.KnappHartung), ("EE", TauMethod.EE, CoefficientTest.Z)];

    /// <summary>Where the true effect of one more such study lies 19 times of 20, by the model that is honest about few studies; null where two or fewer say nothing of it.</summary>
    public PredictionInterval? OneMore => Models.FirstOrDefault(m => m.Name == "REML-HK")?.Analysis.Fit is { K: > 2 } fit ? fit.Prediction : null;

    /// <summary>Pools a question.</summary>
    /// <param name="knowledge">Where its studies are.</param>
    /// <param name="topic">The question's id, upper or lower case.</param>
    /// <returns>Null where there is no such question.</returns>
    public static TopicSynthesis? Of(Knowledge knowledge, string topic)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        var question = knowledge.Questions.Values.FirstOrDefault(q => string.Equals(q.Id, topic, StringComparison.OrdinalIgnoreCase));
        if (question is null || EvidenceTable.Of(knowledge, question.Id) is not { } table) return null;
        TopicPart Part(string name, string says, Func<Study, bool> keeps)
        {
            var kept = Kept(table, id => keeps(knowledge.Studies[id]));
            return new TopicPart(name, says, kept?.Names ?? [], kept, kept is null ? [] : Pooled(kept));
        }
        return new TopicSynthesis(question, table, Pooled(table),
        [
            Part("only-double-blind", "Only double-blind studies", s => s.Blinding == Blinding.DoubleBlind),
            Part("only-parallel", "Only studies with two groups of people", s => s.Design is StudyDesign.RandomisedParallel or StudyDesign.RandomisedFactorial),
        ], DoseResponse.Of(knowledge, question, table), PublishedBeside.Of(knowledge, question));
    }

    private static StudyTable? Kept(StudyTable table, Func<string, bool> keeps)
    {
        var rows = Enumerable.Range(0, table.Names.Count).Where(i => keeps(table.Names[i])).ToArray();
        return rows.Length == 0 ? null : table with
        {
            Names = [.. rows.Select(i => table.Names[i])],
            Effects = [.. rows.Select(i => table.Effects[i])],
            Reported = [.. rows.Select(i => table.Reported[i])],
            Order = [.. Enumerable.Range(0, rows.Length)],
            Notes = [],
        };
    }

    private static IReadOnlyList<NamedModel> Pooled(StudyTable table) =>
        [.. Named.Select(m => Synthesise.Everything(table.Set(m.Method, m.Test), table.Order) is { } analysis ? new NamedModel(m.Name, analysis) : null).OfType<NamedModel>()];
}

/// <summary>One way to pool, and what it says.</summary>
/// <param name="Name">E.g. <c>REML-HK</c>.</param>
/// <param name="Analysis">Its answer and how sensitive that is.</param>
public sealed record NamedModel(string Name, MetaAnalysis Analysis);

/// <summary>Some of a question's studies, pooled alone.</summary>
/// <param name="Name">E.g. <c>only-parallel</c>.</param>
/// <param name="Says">The same in words.</param>
/// <param name="Included">Their ids.</param>
/// <param name="Table">They themselves; null where there are none.</param>
/// <param name="Models">What they say; empty where there are none.</param>
public sealed record TopicPart(string Name, string Says, IReadOnlyList<string> Included, StudyTable? Table, IReadOnlyList<NamedModel> Models);
