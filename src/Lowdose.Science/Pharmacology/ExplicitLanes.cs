using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Steps by <see cref="DormandPrince853"/>, and hands over who turns out to be stiff.</summary>
internal sealed class ExplicitLanes : AdaptiveLanes
{
    private readonly Queue<AdaptiveSeat> _stiff;
    private readonly Vector512<double>[] _slopes, _at, _rate, _fifth, _third, _nothing;
    private readonly Vector512<double>[][] _coefficients;

    public ExplicitLanes(SimulationRequest request, SubjectQueue queue, Queue<AdaptiveSeat> stiff) : base(request, queue)
    {
        _stiff = stiff;
        (_slopes, _at, _rate) = (LaneMemory.Of(DormandPrince853.AllStages * N), LaneMemory.Of(N), LaneMemory.Of(N));
        (_fifth, _third, _nothing, _coefficients) = (LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(N), [.. Enumerable.Range(0, 4).Select(_ => LaneMemory.Of(N))]);
    }

    /// <inheritdoc/>
    protected override int Order => 8;

    /// <inheritdoc/>
    protected override bool Take(int lane)
    {
        if (Queue.Take() is not { } subject) return false;
        Seat(lane, subject);
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override Vector512<double> Attempt(Vector512<double> time, Vector512<double> h)
    {
        Slope.CopyTo(_slopes, 0);
        for (var stage = 1; stage < DormandPrince853.Stages; stage++)
        {
            Sum(DormandPrince853.Sums[stage], h, X, _at);
            Evaluate(stage, Vector512.FusedMultiplyAdd(Vector512.Create(DormandPrince853.Times[stage]), h, time), _at);
        }
        Sum(DormandPrince853.Sums[DormandPrince853.Stages], h, X, Next);
        Sum(DormandPrince853.Fifth, Vector512<double>.One, _nothing, _fifth);
        Sum(DormandPrince853.Third, Vector512<double>.One, _nothing, _third);
        Vector512<double> fifth = default, third = default;
        for (var i = 0; i < N; i++)
        {
            var scale = Vector512<double>.One / Scale(X[i], Next[i]);
            var (five, three) = (_fifth[i] * scale, _third[i] * scale);
            fifth += five * five;
            third += three * three;
        }
        var both = fifth + Vector512.Create(0.01) * third;
        var error = h * fifth / Vector512.Sqrt(both * N);
        // A step in which nothing changes has no error.
        return Vector512.ConditionalSelect(Vector512.Equals(both, Vector512<double>.Zero), Vector512<double>.Zero, error);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void SlopeAtEnd(Vector512<double> time, Vector512<double> h, Vector512<double>[] into)
    {
        Evaluate(DormandPrince853.Stages, time + h, Next);
        Vector512<double> slope = default, state = default;
        for (var i = 0; i < N; i++)
        {
            into[i] = _slopes[DormandPrince853.Stages * N + i];
            var change = into[i] - _slopes[(DormandPrince853.Stages - 1) * N + i];
            var apart = Next[i] - _at[i];
            slope += change * change;
            state += apart * apart;
        }
        Fastest = h * Vector512.Sqrt(slope / state);
    }

    /// <inheritdoc/>
    protected override bool HandsOver(int lane)
    {
        _stiff.Enqueue(Standing(lane));
        return true;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void PrepareBetween(Vector512<double> time, Vector512<double> h)
    {
        for (var stage = DormandPrince853.Stages + 1; stage < DormandPrince853.AllStages; stage++)
        {
            Sum(DormandPrince853.Sums[stage], h, X, _at);
            Evaluate(stage, Vector512.FusedMultiplyAdd(Vector512.Create(DormandPrince853.Times[stage]), h, time), _at);
        }
        for (var c = 0; c < 4; c++)
            Sum(DormandPrince853.Interpolant[c], h, _nothing, _coefficients[c]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Between(Vector512<double> share, Vector512<double> h, Vector512<double>[] into)
    {
        var rest = Vector512<double>.One - share;
        for (var i = 0; i < N; i++)
        {
            var (whole, begin, end) = (Next[i] - X[i], h * _slopes[i], h * _slopes[DormandPrince853.Stages * N + i]);
            var sum = (_coefficients[3][i] * share + _coefficients[2][i]) * rest;
            sum = ((sum + _coefficients[1][i]) * share + _coefficients[0][i]) * rest;
            sum = ((sum + (whole + whole - begin - end)) * share + (begin - whole)) * rest;
            into[i] = X[i] + (sum + whole) * share;
        }
    }

    /// <summary>One more slope; the infusions are added on the way to it.</summary>
    private void Evaluate(int stage, Vector512<double> time, Vector512<double>[] at)
    {
        Model.Rates!(time, at, P, _rate);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slopes), stage * N);
        for (var i = 0; i < _rate.Length; i++) Unsafe.Add(ref to, i) = _rate[i] + Infused[i];
    }

    /// <summary>
    /// from + h · a sum of the slopes, in every compartment. Four at a time, since each waits for its own last addition, and the newest slope last: the rest is then
    /// added up while that is still being worked out. Not put into its callers: together they are more than the compiler keeps in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Sum(SlopeSum sum, Vector512<double> h, Vector512<double>[] from, Vector512<double>[] into)
    {
        unchecked
        {
            ref var slopes = ref MemoryMarshal.GetArrayDataReference(_slopes);
            ref var begin = ref MemoryMarshal.GetArrayDataReference(from);
            ref var to = ref MemoryMarshal.GetArrayDataReference(into);
            ReadOnlySpan<double> of = sum.Of;
            ref var at = ref MemoryMarshal.GetArrayDataReference(sum.At);
            var (n, i) = ((nint)N, (nint)0);
            for (; i <= n - 4; i += 4)
            {
                Vector512<double> a = default, b = default, c = default, d = default;
                for (var j = 0; j < of.Length; j++)
                {
                    var share = Vector512.Create(of[j]);
                    ref var slope = ref Unsafe.Add(ref slopes, Unsafe.Add(ref at, j) * n + i);
                    a = Vector512.FusedMultiplyAdd(share, slope, a);
                    b = Vector512.FusedMultiplyAdd(share, Unsafe.Add(ref slope, 1), b);
                    c = Vector512.FusedMultiplyAdd(share, Unsafe.Add(ref slope, 2), c);
                    d = Vector512.FusedMultiplyAdd(share, Unsafe.Add(ref slope, 3), d);
                }
                Unsafe.Add(ref to, i) = Vector512.FusedMultiplyAdd(h, a, Unsafe.Add(ref begin, i));
                Unsafe.Add(ref to, i + 1) = Vector512.FusedMultiplyAdd(h, b, Unsafe.Add(ref begin, i + 1));
                Unsafe.Add(ref to, i + 2) = Vector512.FusedMultiplyAdd(h, c, Unsafe.Add(ref begin, i + 2));
                Unsafe.Add(ref to, i + 3) = Vector512.FusedMultiplyAdd(h, d, Unsafe.Add(ref begin, i + 3));
            }
            for (; i < n; i++)
            {
                Vector512<double> a = default;
                for (var j = 0; j < of.Length; j++) a = Vector512.FusedMultiplyAdd(Vector512.Create(of[j]), Unsafe.Add(ref slopes, Unsafe.Add(ref at, j) * n + i), a);
                Unsafe.Add(ref to, i) = Vector512.FusedMultiplyAdd(h, a, Unsafe.Add(ref begin, i));
            }
        }
    }
}
