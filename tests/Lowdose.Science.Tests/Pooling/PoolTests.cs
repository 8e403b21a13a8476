using Lowdose.Science.Inference.Pooling;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Pooling;

/// <summary>What must be true of a pool whatever the numbers, and at its edges.</summary>
public class A_pool
{
    private static readonly PooledStudy Study = Some.Study(11, 14, 42);

    [Fact]
    public void Scores_times_3_plus_20_give_3_times_the_effect_and_the_same_correlations()
    {
        var (one, other) = (Pool.OneStage(Study), Pool.OneStage(Some.Mapped(Study, p => p with { Scores = [.. p.Scores.Select(y => 20 + 3 * y)] })));
        Near(other.Fixed[0].Estimate, 20 + 3 * one.Fixed[0].Estimate);
        Near(other.Fixed[1].Estimate, 3 * one.Fixed[1].Estimate);
        Near(other.Fixed[1].Se, 3 * one.Fixed[1].Se);
        Near(other.SdEffect, 3 * one.SdEffect);
        Near(other.Correlation, one.Correlation);
        Near(other.Rho, one.Rho);
        Near(other.LogLikelihood, one.LogLikelihood - (one.Observations - 2) * Math.Log(3));
    }

    [Fact]
    public void The_order_of_people_changes_nothing()
    {
        var (one, other) = (Pool.OneStage(Study), Pool.OneStage(Study with { People = [.. Study.People.Reverse()] }));
        Near(other.Fixed[1].Estimate, one.Fixed[1].Estimate);
        Near(other.SdEffect, one.SdEffect);
        for (var i = 0; i < one.People.Count; i++) Near(other.People[^(i + 1)].Effect, one.People[i].Effect);
    }

    [Fact]
    public void Days_on_and_off_exchanged_turn_the_effect_round()
    {
        var (one, other) = (Pool.OneStage(Study), Pool.OneStage(Some.Mapped(Study, p => p with { OnDrug = [.. p.OnDrug.Select(d => !d)] })));
        Near(other.Fixed[1].Estimate, -one.Fixed[1].Estimate);
        Near(other.Fixed[0].Estimate, one.Fixed[0].Estimate + one.Fixed[1].Estimate);
        Near(other.SdEffect, one.SdEffect);
        Near(other.LogLikelihood, one.LogLikelihood);
    }

    [Fact]
    public void A_pool_of_one_is_that_one()
    {
        var one = Pool.OneStage(Study with { People = [Study.People[3]] });
        one.Edges.ShouldBe([PoolEdge.OnePerson]);
        one.SdEffect.ShouldBe(0);
        one.People[0].Effect.ShouldBe(one.Fixed[1].Estimate, 1e-12);
        one.People[0].Se.ShouldBe(one.Fixed[1].Se, 1e-12);
        one.People[0].OwnEffect.ShouldBe(one.Fixed[1].Estimate, 1e-9);
        one.NewPerson.Lo.ShouldBe(double.NaN);
    }

    [Fact]
    public void People_are_drawn_towards_the_mean_and_known_no_better_than_everyone_together()
    {
        var pool = Pool.OneStage(Study);
        var mean = pool.Fixed[1].Estimate;
        foreach (var person in pool.People.Where(p => !double.IsNaN(p.OwnEffect)))
        {
            Math.Abs(person.Effect - mean).ShouldBeLessThan(Math.Abs(person.OwnEffect - mean) + 0.35);
            person.Se.ShouldBeGreaterThan(0);
        }
        pool.People.Average(p => p.Effect).ShouldBe(mean, 0.05);
        (pool.NewPerson.Hi - pool.NewPerson.Lo).ShouldBeGreaterThan(pool.Fixed[1].Hi - pool.Fixed[1].Lo);
    }

