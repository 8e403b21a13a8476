using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Science.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Tests.Pooling;

/// <summary>Tables, and the hierarchy over them.</summary>
public class Tables
{
    private static readonly Course[] Courses = [.. new[] { -2.5, -1.5, -1, 0.2, -2 }.Select((e, i) => Some.Course((ulong)(31 + i), e))];

    [Fact]
    public void A_table_keeps_the_posterior_it_is_made_of()
    {
        foreach (var course in Courses)
        {
            var whole = CourseInference.Of(course).Effects[0];
            var table = Pool.Table(course);
            table.Weights.Length.ShouldBeLessThan(250);
            table.Weights.Sum().ShouldBe(1, 1e-9);
            var brief = new GaussianMixture(table.Weights, table.Means, table.Sds);
            brief.Mean.ShouldBe(whole.Mean, 0.001 * whole.Sd);
            brief.Sd.ShouldBe(whole.Sd, 0.002 * whole.Sd);
            foreach (var p in new[] { 0.025, 0.5, 0.975 }) brief.Quantile(p).ShouldBe(whole.Quantile(p), 0.02 * whole.Sd);
        }
    }

    [Fact]
    public void A_person_without_the_drug_changes_nothing()
    {
        PersonTable[] tables = [.. Courses.Select(Pool.Table)];
        var none = Pool.Table(Courses[0] with { DosesMg = new double[Courses[0].Days], Arms = new Arm[Courses[0].Days] });
        var (one, other) = (Pool.TwoStage(new(10, tables)), Pool.TwoStage(new(10, [.. tables, none])));
        other.Effect.Mean.ShouldBe(one.Effect.Mean, 1e-9);
        other.Spread.Sd.ShouldBe(one.Spread.Sd, 1e-9);
        other.People[^1].Effect.ShouldBe(one.Effect.Mean, 1e-6);
    }

