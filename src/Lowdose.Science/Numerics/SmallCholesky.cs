namespace Lowdose.Science.Numerics;

/// <summary>
/// The Cholesky factor of a small symmetric matrix in the caller's own memory, with columns that the earlier ones
/// determine found and left out. It is not MathNet's, which allocates and refuses a singular matrix.
/// </summary>
/// <remarks>Source: Golub &amp; Van Loan, Matrix Computations, 4th ed., §4.2. No allocation.</remarks>
public static class SmallCholesky
{
    /// <summary>A column whose remainder is below this share of its own square is determined by the ones before it.</summary>
    public const double Determined = 1e-10;

    /// <summary>Factors A = L Lᵀ in place; a determined column gets a zero row and column and stands for nothing.</summary>
    /// <param name="a">n × n, row-major; the lower triangle is read, and holds L on return.</param>
    /// <param name="n">Order.</param>
    /// <param name="logDeterminant">ln det over the columns that stand.</param>
    /// <returns>The rank: how many columns stand.</returns>
    /// <exception cref="ArgumentException">The span is shorter than n².</exception>
    public static int Factor(Span<double> a, int n, out double logDeterminant)
    {
        if (a.Length < n * n) throw new ArgumentException("the span must hold n × n numbers", nameof(a));
        var rank = 0;
        logDeterminant = 0;
        for (var j = 0; j < n; j++)
        {
            var own = a[j * n + j];
            var rest = own;
            for (var k = 0; k < j; k++) rest -= a[j * n + k] * a[j * n + k];
            if (!(rest > Determined * own))
            {
                for (var k = 0; k <= j; k++) a[j * n + k] = 0;
                for (var i = j + 1; i < n; i++) a[i * n + j] = 0;
                continue;
            }
            var root = Math.Sqrt(rest);
            a[j * n + j] = root;
            logDeterminant += Math.Log(rest);
            rank++;
            for (var i = j + 1; i < n; i++)
            {
                var sum = a[i * n + j];
                for (var k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
                a[i * n + j] = sum / root;
            }
        }
        return rank;
    }

    /// <summary>Solves A x = b in place; entries of columns left out become 0.</summary>
    /// <param name="factor">From <see cref="Factor"/>.</param>
    /// <param name="n">Order.</param>
    /// <param name="b">The right-hand side, and on return x.</param>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> b)
    {
        for (var i = 0; i < n; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++) sum -= factor[i * n + k] * b[k];
            b[i] = factor[i * n + i] == 0 ? 0 : sum / factor[i * n + i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            var sum = b[i];
            for (var k = i + 1; k < n; k++) sum -= factor[k * n + i] * b[k];
            b[i] = factor[i * n + i] == 0 ? 0 : sum / factor[i * n + i];
        }
    }

    /// <summary>A⁻¹, full and symmetric; rows and columns left out are 0.</summary>
    /// <param name="factor">From <see cref="Factor"/>.</param>
    /// <param name="n">Order.</param>
    /// <param name="inverse">Receives n × n numbers.</param>
    public static void Invert(ReadOnlySpan<double> factor, int n, Span<double> inverse)
    {
        Span<double> column = stackalloc double[n];
        for (var j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = factor[j * n + j] == 0 ? 0 : 1;
            Solve(factor, n, column);
            for (var i = 0; i < n; i++) inverse[i * n + j] = column[i];
        }
    }
}
