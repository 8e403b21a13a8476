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
        var schedule = cleared.Schedule(days ?? Period.DaysBetween(cleared.Start, reviews.StopReview) + 1);
        return new(cleared, screening, null, schedule, reviews, [.. PlanGuards.Of(cleared), .. screening?.Limits(knowledge, cleared.Titration) ?? []]);
    }
}
