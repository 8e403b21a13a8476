using MathNet.Numerics.Integration;

namespace Lowdose.Science.Numerics;

/// <summary>Abscissas and weights of one rule; both of the same length.</summary>
/// <param name="X">Abscissas.</param>
/// <param name="LogWeight">Natural logarithms of the weights.</param>
public sealed record QuadratureRule(double[] X, double[] LogWeight);

/// <summary>Gauss rules for deterministic integration.</summary>
public static class Quadrature
{
    /// <summary>
    /// Gauss–Hermite for a density near N(0, 1): ∫ f(z) dz ≈ Σ exp(LogWeight_i) f(X_i), exact where f is a polynomial of
    /// degree 2n−1 times the standard normal density.
    /// </summary>
    /// <param name="n">Nodes, 1 or more.</param>
    /// <returns>X in standard deviations, ascending; log weights with exp(z²/2) folded in.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 1 or above 64.</exception>
    /// <remarks>Source: Golub &amp; Welsch 1969; the nodes are eigenvalues of the Jacobi matrix with √k beside the diagonal.</remarks>
    public static QuadratureRule Hermite(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, 64);
        var jacobi = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n,
            (i, j) => Math.Abs(i - j) == 1 ? Math.Sqrt(Math.Max(i, j)) : 0);
        var evd = jacobi.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        var rule = Enumerable.Range(0, n)
            .Select(i => (X: evd.EigenValues[i].Real, W: Math.Pow(evd.EigenVectors[0, i], 2)))
            .OrderBy(node => node.X).ToArray();
        return new QuadratureRule(
            [.. rule.Select(r => r.X)],
            [.. rule.Select(r => Math.Log(r.W) + 0.5 * r.X * r.X + 0.5 * Math.Log(2 * Math.PI))]);
    }

    /// <summary>Gauss–Legendre on [−1, 1].</summary>
    /// <param name="n">Nodes, 2 or more.</param>
    /// <returns>X in [−1, 1], ascending.</returns>
    public static QuadratureRule Legendre(int n)
    {
        var rule = new GaussLegendreRule(-1, 1, n);
        return new QuadratureRule([.. rule.Abscissas], [.. rule.Weights.Select(w => Math.Log(w))]);
    }
}
