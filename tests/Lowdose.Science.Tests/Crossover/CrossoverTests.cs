using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Science.Tests.Crossover;

/// <summary>What must be true of a comparison whatever the numbers.</summary>
public class A_crossover
{
    public static TheoryData<string> Studies => [.. References.Names];

    [Theory]
    [MemberData(nameof(Studies))]
    public void Row_order_changes_no_bit(string name)
    {
        var study = References.Study(name);
        Compare.Periods(study with { Means = [.. study.Means.Reverse()] }).ShouldBe(Compare.Periods(study));
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Scores_times_3_plus_20_give_effects_times_3_and_the_same_p(string name)
    {
        var study = References.Study(name);
        var (one, other) = (Compare.Periods(study), Compare.Periods(study with { Means = [.. study.Means.Select(m => m with { Mean = 20 + 3 * m.Mean })] }));
        other.Classical.Treatment.Effect.ShouldBe(3 * one.Classical.Treatment.Effect, 1e-9);
        other.Classical.Treatment.P.ShouldBe(one.Classical.Treatment.P, 1e-9);
        other.Mixed.Effect.ShouldBe(3 * one.Mixed.Effect, 1e-7);
        other.Mixed.SeKenwardRoger.ShouldBe(3 * one.Mixed.SeKenwardRoger, 1e-6 * one.Mixed.SeKenwardRoger);
        other.Mixed.DfSatterthwaite.ShouldBe(one.Mixed.DfSatterthwaite, 1e-5 * one.Mixed.DfSatterthwaite);
        other.Permutation.ShouldBe(one.Permutation);
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Drug_and_placebo_exchanged_turn_the_effect_round(string name)
    {
        var study = References.Study(name);
        var (one, other) = (Compare.Periods(study), Compare.Periods(study with { Means = [.. study.Means.Select(m => m with { Drug = !m.Drug })] }));
        other.Classical.Treatment.Effect.ShouldBe(-one.Classical.Treatment.Effect, 1e-9);
        other.Mixed.Effect.ShouldBe(-one.Mixed.Effect, 1e-8);
        other.Mixed.DfKenwardRoger.ShouldBe(one.Mixed.DfKenwardRoger, 1e-6 * one.Mixed.DfKenwardRoger);
    }

    [Fact]
    public void Two_complete_periods_give_the_mixed_model_the_classical_effect_and_degrees_of_freedom()
    {
        var comparison = Compare.Periods(References.Study("balanced-24"));
        comparison.Mixed.Effect.ShouldBe(comparison.Classical.Treatment.Effect, 1e-9);
        comparison.Mixed.Se.ShouldBe(comparison.Classical.Treatment.Se, 1e-9);
        comparison.Mixed.DfKenwardRoger.ShouldBe(22, 1e-9);
        comparison.Mixed.SeKenwardRoger.ShouldBe(comparison.Mixed.Se, 1e-9);
    }

    [Fact]
    public void A_period_begun_without_scores_is_a_person_more_and_changes_nothing_else()
    {
        var study = References.Study("drop-outs-31");
        var with = Compare.Periods(study with { Means = [.. study.Means, new PeriodMean(31, 1, true, double.NaN)], Baselines = [.. study.Baselines, double.NaN] });
        with.People.ShouldBe(32);
        (with with { People = 31 }).ShouldBe(Compare.Periods(study));
    }

    [Fact]
    public void One_person_gives_no_t_test_and_no_permutation()
    {
        var one = Compare.Periods(Study([(0, 1, false, 6), (0, 2, true, 4)]));
        one.Both.ShouldBe(1);
        one.Classical.Treatment.ShouldBe(TTest.None);
        one.Mixed.Effect.ShouldBe(double.NaN);
        one.Permutation.P.ShouldBe(double.NaN);
    }

    [Fact]
    public void One_order_only_cannot_tell_treatment_from_period()
    {
        var same = Compare.Periods(Study([(0, 1, false, 6), (0, 2, true, 4), (1, 1, false, 7), (1, 2, true, 4), (2, 1, false, 5), (2, 2, true, 4.5)]));
        same.Both.ShouldBe(3);
        same.Classical.Treatment.ShouldBe(TTest.None);
        same.Mixed.Se.ShouldBe(double.NaN);
        same.Permutation.P.ShouldBe(double.NaN);
    }

    [Fact]
    public void Equal_scores_everywhere_give_an_effect_of_0_and_no_p()
    {
        var flat = Compare.Periods(Study([(0, 1, false, 5), (0, 2, true, 5), (1, 1, true, 5), (1, 2, false, 5), (2, 1, true, 5), (2, 2, false, 5)]));
        flat.Classical.Treatment.Effect.ShouldBe(0);
        flat.Classical.Treatment.P.ShouldBe(double.NaN);
        flat.Mixed.Effect.ShouldBe(0);
        flat.Mixed.DfKenwardRoger.ShouldBe(double.NaN);
    }

    [Fact]
    public void Six_people_have_20_deals_and_the_p_counts_them()
    {
        var comparison = Compare.Periods(References.Study("six-people"));
        comparison.Permutation.Exact.ShouldBeTrue();
        comparison.Permutation.Deals.ShouldBe(20);
        // Both signs of one deal are deals: at three a sequence the p is a whole number of tenths.
        (10 * comparison.Permutation.P).ShouldBe(Math.Round(10 * comparison.Permutation.P), 1e-12);
    }

    [Fact]
    public void A_sampled_p_follows_the_seed_and_is_near_the_t_test_of_many_people()
    {
        var study = References.Study("drop-outs-31");
        var one = Compare.Periods(study).Permutation;
        one.Exact.ShouldBeFalse();
        one.ShouldBe(Compare.Periods(study).Permutation);
        Compare.Periods(study with { Seed = 2 }).Permutation.P.ShouldBe(one.P, 0.01);
        one.P.ShouldBe(Compare.Periods(study).Classical.Treatment.P, 0.01);
    }

    [Fact]
    public void Responders_are_counted_against_the_level_before_the_first_period()
    {
        // Levels 8: 5.6 or less responds. On drug only: three; on both: one; on placebo only: one; without a level: not counted.
        var study = Study([(0, 1, false, 7), (0, 2, true, 5), (1, 1, true, 5.6), (1, 2, false, 5.7), (2, 1, true, 4), (2, 2, false, 8),
            (3, 1, true, 4), (3, 2, false, 3), (4, 1, true, 8), (4, 2, false, 4), (5, 1, true, 1), (5, 2, false, 9)]) with { Baselines = [8, 8, 8, 8, 8, double.NaN] };
        var table = Compare.Periods(study).Responders;
        table.ShouldBe(new ResponderTable(1, 3, 1, 0, table.McNemarP, table.ExactP));
        table.ExactP.ShouldBe(0.625, 1e-12);
        // mcnemar.test(matrix(c(1, 1, 3, 0), 2)) in R 4.2.2: 0.6170751
        table.McNemarP.ShouldBe(0.6170751, 1e-7);
        Compare.Periods(study with { HigherIsBetter = true }).Responders.Both.ShouldBe(0);
    }

    [Fact]
    public void A_person_with_a_period_twice_is_the_callers_error() =>
        Should.Throw<ArgumentException>(() => Compare.Periods(Study([(0, 1, false, 6), (0, 1, true, 4)])));

    private static CrossoverStudy Study((int Person, int Period, bool Drug, double Mean)[] means) => new()
    {
        Means = [.. means.Select(m => new PeriodMean(m.Person, m.Period, m.Drug, m.Mean))],
        Baselines = [.. Enumerable.Repeat(double.NaN, means.Max(m => m.Person) + 1)],
    };
}
