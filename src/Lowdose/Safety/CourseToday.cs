using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>A course as somebody who prescribes looks at it: everything read off one log on one day.</summary>
/// <param name="Today">The day.</param>
/// <param name="Record">The diary.</param>
/// <param name="Regimen">The plan with the clearance of the answers that were kept; null where there is none.</param>
/// <param name="NoPlan">Why there is none.</param>
/// <param name="Screen">The safety screen asked again.</param>
/// <param name="Asked">What side effects ask for.</param>
/// <param name="Supply">What is left; null where nobody said what there was.</param>
/// <param name="Standing">Whether the plan is approved.</param>
public sealed record CourseToday(LocalDate Today, CourseRecord Record, Regimen? Regimen, Refused? NoPlan, AskedAgain Screen,
    IReadOnlyList<SideEffectFinding> Asked, SupplyLeft? Supply, PlanStanding Standing)
{
    private const int StillTakingDays = 7;

    /// <summary>Looks.</summary>
    /// <param name="knowledge">Protocols, side effects, claims.</param>
    /// <param name="screen">Knows the rules and the names.</param>
    /// <param name="log">The diary.</param>
    /// <param name="today">The day it is.</param>
    /// <param name="prescribes">Whether an actor is one who prescribes to this person.</param>
    public static CourseToday Of(Knowledge knowledge, Screen screen, DiaryLog log, LocalDate today, Func<string, bool> prescribes)
    {
        var record = CourseRecord.Of(log);
        var again = AskedAgain.Of(screen, log, record, today);
        var noPlan = record.Plan.Regimen(knowledge, again.Told is { } told ? again.Then?.Clearance(told.AsOf) : null, out var regimen);
        return new(today, record, regimen, noPlan, again, SideEffects.Of(knowledge, record, regimen, today, "", Instant.MinValue),
            regimen is null ? null : SupplyLeft.Of(record, regimen, today), PlanStanding.Of(log, prescribes));
    }

    /// <summary>The plan's days up to today; none before it begins.</summary>
    public IReadOnlyList<PlannedDay> Days => field ??= Regimen is null || Today < Regimen.Start ? []
        : Regimen.Schedule(Math.Clamp(Period.DaysBetween(Regimen.Start, Today) + 1, 1, Regimen.MostDays)).Days;

    /// <summary>What is planned today; null where nothing is.</summary>
    public PlannedDay? Planned => Days is [.., var last] && last.Date == Today ? last : null;

    /// <summary>There is a plan, and it begins later.</summary>
    public bool IsAhead => Today < Regimen?.Start;

    /// <summary>There is a plan, and its last day has not passed.</summary>
    public bool IsOpen => IsAhead || Planned is not null;

    /// <summary>A dose was taken in the last seven days, whatever the plan says.</summary>
    public bool IsTaking => Record.Days.Values.Any(d => d.Date > Today.PlusDays(-StillTakingDays) && d.Date <= Today && d.Doses.Values.Any(dose => dose is DoseEntry.Taken));

    /// <summary>The first day a change of the plan can count for.</summary>
    public LocalDate From => IsAhead ? Regimen!.Start : Today;

    /// <summary>What forbids the next dose, the strongest first; a plan that begins later is asked about its first day.</summary>
    public IReadOnlyList<Finding> Stopping => [.. Screen.Stopping(From)];
}
