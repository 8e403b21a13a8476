using System.Runtime.Intrinsics;
using Lowdose.Science.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Tests.Inference;

/// <summary>The filter and the rotated design against dense matrices that share no idea with them.</summary>
public class Given_rho_sigma_w_and_tau
{
    private const double White = 0.3, Tau = 6;
    private static readonly double[] Rhos = [0.05, 0.5, 0.9, 0.995];

    public static TheoryData<string> Kinds => ["titration", "blinded", "many gaps", "one score"];

    private static Course Of(string kind) => kind switch
    {
        "titration" => Some.Titration(),
        "blinded" => Some.Blinded(),
        "many gaps" => Some.Titration(missing: 0.7),
        _ => Some.Titration(missing: 0) with { Scores = [5, .. Enumerable.Repeat(double.NaN, 125)] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_likelihood_with_gaps_equals_a_dense_multivariate_normal_to_1e_minus_10(string kind)
    {
        var (model, point) = Prepare(kind);
        foreach (var sigma in new[] { 0.4, 1.3, 4 })
            for (var lane = 0; lane < 4; lane++)
            {
                double[] eigenvalues = new double[model.Coefficients], gradient = new double[model.Coefficients], projected = new double[model.Coefficients * model.Coefficients];
                point.Read(lane, eigenvalues, gradient, projected);
                var scale = new NoiseScale
                {
                    Eigenvalues = eigenvalues, Gradient = gradient, ResidualSquares = point.ResidualSquares(lane), LogDeterminant = point.LogDeterminant(lane),
                    Observed = model.ScoredDays.Length, PriorScale = 2, Floor = model.SigmaFloor,
                };
                // What LogDensity adds to the likelihood: the half-normal prior, the Jacobian; what it leaves out: N/2 ln 2π.
                var likelihood = scale.LogDensity(Math.Log(sigma)) + 0.5 * sigma * sigma / 4 - Math.Log(sigma) - 0.5 * model.ScoredDays.Length * Math.Log(2 * Math.PI);
                var dense = DenseLogLikelihood(model, Rhos[lane], sigma);
                likelihood.ShouldBe(dense, 1e-10 * Math.Max(1, Math.Abs(dense)));
            }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_coefficients_have_the_exact_Gaussian_posterior(string kind)
    {
        var (model, point) = Prepare(kind);
        const double sigma = 1.3;
        var q = model.Coefficients;
        for (var lane = 0; lane < 4; lane++)
        {
            double[] eigenvalues = new double[q], gradient = new double[q], projected = new double[q * q];
            point.Read(lane, eigenvalues, gradient, projected);
            var (mean, covariance) = DensePosterior(model, Rhos[lane], sigma);
            for (var i = 0; i < q; i++)
            {
                double m = i == 0 ? model.PriorLevel : 0, v = 0;
                for (var k = 0; k < q; k++)
                {
                    var shrink = 1 / (1 + eigenvalues[k] / (sigma * sigma));
                    m += projected[i * q + k] * shrink * gradient[k] / (sigma * sigma);
                    v += projected[i * q + k] * projected[i * q + k] * shrink;
                }
                m.ShouldBe(mean[i], 1e-9);
                v.ShouldBe(covariance[i, i], 1e-9);
            }
        }
    }

    [Fact]
    public void The_onset_columns_are_their_defining_sum()
    {
        var course = Some.Titration() with { AlreadyTaking = true };
        course = course with { DosesMg = [.. course.DosesMg.Select(d => d == 0 ? 3 : d)], Arms = [.. course.Arms.Select(_ => Arm.Ldn)] };
        var model = new CourseModel(course);
        model.SetOnset(Tau);
        var k = Math.Exp(-1 / Tau);
        for (var i = 0; i < model.ScoredDays.Length; i++)
            for (var d = 0; d < model.DosesMg.Length; d++)
            {
                var t = model.ScoredDays[i];
                var sum = model.DosesMg[d] == course.DosesMg[0] ? Math.Pow(k, t + 1) : 0;
                for (var s = 0; s <= t; s++)
                    if (course.DosesMg[s] == model.DosesMg[d]) sum += (1 - k) * Math.Pow(k, t - s);
                model.Rows[i * model.Columns + 1 + model.FirstDose + d].ShouldBe(sum, 1e-13);
            }
    }

    private static (CourseModel, CoursePoint) Prepare(string kind)
    {
        var model = new CourseModel(Of(kind));
        model.SetOnset(Tau);
        var point = new CoursePoint(model);
        point.Set(Vector256.Create(Rhos), White);
        return (model, point);
    }

    private static Matrix<double> Noise(CourseModel model, double rho, double sigma) => Matrix<double>.Build.Dense(
        model.ScoredDays.Length, model.ScoredDays.Length,
        (i, j) => sigma * sigma * ((1 - White) * Math.Pow(rho, Math.Abs(model.ScoredDays[i] - model.ScoredDays[j])) + (i == j ? White : 0)));

    private static (Matrix<double> Design, Vector<double> Residual, Matrix<double> Prior) Dense(CourseModel model)
    {
        var n = model.ScoredDays.Length;
        var q = model.Coefficients;
        var factor = Matrix<double>.Build.Dense(q, q, (i, j) => model.PriorFactor[i * q + j]);
        return (Matrix<double>.Build.Dense(n, q, (i, j) => model.Rows[i * model.Columns + 1 + j]),
            Vector<double>.Build.Dense(n, i => model.Rows[i * model.Columns]), factor * factor.Transpose());
    }

    private static double DenseLogLikelihood(CourseModel model, double rho, double sigma)
    {
        var (design, residual, prior) = Dense(model);
        var cholesky = (Noise(model, rho, sigma) + design * prior * design.Transpose()).Cholesky();
        return -0.5 * (residual * cholesky.Solve(residual) + cholesky.DeterminantLn + residual.Count * Math.Log(2 * Math.PI));
    }

    private static (Vector<double> Mean, Matrix<double> Covariance) DensePosterior(CourseModel model, double rho, double sigma)
    {
        var (design, residual, prior) = Dense(model);
        var marginal = Noise(model, rho, sigma) + design * prior * design.Transpose();
        var gain = prior * design.Transpose() * marginal.Inverse();
        var mean = gain * residual;
        mean[0] += model.PriorLevel;
        return (mean, prior - gain * design * prior);
    }
}
