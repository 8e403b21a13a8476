using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Web.Papers;

/// <summary>What a pharmacy is asked to make, and what it must know before it does. Nothing of a diary is in it.</summary>
/// <param name="Schedule">The doses.</param>
/// <param name="Capsules">Capsules are asked for; else a liquid.</param>
/// <param name="Strength">Of the liquid.</param>
public sealed record ToPrepare(Schedule Schedule, bool Capsules, Concentration Strength)
{
    /// <summary>Days that are asked for at once of a plan that is kept: the shortest that a preserved liquid keeps. Our choice.</summary>
    public const int DaysAtOnce = 30;

    /// <summary>The strength of the liquid in a plan that says another one; null where none does.</summary>
    public Concentration? Planned { get; init; }

    /// <summary>Fillers and the like that the person does not tolerate, as written; none where that was not asked.</summary>
    public IReadOnlyList<string> Allergies { get; init; } = [];

    /// <summary>The screen has something against taking a dose, and knows no day on which that ends.</summary>
    public bool Forbidden { get; init; }

    /// <summary>The first day on which a dose may be taken, where the screen holds it; else null.</summary>
    public LocalDate? NotBefore { get; init; }

    /// <summary>Something is still unanswered.</summary>
    public bool Provisional { get; init; }

    /// <summary>Each dose, the smallest first.</summary>
    public IReadOnlyList<Mass> Doses => [.. Schedule.Doses.Select(d => d.Amount).Distinct().Order()];

    /// <summary>The next days of a plan that is kept, from today or its first day on; none past the last safe day before an operation.</summary>
    /// <param name="course">The course today.</param>
    /// <returns>Null where there is nothing to make.</returns>
    public static ToPrepare? Of(CourseToday course)
    {
        if (course is not { IsOpen: true, Regimen: { } regimen }) return null;
        Finding[] stopping = [.. course.Stopping];
        var last = course.Screen.Findings.Select(f => f.Pause?.LastDose).Where(d => d >= course.From).Min() ?? LocalDate.MaxIsoValue;
        var days = Period.DaysBetween(regimen.Start, course.From) + DaysAtOnce;
        Schedule next = new(regimen, [.. regimen.Schedule(Math.Min(days, Regimen.MostDays)).Days.Where(d => d.Date >= course.From && d.Date <= last)]);
        if (!next.Doses.Any()) return null;
        var forbidden = stopping.Any(f => f.Until is null);
        return new(next, regimen.Product is not Product.Liquid, regimen.Product is Product.Liquid liquid ? liquid.Strength : Concentration.OneMilligramPerMillilitre)
        {
            Allergies = course.Screen.Told?.Allergies ?? [], Forbidden = forbidden, NotBefore = forbidden ? null : stopping.Max(f => f.Until), Provisional = regimen.Provisional,
        };
    }
}
