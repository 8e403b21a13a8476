using System.Runtime.Intrinsics;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Synthesis;
using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Tests.Inference;

/// <summary>A course read with the trials' evidence as the start: only the means of the doses' effects are others.</summary>
public class Starting_from_the_trials
{
    private static DoseCurve Three(params double[] effects) =>
        Synthesise.OverDoses([4.5, 6, 4.5], [.. effects.Zip([0.2135, 0.3112302087240389, 0.415823967393593], (y, se) => new StudyEffect(y, se * se))], 10);

    private static readonly DoseCurve Curve = Three(-0.549, -0.34, 0.49);

    [Theory]
    // Worked out apart from this program: REML by golden section, then the weighted means.
    [InlineData(0.5, -0.01745853396509986, 1.9921535282723448)]
    [InlineData(1.5, -0.11222859824618082, 1.6817279752182965)]
    [InlineData(3, -0.1956605046913133, 0.8215660070393932)]
    [InlineData(4.5, -0.2169334077509321, 0.283616697270959)]
    [InlineData(6, -0.2202508631054011, 0.28361820584881114)]
    [InlineData(9, -0.20731482656430747, 0.8215905036923062)]
    public void The_curve_is_what_a_separate_sum_gives(double mg, double mean, double sd)
    {
        Curve.Tau2.ShouldBe(0.14667558271733222, 1e-6);
        Curve.At(mg).Mean.ShouldBe(mean, 1e-6);
        Curve.At(mg).Sd.ShouldBe(sd, 1e-6);
    }

    [Fact]
    public void Far_from_every_dose_that_was_tried_it_is_the_sceptical_prior()
    {
        var (mean, sd) = Curve.At(0.001);
        mean.ShouldBe(0, 1e-9);
        sd.ShouldBe(2, 1e-9);
        Curve.At(1e-300).ShouldBe((0, 2));
    }

    [Fact]
    public void Trials_without_any_effect_leave_the_sceptical_answer_as_it_is()
    {
        var course = Some.Titration();
        var doubt = Judge.OneCourse(course).Doses;
        var told = Judge.AfterTrials(course, Three(0, 0, 0));
        told.Select(d => (d.Mg, d.Days, d.PriorMean)).ShouldBe(doubt.Select(d => (d.Mg, d.Days, 0.0)));
        foreach (var (a, b) in told.Zip(doubt))
        {
            a.Effect.Mean.ShouldBe(b.Effect.Mean, 1e-9);
            a.ProbMeaningfulBenefit.ShouldBe(b.ProbMeaningfulBenefit, 1e-9);
        }
    }

    [Fact]
    public void A_diary_without_scores_gives_back_the_trials_with_a_person_s_spread()
    {
        var course = Some.Titration();
        var told = Judge.AfterTrials(course with { Scores = [.. course.Scores.Select(_ => double.NaN)] }, Curve);
        foreach (var dose in told)
        {
            dose.Effect.Mean.ShouldBe(Curve.At(dose.Mg).Mean, 1e-9);
            dose.PriorMean.ShouldBe(Curve.At(dose.Mg).Mean, 1e-12);
            dose.Effect.Sd.ShouldBe(2, 1e-9);
        }
    }

    [Fact]
    public void The_scale_and_its_direction_carry_over()
    {
        var course = Some.Titration();
        var told = Judge.AfterTrials(course, Curve);
        var tenfold = Judge.AfterTrials(course with { Scores = [.. course.Scores.Select(y => 10 * y)], ScaleMax = 100, Step = 10 }, Curve);
        var turned = Judge.AfterTrials(course with { Scores = [.. course.Scores.Select(y => 10 - y)], HigherIsBetter = true }, Curve);
        for (var d = 0; d < told.Count; d++)
        {
            tenfold[d].Effect.Mean.ShouldBe(10 * told[d].Effect.Mean, 1e-6);
            turned[d].Effect.Mean.ShouldBe(-told[d].Effect.Mean, 1e-8);
            turned[d].PriorMean.ShouldBe(-told[d].PriorMean, 1e-12);
        }
    }

    [Fact]
    public void Given_rho_sigma_w_and_tau_it_is_the_exact_Gaussian_posterior_about_those_means()
    {
        const double white = 0.3, tau = 6, sigma = 1.3;
        double[] rhos = [0.05, 0.5, 0.9, 0.995];
        var course = Some.Titration();
        CourseModel doubt = new(course), told = new(course, trials: Curve);
        doubt.SetOnset(tau);
        told.SetOnset(tau);
        var (q, n) = (told.Coefficients, told.ScoredDays.Length);
        var point = new CoursePoint(told);
        point.Set(Vector256.Create(rhos), white);
        var factor = Matrix<double>.Build.Dense(q, q, (i, j) => doubt.PriorFactor[i * q + j]);
        var prior = factor * factor.Transpose();
        var design = Matrix<double>.Build.Dense(n, q, (i, j) => doubt.Rows[i * doubt.Columns + 1 + j]);
        var means = Vector<double>.Build.Dense(q, i => i < told.FirstDose ? 0 : Curve.At(told.DosesMg[i - told.FirstDose]).Mean);
        for (var lane = 0; lane < 4; lane++)
        {
            var noise = Matrix<double>.Build.Dense(n, n, (i, j) => sigma * sigma * ((1 - white) * Math.Pow(rhos[lane], Math.Abs(doubt.ScoredDays[i] - doubt.ScoredDays[j])) + (i == j ? white : 0)));
            var gain = prior * design.Transpose() * (noise + design * prior * design.Transpose()).Inverse();
            var mean = means + gain * (Vector<double>.Build.Dense(n, i => doubt.Rows[i * doubt.Columns]) - design * means);
            double[] eigenvalues = new double[q], gradient = new double[q], projected = new double[q * q];
            point.Read(lane, eigenvalues, gradient, projected);
            for (var i = told.FirstDose; i < q; i++)
            {
                var m = told.PriorEffects[i - told.FirstDose];
                for (var k = 0; k < q; k++) m += projected[i * q + k] * gradient[k] / (sigma * sigma + eigenvalues[k]);
                m.ShouldBe(mean[i], 1e-9);
            }
        }
    }
}
