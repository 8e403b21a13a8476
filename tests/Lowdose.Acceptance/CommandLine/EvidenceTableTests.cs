using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Acceptance.CommandLine;

/// <summary>The tables that the study files make add up to what the domain worked out by hand.</summary>
public class EvidenceTableTests
{
    private static readonly Knowledge Known = Knowledge.BuiltIn();

    [Fact]
    public void The_pooled_effect_on_pain_in_fibromyalgia_is_the_domain_s_own_check()
    {
        // Worked out by hand from the three trials, with the interval of DerSimonian and Laird. A study that is added later changes the answer, not this check.
        var pain = Pooled("fibromyalgia-pain", Measure.MD, "YOUNGER2013", "FINAL", "INNOVA");
        pain.Coefficients[0].ShouldSatisfyAllConditions(p => p.Estimate.ShouldBe(-0.222, 0.0005), p => p.Se.ShouldBe(0.2766, 0.0005), p => p.Lo.ShouldBe(-0.765, 0.001), p => p.Hi.ShouldBe(0.320, 0.001));
        pain.Tau2.ShouldBe(0.1355, 0.0005);
        pain.Q.Statistic.ShouldBe(4.941, 0.005);
        pain.I2.ShouldBe(59.5, 0.05);
        var parallel = Pooled("fibromyalgia-pain", Measure.MD, "FINAL", "INNOVA").Coefficients[0];
        parallel.ShouldSatisfyAllConditions(p => p.Estimate.ShouldBe(0.029, 0.001), p => p.Lo.ShouldBe(-0.779, 0.001), p => p.Hi.ShouldBe(0.838, 0.001));
    }

    [Fact]
    public void The_pooled_ratio_of_responders_is_the_domain_s_own_check()
    {
        var responders = Pooled("fibromyalgia-responders-30", Measure.RR, "FINAL", "INNOVA");
        responders.Coefficients[0].ShouldSatisfyAllConditions(r => Math.Exp(r.Estimate).ShouldBe(1.05, 0.005), r => Math.Exp(r.Lo).ShouldBe(0.40, 0.005), r => Math.Exp(r.Hi).ShouldBe(2.73, 0.005));
        responders.I2.ShouldBe(64, 0.5);
    }

    [Fact]
    public void Every_question_is_of_one_kind_and_has_numbers_to_pool()
    {
        var questions = EvidenceTable.Questions(Known);
        string[] asked = ["fibromyalgia-pain", "fibromyalgia-responders-30", "fibromyalgia-any-side-effect", "fibromyalgia-stopped-for-side-effect", "fibromyalgia-open-response", "crohn-response-70",
            "crohn-endoscopic-response", "crohn-open-response", "ibd-open-improvement", "mecfs-any-improvement", "long-covid-response", "ms-mental-health"];
        asked.Except(questions).ShouldBeEmpty();
        foreach (var question in questions) EvidenceTable.Of(Known, question).ShouldNotBeNull().Effects.ShouldAllBe(e => double.IsFinite(e.Estimate) && e.Variance > 0, question);
        EvidenceTable.Of(Known, "no-such-question").ShouldBeNull();
    }

    [Fact]
    public void The_Crohn_s_counts_give_the_interval_of_the_Cochrane_review()
    {
        foreach (var (question, estimate, low, high) in new[] { ("crohn-response-70", 2.22, 1.14, 4.32), ("crohn-endoscopic-response", 2.89, 1.18, 7.08) })
            Pooled(question, Measure.RR, "SMITH2011").Coefficients[0].ShouldSatisfyAllConditions(
                r => Math.Exp(r.Estimate).ShouldBe(estimate, 0.005), r => Math.Exp(r.Lo).ShouldBe(low, 0.005), r => Math.Exp(r.Hi).ShouldBe(high, 0.005));
    }

    /// <summary>These studies of a question, pooled after DerSimonian and Laird.</summary>
    private static MetaFit Pooled(string question, Measure measure, params string[] studies)
    {
        var table = EvidenceTable.Of(Known, question).ShouldNotBeNull();
        table.Measure.ShouldBe(measure);
        table.Names.Where(studies.Contains).ShouldBe(studies);
        return Synthesise.Studies(new StudySet { Effects = [.. table.Effects.Where((_, i) => studies.Contains(table.Names[i]))], Method = TauMethod.DL }).ShouldNotBeNull();
    }
}
