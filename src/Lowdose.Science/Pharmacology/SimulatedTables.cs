namespace Lowdose.Science.Pharmacology;

/// <summary>Why a simulation was refused.</summary>
/// <param name="Line">Line of the record, 0 where it has none or it is not about a record.</param>
/// <param name="Subject">Whom it is about; null where it is about none.</param>
/// <param name="TimeHours">When, in hours; null where no time is meant.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record SimulationProblem(int Line, string? Subject, double? TimeHours, string What, string Remedy)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        (Line > 0 ? $"line {Line}: " : "") + (Subject is null ? "" : $"subject {Subject}") + (TimeHours is { } t ? FormattableString.Invariant($"{(Subject is null ? "" : " ")}at {t:0.######} h") : "")
        + (Subject is null && TimeHours is null ? "" : ": ") + What + "; " + Remedy;
}

/// <summary>The outcome of a simulation: a table a subject, or a problem.</summary>
public sealed class SimulatedTables
{
    private readonly double[][] _tables;

    internal SimulatedTables(IReadOnlyList<string> subjects, IReadOnlyList<string> columns, double[] gridHours, double[][] tables, SimulationProblem? problem) =>
        (Subjects, Columns, GridHours, _tables, Problem) = (subjects, columns, gridHours, tables, problem);

    /// <summary>What is wrong; null where all is well. With a problem there are no subjects.</summary>
    public SimulationProblem? Problem { get; }

    /// <summary>The subjects' names, in the order of the records.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>The compartments' names, then the outputs'.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The hours of the rows.</summary>
    public double[] GridHours { get; }

    /// <summary>A subject's whole table, row by row.</summary>
    /// <param name="subject">Its place in <see cref="Subjects"/>.</param>
    public ReadOnlySpan<double> Table(int subject) => _tables[subject];

    /// <summary>A subject's row: every column at one hour.</summary>
    /// <param name="subject">Its place in <see cref="Subjects"/>.</param>
    /// <param name="point">The row, an index into <see cref="GridHours"/>.</param>
    public ReadOnlySpan<double> Row(int subject, int point) => _tables[subject].AsSpan(point * Columns.Count, Columns.Count);

    /// <summary>One number.</summary>
    /// <param name="subject">Its place in <see cref="Subjects"/>.</param>
    /// <param name="point">The row, an index into <see cref="GridHours"/>.</param>
    /// <param name="column">The column, an index into <see cref="Columns"/>.</param>
    public double Value(int subject, int point, int column) => Row(subject, point)[column];
}
