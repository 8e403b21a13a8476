using System.Text.Json;
using Lowdose.Benchmarks;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Science.Tests.PowerStudies;

/// <summary>Against R, which simulated the same three designs with its own random numbers and its own analyses.</summary>
public class Against_R
{
    private static readonly JsonElement Answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(Provenance.Root, "tests", "Lowdose.Science.Tests", "PowerStudies", "References", "references.json"))).RootElement;

    [Fact]
    public void A_crossover_of_24_with_missing_days_has_lmerTests_power() => Agrees("crossover", Some.TwoPeriods(24, -0.7) with
    {
        Blocks = Some.Pairs(1, 14), Truth = new StudyTruth { Effect = -0.7, EffectSd = 0.8, LevelSd = 1, Rho = 0.5, Sigma = 1.5, Missing = 0.1 },
    });

    /// <summary>The model does not know that effects differ, and is wrong four times as often as it says; so is R's.</summary>
    [Fact]
    public void Three_pairs_and_effects_that_differ_make_the_crossover_model_as_bold_as_lmerTests() => Agrees("pairs3", Some.TwoPeriods(20, -0.4) with
    {
        Blocks = Some.Pairs(3, 1), Order = BlockOrder.Pairs, Truth = new StudyTruth { Effect = -0.4, EffectSd = 0.8, LevelSd = 1, Sigma = 0.6 },
    });

    [Fact]
    public void A_pool_of_12_peoples_days_has_lmes_power() => Agrees("pool", Some.Daily(12, -0.8) with
    {
        Blocks = Some.Pairs(3, 7), Truth = new StudyTruth { Effect = -0.8, EffectSd = 0.8, LevelSd = 1, Rho = 0.5, Sigma = 1.2 },
    });

    private static void Agrees(string design, PowerStudy study)
    {
        var point = Power.Of(study with { Replicates = 4000 }, 2);
        foreach (var (ours, name) in new[] { (point.Power, "power"), (point.TypeIError, "typeIError") })
        {
            var theirs = Answers.GetProperty(design).GetProperty(name);
            var (estimate, se) = (theirs.GetProperty("estimate").GetDouble(), theirs.GetProperty("se").GetDouble());
            ours.Estimate.ShouldBe(estimate, 3.5 * Math.Sqrt(se * se + ours.Se * ours.Se), $"{design} {name}");
        }
    }
}
