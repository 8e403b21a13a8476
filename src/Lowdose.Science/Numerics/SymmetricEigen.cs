using System.Runtime.Intrinsics;

namespace Lowdose.Science.Numerics;

/// <summary>Eigenvalues and eigenvectors of four small symmetric matrices at a time, one a SIMD lane.</summary>
/// <remarks>Source: cyclic Jacobi; Golub &amp; Van Loan, Matrix Computations, 4th ed., §8.5. No allocation.</remarks>
public static class SymmetricEigen
{
    private const int MaxSweeps = 30;

    /// <summary>Diagonalises A = U Λ Uᵀ in place.</summary>
    /// <param name="a">n × n, row-major, symmetric, one matrix a lane; on return the eigenvalues stand on the diagonal.</param>
    /// <param name="u">n × n; on return column k is the eigenvector of a[k, k].</param>
    /// <param name="n">Order of the matrices.</param>
    /// <exception cref="ArgumentException">A span is shorter than n².</exception>
    public static void Decompose(Span<Vector256<double>> a, Span<Vector256<double>> u, int n)
    {
        if (a.Length < n * n || u.Length < n * n) throw new ArgumentException("spans must hold n × n lanes");
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                u[i * n + j] = i == j ? Vector256<double>.One : Vector256<double>.Zero;
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            if (IsDiagonal(a, n)) return;
            for (var p = 0; p < n - 1; p++)
                for (var q = p + 1; q < n; q++)
                    Rotate(a, u, n, p, q);
        }
    }

    private static bool IsDiagonal(ReadOnlySpan<Vector256<double>> a, int n)
    {
        var off = Vector256<double>.Zero;
        var diagonal = Vector256<double>.Zero;
        for (var i = 0; i < n; i++)
        {
            diagonal += a[i * n + i] * a[i * n + i];
            for (var j = i + 1; j < n; j++) off += a[i * n + j] * a[i * n + j];
        }
        // Rotations converge quadratically: what is left below 1e-13 of the norm is rounding.
        return Vector256.LessThanOrEqualAll(off, diagonal * 1e-26);
    }

    private static void Rotate(Span<Vector256<double>> a, Span<Vector256<double>> u, int n, int p, int q)
    {
        var apq = a[p * n + q];
        var theta = (a[q * n + q] - a[p * n + p]) / (apq + apq);
        var magnitude = Vector256.Abs(theta) + Vector256.Sqrt(Vector256.FusedMultiplyAdd(theta, theta, Vector256<double>.One));
        var t = Vector256.ConditionalSelect(Vector256.LessThan(theta, Vector256<double>.Zero), -Vector256<double>.One, Vector256<double>.One) / magnitude;
        t = Vector256.ConditionalSelect(Vector256.Equals(apq, Vector256<double>.Zero), Vector256<double>.Zero, t);
        var c = Vector256<double>.One / Vector256.Sqrt(Vector256.FusedMultiplyAdd(t, t, Vector256<double>.One));
        var s = t * c;

        a[p * n + p] -= t * apq;
        a[q * n + q] += t * apq;
        a[p * n + q] = a[q * n + p] = Vector256<double>.Zero;
        for (var k = 0; k < n; k++)
        {
            if (k != p && k != q)
            {
                var akp = a[k * n + p];
                var akq = a[k * n + q];
                a[k * n + p] = a[p * n + k] = c * akp - s * akq;
                a[k * n + q] = a[q * n + k] = s * akp + c * akq;
            }
            var ukp = u[k * n + p];
            var ukq = u[k * n + q];
            u[k * n + p] = c * ukp - s * ukq;
            u[k * n + q] = s * ukp + c * ukq;
        }
    }
}
