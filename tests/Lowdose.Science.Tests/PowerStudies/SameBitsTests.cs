using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Science.Tests.PowerStudies;

/// <summary>The answer depends on the seed, and on nothing else.</summary>
public class The_same_bits
{
    private static PowerStudy[] Every =>
    [
        Some.Daily(8, -0.7) with { Replicates = 130 },
        Some.Daily(8, -0.7) with { Replicates = 40, PoolTauDays = null, Truth = Some.Daily(8, -0.7).Truth with { Rounded = true } },
        Some.TwoPeriods(9, -0.7) with { Replicates = 130 },
        Some.TwoPeriods(9, -0.7, PowerAnalysis.Permutation) with { Replicates = 50 },
        Some.OnePerson(-1.5) with { Replicates = 21 },
    ];

    [Fact]
    public void Come_out_whatever_the_threads_and_in_whatever_order_blocks_are_done()
    {
        foreach (var study in Every)
        {
            var one = Numbers(Power.Of(study, 1));
            Numbers(Power.Of(study, 4)).ShouldBe(one);
            int[] backwards = [.. Enumerable.Range(0, Power.Blocks(study)).Reverse()];
            Numbers(Power.Fold(study, [.. Power.Simulate(study, backwards, 3).Reverse()])).ShouldBe(one);
        }
    }

    [Fact]
    public void Do_not_come_out_of_another_seed() =>
        Numbers(Power.Of(Every[0] with { Seed = 2 }, 2)).ShouldNotBe(Numbers(Power.Of(Every[0], 2)));

    [Fact]
    public void The_same_people_are_drawn_with_and_without_an_effect_and_in_a_larger_study()
    {
        VirtualPeople few = new(Some.Daily(3, -1)), many = new(Some.Daily(30, -2));
        few.Begin(5);
        many.Begin(5);
        few.Draw(2);
        many.Draw(2);
        few.Give(-1, 0.8);
        var with = few.Days.Scores.ToArray();
        few.Give(0, 0.8);
        many.Give(0, 0.8);
        few.Days.Scores.ShouldBe(many.Days.Scores);
        with.Zip(few.Days.Scores).Count(p => !double.IsNaN(p.First) && Math.Abs(p.First - p.Second) > 0.01).ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Half_of_the_people_begin_with_the_drug_in_every_replicate()
    {
        var people = new VirtualPeople(Some.TwoPeriods(10, 0));
        for (var replicate = 0; replicate < 20; replicate++)
        {
            people.Begin(replicate);
            var first = 0;
            for (var person = 0; person < 10; person++)
            {
                people.Draw(person);
                if (people.Blocks[0].Arm == Arm.Ldn) first++;
            }
            first.ShouldBe(5);
        }
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => Power.Of(Some.Daily(30, -1) with { Replicates = 1_000_000 }, 2, _ => stop.Cancel(), stop.Token));
    }

    [Fact]
    public void An_impossible_study_is_a_programmers_error()
    {
        var study = Some.Daily(8, -1);
        foreach (var wrong in new[] { study with { People = 0 }, study with { Truth = study.Truth with { Rho = 1 } }, study with { Truth = study.Truth with { EffectSd = -1 } }, study with { Blocks = [] } })
            Should.Throw<ArgumentException>(() => Power.Of(wrong, 1));
    }

    private static double[] Numbers(OperatingPoint p) =>
        [p.Power.Estimate, p.Power.Hi, p.TypeIError.Estimate, p.Coverage?.Estimate ?? -1, double.IsNaN(p.TypeS) ? -1 : p.TypeS, double.IsNaN(p.TypeM) ? -1 : p.TypeM, p.ExpectedDaysToVerdict ?? -1, p.Analysed, p.Failed, .. (p.Verdicts?.Values ?? []).Select(v => (double)v)];
}
