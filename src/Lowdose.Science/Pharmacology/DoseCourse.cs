namespace Lowdose.Science.Pharmacology;

/// <summary>What can happen to a subject; at the same time an infusion ends before anything else.</summary>
internal enum Happening { InfusionEnds, Bolus, InfusionStarts, Reset, Parameters, SteadyState }

/// <summary>Something that happens at a time.</summary>
/// <param name="TimeHours">When; within a steady state, since the start of its interval.</param>
/// <param name="What">What.</param>
/// <param name="At">The compartment, 0 the first; of parameters and steady states, their place in the course's lists.</param>
/// <param name="Amount">How much, or how much an hour.</param>
/// <param name="Record">The subject's record that it comes from.</param>
internal readonly record struct CourseEvent(double TimeHours, Happening What, int At, double Amount, int Record);

/// <summary>One subject's records laid out in time: additional doses, lags, ends of infusions, the pipeline of a steady state.</summary>
internal sealed class DoseCourse
{
    /// <summary>The most that may happen to one subject.</summary>
    public const int MostEvents = 1_000_000;

    private readonly CompartmentModel _model;
    private readonly double[] _grid;
    private readonly IReadOnlyList<DoseRecord> _records;
    private readonly int _from;
    private readonly List<CourseEvent> _events = [];
    private readonly List<Arrival> _arrivals = [];

    /// <param name="model">The model.</param>
    /// <param name="grid">Hours looked at; nothing after the last counts.</param>
    /// <param name="records">Everybody's records, checked.</param>
    /// <param name="range">Which of them are this subject's.</param>
    /// <param name="subject">Its name.</param>
    /// <param name="person">The person's own parameters from the usual ones.</param>
    /// <exception cref="Refused">A dose cannot be given with these parameters.</exception>
    public DoseCourse(CompartmentModel model, double[] grid, IReadOnlyList<DoseRecord> records, Range range, string subject, PersonDraw person)
    {
        (_model, _grid, _records, _from, Subject) = (model, grid, records, range.Start.Value, subject);
        var usual = model.Parameters.Select(p => p.Value).ToArray();
        var count = range.End.Value - _from;
        FirstRecordHours = count > 0 ? records[_from].TimeHours : 0;
        StartHours = Math.Min(FirstRecordHours, grid[0]);
        var own = usual;
        for (var i = 0; i < Math.Max(count, 1); i++)
        {
            var record = count > 0 ? records[_from + i] : new DoseRecord(subject, 0, 0);
            if (i == 0 || record.Changes is { Count: > 0 })
            {
                if (record.Changes is { } changes)
                    foreach (var (parameter, value) in changes) usual[parameter] = value;
                own = person.Own(model, usual, record);
                if (i > 0) _events.Add(new(Snapped(record.TimeHours), Happening.Parameters, Parameters.Count, 0, i));
                Parameters.Add(own);
            }
            if (record.Kind >= 3)
            {
                CancelFrom(record.TimeHours);
                _events.Add(new(Snapped(record.TimeHours), Happening.Reset, 0, 0, i));
            }
            if (record.Kind is 1 or 4) Give(record, i, own);
        }
        Sort();
    }

    /// <summary>Whose it is.</summary>
    public string Subject { get; }

    /// <summary>When it begins: at the first record, or the first look where that is earlier.</summary>
    public double StartHours { get; }

    /// <summary>The time that is 0 to the model.</summary>
    public double FirstRecordHours { get; }

    /// <summary>What happens, in order.</summary>
    public IReadOnlyList<CourseEvent> Events => _events;

    /// <summary>The person's parameters: at first, then from each <see cref="Happening.Parameters"/> on.</summary>
    public List<double[]> Parameters { get; } = [];

    /// <summary>The regimens of its steady states.</summary>
    public List<SteadyRegimen> Regimens { get; } = [];

    /// <summary>Its record of that number.</summary>
    public DoseRecord? Record(int number) => _from + number < _records.Count ? _records[_from + number] : null;

