using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>
/// Steps by <see cref="DormandPrince853"/>, and hands over who turns out to be stiff. Where a model's first compartments are linear they are not stepped: each slope of the others is
/// taken with their exact course.
/// </summary>
internal sealed class ExplicitLanes : AdaptiveLanes
{
    private readonly Queue<AdaptiveSeat> _stiff;
    private readonly Queue<AdaptiveSeat>? _unfit, _waiting;
    private readonly LaneModes? _modes;
    private readonly Vector512<double>[] _slopes, _at, _rate, _fifth, _third, _nothing, _constants, _course;
    private readonly Vector512<double>[][] _coefficients;
    private int _refused;

    /// <summary>Steps every compartment.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="queue">Who is still to be simulated.</param>
    /// <param name="stiff">Receives who turns out to be stiff.</param>
    /// <param name="waiting">Who is taken, in mid-course; null: the next of the queue.</param>
    public ExplicitLanes(SimulationRequest request, SubjectQueue queue, Queue<AdaptiveSeat> stiff, Queue<AdaptiveSeat>? waiting = null)
        : this(request, queue, stiff, null, waiting, 0)
    {
    }

    private ExplicitLanes(SimulationRequest request, SubjectQueue queue, Queue<AdaptiveSeat> stiff, Queue<AdaptiveSeat>? unfit, Queue<AdaptiveSeat>? waiting, int known) : base(request, queue)
    {
        (_stiff, _unfit, _waiting, Known) = (stiff, unfit, waiting, known);
        if (known > 0) _modes = new(known);
        (_constants, _course) = (LaneMemory.Of(known * known), LaneMemory.Of(known * DormandPrince853.AllStages));
        (_slopes, _at, _rate) = (LaneMemory.Of(DormandPrince853.AllStages * N), LaneMemory.Of(N), LaneMemory.Of(N));
        (_fifth, _third, _nothing, _coefficients) = (LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(N), [.. Enumerable.Range(0, 4).Select(_ => LaneMemory.Of(N))]);
    }

    /// <summary>Steps only what is not linear; who has no modes to be trusted is set aside.</summary>
    public static ExplicitLanes BesideLinear(SimulationRequest request, SubjectQueue queue, Queue<AdaptiveSeat> stiff, Queue<AdaptiveSeat> unfit) =>
        new(request, queue, stiff, unfit, null, request.Model.LinearPart!.Compartments);

    /// <inheritdoc/>
    protected override int Order => 8;

    /// <inheritdoc/>
    protected override bool Take(int lane)
    {
        if (_waiting is not null)
        {
            if (!_waiting.TryDequeue(out var seat)) return false;
            Resume(lane, seat);
            return true;
        }
        if (Queue.Take() is not { } subject) return false;
        Seat(lane, subject);
        return true;
    }

    /// <inheritdoc/>
    protected override void Renewed(int lane)
    {
        base.Renewed(lane);
        if (_modes is null) return;
        Model.LinearPart!.RateConstants(ModelTime(Time), X, P, _constants);
        Span<double> own = stackalloc double[_constants.Length];
        for (var i = 0; i < own.Length; i++) own[i] = _constants[i][lane];
        if (_modes.Set(lane, own)) _refused &= ~(1 << lane);
        else _refused |= 1 << lane;
    }

    /// <inheritdoc/>
    protected override void Sift()
    {
        for (var lane = 0; (_refused & Occupied) != 0; lane++)
        {
            if ((_refused & Occupied & 1 << lane) == 0) continue;
            _unfit!.Enqueue(Standing(lane));
            Leave(lane);
        }
    }

    /// <inheritdoc/>
    protected override void Foresee(Vector512<double> h, Vector512<double>[] into)
    {
        if (_modes is null) return;
        _modes.Begin(X, Infused);
        _modes.At(h, ref MemoryMarshal.GetArrayDataReference(into));
    }

    /// <summary>The exact course at a stage's time.</summary>
    private void Follow(int stage, Vector512<double> h)
    {
        if (_modes is not null) _modes.At(Vector512.Create(DormandPrince853.Times[stage]) * h, ref _course[stage * Known]);
    }

