using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>A subject that leaves one method in mid-course, to go on by another.</summary>
internal sealed record AdaptiveSeat(LaneSubject Subject, double Time, double[] State, double[] Parameters, double[] Rates, int[] Running);

/// <summary>Models that must be stepped: each lane has its own step, made as long as its own error allows.</summary>
internal abstract class AdaptiveLanes : Lanes
{
    /// <summary>The most steps between two events.</summary>
    public const int MostSteps = 100_000;

    /// <summary>Beyond this |λh| an explicit method of order 8 is at the edge of what it can do without growing errors. Source: Hairer &amp; Wanner, Solving Ordinary Differential Equations II, IV.2.</summary>
    private const double Edge = 6.1;

    /// <summary>Steps at the edge before a lane is thought stiff, and how many must lie ahead for another method to be worth it.</summary>
    private const int StepsAtEdge = 15, StepsAhead = 300;

    private readonly double[] _grid;
    private readonly double[] _step = new double[Width], _target = new double[Width], _first = new double[Width], _made = new double[Width], _moved = new double[Width], _grown = new double[Width];
    private readonly int[] _atEdge = new int[Width];
    private readonly Vector512<double>[] _rates, _probe, _between;
    private int _fresh, _begun, _due, _edgy;
    private Vector512<double> _rejected;

    protected AdaptiveLanes(SimulationRequest request, SubjectQueue queue) : base(request, queue)
    {
        _grid = request.GridHours;
        (Relative, Absolute) = (request.RelativeTolerance, request.AbsoluteTolerance);
        (Slope, Next, _rates, _probe, _between) = (LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(N));
    }

    protected double Relative { get; }

    protected double Absolute { get; }

    /// <summary>dx/dt at the beginning of the step.</summary>
    protected Vector512<double>[] Slope { get; }

    /// <summary>What is in the compartments at its end.</summary>
    protected Vector512<double>[] Next { get; }

    /// <summary>How many compartments, the first ones, are known exactly and so have no part in the error.</summary>
    protected int Known { get; init; }

    /// <summary>The order by which a step is chosen.</summary>
    protected abstract int Order { get; }

    /// <summary>Takes the next subject into a lane; false where there is none.</summary>
    protected abstract bool Take(int lane);

    /// <summary>One step of every lane into <see cref="Next"/>.</summary>
    /// <returns>The error over what is allowed.</returns>
    protected abstract Vector512<double> Attempt(Vector512<double> time, Vector512<double> h);

    /// <summary>The slope at the end of the step.</summary>
    protected abstract void SlopeAtEnd(Vector512<double> time, Vector512<double> h, Vector512<double>[] into);

    /// <summary>Makes ready to look between the ends of the step.</summary>
    protected abstract void PrepareBetween(Vector512<double> time, Vector512<double> h);

    /// <summary>What is in the compartments at a share of the step.</summary>
    protected abstract void Between(Vector512<double> share, Vector512<double> h, Vector512<double>[] into);

    /// <summary>|λh| of the fastest part in the last step, where the method asks.</summary>
    protected Vector512<double> Fastest { get; set; }

    /// <summary>Puts what is known exactly into its compartments, at the end of a step.</summary>
    protected virtual void Foresee(Vector512<double> h, Vector512<double>[] into)
    {
    }

    /// <summary>Sets aside the lanes for which this method is none after what just happened to them.</summary>
    protected virtual void Sift()
    {
    }

    /// <summary>Takes over a subject for which the steps of this method are too short; false where no other is better.</summary>
    protected abstract bool HandsOver(int lane);

    /// <inheritdoc/>
    public override void Run()
    {
        while (true)
        {
            for (var lane = 0; lane < Width; lane++)
                if (Subjects[lane] is null && Take(lane)) _target[lane] = Time[lane];
            if (Occupied == 0) return;
            _due = 0;
            for (var lane = 0; lane < Width; lane++)
                if (Subjects[lane] is not null && Time[lane] == _target[lane]) Arrive(lane);
            if (_due != 0) Write(_due, ModelTime(Time), X);
            for (var lane = 0; lane < Width; lane++)
                if (Subjects[lane] is { Done: true }) Finish(lane);
            Sift();
            _fresh &= Occupied;
            if (_fresh != 0) Begin();
            if (Occupied != 0) Step();
        }
    }

