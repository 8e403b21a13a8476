using Lowdose.Records.Trials;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>A trial today, as the person in a place of it may know it.</summary>
/// <param name="Kept">The trial.</param>
/// <param name="Place">The place.</param>
/// <param name="Today">The day it is.</param>
/// <param name="Periods">The place's periods; empty until it begins.</param>
public sealed record MyTrial(KeptTrial Kept, string Place, LocalDate Today, IReadOnlyList<TreatmentPeriod> Periods)
{
    /// <summary>What it is for a place.</summary>
    public static MyTrial Of(KeptTrial kept, string place, LocalDate today) => new(kept, place, today, kept.Trial.PeriodsOf(place));

    /// <summary>The period that runs today and was not stopped; null where none does.</summary>
    public TreatmentPeriod? Now => HasLeft || Kept.Trial.Stage != TrialStage.Running ? null : Periods.FirstOrDefault(p => p.First <= Today && Today <= p.Last && p.StoppedOn is null);

    /// <summary>The kit of today; null where there is none.</summary>
    public Kit? Kit => Now is not { } period ? null : Kept.Trial.IsSearch ? Kept.Trial.KitsOfSearch.Where(k => k.Subject == Place).Select(k => new Kit(k.Number, Place, 1, 1, period.Days)).FirstOrDefault() : NodaTime.Period.DaysBetween(period.First, Today) + 1 is var day ? Kept.Trial.Kits?.All.FirstOrDefault(k => k.Subject == Place && k.Period == period.Number && k.FirstDay <= day && day <= k.LastDay) : null;

    /// <summary>Whether the person's kits are made.</summary>
    public bool HasKits => Kept.Trial.IsSearch ? Kept.Trial.KitsOfSearch.Any(k => k.Subject == Place) : Kept.Trial.Kits is not null;

    /// <summary>The number to take from today: the kit's own, or the spare's that was given out in its place; null where there is none.</summary>
    public int? Number => Kit is { } kit ? Kept.Trial.InPlaceOf(kit.Number) : null;

    /// <summary>The last period that has begun, where it was stopped for safety; else null.</summary>
    public TrialRecord.PeriodStopped? Stopped => Periods.LastOrDefault(p => p.First <= Today) is { } last ? Kept.Trial.StopOf(Place, last.Number) : null;

    /// <summary>Whether the period before the one that runs was stopped for safety.</summary>
    public bool IsAfterStop => Now is { } now && Kept.Trial.StopOf(Place, now.Number - 1) is not null;

    /// <summary>The next period to come; null where none does.</summary>
    public TreatmentPeriod? Next => Periods.FirstOrDefault(p => p.First > Today);

    /// <summary>Whether the person left.</summary>
    public bool HasLeft => Kept.Trial.HasLeft(Place);

    /// <summary>The earliest period that has ended and was not guessed; asked from its last day on.</summary>
    public TreatmentPeriod? ToGuess => Kept.Trial.Stage != TrialStage.Running || Kept.Trial.IsSearch || Kept.Trial.IsUnblinded(Place) ? null
        : Periods.FirstOrDefault(p => (p.StoppedOn ?? p.Last) <= Today && p.First <= Today && !(p.StoppedOn < p.First) && Kept.Trial.Guesses.All(g => g.Subject != Place || g.Period != p.Number));
}