    /// <summary>Puts it into its compartments.</summary>
    private void Place(int stage, Vector512<double>[] into)
    {
        for (var i = 0; i < Known; i++) into[i] = _course[stage * Known + i];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override Vector512<double> Attempt(Vector512<double> time, Vector512<double> h)
    {
        Slope.CopyTo(_slopes, 0);
        _modes?.Begin(X, Infused);
        // One time for the last stage and for the end. All before the first slope: nothing here waits for anything.
        for (var stage = 1; stage < DormandPrince853.Stages; stage++) Follow(stage, h);
        for (var stage = 1; stage < DormandPrince853.Stages; stage++)
        {
            Sum(DormandPrince853.Sums[stage], h, X, _at);
            Place(stage, _at);
            Evaluate(stage, Vector512.FusedMultiplyAdd(Vector512.Create(DormandPrince853.Times[stage]), h, time), _at);
        }
        Sum(DormandPrince853.Sums[DormandPrince853.Stages], h, X, Next);
        Place(DormandPrince853.Stages - 1, Next);
        Sum(DormandPrince853.Fifth, Vector512<double>.One, _nothing, _fifth);
        Sum(DormandPrince853.Third, Vector512<double>.One, _nothing, _third);
        Vector512<double> fifth = default, third = default;
        for (var i = Known; i < N; i++)
        {
            var scale = Vector512<double>.One / Scale(X[i], Next[i]);
            var (five, three) = (_fifth[i] * scale, _third[i] * scale);
            fifth += five * five;
            third += three * three;
        }
        var both = fifth + Vector512.Create(0.01) * third;
        var error = h * fifth / Vector512.Sqrt(both * (N - Known));
        // A step in which nothing changes has no error.
        return Vector512.ConditionalSelect(Vector512.Equals(both, Vector512<double>.Zero), Vector512<double>.Zero, error);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void SlopeAtEnd(Vector512<double> time, Vector512<double> h, Vector512<double>[] into)
    {
        Evaluate(DormandPrince853.Stages, time + h, Next);
        Vector512<double> slope = default, state = default;
        for (var i = Known; i < N; i++)
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
            Follow(stage, h);
            Sum(DormandPrince853.Sums[stage], h, X, _at);
            Place(stage, _at);
            Evaluate(stage, Vector512.FusedMultiplyAdd(Vector512.Create(DormandPrince853.Times[stage]), h, time), _at);
        }
        for (var c = 0; c < 4; c++)
            Sum(DormandPrince853.Interpolant[c], h, _nothing, _coefficients[c]);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Between(Vector512<double> share, Vector512<double> h, Vector512<double>[] into)
    {
        _modes?.At(share * h, ref MemoryMarshal.GetArrayDataReference(into));
        var rest = Vector512<double>.One - share;
        for (var i = Known; i < N; i++)
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
        for (var i = Known; i < _rate.Length; i++) Unsafe.Add(ref to, i) = _rate[i] + Infused[i];
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
            var (n, i) = ((nint)N, (nint)Known);
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
            for (; i == n - 3; i += 3)
            {
                Vector512<double> a = default, b = default, c = default;
                for (var j = 0; j < of.Length; j++)
                {
                    var share = Vector512.Create(of[j]);
                    ref var slope = ref Unsafe.Add(ref slopes, Unsafe.Add(ref at, j) * n + i);
                    a = Vector512.FusedMultiplyAdd(share, slope, a);
                    b = Vector512.FusedMultiplyAdd(share, Unsafe.Add(ref slope, 1), b);
                    c = Vector512.FusedMultiplyAdd(share, Unsafe.Add(ref slope, 2), c);
                }
                Unsafe.Add(ref to, i) = Vector512.FusedMultiplyAdd(h, a, Unsafe.Add(ref begin, i));
                Unsafe.Add(ref to, i + 1) = Vector512.FusedMultiplyAdd(h, b, Unsafe.Add(ref begin, i + 1));
                Unsafe.Add(ref to, i + 2) = Vector512.FusedMultiplyAdd(h, c, Unsafe.Add(ref begin, i + 2));
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