    /// <summary>A lane takes over a subject in mid-course.</summary>
    protected void Resume(int lane, AdaptiveSeat seat)
    {
        Seat(lane, seat.Subject);
        Time[lane] = seat.Time;
        var x = LaneMemory.Numbers(X);
        var p = LaneMemory.Numbers(P);
        for (var i = 0; i < seat.Parameters.Length; i++) p[i * Width + lane] = seat.Parameters[i];
        for (var i = 0; i < N; i++) x[i * Width + lane] = seat.State[i];
        CopyInfusions(lane, seat.Rates, seat.Running, back: true);
    }

    /// <summary>A subject in mid-course, as it stands.</summary>
    protected AdaptiveSeat Standing(int lane)
    {
        var seat = new AdaptiveSeat(Subjects[lane]!, Time[lane], [.. X.Select(v => v[lane])], [.. P.Select(v => v[lane])], new double[N], new int[N]);
        CopyInfusions(lane, seat.Rates, seat.Running, back: false);
        return seat;
    }

    /// <inheritdoc/>
    protected override void Renewed(int lane) => _first[lane] = double.NaN;

    /// <summary>An event, a look or the end of a steady state's interval.</summary>
    private void Arrive(int lane)
    {
        var subject = Subjects[lane]!;
        _fresh |= 1 << lane;
        try
        {
            if (subject.Steady is { } search && !LiveThrough(lane, search)) return;
            while (subject.Steady is null && subject.NextHours <= Time[lane]) Apply(lane, subject.Course.Events[subject.Next++]);
            if (subject.Steady is not null) return;
            if (subject.RowHours <= Time[lane]) _due |= 1 << lane;
            _target[lane] = Math.Min(subject.NextHours, _grid[^1]);
        }
        catch (Refused refused)
        {
            Fail(lane, refused);
        }
    }

    /// <inheritdoc/>
    protected override void Steady(int lane, SteadyRegimen regimen)
    {
        var search = new SteadySearch(regimen, N) { AtHours = Time[lane] };
        CopyInfusions(lane, search.KeptRates, search.KeptRunning, back: false);
        var x = LaneMemory.Numbers(X);
        for (var i = 0; i < N; i++) search.Kept[i] = x[i * Width + lane];
        Empty(lane);
        Subjects[lane]!.Steady = search;
        BeginInterval(lane, search);
    }

    /// <summary>Something happens within the interval of a steady state; true where that was its end and the state stands.</summary>
    private bool LiveThrough(int lane, SteadySearch search)
    {
        if (Time[lane] < search.AtHours)
        {
            Happen(lane, search);
            return false;
        }
        Span<double> now = stackalloc double[N];
        var x = LaneMemory.Numbers(X);
        for (var i = 0; i < N; i++) now[i] = x[i * Width + lane];
        if (!search.Stands(now, Relative, Absolute))
        {
            if (search.Intervals == SteadySearch.MostIntervals)
                throw Subjects[lane]!.Problem(Time[lane], FormattableString.Invariant($"no steady state after {search.Intervals:#,0} intervals"), "give each dose by itself, or parameters with an elimination");
            BeginInterval(lane, search);
            return false;
        }
        StopInfusions(lane);
        if (search.Regimen.Added)
        {
            for (var i = 0; i < N; i++) x[i * Width + lane] += search.Kept[i];
            CopyInfusions(lane, search.KeptRates, search.KeptRunning, back: true);
        }
        Subjects[lane]!.Steady = null;
        return true;
    }

    private void BeginInterval(int lane, SteadySearch search)
    {
        var x = LaneMemory.Numbers(X);
        for (var i = 0; i < N; i++) search.Before[i] = x[i * Width + lane];
        search.Intervals++;
        search.Next = 0;
        Time[lane] = search.AtHours - search.Regimen.IntervalHours;
        StopInfusions(lane);
        foreach (var (compartment, rate) in search.Regimen.Running) StartInfusion(lane, compartment, rate);
        Happen(lane, search);
    }

    private void Happen(int lane, SteadySearch search)
    {
        var (events, from) = (search.Regimen.Events, search.AtHours - search.Regimen.IntervalHours);
        while (search.Next < events.Count && from + events[search.Next].TimeHours <= Time[lane]) Apply(lane, events[search.Next++]);
        _target[lane] = search.Next < events.Count ? Math.Min(from + events[search.Next].TimeHours, search.AtHours) : search.AtHours;
    }