    [Fact]
    public void Sharp_tables_give_the_hierarchy_of_their_means_in_closed_form()
    {
        // Known effects: given ω the mean effect is normal; ω by a fine grid of its own.
        double[] effects = [-2, -1.2, -0.4, -1.8, -1.5, -0.9];
        var study = new TableStudy(10, [.. effects.Select(e => new PersonTable([1], [e], [0.02]))]);
        double total = 0, first = 0, spread = 0;
        for (var omega = 0.001; omega < 6; omega += 0.001)
        {
            var variance = omega * omega + 0.0004;
            double precision = effects.Length / variance + 0.25, mean = effects.Sum() / variance / precision;
            var log = -0.5 * omega * omega - effects.Length / 2.0 * Math.Log(variance) - 0.5 * Math.Log(precision) - 0.5 * (effects.Sum(e => e * e) / variance - mean * mean * precision);
            var weight = Math.Exp(log);
            total += weight;
            first += weight * mean;
            spread += weight * omega;
        }
        var combined = Pool.TwoStage(study);
        combined.Effect.Mean.ShouldBe(first / total, 0.005 * combined.Effect.Sd);
        combined.Spread.Mean.ShouldBe(spread / total, 0.005 * combined.Spread.Sd);
        for (var i = 0; i < effects.Length; i++) combined.People[i].Effect.ShouldBe(effects[i], 0.01);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_hierarchy_over_tables_is_that_over_the_diaries_within_a_twentieth_of_an_SD()
    {
        var combined = Pool.TwoStage(new(10, [.. Courses.Select(Pool.Table)]));
        var diaries = OnTheDiaries();
        combined.Effect.Mean.ShouldBe(diaries.Mean, 0.05 * diaries.Sd);
        combined.Effect.Sd.ShouldBe(diaries.Sd, 0.05 * diaries.Sd);
        combined.Spread.Mean.ShouldBe(diaries.Spread, 0.05 * diaries.SpreadSd);
        combined.Spread.Sd.ShouldBe(diaries.SpreadSd, 0.05 * diaries.SpreadSd);
    }

    [Fact]
    public void A_table_whose_SD_is_wider_than_the_prior_is_the_callers_error() =>
        Should.Throw<ArgumentException>(() => Pool.TwoStage(new(10, [new PersonTable([1], [0], [2.1])])));

    /// <summary>Every diary by dense matrices on a plain grid of (ρ, σ, w, τ), then (θ, ω) on another: no engine, no table, no prior divided out.</summary>
    private static (double Mean, double Sd, double Spread, double SpreadSd) OnTheDiaries()
    {
        var people = Courses.Select(Gaussians).ToArray();
        double total = 0, m1 = 0, m2 = 0, s1 = 0, s2 = 0;
        for (var theta = -5.0; theta <= 3; theta += 0.04)
            for (var omega = 0.02; omega < 4; omega += 0.04)
            {
                var log = -0.125 * theta * theta - 0.5 * omega * omega;
                foreach (var person in people)
                {
                    var sum = 0.0;
                    foreach (var (lambda, eta, weight) in person)
                    {
                        var wide = 1 + lambda * omega * omega;
                        sum += weight / Math.Sqrt(wide) * Math.Exp((theta * (eta - 0.5 * lambda * theta) + 0.5 * eta * eta * omega * omega) / wide - 0.5 * eta * eta / lambda);
                    }
                    log += Math.Log(sum);
                }
                var w = Math.Exp(log);
                total += w;
                m1 += w * theta;
                m2 += w * theta * theta;
                s1 += w * omega;
                s2 += w * omega * omega;
            }
        return (m1 / total, Math.Sqrt(m2 / total - m1 * m1 / total / total), s1 / total, Math.Sqrt(s2 / total - s1 * s1 / total / total));
    }

    /// <summary>exp(−λδ²/2 + ηδ − η²/2λ) times a weight, one at every grid point.</summary>
    private static (double Lambda, double Eta, double Weight)[] Gaussians(Course course)
    {
        var model = new CourseModel(course);
        var found = new List<(double, double, double LogWeight)>();
        int n = model.ScoredDays.Length, q = model.Coefficients;
        for (var tau = 0; tau < 12; tau++)
        {
            var days = 0.5 * Math.Pow(180, (tau + 0.5) / 12);
            model.SetOnset(days);
            var prior = -0.5 * Math.Pow((Math.Log(days) - Math.Log(7)) / 0.9, 2);
            var y = Vector<double>.Build.Dense(n, i => model.Rows[i * model.Columns]);
            var onset = Vector<double>.Build.Dense(n, i => model.Rows[i * model.Columns + q]);
            var others = Matrix<double>.Build.Dense(n, q - 1, (i, j) => model.Rows[i * model.Columns + 1 + j] * model.PriorFactor[j * q + j]);
            foreach (var white in CourseModel.WhiteShares)
                for (var r = 0.04; r < 1; r += 0.08)
                    for (var s = 0.45; s < 3.2; s *= 1.15)
                    {
                        var covariance = Matrix<double>.Build.Dense(n, n, (i, j) => s * s * ((1 - white) * Math.Pow(r, Math.Abs(model.ScoredDays[i] - model.ScoredDays[j])) + (i == j ? white : 0))) + others * others.Transpose();
                        var factor = covariance.Cholesky();
                        var solved = factor.Solve(onset);
                        double lambda = onset * solved, eta = y * solved, squares = y * factor.Solve(y);
                        // Beta(3, 1.5) for ρ; half-normal σ on a logarithmic grid.
                        var log = prior + 2 * Math.Log(r) + 0.5 * Math.Log(1 - r) - s * s / 8 + Math.Log(s) - 0.5 * (factor.DeterminantLn + squares - eta * eta / lambda);
                        found.Add((lambda, eta, log));
                    }
        }
        var top = found.Max(f => f.LogWeight);
        return [.. found.Where(f => f.LogWeight > top - 16).Select(f => (f.Item1, f.Item2, Math.Exp(f.LogWeight - top)))];
    }
}
