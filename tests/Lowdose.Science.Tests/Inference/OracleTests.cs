using System.Text.Json;
using Lowdose.Benchmarks;
using Lowdose.Science.Inference;

namespace Lowdose.Science.Tests.Inference;

/// <summary>
/// The whole posterior and verdict against an independent, dense, converged quadrature of the same model
/// (benchmarks/peers/course_exact.py; its answers lie beside the diaries in Oracle/ with their origin).
/// </summary>
public class Against_converged_quadrature
{
    // docs/methods/course-model.md: means within 0.02 SD, SDs within 2 %, probabilities within 0.005.
    private const double MeanInSd = 0.02, SdRelative = 0.02, Probability = 0.005;

    public static TheoryData<string> Diaries => [.. OracleDiaries.Names];

    [Theory]
    [MemberData(nameof(Diaries))]
    public void The_posterior_and_the_verdict_agree(string name)
    {
        var (course, oracle) = OracleDiaries.Read(name);
        var judgement = Judge.OneCourse(course);
        Same(judgement.OffDrugLevel, oracle.GetProperty("offDrugLevel"), "off-drug level");
        Same(judgement.TrendPer28Days, oracle.GetProperty("trendPer28Days"), "trend");
        SameMoments(judgement.Rho, oracle.GetProperty("rho"), "rho");
        SameMoments(judgement.Sigma, oracle.GetProperty("sigma"), "sigma");
        SameMoments(judgement.WhiteShare, oracle.GetProperty("whiteShare"), "white share");
        SameMoments(judgement.TauDays, oracle.GetProperty("tauDays"), "tau");
        if (oracle.GetProperty("expectation").ValueKind == JsonValueKind.Null) judgement.Expectation.ShouldBeNull();
        else Same(judgement.Expectation!.Value, oracle.GetProperty("expectation"), "expectation");
        // The oracle counts whole nodes above the bound, up to half a node (0.02) off; ours is interpolated.
        judgement.ProbTauOverHalfBlock.ShouldBe(oracle.GetProperty("probTauOverHalfBlock").GetDouble(), 0.025);
        var doses = oracle.GetProperty("doses").EnumerateArray().ToList();
        judgement.Doses.Count.ShouldBe(doses.Count);
        foreach (var (ours, theirs) in judgement.Doses.Zip(doses)) SameDose(ours, theirs);
        SameVerdict(judgement, oracle);
    }

    private static void SameDose(DoseJudgement ours, JsonElement theirs)
    {
        ours.Mg.ShouldBe(theirs.GetProperty("mg").GetDouble());
        ours.Days.ShouldBe(theirs.GetProperty("days").GetInt32());
        Same(ours.Effect, theirs.GetProperty("effect"), $"effect of {ours.Mg} mg");
        void SameProbability(double? value, string key)
        {
            var expected = theirs.GetProperty(key);
            if (expected.ValueKind == JsonValueKind.Null) value.ShouldBeNull();
            else value!.Value.ShouldBe(expected.GetDouble(), Probability, $"{key} of {ours.Mg} mg");
        }
        SameProbability(ours.ProbAnyBenefit, "probAnyBenefit");
        SameProbability(ours.ProbMeaningfulBenefit, "probMeaningfulBenefit");
        SameProbability(ours.ProbMeaningfulHarm, "probMeaningfulHarm");
        SameProbability(ours.Prob30, "prob30");
        SameProbability(ours.Prob50, "prob50");
    }

    private static void SameVerdict(Judgement judgement, JsonElement oracle)
    {
        judgement.Strength.ToString().ShouldBe(oracle.GetProperty("strength").GetString()!.Replace("-", ""), StringCompareShould.IgnoreCase);
        if (oracle.GetProperty("verdictDose") is { ValueKind: JsonValueKind.Number } dose) judgement.VerdictDoseMg.ShouldBe(dose.GetDouble());
        else judgement.VerdictDoseMg.ShouldBeNull();
        // Within the accuracy of a threshold the two may fall on either side.
        if (!oracle.GetProperty("clearOfThresholds").GetBoolean()) return;
        judgement.Verdict.ToString().ShouldBe(oracle.GetProperty("verdict").GetString()!.Replace("-", ""), StringCompareShould.IgnoreCase);
        judgement.MayMakeWorse.ShouldBe(oracle.GetProperty("mayMakeWorse").GetBoolean());
    }

    private static void Same(Summary ours, JsonElement theirs, string what)
    {
        SameMoments(ours, theirs, what);
        var sd = theirs.GetProperty("sd").GetDouble();
        ours.Q025.ShouldBe(theirs.GetProperty("q025").GetDouble(), 0.05 * sd, what + " 2.5 %");
        ours.Q50.ShouldBe(theirs.GetProperty("q50").GetDouble(), 0.02 * sd, what + " median");
        ours.Q975.ShouldBe(theirs.GetProperty("q975").GetDouble(), 0.05 * sd, what + " 97.5 %");
    }

    private static void SameMoments(Summary ours, JsonElement theirs, string what)
    {
        // A parameter the diary pins has an SD of rounding alone.
        var sd = Math.Max(1e-6, theirs.GetProperty("sd").GetDouble());
        ours.Mean.ShouldBe(theirs.GetProperty("mean").GetDouble(), MeanInSd * sd, what + " mean");
        ours.Sd.ShouldBe(theirs.GetProperty("sd").GetDouble(), SdRelative * sd, what + " SD");
    }
}
