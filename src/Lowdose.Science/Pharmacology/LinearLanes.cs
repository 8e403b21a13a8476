using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Linear models, dx/dt = Kx + r: every step is exact, of whatever length.</summary>
internal sealed class LinearLanes : Lanes
{
    private readonly double[] _grid;
    private readonly double _step;
    private readonly Vector512<double>[] _k, _next, _brought;
    private readonly LinearSteps _steps;
    private int _renewed;

    public LinearLanes(SimulationRequest request, SubjectQueue queue) : base(request, queue)
    {
        _grid = request.GridHours;
        _step = EvenStep(_grid);
        (_k, _next, _brought) = (LaneMemory.Of(N * N), LaneMemory.Of(N), LaneMemory.Of(N));
        _steps = new LinearSteps(N, _k);
    }

    /// <inheritdoc/>
    public override void Run()
    {
        while (true)
        {
            for (var lane = 0; lane < Width; lane++)
                if (Subjects[lane] is null && Queue.Take() is { } subject) Seat(lane, subject);
            if (Occupied == 0) return;
            for (var lane = 0; lane < Width; lane++)
                if (Subjects[lane] is not null) Arrive(lane);
            if (Occupied == 0) continue;
            Refresh();
            var due = 0;
            for (var lane = 0; lane < Width; lane++)
                if (Subjects[lane] is { } subject && subject.RowHours <= Time[lane]) due |= 1 << lane;
            if (due != 0)
            {
                Write(due, ModelTime(Time), X);
                if (Finished()) continue;
            }
            if (!Stride()) Step();
        }
    }

    /// <summary>The distance of grid points that are evenly spaced to the last digit; NaN where they are not.</summary>
    private static double EvenStep(double[] grid)
    {
        if (grid.Length < 2) return double.NaN;
        var step = (grid[^1] - grid[0]) / (grid.Length - 1);
        for (var i = 0; i < grid.Length; i++)
            if (Math.Abs(grid[i] - (grid[0] + i * step)) > 1e-15 * Math.Max(Math.Abs(grid[0]), Math.Abs(grid[^1]))) return double.NaN;
        return step;
    }

    private void Arrive(int lane)
    {
        var subject = Subjects[lane]!;
        try
        {
            while (subject.NextHours <= Time[lane]) Apply(lane, subject.Course.Events[subject.Next++]);
        }
        catch (Refused refused)
        {
            Fail(lane, refused);
        }
    }

    private bool Finished()
    {
        var any = false;
        for (var lane = 0; lane < Width; lane++)
        {
            if (Subjects[lane] is not { Done: true }) continue;
            Finish(lane);
            any = true;
        }
        return any;
    }

    /// <inheritdoc/>
    protected override void Renewed(int lane) => _renewed |= 1 << lane;

    private void Refresh()
    {
        if (_renewed == 0) return;
        Model.RateConstants!(Vector512<double>.Zero, X, P, _k);
        _steps.Forget(_renewed);
        _renewed = 0;
    }

    /// <inheritdoc/>
    protected override void Steady(int lane, SteadyRegimen regimen)
    {
        Refresh();
        var subject = Subjects[lane]!;
        var steady = new LinearSteady(N, _k, lane, regimen);
        if (steady.State() is not { } state)
            throw subject.Problem(Time[lane], "there is no steady state: something given is never eliminated", "give each dose by itself, or parameters with an elimination");
        var x = LaneMemory.Numbers(X);
        for (var i = 0; i < N; i++) x[i * Width + lane] = regimen.Added ? x[i * Width + lane] + state[i] : state[i];
        if (!regimen.Added) StopInfusions(lane);
    }

    /// <summary>Goes to the next look or event of each lane.</summary>
    private void Step()
    {
        var h = Vector512<double>.Zero;
        for (var lane = 0; lane < Width; lane++)
        {
            if (Subjects[lane] is not { } subject) continue;
            var to = Math.Min(subject.NextHours, subject.RowHours);
            // Between two points of an even grid the step is the same to the last digit, and so are its matrices.
            var even = subject.Row > 0 && to == subject.RowHours && Time[lane] == _grid[subject.Row - 1] && !double.IsNaN(_step);
            h = h.WithElement(lane, even ? _step : to - Time[lane]);
            Time[lane] = to;
        }
        var (e, integral) = _steps.Of(h, Occupied);
        Advance(e, integral);
    }

    /// <summary>Goes as many points of an even grid as nothing happens in any lane; false where it is not one.</summary>
    private bool Stride()
    {
        if (double.IsNaN(_step)) return false;
        var rows = int.MaxValue;
        for (var lane = 0; lane < Width; lane++)
        {
            if (Subjects[lane] is not { } subject) continue;
            if (subject.Row == 0 || Time[lane] != _grid[subject.Row - 1]) return false;
            rows = Math.Min(rows, RowsBefore(subject));
        }
        if (rows < 1) return false;
        var (e, integral) = _steps.Of(Vector512.Create(_step), Occupied);
        Brought(integral);
        for (var row = 0; row < rows; row++)
        {
            Multiply(e);
            Write(Occupied, ModelTime(RowHours), X);
        }
        for (var lane = 0; lane < Width; lane++)
            if (Subjects[lane] is { } subject) Time[lane] = _grid[subject.Row - 1];
        Finished();
        return true;
    }

    /// <summary>Points of the grid before the next event.</summary>
    private int RowsBefore(LaneSubject subject)
    {
        var next = subject.NextHours;
        if (next > _grid[^1]) return _grid.Length - subject.Row;
        var at = Array.BinarySearch(_grid, subject.Row, _grid.Length - subject.Row, next);
        return (at >= 0 ? at : ~at) - subject.Row;
    }

    private void Advance(Vector512<double>[] e, Vector512<double>[] integral)
    {
        Brought(integral);
        Multiply(e);
    }

    /// <summary>What infusions bring in the step.</summary>
    private void Brought(Vector512<double>[] integral)
    {
        for (var i = 0; i < N; i++)
        {
            var sum = integral[i * N] * Infused[0];
            for (var j = 1; j < N; j++) sum = Vector512.FusedMultiplyAdd(integral[i * N + j], Infused[j], sum);
            _brought[i] = sum;
        }
    }

    private void Multiply(Vector512<double>[] e)
    {
        unchecked
        {
            for (var i = 0; i < N; i++)
            {
                var sum = _brought[i];
                for (var j = 0; j < N; j++) sum = Vector512.FusedMultiplyAdd(e[i * N + j], X[j], sum);
                _next[i] = sum;
            }
            for (var i = 0; i < N; i++) X[i] = _next[i];
        }
    }
}
