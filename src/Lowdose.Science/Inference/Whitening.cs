using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Inference;

/// <summary>
/// The noise model's Kalman filter over the scored days for four values of ρ at a time, with σ = 1, run on the scores and
/// on every column of the design. What is left are the cross-products of the whitened columns, which is all that the
/// Gaussian part of the posterior needs at any σ.
/// </summary>
/// <remarks>
/// State n_t = ρ n_{t−1} + ω_t of stationary variance 1 − w, seen with white noise of variance w. Missing days are steps
/// without an update. The gains and the columns that know no τ are filtered once (<see cref="Prepare"/>); each τ then
/// filters the dose columns alone (<see cref="Run"/>). Source: Harvey 1989, §3.2; Jones 1980 for the gaps. Neither call
/// allocates. Columns are taken by reference, not by index: bounds checks cost a third of the whole integration here.
/// </remarks>
internal sealed class Whitening
{
    // ln F is taken of products of this many innovation variances, each at least 0.1.
    private const int LogEvery = 16;

    private readonly CourseModel _model;
    private readonly int _fixed, _columns;
    private readonly Vector256<double>[] _decay, _gain, _inverse, _fixedInnovations, _fixedProducts, _state, _innovation;

    public Whitening(CourseModel model)
    {
        _model = model;
        _columns = model.Columns;
        _fixed = 1 + model.FirstDose;
        var scored = model.ScoredDays.Length;
        _decay = new Vector256<double>[scored];
        _gain = new Vector256<double>[scored];
        _inverse = new Vector256<double>[scored];
        _fixedInnovations = new Vector256<double>[scored * _fixed];
        _fixedProducts = new Vector256<double>[_fixed * (_fixed + 1) / 2];
        _state = new Vector256<double>[_columns];
        _innovation = new Vector256<double>[_columns];
        CrossProducts = new Vector256<double>[_columns * (_columns + 1) / 2];
    }

    /// <summary>Upper triangle of Vᵀ V by rows, V the whitened [y − prior level, design]; columns (columns + 1) / 2 lanes.</summary>
    public Vector256<double>[] CrossProducts { get; }

    /// <summary>ln det of the correlation matrix of the scored days.</summary>
    public Vector256<double> LogDeterminant { get; private set; }

    /// <summary>Filters the scores and the columns that do not depend on τ.</summary>
    /// <param name="rho">Four autocorrelations in (0, 1).</param>
    /// <param name="whiteShare">w in (0, 1].</param>
    public void Prepare(Vector256<double> rho, double whiteShare)
    {
        Array.Clear(_state);
        Array.Clear(_fixedProducts);
        var white = Vector256.Create(whiteShare);
        var slow = Vector256.Create(1 - whiteShare);
        var variance = slow;
        var logDeterminant = Vector256<double>.Zero;
        var product = Vector256<double>.One;
        var days = _model.ScoredDays;
        for (var i = 0; i < days.Length; i++)
        {
            var decay = i == 0 ? Vector256<double>.Zero : Power(rho, days[i] - days[i - 1]);
            var squared = decay * decay;
            variance = Vector256.FusedMultiplyAdd(squared, variance, (Vector256<double>.One - squared) * slow);
            var total = variance + white;
            _decay[i] = decay;
            _inverse[i] = Vector256<double>.One / total;
            _gain[i] = variance * _inverse[i];
            variance *= white * _inverse[i];
            product *= total;
            if (i % LogEvery == LogEvery - 1)
            {
                logDeterminant += Vector256.Log(product);
                product = Vector256<double>.One;
            }
            Innovate(i, 0, _fixed);
            _innovation.AsSpan(0, _fixed).CopyTo(_fixedInnovations.AsSpan(i * _fixed));
            ref var sum = ref MemoryMarshal.GetArrayDataReference(_fixedProducts);
            for (nint c = 0; c < _fixed; c++) sum = ref AddProducts(ref sum, c, c, _fixed, _inverse[i]);
        }
        LogDeterminant = logDeterminant + Vector256.Log(product);
    }

    /// <summary>Filters the dose columns as the model now has them, and completes <see cref="CrossProducts"/>.</summary>
    public void Run()
    {
        Array.Clear(_state);
        Array.Clear(CrossProducts);
        for (var i = 0; i < _inverse.Length; i++)
        {
            Innovate(i, _fixed, _columns);
            _fixedInnovations.AsSpan(i * _fixed, _fixed).CopyTo(_innovation);
            ref var sum = ref MemoryMarshal.GetArrayDataReference(CrossProducts);
            for (nint c = 0; c < _columns; c++)
            {
                if (c < _fixed) sum = ref Unsafe.Add(ref sum, _fixed - c);
                sum = ref AddProducts(ref sum, c, Math.Max(c, _fixed), _columns, _inverse[i]);
            }
        }
        var from = 0;
        for (var c = 0; c < _fixed; c++)
        {
            _fixedProducts.AsSpan(from, _fixed - c).CopyTo(CrossProducts.AsSpan(c * _columns - c * (c - 1) / 2));
            from += _fixed - c;
        }
    }

    /// <summary>One scored day's innovations for the columns from … to − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Innovate(int scored, int from, int to)
    {
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_model.Rows), (nint)scored * _columns);
        ref var state = ref MemoryMarshal.GetArrayDataReference(_state);
        ref var innovation = ref MemoryMarshal.GetArrayDataReference(_innovation);
        var (decay, gain) = (_decay[scored], _gain[scored]);
        for (nint c = from; c < to; c++)
        {
            var predicted = Unsafe.Add(ref state, c) * decay;
            var v = Vector256.Create(Unsafe.Add(ref row, c)) - predicted;
            Unsafe.Add(ref state, c) = Vector256.FusedMultiplyAdd(gain, v, predicted);
            Unsafe.Add(ref innovation, c) = v;
        }
    }

    /// <summary>Adds the products of one column with the columns from … to − 1; returns where the next sum stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Vector256<double> AddProducts(ref Vector256<double> sum, nint column, nint from, nint to, Vector256<double> inverse)
    {
        ref var innovation = ref MemoryMarshal.GetArrayDataReference(_innovation);
        var scaled = Unsafe.Add(ref innovation, column) * inverse;
        for (var d = from; d < to; d++)
        {
            sum = Vector256.FusedMultiplyAdd(scaled, Unsafe.Add(ref innovation, d), sum);
            sum = ref Unsafe.Add(ref sum, 1);
        }
        return ref sum;
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
