using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Inference;

/// <summary>
/// Runs the noise model's Kalman filter over the scored days for four values of ρ at a time, on the scores and on every
/// column of the design at once, with σ = 1. What is left are the cross-products of the whitened columns, which is all
/// that the Gaussian part of the posterior needs at any σ.
/// </summary>
/// <remarks>
/// State n_t = ρ n_{t−1} + ω_t of stationary variance 1 − w, seen with white noise of variance w. Missing days are steps
/// without an update. Source: Harvey 1989, §3.2; Jones 1980 for the gaps. No allocation after construction.
/// </remarks>
internal sealed class Whitening(int columns)
{
    // ln F is taken of products of this many innovation variances, each at least 0.1.
    private const int LogEvery = 16;

    private readonly Vector256<double>[] _state = new Vector256<double>[columns];
    private readonly Vector256<double>[] _innovation = new Vector256<double>[columns];

    /// <summary>Upper triangle of Vᵀ V by rows, V the whitened [y − prior level, design]; columns (columns + 1) / 2 lanes.</summary>
    public Vector256<double>[] CrossProducts { get; } = new Vector256<double>[columns * (columns + 1) / 2];

    /// <summary>ln det of the correlation matrix of the scored days.</summary>
    public Vector256<double> LogDeterminant { get; private set; }

    /// <summary>Filters the model's rows.</summary>
    /// <param name="model">The rows, with the dose columns set for the τ wanted.</param>
    /// <param name="rho">Four autocorrelations in (0, 1).</param>
    /// <param name="whiteShare">w in (0, 1].</param>
    public void Run(CourseModel model, Vector256<double> rho, double whiteShare)
    {
        Array.Clear(_state);
        Array.Clear(CrossProducts);
        var white = Vector256.Create(whiteShare);
        var slow = Vector256.Create(1 - whiteShare);
        var variance = slow;
        var logDeterminant = Vector256<double>.Zero;
        var product = Vector256<double>.One;
        var days = model.ScoredDays;
        for (var i = 0; i < days.Length; i++)
        {
            if (i > 0)
            {
                var decay = Power(rho, days[i] - days[i - 1]);
                var squared = decay * decay;
                variance = Vector256.FusedMultiplyAdd(squared, variance, (Vector256<double>.One - squared) * slow);
                for (var c = 0; c < _state.Length; c++) _state[c] *= decay;
            }
            var total = variance + white;
            var inverse = Vector256<double>.One / total;
            product *= total;
            var gain = variance * inverse;
            variance *= white * inverse;
            Update(model.Rows.AsSpan(i * columns, columns), gain, inverse);
            if (i % LogEvery == LogEvery - 1)
            {
                logDeterminant += Vector256.Log(product);
                product = Vector256<double>.One;
            }
        }
        LogDeterminant = logDeterminant + Vector256.Log(product);
    }

    /// <summary>One scored day: innovations of every column, and their products.</summary>
    /// <remarks>By reference rather than by index: bounds checks cost a third of the whole integration here.</remarks>
    private void Update(ReadOnlySpan<double> row, Vector256<double> gain, Vector256<double> inverse)
    {
        ref var state = ref MemoryMarshal.GetArrayDataReference(_state);
        ref var innovation = ref MemoryMarshal.GetArrayDataReference(_innovation);
        ref var sum = ref MemoryMarshal.GetArrayDataReference(CrossProducts);
        for (nint c = 0; c < row.Length; c++)
        {
            ref var s = ref Unsafe.Add(ref state, c);
            var v = Vector256.Create(row[(int)c]) - s;
            s = Vector256.FusedMultiplyAdd(gain, v, s);
            Unsafe.Add(ref innovation, c) = v;
        }
        for (nint c = 0; c < row.Length; c++)
        {
            var scaled = Unsafe.Add(ref innovation, c) * inverse;
            for (var d = c; d < row.Length; d++)
            {
                sum = Vector256.FusedMultiplyAdd(scaled, Unsafe.Add(ref innovation, d), sum);
                sum = ref Unsafe.Add(ref sum, 1);
            }
        }
    }

    private static Vector256<double> Power(Vector256<double> rho, int days)
    {
        if (days == 1) return rho;
        var result = Vector256<double>.One;
        for (; days > 0; days >>= 1)
        {
            if ((days & 1) == 1) result *= rho;
            rho *= rho;
        }
        return result;
    }
}
