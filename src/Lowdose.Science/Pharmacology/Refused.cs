namespace Lowdose.Science.Pharmacology;

/// <summary>Carries a problem out of the engine to <see cref="Simulate"/>, which gives it back as a value.</summary>
internal sealed class Refused : Exception
{
    public Refused(SimulationProblem problem) : base(problem.ToString()) => Problem = problem;

    public Refused(DoseRecord record, string what, string remedy) : this(new SimulationProblem(record.Line, record.Subject, record.TimeHours, what, remedy))
    {
    }

    public SimulationProblem Problem { get; }
}