    [Fact]
    public void The_time_constant_that_made_the_diaries_is_found()
    {
        var slow = Some.Study(12, 40, 84, block: 14);
        var columns = new PooledColumns(slow);
        columns.SetOnset(0);
        var sharp = columns.Values.ToArray();
        columns.SetOnset(8);
        // The drug's effect of −1.5 comes and goes over 8 days instead of at once.
        var row = 0;
        slow = Some.Mapped(slow, p => p with { Scores = [.. p.Scores.Select(y => y - 1.5 * (columns.Values[row * 2] - sharp[row++ * 2]))] }) with { TauDays = null };
        var pool = Pool.OneStage(slow);
        pool.TauDays.ShouldBe(8, 2);
        pool.Fixed[1].Estimate.ShouldBe(-1.5, 0.5);
        // No other τ is likelier, by maximum likelihood.
        var best = Pool.OneStage(slow with { TauDays = pool.TauDays, Restricted = false }).LogLikelihood;
        foreach (var tau in new[] { 0.5, pool.TauDays - 0.01, pool.TauDays + 0.01, 30 })
            Pool.OneStage(slow with { TauDays = tau, Restricted = false }).LogLikelihood.ShouldBeLessThan(best + 1e-7);
    }

    [Fact]
    public void One_score_a_period_leaves_the_fixed_effects_standing_and_says_that_spread_and_noise_look_alike()
    {
        var brief = Some.Mapped(Some.Study(13, 20, 2, missing: 0, block: 1), p => p with { OnDrug = [false, true], Days = [0, 1], Scores = p.Scores[..2] });
        var pool = Pool.OneStage(brief);
        pool.Edges.ShouldContain(PoolEdge.Flat);
        double[] differences = [.. brief.People.Select(p => p.Scores[1] - p.Scores[0])];
        var mean = differences.Average();
        // Two scores a person: the paired t test.
        pool.Fixed[1].Estimate.ShouldBe(mean, 1e-6);
        pool.Fixed[1].Se.ShouldBe(Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / 19 / 20), 1e-4);
    }

    [Fact]
    public void One_score_a_person_has_no_autocorrelation_and_no_failure()
    {
        var once = Some.Mapped(Study, p => p with { Days = [p.Days[0]], Scores = [p.Scores[0]] });
        var pool = Pool.OneStage(once);
        pool.Edges.ShouldContain(PoolEdge.NoPairs);
        double.IsFinite(pool.Fixed[1].Estimate).ShouldBeTrue();
    }

    [Fact]
    public void Nobody_on_the_drug_is_an_effect_that_cannot_be_seen()
    {
        var pool = Pool.OneStage(Some.Mapped(Study, p => p with { OnDrug = new bool[p.OnDrug.Length] }) with { TauDays = null });
        pool.Edges.ShouldContain(PoolEdge.EffectDetermined);
        pool.Fixed[1].Estimate.ShouldBe(double.NaN);
        double.IsFinite(pool.Fixed[0].Estimate).ShouldBeTrue();
        double.IsFinite(pool.SdIntercept).ShouldBeTrue();
    }

    [Fact]
    public void Equal_scores_everywhere_fit_perfectly()
    {
        var pool = Pool.OneStage(Some.Mapped(Study, p => p with { Scores = [.. p.Scores.Select(_ => 4.0)] }));
        pool.Edges.ShouldContain(PoolEdge.PerfectFit);
        pool.Fixed[0].Estimate.ShouldBe(4, 1e-12);
        pool.Fixed[1].Estimate.ShouldBe(0, 1e-12);
        pool.LogLikelihood.ShouldBe(double.NaN);
    }

    [Fact]
    public void Everyone_on_a_line_of_their_own_has_an_effect_but_no_noise_to_weigh_it_by()
    {
        var level = 3;
        var pool = Pool.OneStage(Some.Mapped(Some.Study(15, 6, 28, missing: 0), p =>
        {
            level++;
            return p with { OnDrug = [.. Enumerable.Range(0, 28).Select(t => (t / 7 + level) % 2 == 0)], Scores = [.. Enumerable.Range(0, 28).Select(t => level - ((t / 7 + level) % 2 == 0 ? 2.0 : 0))] };
        }));
        pool.Edges.ShouldBe([PoolEdge.NoNoise]);
        pool.Fixed[1].Estimate.ShouldBe(-2, 1e-6);
        pool.Fixed[1].Se.ShouldBe(double.NaN);
        pool.SdEffect.ShouldBe(double.NaN);
        pool.Sigma.ShouldBe(0);
    }

    [Fact]
    public void Small_pools_of_every_kind_are_answered_and_no_likelier_spread_is_found_by_chance()
    {
        for (ulong seed = 0; seed < 250; seed++)
        {
            var random = new Philox(seed, 9);
            int people = 2 + (int)(random.NextUniform() * 5), days = 2 + (int)(random.NextUniform() * 12);
            var study = Some.Study(seed, people, days, random.NextUniform() < 0.3 ? 0 : 2, random.NextUniform() < 0.3 ? 0 : 1, random.NextUniform() * 1.6 - 0.7, random.NextUniform() * 0.6, 3)
                with { Restricted = seed % 2 == 0, TauDays = seed % 3 == 0 ? null : 0 };
            if (study.People.All(p => p.Days.Length == 0)) continue;
            var pool = Pool.OneStage(study);
            if (pool.Edges.Contains(PoolEdge.PerfectFit) || pool.Edges.Contains(PoolEdge.NoNoise)) continue;
            double.IsFinite(pool.LogLikelihood).ShouldBeTrue($"seed {seed}");
            double.IsFinite(pool.Fixed[0].Estimate).ShouldBeTrue($"seed {seed}");
            if (pool.Edges.Contains(PoolEdge.EffectDetermined)) continue;
            var columns = new PooledColumns(study);
            columns.SetOnset(pool.TauDays);
            var products = new GapProducts(columns);
            products.Fill();
            var likelihood = new PooledLikelihood(columns, products, [0, 1], study.Restricted);
            for (var k = 0; k < 30; k++)
            {
                likelihood.At(new Spread(Math.Tanh(1.2 * random.NextNormal()), Math.Exp(random.NextNormal() - 1), 0.5 * random.NextNormal(), Math.Exp(random.NextNormal() - 1)));
                likelihood.Value.ShouldBeLessThan(pool.LogLikelihood + 1e-6, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void A_covariate_that_repeats_another_has_no_coefficient_and_disturbs_none()
    {
        var with = Some.Mapped(Study, p => p with { Covariates = [[p.Scores[0]], [2 * p.Scores[0] - 1]] }) with { Predicts = [false, false] };
        var without = Some.Mapped(Study, p => p with { Covariates = [[p.Scores[0]]] }) with { Predicts = [false] };
        var (one, other) = (Pool.OneStage(with), Pool.OneStage(without));
        one.Edges.ShouldContain(PoolEdge.CovariateDetermined);
        one.Fixed[3].Estimate.ShouldBe(double.NaN);
        Near(one.Fixed[1].Estimate, other.Fixed[1].Estimate);
        Near(one.LogLikelihood, other.LogLikelihood);
    }

    [Fact]
    public void Days_that_do_not_ascend_are_the_callers_error() =>
        Should.Throw<ArgumentException>(() => Pool.OneStage(Some.Mapped(Study, p => p with { Days = [.. p.Days.Reverse()] })));

    [Fact]
    public void The_posterior_of_many_people_lies_on_the_maximum_of_the_likelihood()
    {
        var study = Some.Study(14, 60, 42) with { Restricted = false };
        var (posterior, peak) = (Pool.Posterior(study, 0, 10), Pool.OneStage(study));
        posterior.Effect.Mean.ShouldBe(peak.Fixed[1].Estimate, 0.15 * posterior.Effect.Sd);
        posterior.Effect.Sd.ShouldBe(peak.Fixed[1].Se, 0.1 * peak.Fixed[1].Se);
        posterior.Rho.Mean.ShouldBe(peak.Rho, 0.3 * posterior.Rho.Sd);
        posterior.Sigma.Mean.ShouldBe(peak.Sigma, 0.3 * posterior.Sigma.Sd);
        posterior.EffectSpread.Mean.ShouldBe(peak.SdEffect, 0.6 * posterior.EffectSpread.Sd);
    }

    private static void Near(double ours, double expected) => ours.ShouldBe(expected, 2e-6 * Math.Max(1, Math.Abs(expected)));
}
