using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>
/// What a model computes, for eight subjects at once, one in each lane. It must depend on nothing but its arguments and write every element of <paramref name="into"/>.
/// </summary>
/// <param name="timeHours">Time since the first record, in hours.</param>
/// <param name="state">The amount or level in each compartment, in the order of <see cref="CompartmentModel.Compartments"/>.</param>
/// <param name="parameters">The value of each parameter, in the order of <see cref="CompartmentModel.Parameters"/>.</param>
/// <param name="into">Receives the answer; its length says what is asked.</param>
public delegate void LaneFunction(Vector512<double> timeHours, Vector512<double>[] state, Vector512<double>[] parameters, Vector512<double>[] into);

/// <summary>
/// A compartment model as the engine runs it. Exactly one of <see cref="RateConstants"/> and <see cref="Rates"/> is given: a linear model is propagated exactly,
/// any other by an adaptive solver. Units are the model's own; time is in hours.
/// Source: docs/methods/pharmacology.md.
/// </summary>
public sealed record CompartmentModel
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The compartments; number 1 of an event is the first.</summary>
    public required IReadOnlyList<Compartment> Compartments { get; init; }

    /// <summary>The parameters with their usual values.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>The names of the outputs, beside the compartments themselves.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Of a linear model dx/dt = K·x: K, row by row, n × n elements, in 1/h. Neither time nor state may be used.</summary>
    public LaneFunction? RateConstants { get; init; }

    /// <summary>Of any other model: dx/dt, n elements, per hour.</summary>
    public LaneFunction? Rates { get; init; }

    /// <summary>The compartments of a model with <see cref="Rates"/> that are linear by themselves, where they are known: those are propagated exactly beside the others.</summary>
    public LinearPart? LinearPart { get; init; }

    /// <summary>∂(dx/dt)/∂x of a model with <see cref="Rates"/>, row by row, n × n elements, where it is known; else the engine uses differences.</summary>
    public LaneFunction? Jacobian { get; init; }

    /// <summary>What is in the compartments before the first dose, n elements; null: nothing.</summary>
    public LaneFunction? Initial { get; init; }

    /// <summary>The outputs at a time; null where there are none.</summary>
    public LaneFunction? Observe { get; init; }
}

/// <summary>The first compartments of a model, whose rates are K·x of themselves alone; <see cref="CompartmentModel.Rates"/> gives those rates too.</summary>
/// <param name="Compartments">How many, fewer than all.</param>
/// <param name="RateConstants">K, row by row, in 1/h. Neither time nor state may be used.</param>
public sealed record LinearPart(int Compartments, LaneFunction RateConstants);

/// <summary>A compartment and how doses reach it. Each number is an index among the parameters; null: 1 for bioavailability, 0 for the lag.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Bioavailability">The share of a dose that arrives.</param>
/// <param name="LagHours">How long after its record a dose arrives, in hours.</param>
/// <param name="DurationHours">How long an infusion with RATE −2 takes, in hours.</param>
/// <param name="Rate">How fast an infusion with RATE −1 runs, amount per hour.</param>
/// <param name="DosedWith">Every dose into that compartment (an index among the compartments) is one into this as well, with this one's bioavailability and lag; null: only its own.</param>
public sealed record Compartment(string Name, int? Bioavailability = null, int? LagHours = null, int? DurationHours = null, int? Rate = null, int? DosedWith = null);

/// <summary>A parameter of a model.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">Its usual value.</param>
/// <param name="Unit">Its unit, as "L/h"; "1" for a share or a ratio; null where the user keeps units consistent.</param>
/// <param name="Origin">Where the value is from.</param>
/// <param name="Level">How well it is known, A (measured in people) to E (supposed); null where the user states it.</param>
public sealed record Parameter(string Name, double Value, string? Unit = null, string? Origin = null, char? Level = null);
