namespace Lowdose.Science.Pharmacology;

/// <summary>A subject on its way: what comes next, and which row is to be written next.</summary>
internal sealed class LaneSubject(int number, DoseCourse course, double[] grid, double[] table)
{
    /// <summary>Its place in the answer.</summary>
    public int Number { get; } = number;

    public DoseCourse Course { get; } = course;

    public double[] Table { get; } = table;

    /// <summary>The row to be written next.</summary>
    public int Row { get; set; }

    /// <summary>The event that comes next.</summary>
    public int Next { get; set; }

    /// <summary>The steady state it is in search of; null: none.</summary>
    public SteadySearch? Steady { get; set; }

    /// <summary>Whether every row is written.</summary>
    public bool Done => Row == grid.Length;

    /// <summary>The hour of the row to be written next.</summary>
    public double RowHours => grid[Row];

    /// <summary>When something happens next; never: infinity.</summary>
    public double NextHours => Next < Course.Events.Count ? Course.Events[Next].TimeHours : double.PositiveInfinity;

    /// <summary>A problem at a time, with the record that acts then.</summary>
    public Refused Problem(double hours, string what, string remedy)
    {
        var last = Course.Record(Next == 0 ? 0 : Course.Events[Next - 1].Record);
        return new(new SimulationProblem(last?.Line ?? 0, Course.Subject, hours, what, remedy));
    }
}
