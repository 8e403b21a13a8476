using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Dosing;

/// <summary>A regimen's dated doses. It is what is planned; what happened is the diary's.</summary>
/// <param name="Regimen">What it comes from.</param>
/// <param name="Days">Day after day; fewer than asked for where the regimen stops.</param>
public sealed record Schedule(Regimen Regimen, IReadOnlyList<PlannedDay> Days)
{
    /// <summary>Every dose, in order.</summary>
    public IEnumerable<PlannedDose> Doses => Days.SelectMany(d => d.Doses);

    /// <summary>All doses together: what must be dispensed.</summary>
    public Mass Total => Doses.Aggregate(Mass.Zero, (sum, dose) => sum + dose.Amount);

    /// <summary>Days of the same dose at the same time, joined; a day left out at a change of time begins the next.</summary>
    public IReadOnlyList<ScheduleStep> Steps
    {
        get
        {
            List<ScheduleStep> steps = [];
            foreach (var day in Days)
            {
                if (steps.Count > 0 && steps[^1] is var last && last.Step == day.Step && (last.Times.SequenceEqual(day.Times) || last.Times.Count == 0))
                    steps[^1] = last with { To = day.Date, Times = day.Times };
                else steps.Add(new(day.Date, day.Date, day.Step, day.Times));
            }
            return steps;
        }
    }

    /// <summary>
    /// What comes after a dose that was missed: the next planned dose, at its own time and in its own amount. A missed dose is left out, never made up for.
    /// </summary>
    /// <returns>Null where it was the last.</returns>
    public PlannedDose? AfterMissing(PlannedDose missed) => Doses.SkipWhile(d => d != missed).Skip(1).FirstOrDefault();
}

/// <summary>One day of a schedule.</summary>
/// <param name="Date">The person's own calendar day.</param>
/// <param name="Index">Which step of the titration, 0 first.</param>
/// <param name="Step">The step.</param>
/// <param name="Times">When; empty where the day's dose is left out.</param>
public sealed record PlannedDay(LocalDate Date, int Index, TitrationStep Step, IReadOnlyList<LocalTime> Times)
{
    /// <summary>Its doses.</summary>
    public IEnumerable<PlannedDose> Doses => Times.Select(t => new PlannedDose(Date, t, Step.Each));
}

/// <summary>A dose of a schedule.</summary>
/// <param name="Date">The person's own calendar day.</param>
/// <param name="Time">The person's own clock.</param>
/// <param name="Amount">How much.</param>
public sealed record PlannedDose(LocalDate Date, LocalTime Time, Mass Amount);

/// <summary>Days on one dose.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Step">The dose.</param>
/// <param name="Times">When in the day.</param>
public sealed record ScheduleStep(LocalDate From, LocalDate To, TitrationStep Step, IReadOnlyList<LocalTime> Times);
