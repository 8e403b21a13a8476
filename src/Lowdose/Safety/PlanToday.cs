using Lowdose.Dosing;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>Where a plan stands on a day.</summary>
internal sealed class PlanToday(Regimen? regimen, LocalDate today, string who, Instant at)
{
    private const int EveningHour = 15;

    private readonly PlannedDay? _day = regimen?.On(today);

    /// <summary>The dose is taken once a day, late in it. A day left out at a change of time is none.</summary>
    public bool IsEvening => _day is { Times: [var time] } && time.Hour >= EveningHour;

    public bool IsLowest => _day is { Index: 0 };

    public bool IsHighest => _day is { } day && day.Index == regimen!.Titration.Steps.Count - 1;

    /// <summary>A hold covers today.</summary>
    public bool IsHeld => regimen?.HeldOn(today) is not null;

    /// <summary>How long it has lasted since what was done about it: a step back, and for sleep a move to another time, get their own time to help.</summary>
    public int DaysSinceAnswered(EffectEpisode episode, bool sleep)
    {
        var answered = regimen?.Changes.Where(c => c is RegimenChange.StepBack || (sleep && c is RegimenChange.MoveTo)).Where(c => c.From <= episode.Last).Select(c => (LocalDate?)c.From).Max();
        return answered > episode.First ? Period.DaysBetween(answered.Value, episode.Last) + 1 : episode.Days;
    }

    public RegimenChange? Answer(Trouble trouble) => _day is null ? null : trouble.Answer(today, who, at);
}
