using MathNet.Numerics.LinearAlgebra;

namespace Lowdose.Science.Pharmacology;

/// <summary>The modes of one matrix of rate constants, K = V Λ V⁻¹, where they are real and far enough apart to be trusted.</summary>
/// <remarks>Where two rates coincide V has no inverse, and near that digits are lost: such a matrix is refused, and its subject is stepped.</remarks>
internal sealed class RealModes(int n)
{
    /// <summary>How many times larger errors may become on the way into the modes and back.</summary>
    private const double MostCondition = 1e4;

    /// <summary>How many times faster than the slowest rate the fastest entry may be: the slowest is known to about 1e-16 of the fastest.</summary>
    private const double MostSpread = 1e4;

    /// <summary>An entry that is smaller, in 1/h, and not 0, or larger, is none that anybody means.</summary>
    private const double LeastNumber = 1e-100, MostNumber = 1e100;

    /// <summary>λ, in 1/h.</summary>
    public double[] Rates { get; } = new double[n];

    /// <summary>V, row by row; each column has a largest element of 1.</summary>
    public double[] Vectors { get; } = new double[n * n];

    /// <summary>V⁻¹, row by row.</summary>
    public double[] Inverse { get; } = new double[n * n];

    /// <summary>The modes of K, row by row; false where they are not to be trusted.</summary>
    public bool Of(ReadOnlySpan<double> k)
    {
        var size = 0.0;
        foreach (var element in k) size = Math.Abs(element) <= MostNumber ? Math.Max(size, Math.Abs(element)) : double.PositiveInfinity;
        // The iteration might not end where what is small enough to be left out is too small to be a number, or nothing is there at all.
        if (double.IsInfinity(size) || size < LeastNumber) return false;
        foreach (var element in k)
            if (element != 0 && Math.Abs(element) < LeastNumber) return false;
        var modes = Matrix<double>.Build.Dense(n, n, Columns(k)).Evd(Symmetricity.Asymmetric);
        var vectors = modes.EigenVectors;
        for (var j = 0; j < n; j++)
        {
            var rate = modes.EigenValues[j];
            Rates[j] = Math.Abs(rate.Real) <= 1e-15 * n * size ? 0 : rate.Real;
            if (rate.Imaginary != 0 || (Rates[j] != 0 && size > MostSpread * Math.Abs(Rates[j]))) return false;
            var largest = vectors.Column(j).AbsoluteMaximum();
            for (var i = 0; i < n; i++) Vectors[i * n + j] = vectors[i, j] / largest;
        }
        var inverse = Matrix<double>.Build.Dense(n, n, Columns(Vectors)).Inverse();
        for (var i = 0; i < n * n; i++) Inverse[i] = inverse[i / n, i % n];
        return Norm(Vectors) * Norm(Inverse) <= MostCondition;
    }

    private double[] Columns(ReadOnlySpan<double> rows)
    {
        var columns = new double[n * n];
        for (var i = 0; i < n * n; i++) columns[i % n * n + i / n] = rows[i];
        return columns;
    }

    /// <summary>The largest sum of a row; not a number where an element is none.</summary>
    private double Norm(double[] matrix)
    {
        var norm = 0.0;
        for (var i = 0; i < n; i++)
        {
            var row = 0.0;
            for (var j = 0; j < n; j++) row += Math.Abs(matrix[i * n + j]);
            norm = Math.Max(norm, row);
        }
        return norm;
    }
}
