using System.Runtime.Intrinsics;
using Lowdose.Science.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Tests.Numerics;

public class Four_eigenproblems_at_a_time
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(12)]
    public void Agree_with_the_library_lane_by_lane(int n)
    {
        var random = new Philox(11, (ulong)n);
        var lanes = Enumerable.Range(0, 4).Select(lane => RandomSymmetric(n, Math.Pow(100, lane - 1), ref random)).ToArray();
        var a = Pack(lanes, n);
        var u = new Vector256<double>[n * n];
        SymmetricEigen.Decompose(a, u, n);
        for (var lane = 0; lane < 4; lane++)
        {
            var norm = lanes[lane].FrobeniusNorm();
            var values = Enumerable.Range(0, n).Select(k => a[k * n + k][lane]).Order().ToArray();
            var expected = lanes[lane].Evd(Symmetricity.Symmetric).EigenValues.Select(v => v.Real).Order().ToArray();
            for (var k = 0; k < n; k++) values[k].ShouldBe(expected[k], 1e-12 * norm);
            var rotation = Matrix<double>.Build.Dense(n, n, (i, j) => u[i * n + j][lane]);
            var diagonal = Matrix<double>.Build.DenseOfDiagonalArray(Enumerable.Range(0, n).Select(k => a[k * n + k][lane]).ToArray());
            (rotation * diagonal * rotation.Transpose() - lanes[lane]).FrobeniusNorm().ShouldBeLessThan(1e-12 * norm);
        }
    }

    [Fact]
    public void Leave_a_diagonal_or_a_zero_matrix_as_it_is()
    {
        var a = new Vector256<double>[9];
        var u = new Vector256<double>[9];
        a[4] = Vector256.Create(2.0);
        SymmetricEigen.Decompose(a, u, 3);
        a[4].ShouldBe(Vector256.Create(2.0));
        u[0].ShouldBe(Vector256<double>.One);
    }

    private static Matrix<double> RandomSymmetric(int n, double scale, ref Philox random)
    {
        var half = Matrix<double>.Build.Dense(n, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) half[i, j] = random.NextNormal() * scale;
        return half * half.Transpose();
    }

    private static Vector256<double>[] Pack(Matrix<double>[] lanes, int n) =>
        [.. Enumerable.Range(0, n * n).Select(k => Vector256.Create(lanes[0][k / n, k % n], lanes[1][k / n, k % n], lanes[2][k / n, k % n], lanes[3][k / n, k % n]))];
}