    /// <summary>Slope and first step of the lanes where something happened.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin()
    {
        var (fresh, time) = (_fresh, ModelTime(Time));
        _fresh = 0;
        Rates(time, X, _rates);
        LaneMemory.Blend(Slope, _rates, LaneMemory.Mask(fresh));
        Vector512<double> content = default, slope = default;
        for (var i = Known; i < N; i++)
        {
            var scale = Scale(X[i], X[i]);
            content += X[i] / scale * (X[i] / scale);
            slope += Slope[i] / scale * (Slope[i] / scale);
        }
        var h = Vector512<double>.Zero;
        var unknown = false;
        _begun |= fresh;
        _rejected = Vector512.AndNot(_rejected, LaneMemory.Mask(fresh));
        for (var lane = 0; lane < Width; lane++)
        {
            if ((fresh >> lane & 1) == 0) continue;
            if (!double.IsFinite(slope[lane])) Fail(lane, NoSlope(lane));
            (_made[lane], _atEdge[lane], _step[lane]) = (0, 0, _first[lane]);
            if (!double.IsNaN(_first[lane])) continue;
            unknown = true;
            var (d0, d1) = (Math.Sqrt(content[lane] / (N - Known)), Math.Sqrt(slope[lane] / (N - Known)));
            h = h.WithElement(lane, Math.Min(d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1, _target[lane] - Time[lane]));
        }
        if (unknown) FirstSteps(fresh, time, h, slope);
    }

    /// <summary>How long a first step may be. Source: Hairer, Nørsett &amp; Wanner, Solving Ordinary Differential Equations I, 2nd ed., II.4.</summary>
    private void FirstSteps(int fresh, Vector512<double> time, Vector512<double> h, Vector512<double> slope)
    {
        for (var i = 0; i < N; i++) _probe[i] = X[i] + h * Slope[i];
        Foresee(h, _probe);
        Rates(time + h, _probe, _rates);
        var bend = Vector512<double>.Zero;
        for (var i = Known; i < N; i++)
        {
            var change = (_rates[i] - Slope[i]) / Scale(X[i], X[i]);
            bend += change * change;
        }
        for (var lane = 0; lane < Width; lane++)
        {
            if ((fresh >> lane & 1) == 0 || !double.IsNaN(_first[lane])) continue;
            var steepest = Math.Max(Math.Sqrt(slope[lane] / (N - Known)), Math.Sqrt(bend[lane] / (N - Known)) / h[lane]);
            var guess = steepest <= 1e-15 ? Math.Max(1e-6, h[lane] * 1e-3) : Math.Pow(0.01 / steepest, 1.0 / Order);
            _step[lane] = double.IsFinite(guess) ? Math.Min(100 * h[lane], guess) : h[lane];
        }
    }

    private void Step()
    {
        var (begin, step, target) = (Vector512.Create(Time), Vector512.Create(_step), Vector512.Create(_target));
        var left = target - begin;
        var on = Vector512.LessThan(step * 1.01, left);
        // Two even steps rather than a long one and a crumb.
        var h = Vector512.ConditionalSelect(on, Vector512.ConditionalSelect(Vector512.GreaterThan(step + step, left), left * 0.5, step), left) & LaneMemory.Mask(Occupied);
        var time = ModelTime(Time);
        var error = Attempt(time, h);
        var accepted = Vector512.LessThanOrEqual(error, Vector512<double>.One) & LaneMemory.Mask(Occupied);
        var end = Vector512.ConditionalSelect(on, begin + h, target);
        if (accepted != Vector512<double>.Zero)
        {
            SlopeAtEnd(time, h, _rates);
            Look(accepted, on, begin, end, time, h);
            LaneMemory.Blend(X, Next, accepted);
            LaneMemory.Blend(Slope, _rates, accepted);
        }
        Vector512.ConditionalSelect(accepted, end, begin).CopyTo(Time);
        Choose(accepted, on, h, h * Factor(error), step);
    }

    /// <summary>The next step of each lane, after one that was accepted or not.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Choose(Vector512<double> accepted, Vector512<double> on, Vector512<double> h, Vector512<double> grown, Vector512<double> step)
    {
        // Not longer at once after a step that failed; and where the next event cut the step short, not shorter.
        var after = Vector512.ConditionalSelect(_rejected, Vector512.Min(grown, h), grown);
        after = Vector512.ConditionalSelect(on, after, Vector512.Max(after, step));
        Vector512.ConditionalSelect(accepted, after, Vector512.Min(grown, h * 0.9)).CopyTo(_step);
        _rejected = LaneMemory.Mask(Occupied) & ~accepted;
        (Vector512.Create(_made) + Vector512<double>.One).CopyTo(_made);
        var (done, whole) = (Bits(accepted), Bits(on | Vector512.GreaterThanOrEqual(h, step)));
        // Of a step that the next event cut short nothing is learnt.
        if ((done & _begun) != 0)
        {
            for (var lane = 0; lane < Width; lane++)
                if ((done & _begun & whole & 1 << lane) != 0) _first[lane] = grown[lane];
            _begun &= ~done;
        }
        var edge = Bits(Vector512.GreaterThan(Fastest, Vector512.Create(Edge)) & accepted & on);
        if ((edge | _edgy) != 0) CountEdges(edge, done & Bits(on), h);
        if (_rejected != Vector512<double>.Zero || Vector512.GreaterThanAny(Vector512.Create(_made), Vector512.Create(MostSteps / 10.0))) Trouble(done);
    }

