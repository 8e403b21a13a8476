namespace Lowdose.Science.Pharmacology;

/// <summary>
/// What is in each compartment, and what is seen of it, at each hour asked, for one subject or for many.
/// Source: docs/methods/pharmacology.md.
/// </summary>
public static class Simulate
{
    /// <summary>Runs every subject of the records, or of a population. The numbers do not depend on the threads, nor on who else is run.</summary>
    /// <param name="request">Model, records, hours and how exactly.</param>
    /// <param name="stop">Stops it between two subjects.</param>
    /// <returns>A table a subject; or what is wrong, and then no table.</returns>
    /// <exception cref="ArgumentException">The model itself is impossible: it has neither or both of K and rates, or an index that is not there.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static SimulatedTables Run(SimulationRequest request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestCheck.Model(request.Model);
        if (RequestCheck.Problem(request) is { } wrong) return new([], [], request.GridHours, [], wrong);
        var queue = new SubjectQueue(request, stop);
        var workers = Math.Min(request.Threads, (queue.Subjects.Count + LaneMemory.Width - 1) / LaneMemory.Width);
        if (workers == 1) Work(request, queue);
        else Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = stop }, _ => Work(request, queue));
        return queue.Problem is { } problem ? new([], [], request.GridHours, [], problem) : new(queue.Subjects, queue.Columns, request.GridHours, queue.Tables, null);
    }

    private static void Work(SimulationRequest request, SubjectQueue queue)
    {
        if (request.Model.RateConstants is not null)
        {
            new LinearLanes(request, queue).Run();
            return;
        }
        // Who turns out to be stiff is set aside, and goes on by a method for that.
        var stiff = new Queue<AdaptiveSeat>();
        if (request.Model.LinearPart is null)
        {
            new ExplicitLanes(request, queue, stiff).Run();
        }
        else
        {
            // So is he whose linear part has rates that coincide, or nearly.
            var unfit = new Queue<AdaptiveSeat>();
            ExplicitLanes.BesideLinear(request, queue, stiff, unfit).Run();
            if (unfit.Count > 0) new ExplicitLanes(request, queue, stiff, unfit).Run();
        }
        if (stiff.Count > 0) new RosenbrockLanes(request, queue, stiff).Run();
    }
}
