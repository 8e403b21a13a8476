using Lowdose.Science.Inference.Pooling;
using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Tests.Pooling;

/// <summary>The likelihood at given parameters against each person's dense matrix, which shares no idea with it.</summary>
public class Given_rho_and_the_spread
{
    private static readonly Spread[] Points = [new(0.5, 0.8, -0.2, 0.6), new(-0.4, 0.3, 0.1, 0), new(0.97, 0, 0, 1.4), new(0, 2, 0.5, 0.3), new(0.6, 0, 0, 0)];

    public static TheoryData<string, bool> Pools
    {
        get
        {
            var pools = new TheoryData<string, bool>();
            foreach (var name in new[] { "gaps-15", "very-unbalanced", "esr-and-warmth", "esr-predicts-the-effect" })
            {
                pools.Add(name, true);
                pools.Add(name, false);
            }
            return pools;
        }
    }

    [Theory]
    [MemberData(nameof(Pools))]
    public void The_log_likelihood_and_the_estimates_are_the_dense_ones_to_1e_minus_8(string name, bool restricted)
    {
        var (columns, likelihood) = Prepare(References.Study(name), restricted);
        foreach (var point in Points)
        {
            likelihood.At(point);
            var (value, estimate, variance) = Dense(columns, likelihood.Stand, point, restricted);
            likelihood.Value.ShouldBe(value, 1e-8 * Math.Abs(value));
            likelihood.Variance.ShouldBe(variance, 1e-8 * variance);
            for (var j = 0; j < estimate.Count; j++) likelihood.Estimate[j].ShouldBe(estimate[j], 1e-8 * Math.Max(1, Math.Abs(estimate[j])));
        }
    }

    [Theory]
    [MemberData(nameof(Pools))]
    public void The_gradient_is_that_of_differences(string name, bool restricted)
    {
        var (_, likelihood) = Prepare(References.Study(name), restricted);
        const double h = 1e-5;
        foreach (var point in Points)
        {
            likelihood.At(point);
            var exact = (double[])likelihood.Gradient.Clone();
            Func<double, Spread>[] moved = [d => point with { Rho = point.Rho + d }, d => point with { Level = point.Level + d }, d => point with { Both = point.Both + d }, d => point with { Effect = point.Effect + d }];
            for (var k = 0; k < 4; k++)
            {
                double Value(double d)
                {
                    likelihood.At(moved[k](d));
                    return likelihood.Value;
                }
                var differences = (8 * (Value(h) - Value(-h)) - (Value(2 * h) - Value(-2 * h))) / (12 * h);
                exact[k].ShouldBe(differences, 1e-5 * Math.Max(1, Math.Abs(exact[k])) + 1e-4, $"{name} {point} parameter {k}");
            }
        }
    }

    [Fact]
    public void The_onset_is_its_defining_sum()
    {
        var columns = new PooledColumns(Some.Study(3, 2, 40));
        columns.SetOnset(5);
        var k = Math.Exp(-1 / 5.0);
        var diary = columns.Study.People[1];
        for (var i = 0; i < diary.Days.Length; i++)
        {
            var sum = 0.0;
            for (var s = 0; s <= diary.Days[i]; s++) if (diary.OnDrug[s]) sum += (1 - k) * Math.Pow(k, diary.Days[i] - s);
            columns.Values[(columns.Start[1] + i) * columns.Varying].ShouldBe(sum, 1e-13);
        }
    }

    private static (PooledColumns, PooledLikelihood) Prepare(PooledStudy study, bool restricted)
    {
        var columns = new PooledColumns(study);
        columns.SetOnset(0);
        var products = new GapProducts(columns);
        products.Fill();
        return (columns, new PooledLikelihood(columns, products, [.. Enumerable.Range(0, columns.Fixed.Count)], restricted));
    }

    private static (double Value, Vector<double> Estimate, double Variance) Dense(PooledColumns columns, int[] stand, Spread point, bool restricted)
    {
        var p = stand.Length;
        var cross = Matrix<double>.Build.Dense(p + 1, p + 1);
        var logs = 0.0;
        for (var person = 0; person < columns.People; person++)
        {
            var days = columns.Study.People[person].Days;
            double Basis(int i, int b) => b == 0 ? 1 : columns.Values[(columns.Start[person] + i) * columns.Varying + b - 1];
            var design = Matrix<double>.Build.Dense(days.Length, p + 1, (i, j) => j == p ? Basis(i, columns.Basis - 1)
                : Basis(i, columns.Fixed[stand[j]].Basis) * (columns.Fixed[stand[j]].Scale < 0 ? 1 : columns.Scales[person * columns.ScaleCount + columns.Fixed[stand[j]].Scale]));
            var covariance = Matrix<double>.Build.Dense(days.Length, days.Length, (i, j) => Math.Pow(point.Rho, Math.Abs(days[i] - days[j]))
                + point.D11 + point.D12 * (Basis(i, 1) + Basis(j, 1)) + point.D22 * Basis(i, 1) * Basis(j, 1));
            var factor = covariance.Cholesky();
            cross += design.Transpose() * factor.Solve(design);
            logs += factor.DeterminantLn;
        }
        var x = cross.SubMatrix(0, p, 0, p);
        var solved = x.Cholesky();
        var estimate = solved.Solve(cross.Column(p, 0, p));
        double df = columns.Scored - (restricted ? p : 0), squares = cross[p, p] - estimate * cross.Column(p, 0, p);
        return (-0.5 * (df * (Math.Log(2 * Math.PI * squares / df) + 1) + logs + (restricted ? solved.DeterminantLn : 0)), estimate, squares / df);
    }
}
