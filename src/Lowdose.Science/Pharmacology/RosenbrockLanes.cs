using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Steps by <see cref="Rodas5P"/>, for subjects whose fast parts would hold an explicit method to tiny steps.</summary>
internal sealed class RosenbrockLanes : AdaptiveLanes
{
    private readonly Queue<AdaptiveSeat> _waiting;
    private readonly LaneEquations _equations;
    private readonly Vector512<double>[] _jacobian, _timeSlope, _at, _rate;
    private readonly Vector512<double>[][] _u, _between;

    public RosenbrockLanes(SimulationRequest request, SubjectQueue queue, Queue<AdaptiveSeat> waiting) : base(request, queue)
    {
        (_waiting, _equations, _jacobian) = (waiting, new LaneEquations(N), LaneMemory.Of(N * N));
        (_timeSlope, _at, _rate) = (LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(N));
        _u = [.. Enumerable.Range(0, Rodas5P.Stages).Select(_ => LaneMemory.Of(N))];
        _between = [.. Enumerable.Range(0, 3).Select(_ => LaneMemory.Of(N))];
    }

    /// <inheritdoc/>
    protected override int Order => 5;

    /// <inheritdoc/>
    protected override bool Take(int lane)
    {
        if (!_waiting.TryDequeue(out var seat)) return false;
        Resume(lane, seat);
        return true;
    }

    /// <inheritdoc/>
    protected override bool HandsOver(int lane) => false;

    /// <inheritdoc/>
    protected override Vector512<double> Attempt(Vector512<double> time, Vector512<double> h)
    {
        // A lane without a subject makes no step, but must not divide by its length.
        h = Vector512.ConditionalSelect(Vector512.Equals(h, Vector512<double>.Zero), Vector512<double>.One, h);
        Derivatives(time);
        var diagonal = Vector512<double>.One / (h * Rodas5P.Gamma);
        for (var i = 0; i < N * N; i++) _equations.Matrix[i] = (i % (N + 1) == 0 ? diagonal : Vector512<double>.Zero) - _jacobian[i];
        _equations.Factor();
        var perHour = Vector512<double>.One / h;
        for (var stage = 0; stage < Rodas5P.Stages; stage++)
        {
            Sum(Rodas5P.States[stage], _at);
            if (stage == 0) Slope.CopyTo(_rate, 0);
            else Rates(Vector512.FusedMultiplyAdd(Vector512.Create(Rodas5P.Times[stage]), h, time), _at, _rate);
            var (earlier, u) = (Rodas5P.Earlier[stage], _u[stage]);
            for (var i = 0; i < N; i++)
            {
                var sum = Vector512<double>.Zero;
                for (var j = 0; j < earlier.Length; j++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(earlier[j]), _u[j][i], sum);
                u[i] = _rate[i] + h * Rodas5P.TimeSlopes[stage] * _timeSlope[i] + sum * perHour;
            }
            _equations.Solve(u);
        }
        Sum(Rodas5P.States[Rodas5P.Stages], Next);
        var error = Vector512<double>.Zero;
        for (var i = 0; i < N; i++)
        {
            var share = _u[^1][i] / Scale(X[i], Next[i]);
            error += share * share;
        }
        return Vector512.Sqrt(error / Vector512.Create((double)N));
    }

    /// <inheritdoc/>
    protected override void SlopeAtEnd(Vector512<double> time, Vector512<double> h, Vector512<double>[] into) => Rates(time + h, Next, into);

    /// <inheritdoc/>
    protected override void PrepareBetween(Vector512<double> time, Vector512<double> h)
    {
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i < N; i++)
            {
                var sum = Vector512<double>.Zero;
                for (var j = 0; j < Rodas5P.Stages; j++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(Rodas5P.Interpolant[c][j]), _u[j][i], sum);
                _between[c][i] = sum;
            }
        }
    }

    /// <inheritdoc/>
    protected override void Between(Vector512<double> share, Vector512<double> h, Vector512<double>[] into)
    {
        var rest = Vector512<double>.One - share;
        for (var i = 0; i < N; i++)
            into[i] = rest * X[i] + share * (Next[i] + rest * (_between[0][i] + share * (_between[1][i] + share * _between[2][i])));
    }

    private void Sum(double[] of, Vector512<double>[] into)
    {
        for (var i = 0; i < N; i++)
        {
            var sum = X[i];
            for (var j = 0; j < of.Length; j++) sum = Vector512.FusedMultiplyAdd(Vector512.Create(of[j]), _u[j][i], sum);
            into[i] = sum;
        }
    }

    /// <summary>∂f/∂x and ∂f/∂t where the step begins; by differences where the model does not say.</summary>
    private void Derivatives(Vector512<double> time)
    {
        var later = Difference(time);
        Rates(time + later, X, _rate);
        for (var i = 0; i < N; i++) _timeSlope[i] = (_rate[i] - Slope[i]) / later;
        if (Model.Jacobian is { } jacobian)
        {
            jacobian(time, X, P, _jacobian);
            return;
        }
        X.CopyTo(_at, 0);
        for (var j = 0; j < N; j++)
        {
            // The difference as it is stored, not as it was meant.
            _at[j] = X[j] + Difference(X[j]);
            var apart = _at[j] - X[j];
            Rates(time, _at, _rate);
            for (var i = 0; i < N; i++) _jacobian[i * N + j] = (_rate[i] - Slope[i]) / apart;
            _at[j] = X[j];
        }
    }

    /// <summary>As in Hairer and Wanner's RODAS.</summary>
    private static Vector512<double> Difference(Vector512<double> of) => Vector512.Sqrt(Vector512.Create(2.2e-16) * Vector512.Max(Vector512.Abs(of), Vector512.Create(1e-5)));
}