    private void Give(DoseRecord record, int number, double[] own)
    {
        Arrival.Of(_model, record, own, _arrivals);
        if (record.SteadyState > 0)
        {
            if (record.SteadyState == 1) CancelFrom(record.TimeHours);
            var regimen = new SteadyRegimen(record, _arrivals, number);
            _events.Add(new(Snapped(record.TimeHours), Happening.SteadyState, Regimens.Count, 0, number));
            Regimens.Add(regimen);
            if (record.IntervalHours == 0) return;
            // What earlier doses of the steady state have still to bring.
            foreach (var dose in _arrivals)
            {
                // Not beyond what can be counted; each lasts some intervals at most.
                var pending = Math.Floor(dose.LagHours / record.IntervalHours);
                var running = Math.Floor(dose.DurationHours / record.IntervalHours) + 1;
                Limit(pending + running, record);
                var phase = SteadyRegimen.Phase(dose, record.IntervalHours);
                for (var k = 1; k <= pending + running; k++)
                    Lay(dose, record.TimeHours, phase + (pending - k) * record.IntervalHours, number);
            }
        }
        var last = _grid[^1];
        foreach (var dose in _arrivals)
        {
            var more = record.Additional == 0 ? 0 : Math.Min(record.Additional, Math.Max(0, Math.Floor((last - record.TimeHours) / record.IntervalHours)));
            Limit(more, record);
            for (var k = 0; k <= more; k++) Lay(dose, record.TimeHours, k * record.IntervalHours + dose.LagHours, number);
        }
    }

    /// <summary>One dose on the time line; what of it lies before the record has been.</summary>
    private void Lay(Arrival dose, double time, double later, int record)
    {
        var start = Snapped(time + later);
        if (start > _grid[^1]) return;
        var end = Snapped(time + later + dose.DurationHours);
        if (dose.DurationHours == 0 || end <= start)
        {
            if (later >= 0) _events.Add(new(start, Happening.Bolus, dose.Compartment, dose.Amount, record));
            return;
        }
        var now = Snapped(time);
        if (later < 0) start = now;
        if (end <= start) return;
        _events.Add(new(start, Happening.InfusionStarts, dose.Compartment, dose.Rate, record));
        if (end <= _grid[^1]) _events.Add(new(end, Happening.InfusionEnds, dose.Compartment, dose.Rate, record));
    }

    private void Limit(double more, DoseRecord record)
    {
        if (!(_events.Count + more <= MostEvents))
            throw new Refused(record, FormattableString.Invariant($"more than {MostEvents:#,0} doses come of the records"), "give fewer additional doses, a longer interval or a shorter lag");
    }

    /// <summary>A reset forgets what was still to come.</summary>
    private void CancelFrom(double time)
    {
        var from = Snapped(time);
        _events.RemoveAll(e => e.TimeHours >= from && (e.What is Happening.Bolus or Happening.InfusionStarts or Happening.InfusionEnds));
    }

    private void Sort()
    {
        for (var i = 1; i < _events.Count; i++)
        {
            if (Before(_events[i - 1], _events[i]) <= 0) continue;
            // Stable: what is written first happens first.
            var sorted = _events.Index().OrderBy(e => e.Item, Comparer<CourseEvent>.Create(Before)).ThenBy(e => e.Index).Select(e => e.Item).ToArray();
            _events.Clear();
            _events.AddRange(sorted);
            return;
        }
    }

    private static int Before(CourseEvent a, CourseEvent b)
    {
        var time = a.TimeHours.CompareTo(b.TimeHours);
        return time != 0 ? time : (a.What == Happening.InfusionEnds ? 0 : 1) - (b.What == Happening.InfusionEnds ? 0 : 1);
    }

    /// <summary>A time that rounding alone keeps from a time looked at is that time.</summary>
    private double Snapped(double time)
    {
        var at = Array.BinarySearch(_grid, time);
        if (at >= 0) return time;
        at = ~at;
        var near = 1e-12 * Math.Max(1, Math.Abs(time));
        if (at < _grid.Length && _grid[at] - time <= near) return _grid[at];
        return at > 0 && time - _grid[at - 1] <= near ? _grid[at - 1] : time;
    }
}
