using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>
/// Eight subjects side by side, each at its own time. What a lane does depends on its own subject alone: every operation is done lane by lane, and a choice is made by a mask.
/// </summary>
internal abstract class Lanes
{
    protected const int Width = LaneMemory.Width;

    private readonly int[] _running;
    private readonly Vector512<double>[] _initial, _seen;
    private readonly int _columns;

    protected Lanes(SimulationRequest request, SubjectQueue queue)
    {
        (Model, Queue, N) = (request.Model, queue, request.Model.Compartments.Count);
        (X, Infused, P) = (LaneMemory.Of(N), LaneMemory.Of(N), LaneMemory.Of(Model.Parameters.Count));
        (_initial, _seen) = (LaneMemory.Of(N), LaneMemory.Of(Model.Outputs.Count));
        _running = new int[N * Width];
        _columns = N + Model.Outputs.Count;
        for (var i = 0; i < P.Length; i++) P[i] = Vector512.Create(Model.Parameters[i].Value);
    }

    protected CompartmentModel Model { get; }

    /// <summary>How many compartments.</summary>
    protected int N { get; }

    protected SubjectQueue Queue { get; }

    /// <summary>What is in the compartments.</summary>
    protected Vector512<double>[] X { get; }

    /// <summary>What infusions bring, per hour.</summary>
    protected Vector512<double>[] Infused { get; }

    /// <summary>The parameters.</summary>
    protected Vector512<double>[] P { get; }

    /// <summary>Who is in which lane.</summary>
    protected LaneSubject?[] Subjects { get; } = new LaneSubject?[Width];

    /// <summary>The time of each lane, in hours.</summary>
    protected double[] Time { get; } = new double[Width];

    /// <summary>When each lane is to be looked at next; infinity where no more, or nobody is there.</summary>
    protected double[] RowHours { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, Width)];

    /// <summary>The time of each lane that is 0 to the model.</summary>
    private readonly double[] _origin = new double[Width];

    /// <summary>The lanes that have a subject.</summary>
    protected int Occupied { get; private set; }

    /// <summary>Runs until nobody is left.</summary>
    public abstract void Run();

    /// <summary>Called when a lane's subject or its parameters are new.</summary>
    protected abstract void Renewed(int lane);

    /// <summary>Brings a lane to its steady state.</summary>
    protected abstract void Steady(int lane, SteadyRegimen regimen);

    /// <summary>A subject takes a lane.</summary>
    protected void Seat(int lane, LaneSubject subject)
    {
        Subjects[lane] = subject;
        Occupied |= 1 << lane;
        (Time[lane], _origin[lane]) = (subject.Course.StartHours, subject.Course.FirstRecordHours);
        RowHours[lane] = subject.Done ? double.PositiveInfinity : subject.RowHours;
        SetParameters(lane, subject.Course.Parameters[0]);
        Empty(lane);
    }

    /// <summary>A lane is left.</summary>
    protected void Leave(int lane)
    {
        (Subjects[lane], RowHours[lane]) = (null, double.PositiveInfinity);
        Occupied &= ~(1 << lane);
    }

    /// <summary>A subject that has all its rows hands them in.</summary>
    protected void Finish(int lane)
    {
        Queue.Finish(Subjects[lane]!);
        Leave(lane);
    }

    /// <summary>A subject that cannot go on.</summary>
    protected void Fail(int lane, Refused refused)
    {
        Queue.Fail(Subjects[lane]!, refused);
        Leave(lane);
    }

    /// <summary>As before the first dose; nothing runs.</summary>
    protected void Empty(int lane)
    {
        var x = LaneMemory.Numbers(X);
        if (Model.Initial is null)
        {
            for (var i = 0; i < N; i++) x[i * Width + lane] = 0;
        }
        else
        {
            Model.Initial(ModelTime(Time), X, P, _initial);
            var initial = LaneMemory.Numbers(_initial);
            for (var i = 0; i < N; i++) x[i * Width + lane] = initial[i * Width + lane];
        }
        StopInfusions(lane);
    }

    protected void StopInfusions(int lane)
    {
        var infused = LaneMemory.Numbers(Infused);
        for (var i = 0; i < N; i++) (infused[i * Width + lane], _running[i * Width + lane]) = (0, 0);
    }

    /// <summary>Something happens in a lane.</summary>
    protected void Apply(int lane, CourseEvent e)
    {
        var at = e.At * Width + lane;
        switch (e.What)
        {
            case Happening.Bolus:
                LaneMemory.Numbers(X)[at] += e.Amount;
                break;
            case Happening.InfusionStarts:
                StartInfusion(lane, e.At, e.Amount);
                break;
            case Happening.InfusionEnds:
                // Where none is left nothing runs: a difference of rates might leave a last digit.
                LaneMemory.Numbers(Infused)[at] = --_running[at] == 0 ? 0 : LaneMemory.Numbers(Infused)[at] - e.Amount;
                break;
            case Happening.Reset:
                Empty(lane);
                break;
            case Happening.Parameters:
                SetParameters(lane, Subjects[lane]!.Course.Parameters[e.At]);
                break;
            case Happening.SteadyState:
                Steady(lane, Subjects[lane]!.Course.Regimens[e.At]);
                break;
        }
    }

    protected void StartInfusion(int lane, int compartment, double rate)
    {
        LaneMemory.Numbers(Infused)[compartment * Width + lane] += rate;
        _running[compartment * Width + lane]++;
    }

    /// <summary>The running infusions of a lane, to be put back.</summary>
    protected void CopyInfusions(int lane, double[] rates, int[] running, bool back)
    {
        var infused = LaneMemory.Numbers(Infused);
        for (var i = 0; i < N; i++)
        {
            var at = i * Width + lane;
            if (back) (infused[at], _running[at]) = (rates[i], running[i]);
            else (rates[i], running[i]) = (infused[at], _running[at]);
        }
    }

    /// <summary>Each lane's hours as the model counts them.</summary>
    protected Vector512<double> ModelTime(double[] hours) => Vector512.Create(hours) - Vector512.Create(_origin);

    /// <summary>Writes the next row of some lanes.</summary>
    /// <param name="lanes">Which.</param>
    /// <param name="modelTime">When, as the model counts.</param>
    /// <param name="x">What is in the compartments then.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Write(int lanes, Vector512<double> modelTime, Vector512<double>[] x)
    {
        Model.Observe?.Invoke(modelTime, x, P, _seen);
        ref var state = ref Unsafe.As<Vector512<double>, double>(ref MemoryMarshal.GetArrayDataReference(x));
        ref var seen = ref Unsafe.As<Vector512<double>, double>(ref MemoryMarshal.GetArrayDataReference(_seen));
        unchecked
        {
            for (var lane = 0; lane < Width; lane++)
            {
                if ((lanes >> lane & 1) == 0) continue;
                var subject = Subjects[lane]!;
                var row = subject.Table.AsSpan(subject.Row++ * _columns, _columns);
                for (var i = 0; i < N; i++) row[i] = Unsafe.Add(ref state, i * Width + lane);
                for (var i = N; i < row.Length; i++) row[i] = Unsafe.Add(ref seen, (i - N) * Width + lane);
                RowHours[lane] = subject.Done ? double.PositiveInfinity : subject.RowHours;
            }
        }
    }

    private void SetParameters(int lane, double[] own)
    {
        var p = LaneMemory.Numbers(P);
        for (var i = 0; i < own.Length; i++) p[i * Width + lane] = own[i];
        Renewed(lane);
    }
}
