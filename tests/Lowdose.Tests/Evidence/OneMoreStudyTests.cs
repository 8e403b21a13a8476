using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Tests.Evidence;

/// <summary>Adding one study file, and nothing else, moves every figure that depends on it.</summary>
public sealed class OneMoreStudyTests
{
    private const string Source = """
        - id: ALMOND2027
          title: A made-up trial
          kind: trial
          year: 2027
          citation: null
          verified: looked-up
          note: null
        """;

    private const string Study = """
        id: ALMOND2027
        title: A made-up trial of 1.5 mg in fibromyalgia
        year: 2027
        design: randomised-parallel
        blinding: double-blind
        conditions: [fibromyalgia]
        enrolled: 400
        analysed: 400
        doseMg: 1.5
        weeks: 12
        comparator: placebo
        verified: looked-up
        sources: [ALMOND2027]
        outcomes:
          - name: Pain, change
            scale: NRS 0 to 10
            better: lower
            weeks: 12
            primary: true
            as: change
            pools: fibromyalgia-pain
            arms: []
            effect: {kind: mean-difference, estimate: -1.5, low: -1.8, high: -1.2}
          - name: Pain down by 30 % or more
            better: higher
            as: proportion
            pools: fibromyalgia-responders-30
            arms:
              - {arm: ldn, n: 200, events: 120}
              - {arm: placebo, n: 200, events: 60}
        """;

    private static readonly Knowledge Before = RepositoryKnowledge.Knowledge;
    private static readonly Knowledge After = Added();

    [Fact]
    public void The_pooled_effect_its_sensitivity_and_its_growth_by_year_have_it()
    {
        var (before, after) = (TopicSynthesis.Of(Before, "fibromyalgia-pain")!, TopicSynthesis.Of(After, "fibromyalgia-pain")!);
        after.Table.Names.ShouldBe([.. before.Table.Names, "ALMOND2027"]);
        foreach (var (was, now) in before.Models.Zip(after.Models)) now.Analysis.Fit.Pooled.Estimate.ShouldBeLessThan(was.Analysis.Fit.Pooled.Estimate - 0.1, was.Name);
        after.Models[0].Analysis.Cumulative.Count.ShouldBe(before.Models[0].Analysis.Cumulative.Count + 1);
        after.Parts.Single(p => p.Name == "only-parallel").Included.ShouldContain("ALMOND2027");
        Encoding.UTF8.GetString(TopicJson.Of(After, after)).ShouldContain("ALMOND2027");
    }

    [Fact]
    public void The_other_question_it_answers_has_it_too_and_one_that_it_does_not_answer_says_why_not()
    {
        TopicSynthesis.Of(After, "fibromyalgia-responders-30")!.Table.Names.ShouldContain("ALMOND2027");
        After.Questions["fibromyalgia-any-side-effect"].Out(After.Studies.Values).ShouldContain(e => e.Study == "ALMOND2027" && e.Why.Contains("no number", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_said_of_dose_has_it()
    {
        var (before, after) = (TopicSynthesis.Of(Before, "fibromyalgia-pain")!.Doses!, TopicSynthesis.Of(After, "fibromyalgia-pain")!.Doses!);
        after.Doses.ShouldBe([.. before.Doses, 1.5]);
        Math.Abs(after.PerMg!.Value.Estimate - before.PerMg!.Value.Estimate).ShouldBeGreaterThan(0.01);
    }

    [Fact]
    public void The_evidence_prior_has_it_most_at_its_own_dose()
    {
        var (before, after) = (EvidencePrior.Of(Before)!, EvidencePrior.Of(After)!);
        after.Trials.Select(t => t.Study).ShouldContain("ALMOND2027");
        double Moved(double mg) => before.Curve.At(mg).Mean - after.Curve.At(mg).Mean;
        Moved(1.5).ShouldBeGreaterThan(0.5);
        Moved(4.5).ShouldBeInRange(0.05, Moved(1.5));
    }

    [Fact]
    public void The_list_the_dossier_and_the_whole_base_have_it()
    {
        foreach (var json in (byte[][])[EvidenceJson.List(After), EvidenceJson.Whole(After)]) Encoding.UTF8.GetString(json).ShouldContain("ALMOND2027");
        Dossier.Of(After, "fibromyalgia")!.Studies.ShouldContain("ALMOND2027");
        Upkeep.Of(After, new(2027, 1, 1), 6).WithoutBias.Select(s => s.Id).ShouldContain("ALMOND2027");
    }

    private static Knowledge Added()
    {
        KnowledgeFile New(string path, string yaml) => new(path, new MemoryStream(Encoding.UTF8.GetBytes(yaml)));
        var reading = Knowledge.Load([.. RepositoryKnowledge.Opened(), New("knowledge/sources/almond.yaml", Source), New("knowledge/studies/ALMOND2027.yaml", Study)]);
        return reading.Knowledge ?? throw new InvalidOperationException(string.Join('\n', reading.Defects));
    }
}
