using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Power;
using MathNet.Numerics.Distributions;

namespace Lowdose.Science.Tests.PowerStudies;

/// <summary>Where power is known exactly.</summary>
public class Against_closed_forms
{
    [Fact]
    public void The_noncentral_t_of_this_test_gives_the_textbooks_numbers()
    {
        // R 4.2.2: power.t.test(n = 20, delta = 0.5, sd = 1, type = "paired", strict = TRUE) and type = "two.sample", n = 64.
        Some.PowerOfT(0.5 * Math.Sqrt(20), 19).ShouldBe(0.5645044, 1e-6);
        Some.PowerOfT(0.5 * Math.Sqrt(32), 126).ShouldBe(0.8014596, 1e-6);
    }

    [Theory]
    [InlineData(12, -0.8)]
    [InlineData(24, -0.6)]
    [InlineData(40, 0.5)]
    public void A_crossover_of_two_periods_has_the_power_of_the_two_sample_t_test_of_differences(int people, double effect)
    {
        var point = Power.Of(Some.TwoPeriods(people, effect) with { Replicates = 6000 }, 2);
        var sd = Math.Sqrt(0.8 * 0.8 + 2 * 0.6 * 0.6);
        point.Power.ShouldAgree(Some.PowerOfT(effect / (sd / Math.Sqrt(people)), people - 2), "power");
        point.TypeIError.ShouldAgree(0.05, "type I error");
        point.Coverage!.Value.ShouldAgree(0.95, "coverage");
        point.Failed.ShouldBe(0);
    }

    [Theory]
    [InlineData(15, -0.8)]
    [InlineData(30, -0.5)]
    public void A_pool_of_balanced_blocks_has_the_power_of_the_paired_t_test(int people, double effect)
    {
        // Six numbers a person, three under each treatment: differences have variance effectSd² + 2σ²/3.
        var study = new PowerStudy
        {
            People = people, Blocks = Some.Pairs(3, 1), Order = BlockOrder.Pairs, Analysis = PowerAnalysis.Pool, Replicates = 4000,
            Truth = new StudyTruth { Effect = effect, EffectSd = 0.8, LevelSd = 1, Sigma = 0.6 },
        };
        var point = Power.Of(study, 2);
        point.Power.ShouldAgree(Some.PowerOfT(effect / Math.Sqrt((0.64 + 2 * 0.36 / 3) / people), people - 1), "power");
        point.TypeIError.ShouldAgree(0.05, "type I error");
    }

    [Fact]
    public void A_permutation_test_of_eight_finds_nothing_2_times_in_70()
    {
        // 70 ways to deal four and four; p is a multiple of 2/70, and only 2/70 is below 0.05.
        var point = Power.Of(Some.TwoPeriods(8, -0.5, PowerAnalysis.Permutation) with { Replicates = 4000 }, 2);
        point.TypeIError.ShouldAgree(2 / 70.0, "type I error");
        point.Coverage.ShouldBeNull();
    }

    [Fact]
    public void A_permutation_test_of_six_can_show_nothing()
    {
        var point = Power.Of(Some.TwoPeriods(6, -9, PowerAnalysis.Permutation) with { Replicates = 60 }, 2);
        point.Power.Estimate.ShouldBe(0);
        point.Analysed.ShouldBe(60);
    }

    [Fact]
    public void It_is_too_early_as_often_as_the_binomial_leaves_fewer_than_40_scores()
    {
        // Two pairs of 28 days: 112 days, of which each has a score with probability 0.36.
        var study = Some.OnePerson(-1) with { Replicates = 200, Truth = new StudyTruth { Effect = -0.1, Sigma = 1, Missing = 0.64, Rounded = true } };
        var point = Power.Of(study, 2);
        var expected = Binomial.CDF(0.36, 112, 39);
        (point.Verdicts![Verdict.TooEarly] / 200.0).ShouldBe(expected, 4 * Math.Sqrt(expected * (1 - expected) / 200));
    }

    [Fact]
    public void Somebody_leaves_as_often_as_is_said_and_a_share_says_its_own_error()
    {
        var study = Some.Daily(50, 0) with { Truth = new StudyTruth { Effect = 0, Sigma = 1, Dropout = 0.3 } };
        var people = new VirtualPeople(study);
        var left = 0;
        for (var replicate = 0; replicate < 100; replicate++)
        {
            people.Begin(replicate);
            for (var person = 0; person < 50; person++)
            {
                people.Draw(person);
                if (people.Stayed < study.Days) left++;
            }
        }
        (left / 5000.0).ShouldBe(0.3, 4 * Math.Sqrt(0.21 / 5000));
        // R 4.2.2: prop.test(30, 100, correct = FALSE)$conf.int.
        var share = Share.Of(30, 100);
        share.Lo.ShouldBe(0.2189489, 1e-6);
        share.Hi.ShouldBe(0.3958485, 1e-6);
        share.Se.ShouldBe(Math.Sqrt(0.0021), 1e-12);
    }
}
