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
        stop.ThrowIfCancellationRequested();
        throw new NotSupportedException("the engine follows");
    }
}
