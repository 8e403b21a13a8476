using NodaTime;

namespace Lowdose.Trials;

/// <summary>How many of the days that were planned so far the kit was taken on. It does not depend on what the kits hold.</summary>
/// <param name="Taken">Days on which the kit was said to be taken.</param>
/// <param name="Planned">Days of periods up to today; today only once something is said of it, and none after a stop.</param>
public sealed record Adherence(int Taken, int Planned)
{
    /// <summary>That of one place.</summary>
    /// <param name="periods">Its periods.</param>
    /// <param name="written">What the person wrote.</param>
    /// <param name="today">The day it is.</param>
    public static Adherence Of(IReadOnlyList<TreatmentPeriod> periods, TrialDays written, LocalDate today)
    {
        var said = written.Days.ToDictionary(d => d.Date, d => d.Taken);
        LocalDate[] planned = [.. periods.SelectMany(p => Enumerable.Range(0, p.Days).Select(n => p.First.PlusDays(n)).Where(day => day <= (p.StoppedOn ?? p.Last)))
            .Where(day => day < today || (day == today && said.GetValueOrDefault(day) is not null))];
        return new(planned.Count(day => said.GetValueOrDefault(day) == true), planned.Length);
    }
}
