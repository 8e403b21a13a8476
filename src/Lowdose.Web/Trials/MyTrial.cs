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
    public Kit? Kit => Now is not { } period ? null : NodaTime.Period.DaysBetween(period.First, Today) + 1 is var day ? Kept.Trial.Kits?.All.FirstOrDefault(k => k.Subject == Place && k.Period == period.Number && k.FirstDay <= day && day <= k.LastDay) : null;

    /// <summary>Whether the person left.</summary>
    public bool HasLeft => Kept.Trial.HasLeft(Place);

    /// <summary>The earliest period that has ended and was not guessed; asked from its last day on.</summary>
    public TreatmentPeriod? ToGuess => Kept.Trial.Stage != TrialStage.Running || Kept.Trial.IsUnblinded(Place) ? null
        : Periods.FirstOrDefault(p => (p.StoppedOn ?? p.Last) <= Today && p.First <= Today && Kept.Trial.Guesses.All(g => g.Subject != Place || g.Period != p.Number));
}
