using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Steps by <see cref="DormandPrince853"/>, and hands over who turns out to be stiff.</summary>
internal sealed class ExplicitLanes : AdaptiveLanes
{
    /// <summary>Beyond this |λh| the method is at the edge of what it can do without growing errors. Source: Hairer &amp; Wanner, Solving Ordinary Differential Equations II, IV.2.</summary>
    private const double Edge = 6.1;

    /// <summary>Steps at the edge before a lane is thought stiff, and how many must lie ahead for another method to be worth it.</summary>
    private const int StepsAtEdge = 15, StepsAhead = 300;

    private readonly Queue<AdaptiveSeat> _stiff;
    private readonly Vector512<double>[] _slopes, _at, _rate, _coefficients;
    private readonly int[] _atEdge = new int[Width];
    private Vector512<double> _product;

    public ExplicitLanes(SimulationRequest request, SubjectQueue queue, Queue<AdaptiveSeat> stiff) : base(request, queue)
    {
        _stiff = stiff;
        (_slopes, _at, _rate, _coefficients) = (LaneMemory.Of(DormandPrince853.AllStages * N), LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(4 * N));
    }

    /// <inheritdoc/>
    protected override int Order => 8;

    /// <inheritdoc/>
    protected override bool Take(int lane)
    {
        if (Queue.Take() is not { } subject) return false;
        Seat(lane, subject);
        _atEdge[lane] = 0;
        return true;
    }

    /// <inheritdoc/>
    protected override Vector512<double> Attempt(Vector512<double> time, Vector512<double> h)
    {
        Slope.CopyTo(_slopes, 0);
        for (var stage = 1; stage < DormandPrince853.Stages; stage++)
        {
            Sum(DormandPrince853.Sums[stage], h, _at);
            Evaluate(stage, Vector512.FusedMultiplyAdd(Vector512.Create(DormandPrince853.Times[stage]), h, time), _at);
        }
        Sum(DormandPrince853.Sums[DormandPrince853.Stages], h, Next);
        Vector512<double> fifth = default, third = default;
        for (var i = 0; i < N; i++)
        {
            var scale = Vector512<double>.One / Scale(X[i], Next[i]);
            var five = Of(DormandPrince853.Fifth, i) * scale;
            var three = Of(DormandPrince853.Third, i) * scale;
            fifth += five * five;
            third += three * three;
        }
        var both = fifth + Vector512.Create(0.01) * third;
        var error = h * fifth / Vector512.Sqrt(both * N);
        // A step in which nothing changes has no error.
        return Vector512.ConditionalSelect(Vector512.Equals(both, Vector512<double>.Zero), Vector512<double>.Zero, error);
    }

    /// <inheritdoc/>
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
        _product = h * Vector512.Sqrt(slope / state);
    }

    /// <inheritdoc/>
    protected override bool HandsOver(int lane, double left)
    {
        _atEdge[lane] = _product[lane] > Edge ? _atEdge[lane] + 1 : Math.Max(0, _atEdge[lane] - 2);
        var stiff = _atEdge[lane] >= StepsAtEdge && left > StepsAhead;
        if (stiff || Steps[lane] > MostSteps / 10) _stiff.Enqueue(Standing(lane));
        return stiff || Steps[lane] > MostSteps / 10;
    }

    /// <inheritdoc/>
    protected override void PrepareBetween(Vector512<double> time, Vector512<double> h)
    {
        for (var stage = DormandPrince853.Stages + 1; stage < DormandPrince853.AllStages; stage++)
        {
            Sum(DormandPrince853.Sums[stage], h, _at);
            Evaluate(stage, Vector512.FusedMultiplyAdd(Vector512.Create(DormandPrince853.Times[stage]), h, time), _at);
        }
        for (var c = 0; c < 4; c++)
            for (var i = 0; i < N; i++) _coefficients[c * N + i] = h * Of(DormandPrince853.Interpolant[c], i);
    }

    /// <inheritdoc/>
    protected override void Between(Vector512<double> share, Vector512<double> h, Vector512<double>[] into)
    {
        var rest = Vector512<double>.One - share;
        for (var i = 0; i < N; i++)
        {
            var (whole, begin, end) = (Next[i] - X[i], h * _slopes[i], h * _slopes[DormandPrince853.Stages * N + i]);
            var sum = (_coefficients[3 * N + i] * share + _coefficients[2 * N + i]) * rest;
            sum = ((sum + _coefficients[N + i]) * share + _coefficients[i]) * rest;
            sum = ((sum + (whole + whole - begin - end)) * share + (begin - whole)) * rest;
            into[i] = X[i] + (sum + whole) * share;
        }
    }

    private void Evaluate(int stage, Vector512<double> time, Vector512<double>[] at)
    {
        Rates(time, at, _rate);
        _rate.CopyTo(_slopes, stage * N);
    }

    private void Sum(SlopeSum sum, Vector512<double> h, Vector512<double>[] into)
    {
        for (var i = 0; i < N; i++) into[i] = Vector512.FusedMultiplyAdd(h, Of(sum, i), X[i]);
    }

    /// <summary>The sum of the slopes of one compartment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Of(SlopeSum sum, int i)
    {
        unchecked
        {
            ref var slopes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slopes), i);
            var (at, of, n) = (sum.At, sum.Of, N);
            var total = Vector512<double>.Zero;
            for (var j = 0; j < at.Length; j++) total = Vector512.FusedMultiplyAdd(Vector512.Create(of[j]), Unsafe.Add(ref slopes, at[j] * n), total);
            return total;
        }
    }
}