    private static int Bits(Vector512<double> mask) => (int)(mask.ExtractMostSignificantBits() & 0xFF);

    private void CountEdges(int edge, int going, Vector512<double> h)
    {
        _edgy = 0;
        for (var lane = 0; lane < Width; lane++)
        {
            if ((going >> lane & 1) != 0) _atEdge[lane] = (edge >> lane & 1) != 0 ? _atEdge[lane] + 1 : Math.Max(0, _atEdge[lane] - 2);
            if (_atEdge[lane] > 0) _edgy |= 1 << lane;
            if (_atEdge[lane] >= StepsAtEdge && (going >> lane & 1) != 0 && (_target[lane] - Time[lane]) / h[lane] > StepsAhead && HandsOver(lane)) Leave(lane);
        }
    }

    /// <summary>Steps that have become too many or too short.</summary>
    private void Trouble(int done)
    {
        for (var lane = 0; lane < Width; lane++)
        {
            if (Subjects[lane] is null) continue;
            if ((done >> lane & 1) == 0 && Time[lane] + _step[lane] / 16 == Time[lane]) Fail(lane, Stuck(lane));
            else if (_made[lane] > MostSteps / 10.0 && Time[lane] < _target[lane] && HandsOver(lane)) Leave(lane);
            else if (_made[lane] > MostSteps) Fail(lane, Stuck(lane));
        }
    }

    private Refused Stuck(int lane) => Subjects[lane]!.Problem(Time[lane],
        _made[lane] > MostSteps ? FormattableString.Invariant($"more than {MostSteps:#,0} steps since the last event") : "the step has become too short to be counted: the model runs away, or divides by zero",
        "look at the rates of change with these parameters, or allow a larger tolerance");

    private Refused NoSlope(int lane)
    {
        var at = 0;
        while (at < N - 1 && double.IsFinite(Slope[at][lane])) at++;
        return Subjects[lane]!.Problem(Time[lane], $"the rate of change of {Model.Compartments[at].Name} is {(double.IsNaN(Slope[at][lane]) ? "not a number" : "infinite")}",
            "look for a division by zero or an overflow in the model with these parameters");
    }

    /// <summary>Writes the rows that lie within the step; what happens at its end comes before the look there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(Vector512<double> accepted, Vector512<double> on, Vector512<double> begin, Vector512<double> end, Vector512<double> time, Vector512<double> h)
    {
        var prepared = false;
        while (true)
        {
            var rows = Vector512.Create(RowHours);
            var due = (Vector512.LessThan(rows, end) | Vector512.Equals(rows, end) & on) & accepted;
            if (due == Vector512<double>.Zero) return;
            if (!prepared) PrepareBetween(time, h);
            prepared = true;
            var into = Vector512.ConditionalSelect(due, rows - begin, Vector512<double>.Zero);
            Between(into / h, h, _between);
            Write(Bits(due), time + into, _between);
        }
    }

    /// <summary>By how much a step may change after such an error.</summary>
    private Vector512<double> Factor(Vector512<double> error)
    {
        var root = Order == 8 ? Vector512.Sqrt(Vector512.Sqrt(Vector512.Sqrt(error))) : Vector512.Exp(Vector512.Log(error) / Order);
        var factor = Vector512.Min(Vector512.Max(Vector512.Create(0.9) / root, Vector512.Create(0.2)), Vector512.Create(6.0));
        return Vector512.ConditionalSelect(Vector512.Equals(error, error), factor, Vector512.Create(0.1));
    }

    /// <summary>dx/dt, infusions counted.</summary>
    protected void Rates(Vector512<double> time, Vector512<double>[] x, Vector512<double>[] into)
    {
        Model.Rates!(time, x, P, into);
        for (var i = 0; i < N; i++) into[i] += Infused[i];
    }

    /// <summary>The error allowed in a compartment.</summary>
    protected Vector512<double> Scale(Vector512<double> before, Vector512<double> after) =>
        Vector512.Create(Absolute) + Vector512.Create(Relative) * Vector512.Max(Vector512.Abs(before), Vector512.Abs(after));
}
