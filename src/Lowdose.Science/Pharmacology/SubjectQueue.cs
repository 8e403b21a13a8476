using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>Who is still to be simulated, for any number of threads; and the tables and problems that come of it.</summary>
internal sealed class SubjectQueue
{
    private readonly SimulationRequest _request;
    private readonly List<(string Name, Range Records)> _arms = [];
    private readonly double[]? _factor;
    private readonly CancellationToken _stop;
    private readonly SimulationProblem?[] _problems;
    private int _next = -1;

    public SubjectQueue(SimulationRequest request, CancellationToken stop)
    {
        (_request, _stop) = (request, stop);
        for (int from = 0, to = 0; from < request.Records.Count; from = to)
        {
            while (to < request.Records.Count && request.Records[to].Subject == request.Records[from].Subject) to++;
            _arms.Add((request.Records[from].Subject, from..to));
        }
        if (_arms.Count == 0) _arms.Add(("1", 0..0));
        if (request.Correlations is { } correlations) _factor = PersonDraw.Factor(correlations, request.Variability.Count);
        Subjects = request.People == 0 ? [.. _arms.Select(a => a.Name)]
            : [.. _arms.SelectMany(a => Enumerable.Range(1, request.People).Select(p => _arms.Count == 1 ? FormattableString.Invariant($"{p}") : FormattableString.Invariant($"{a.Name}.{p}")))];
        Columns = [.. request.Model.Compartments.Select(c => c.Name), .. request.Model.Outputs];
        Tables = new double[Subjects.Count][];
        _problems = new SimulationProblem?[Subjects.Count];
    }

    public IReadOnlyList<string> Subjects { get; }

    public IReadOnlyList<string> Columns { get; }

    public double[][] Tables { get; }

    /// <summary>The first subject's problem, in the order of the records; null where all is well.</summary>
    public SimulationProblem? Problem => _problems.FirstOrDefault(p => p is not null);

    /// <summary>The next subject; null where there is none left.</summary>
    public LaneSubject? Take()
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            var number = Interlocked.Increment(ref _next);
            if (number >= Subjects.Count) return null;
            var (arm, person) = _request.People == 0 ? (number, number + 1) : (number / _request.People, number % _request.People + 1);
            try
            {
                var course = new DoseCourse(_request.Model, _request.GridHours, _request.Records, _arms[arm].Records, Subjects[number], new PersonDraw(_request, _factor, person));
                return new LaneSubject(number, course, _request.GridHours, Tables[number] = GC.AllocateUninitializedArray<double>(_request.GridHours.Length * Columns.Count));
            }
            catch (Refused refused)
            {
                _problems[number] = refused.Problem;
            }
        }
    }

    /// <summary>A subject that could not be brought to its end.</summary>
    public void Fail(LaneSubject subject, Refused refused) => _problems[subject.Number] = refused.Problem;

    /// <summary>A subject whose rows are all written; a number that is none is a problem.</summary>
    public void Finish(LaneSubject subject)
    {
        var table = subject.Table;
        var sum = Vector512<double>.Zero;
        var i = 0;
        // x − x is 0 for every finite x, and for no other.
        for (; i <= table.Length - 8; i += 8)
        {
            var eight = Vector512.Create(table, i);
            sum += eight - eight;
        }
        var bad = Vector512.Sum(sum) != 0;
        for (; i < table.Length; i++) bad |= !double.IsFinite(table[i]);
        if (!bad) return;
        var at = Array.FindIndex(table, v => !double.IsFinite(v));
        var (row, column) = (at / Columns.Count, at % Columns.Count);
        _problems[subject.Number] = new(subject.Course.Record(0)?.Line ?? 0, subject.Course.Subject, _request.GridHours[row],
            FormattableString.Invariant($"{Columns[column]} is {(double.IsNaN(table[at]) ? "not a number" : "infinite")}"), "look for a division by zero or an overflow in the model with these parameters");
    }
}
