namespace Lowdose.Science.Pharmacology;

/// <summary>What happens in each interval of a regimen that has always been: an infusion may run over into later intervals, a lag may be longer than one.</summary>
internal sealed class SteadyRegimen
{
    /// <summary>How long a constant infusion is watched at a time, in hours.</summary>
    public const double ConstantHours = 24;

    public SteadyRegimen(DoseRecord record, IReadOnlyList<Arrival> arrivals, int number)
    {
        (Added, Constant, Record) = (record.SteadyState == 2, record.IntervalHours == 0, number);
        IntervalHours = Constant ? ConstantHours : record.IntervalHours;
        foreach (var dose in arrivals)
        {
            if (Constant)
            {
                Running.Add((dose.Compartment, dose.Rate));
                continue;
            }
            var start = Phase(dose, IntervalHours);
            if (dose.DurationHours == 0)
            {
                Events.Add(new(start, Happening.Bolus, dose.Compartment, dose.Amount, number));
                continue;
            }
            var whole = Math.Floor(dose.DurationHours / IntervalHours);
            if (whole > 0) Running.Add((dose.Compartment, whole * dose.Rate));
            var rest = dose.DurationHours - whole * IntervalHours;
            if (rest <= 0) continue;
            var end = start + rest;
            if (end > IntervalHours) Running.Add((dose.Compartment, dose.Rate));
            Events.Add(new(start, Happening.InfusionStarts, dose.Compartment, dose.Rate, number));
            Events.Add(new(end > IntervalHours ? end - IntervalHours : end, Happening.InfusionEnds, dose.Compartment, dose.Rate, number));
        }
        Events.Sort((a, b) => a.TimeHours.CompareTo(b.TimeHours));
    }

    /// <summary>It is added to what is there (SS = 2).</summary>
    public bool Added { get; }

    /// <summary>A constant infusion; the interval is only how long it is watched.</summary>
    public bool Constant { get; }

    /// <summary>The record it comes from.</summary>
    public int Record { get; }

    /// <summary>The time between doses, in hours.</summary>
    public double IntervalHours { get; }

    /// <summary>What runs when an interval begins: compartment and amount an hour.</summary>
    public List<(int Compartment, double Rate)> Running { get; } = [];

    /// <summary>What happens within it.</summary>
    public List<CourseEvent> Events { get; } = [];

    /// <summary>When in the interval a dose begins.</summary>
    public static double Phase(Arrival dose, double interval) => Math.Max(0, dose.LagHours - Math.Floor(dose.LagHours / interval) * interval);
}
