using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Tests.Evidence;

/// <summary>Published meta-analyses stand beside ours with the reason why they differ; every question says what to bear in mind.</summary>
public sealed class PublishedTests
{
    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    [Fact]
    public void Every_question_has_a_caution() => Known.Questions.Values.Where(q => q.Cautions.Count == 0).Select(q => q.Id).ShouldBeEmpty();

    [Fact]
    public void Every_one_named_is_a_meta_analysis_of_the_condition_with_that_outcome() =>
        (from question in Known.Questions.Values
         from beside in question.Published
         let study = Known.Studies[beside.Study]
         where study.Design != StudyDesign.MetaAnalysis || !study.Conditions.Any(question.Conditions.Contains) || !study.Outcomes.Concat(study.Adverse).Any(o => o.Name == beside.Outcome)
         select $"{question.Id}: {beside.Study}, {beside.Outcome}").ShouldBeEmpty();

    [Fact]
    public void Every_meta_analysis_of_pain_in_fibromyalgia_is_beside_ours()
    {
        var pooled = Known.Studies.Values.Where(s => s.Design == StudyDesign.MetaAnalysis && s.Conditions.Contains("fibromyalgia") && s.Outcomes.Any(o => o.Name.StartsWith("Pain", StringComparison.Ordinal) && o.Effect is not null));
        Known.Questions["fibromyalgia-pain"].Published.Select(p => p.Study).Order().ShouldBe(pooled.Select(s => s.Id).Order());
    }

    [Fact]
    public void They_keep_their_own_numbers()
    {
        var beside = TopicSynthesis.Of(Known, "fibromyalgia-pain")!.Published;
        var effect = beside.Single(p => p.Study.Id == "VATVANI2024").Outcome.Effect!;
        (effect.Estimate!.Low, effect.Low!.Low, effect.High!.Low).ShouldBe((-0.86m, -1.20m, -0.51m));
        beside.ShouldAllBe(p => p.Why.Contains("INNOVA", StringComparison.Ordinal));
    }

    [Fact]
    public void By_dose_three_trials_can_say_nothing_and_the_dose_finding_study_stands_beside()
    {
        var doses = TopicSynthesis.Of(Known, "fibromyalgia-pain")!.Doses.ShouldNotBeNull();
        doses.Doses.ShouldBe([4.5, 6, 4.5]);
        var slope = doses.PerMg.ShouldNotBeNull();
        doses.Fit!.Df.ShouldBe(1);
        (slope.Lo, slope.Hi).ShouldSatisfyAllConditions(s => s.Lo.ShouldBeLessThan(-1), s => s.Hi.ShouldBeGreaterThan(1));
        doses.Found.Select(f => (f.Study, f.Effect.Estimate!.Low)).ShouldBe([("BRUUN2020", 3.88m), ("BRUUN2020", 5.40m)]);
        TopicSynthesis.Of(Known, "mecfs-any-improvement")!.Doses.ShouldBeNull();
        TopicSynthesis.Of(Known, "crohn-response-70")!.Doses!.WhyNot.ShouldBe("The one study used 4.5 mg.");
    }
}
