using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>A regimen held against the safety screen: dated doses and the days to look again, or why there are none.</summary>
/// <param name="Regimen">With the clearance the screen gives; without one it is provisional.</param>
/// <param name="Screening">What the answers come to; null where nothing was answered.</param>
/// <param name="Refused">Why no plan is made; null where one is.</param>
/// <param name="Schedule">The dated doses; null where it is refused.</param>
/// <param name="Reviews">The days to look again.</param>
/// <param name="Cautions">What to know about the plan.</param>
public sealed record ScreenedPlan(Regimen Regimen, Screening? Screening, Refused? Refused, Schedule? Schedule, Reviews Reviews, IReadOnlyList<Caution> Cautions)
{
    // Our choice: a month's change of medicines is told. No source says how long answers hold.
    private const int AnswersHoldDays = 28;

    /// <summary>Holds a regimen against what a person answered.</summary>
    /// <param name="regimen">What is asked for.</param>
    /// <param name="screening">What the answers come to; null where nothing was answered.</param>
    /// <param name="asOf">The day they were answered for.</param>
    /// <param name="knowledge">With the rules the findings name.</param>
    /// <param name="days">How many days to write out; null: up to the stop review.</param>
    public static ScreenedPlan Of(Regimen regimen, Screening? screening, LocalDate asOf, Knowledge knowledge, int? days = null)
    {
        var cleared = regimen with { Clearance = screening?.Clearance(asOf) };
        var reviews = Reviews.Of(cleared);
        if ((screening?.Refuses(cleared.Start) ?? PlanGuards.Refused(cleared)) is { } refused) return new(cleared, screening, refused, null, reviews, []);
        var asked = days ?? Period.DaysBetween(cleared.Start, reviews.StopReview) + 1;
        List<Caution> cautions = [.. PlanGuards.Of(cleared), .. screening?.Limits(knowledge, cleared.Titration) ?? []];
        if (screening is not null && asOf.PlusDays(AnswersHoldDays) < cleared.Start)
            cautions.Insert(0, new("old-answers", $"The safety answers are for {asOf:uuuu-MM-dd}, and the plan starts on {cleared.Start:uuuu-MM-dd}. Answer them again before the first dose."));
        if (screening?.EndedBy(cleared.Start) is { Pause: { } pause } operation)
        {
            // No dose and no step is dated past the last safe day: a calendar on the wall is followed as it hangs.
            asked = Math.Min(asked, Period.DaysBetween(cleared.Start, pause.LastDose) + 1);
            reviews = reviews with { Days = [.. reviews.Days.Where(r => r.Date <= pause.LastDose)] };
            cautions.Insert(0, new("operation", $"{Words.Capital(operation.Subject)}: the last dose before it is on {pause.LastDose:uuuu-MM-dd}. No dose of this plan is later than that. After it, answer the questions again and make a new plan, from {pause.Restart:uuuu-MM-dd} at the earliest."));
        }
        return new(cleared, screening, null, cleared.Schedule(asked), reviews, cautions);
    }
}
