namespace Lowdose.Science.Pharmacology.Language;

/// <summary>A piece of text with its place in a file, so that a fault can point at it.</summary>
/// <param name="Text">What is written there.</param>
/// <param name="Line">Its line, 1 first.</param>
/// <param name="Column">The column of its first character, 1 first.</param>
public sealed record Piece(string Text, int Line = 1, int Column = 1);

/// <summary>A model as somebody wrote it, before it is understood: names, units and formulas. <see cref="ModelLanguage.Compile"/> makes a <see cref="CompartmentModel"/> of it.</summary>
public sealed record ModelSource
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The parameters, in order.</summary>
    public required IReadOnlyList<WrittenParameter> Parameters { get; init; }

    /// <summary>The compartments, in order.</summary>
    public required IReadOnlyList<WrittenCompartment> Compartments { get; init; }

    /// <summary>One assignment or rate each, in order.</summary>
    public required IReadOnlyList<Piece> Equations { get; init; }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<WrittenOutput> Outputs { get; init; } = [];

    /// <summary>Where the whole of it begins, for what is missing.</summary>
    public Piece Whole { get; init; } = new("");
}

/// <summary>A parameter as written.</summary>
/// <param name="Name">Its name and place.</param>
/// <param name="Value">Its usual value.</param>
/// <param name="Unit">Its unit; null where units are the user's affair and are not checked.</param>
/// <param name="Origin">Where the value is from.</param>
/// <param name="Level">A to E.</param>
public sealed record WrittenParameter(Piece Name, double Value, Piece? Unit = null, string? Origin = null, char? Level = null);

/// <summary>A compartment as written; what it names are parameters, and a compartment for <paramref name="DosedWith"/>.</summary>
/// <param name="Name">Its name and place.</param>
/// <param name="Unit">The unit of what is in it; null: not checked.</param>
/// <param name="Initial">A formula of what is in it at the start; null: nothing.</param>
/// <param name="Bioavailability">The share of a dose that arrives.</param>
/// <param name="Lag">How long a dose takes to begin.</param>
/// <param name="Duration">How long an infusion with RATE −2 takes.</param>
/// <param name="Rate">How fast an infusion with RATE −1 runs.</param>
/// <param name="DosedWith">Every dose into that compartment goes here too.</param>
public sealed record WrittenCompartment(Piece Name, Piece? Unit = null, Piece? Initial = null, Piece? Bioavailability = null, Piece? Lag = null, Piece? Duration = null, Piece? Rate = null, Piece? DosedWith = null);

/// <summary>An output as written.</summary>
/// <param name="Name">Its name and place.</param>
/// <param name="Unit">Its unit; null: that of the formula.</param>
/// <param name="Formula">What it is; null: the assignment of the same name.</param>
public sealed record WrittenOutput(Piece Name, Piece? Unit = null, Piece? Formula = null);

/// <summary>Something wrong in a model's text.</summary>
/// <param name="Line">The line, 1 first.</param>
/// <param name="Column">The column, 1 first.</param>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Do">What to do about it.</param>
public sealed record ModelFault(int Line, int Column, string What, string Do);

/// <summary>A model that was understood, or what is wrong with it.</summary>
/// <param name="Model">The model; null where there are faults.</param>
/// <param name="Faults">In the order of the text; none where there is a model.</param>
public sealed record ModelReading(CompartmentModel? Model, IReadOnlyList<ModelFault> Faults);

/// <summary>Ends the reading of one formula; caught where the next one begins, never seen outside.</summary>
internal sealed class FaultException(ModelFault fault) : Exception(fault.What)
{
    public ModelFault Fault { get; } = fault;
}
