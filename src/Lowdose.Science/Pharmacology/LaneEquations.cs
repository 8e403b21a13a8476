using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Linear equations of eight lanes at once, by elimination with a pivot of each lane's own.</summary>
internal sealed class LaneEquations(int n)
{
    private readonly Vector512<double>[] _swaps = LaneMemory.Of(n * n);

    /// <summary>The matrix, row by row; after <see cref="Factor"/> its factors.</summary>
    public Vector512<double>[] Matrix { get; } = LaneMemory.Of(n * n);

    public void Factor()
    {
        var a = Matrix;
        for (var c = 0; c < n; c++)
        {
            for (var r = c + 1; r < n; r++)
            {
                // The larger comes up, so that at the end the largest is on the diagonal.
                var swap = _swaps[c * n + r] = Vector512.GreaterThan(Vector512.Abs(a[r * n + c]), Vector512.Abs(a[c * n + c]));
                for (var j = 0; j < n; j++)
                {
                    var (upper, lower) = (a[c * n + j], a[r * n + j]);
                    (a[c * n + j], a[r * n + j]) = (Vector512.ConditionalSelect(swap, lower, upper), Vector512.ConditionalSelect(swap, upper, lower));
                }
            }
            var inverse = a[c * n + c] = Vector512<double>.One / a[c * n + c];
            for (var r = c + 1; r < n; r++)
            {
                var factor = a[r * n + c] *= inverse;
                for (var j = c + 1; j < n; j++) a[r * n + j] -= factor * a[c * n + j];
            }
        }
    }

    /// <summary>Solves for a right-hand side, in place.</summary>
    public void Solve(Vector512<double>[] b)
    {
        var a = Matrix;
        for (var c = 0; c < n; c++)
        {
            for (var r = c + 1; r < n; r++)
            {
                var (swap, upper, lower) = (_swaps[c * n + r], b[c], b[r]);
                (b[c], b[r]) = (Vector512.ConditionalSelect(swap, lower, upper), Vector512.ConditionalSelect(swap, upper, lower));
            }
        }
        for (var c = 0; c < n; c++)
            for (var r = c + 1; r < n; r++) b[r] -= a[r * n + c] * b[c];
        for (var r = n - 1; r >= 0; r--)
        {
            for (var j = r + 1; j < n; j++) b[r] -= a[r * n + j] * b[j];
            b[r] *= a[r * n + r];
        }
    }
}
