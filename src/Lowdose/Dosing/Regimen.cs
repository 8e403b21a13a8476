using NodaTime;

namespace Lowdose.Dosing;

/// <summary>
/// A plan for one person: how the dose rises, from which day, at what time, as what. It becomes a <see cref="Schedule"/>. Days and times are the person's own
/// (a date and a clock time, never an instant), so no zone and no change of clocks can move, double or lose a dose.
/// </summary>
/// <param name="Titration">How the dose rises.</param>
/// <param name="Start">The first day.</param>
/// <param name="Time">The time of day; a second dose of a day is 12 hours from it.</param>
/// <param name="Product">What is taken.</param>
/// <param name="Clearance">From the safety screen; null where there is none yet.</param>
public sealed record Regimen(Titration Titration, LocalDate Start, LocalTime Time, Product Product, Clearance? Clearance)
{
    /// <summary>A safe upper bound on days: no plan is longer.</summary>
    public const int MostDays = 3660;

    /// <summary>Every change since, in the order it was decided.</summary>
    public IReadOnlyList<RegimenChange> Changes { get; init; } = [];

    /// <summary>Nothing says yet that it is safe to start.</summary>
    public bool Provisional => Clearance is null;

    /// <summary>Why no dose may be taken from <see cref="Start"/>; null where one may, as far as is known.</summary>
    public Refused? Refused => Clearance?.FirstSafeDate is { } first && Start < first
        ? new($"the first day that is safe is {first:uuuu-MM-dd}, and the plan starts on {Start:uuuu-MM-dd}", "start on that day or later")
        : null;

    /// <summary>The same regimen with one more change.</summary>
    public Regimen With(RegimenChange change) => this with { Changes = [.. Changes, change] };

    /// <summary>The hold that covers a day, the one that ends last; null where none does.</summary>
    public RegimenChange.Hold? HeldOn(LocalDate day)
    {
        RegimenChange.Hold? held = null;
        // As they take effect: by their day, and on one day as they were decided.
        foreach (var change in Changes.Where(c => c.From <= day).OrderBy(c => c.From))
        {
            if (change is RegimenChange.GoOn) held = null;
            if (change is RegimenChange.Hold hold && !(held?.From.PlusDays(held.Days) >= hold.From.PlusDays(hold.Days))) held = hold;
        }
        return held is not null && day < held.From.PlusDays(held.Days) ? held : null;
    }

    /// <summary>What is planned on a day; null where nothing is: before the first day, after the end.</summary>
    public PlannedDay? On(LocalDate day) => day < Start || Period.DaysBetween(Start, day) >= MostDays ? null
        : RegimenDays.Of(this).TakeWhile(d => d.Date <= day).LastOrDefault() is { } last && last.Date == day ? last : null;

    /// <summary>The dated doses of the first days.</summary>
    /// <param name="days">1 to <see cref="MostDays"/>.</param>
    public Schedule Schedule(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        return new(this, [.. RegimenDays.Of(this).Take(days)]);
    }
}
