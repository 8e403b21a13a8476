using System.Reflection;
using System.Runtime.Intrinsics;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Science.Tests.Pharmacology;

/// <summary>A method of the engine driven by hand, without its choice of steps.</summary>
internal sealed class FixedSteps
{
    private readonly AdaptiveLanes _lanes;

    public FixedSteps(SimulationRequest request, bool isExplicit)
    {
        var queue = new SubjectQueue(request, default);
        _lanes = isExplicit ? new ExplicitLanes(request, queue, new()) : new RosenbrockLanes(request, queue, new());
        request.Model.Initial!(default, State, Get("P"), State);
        Call("Rates", Vector512<double>.Zero, State, Get("Slope"));
    }

    private Vector512<double>[] State => Get("X");

    /// <summary>The state after so many equal steps.</summary>
    public double[] To(double hours, int steps)
    {
        var h = Vector512.Create(hours / steps);
        for (var i = 0; i < steps; i++)
        {
            var time = Vector512.Create(hours * i / steps);
            Call("Attempt", time, h);
            Call("SlopeAtEnd", time, h, Get("Slope"));
            Get("Next").CopyTo(State, 0);
        }
        return [.. State.Select(v => v[0])];
    }

    /// <summary>The first compartment in the middle of one step.</summary>
    public double Middle(double hours)
    {
        var (h, into) = (Vector512.Create(hours), new Vector512<double>[State.Length]);
        Call("Attempt", Vector512<double>.Zero, h);
        Call("SlopeAtEnd", Vector512<double>.Zero, h, new Vector512<double>[State.Length]);
        Call("PrepareBetween", Vector512<double>.Zero, h);
        Call("Between", Vector512.Create(0.5), h, into);
        return into[0][0];
    }

    private Vector512<double>[] Get(string name) => (Vector512<double>[])Member(t => t.GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic))!.GetValue(_lanes)!;

    private void Call(string name, params object[] arguments) => Member(t => t.GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic))!.Invoke(_lanes, arguments);

    private T? Member<T>(Func<Type, T?> find)
        where T : class
    {
        for (var type = _lanes.GetType(); type is not null; type = type.BaseType)
            if (find(type) is { } found) return found;
        return null;
    }
}
