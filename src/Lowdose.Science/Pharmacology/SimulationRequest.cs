namespace Lowdose.Science.Pharmacology;

/// <summary>What is to be simulated.</summary>
/// <param name="Model">The model. Another usual value of a parameter is said with a copy of it.</param>
/// <param name="Records">What was given, each subject's records together and in order of time. What is measured is said by the grid; observations are only checked.</param>
/// <param name="GridHours">When to look, in hours, ascending; at a time that is also a dose's the dose is in.</param>
public sealed record SimulationRequest(CompartmentModel Model, IReadOnlyList<DoseRecord> Records, double[] GridHours)
{
    /// <summary>The error allowed in a step as a share of each compartment's content, 1e-13 to 0.1; a linear model is exact and does not ask.</summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    /// <summary>The error allowed in a step beside that, in the model's own units, above 0.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-10;

    /// <summary>How parameters differ between people; empty: they do not.</summary>
    public IReadOnlyList<Variation> Variability { get; init; } = [];

    /// <summary>How the deviations in <see cref="Variability"/> hang together: a correlation matrix, row by row; null: they do not.</summary>
    public double[]? Correlations { get; init; }

    /// <summary>How many people are drawn to live through each subject's records, named 1, 2, … (of several subjects A.1, A.2, …; person 7 is the same person in each). 0: the subjects themselves, each one person.</summary>
    public int People { get; init; }

    /// <summary>Of the deviations: person n has the same whatever the number of people.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many threads, 1 or more.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>What a person's parameter does around its usual value.</summary>
public enum VariationShape
{
    /// <summary>Usual value · exp(η), for what is above 0.</summary>
    LogNormal,
    /// <summary>The logit of a share in (0, 1) plus η.</summary>
    LogitNormal,
}

/// <summary>How one parameter differs between people: η ~ N(0, Sd²). It also moves values that records bring.</summary>
/// <param name="Parameter">Its index among the model's parameters.</param>
/// <param name="Sd">SD of η, 0 or more; of a log-normal with a coefficient of variation CV, √ln(1 + CV²).</param>
/// <param name="Shape">On which scale η counts.</param>
public sealed record Variation(int Parameter, double Sd, VariationShape Shape = VariationShape.LogNormal);
