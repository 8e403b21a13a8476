using Lowdose.Dosing;
using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>What a prescriber may decide about a plan, and why not. Every refusal is said; none of it is silent. Source: docs/methods/clinic-list.md.</summary>
public static class PlanDecisions
{
    private const int LongestHold = 366;

    private static readonly string[] Beyond = ["provisional", "above-4.5-mg", "high-start", "fast-steps", "rule-ceiling", "rule-start"];

    /// <summary>Why a plan cannot be approved; null where it can.</summary>
    /// <param name="course">The course today.</param>
    /// <param name="knowledge">With the rules the findings name.</param>
    /// <param name="why">The reason given; null where none is.</param>
    public static Refused? Approval(CourseToday course, Knowledge knowledge, string? why)
    {
        if (course.Regimen is not { } regimen) return course.NoPlan ?? new("there is no plan", "ask for one to be made");
        if (course.Stopping is [var finding, ..]) return new($"{finding.Subject}: {finding.Why.TrimEnd('.')}", finding.Do.TrimEnd('.'));
        if (PlanGuards.Refused(regimen) is { } refused) return refused;
        return why is null && ToJustify(course, knowledge) is { Count: > 0 } ? new("this plan asks for a reason: see what is listed above it", "say why it may go on all the same") : null;
    }

    /// <summary>What goes beyond the prudent plan or a rule's limits, or is not known: it can be approved only with a reason.</summary>
    public static IReadOnlyList<Caution> ToJustify(CourseToday course, Knowledge knowledge) => course.Regimen is not { } regimen ? []
        : [.. PlanGuards.Of(regimen).Concat(course.Screen.Now?.Limits(knowledge, regimen.Titration) ?? []).Where(c => Beyond.Contains(c.Code))];

    /// <summary>Why a change cannot be made; null where it can.</summary>
    /// <param name="course">The course today.</param>
    /// <param name="change">From <see cref="CourseToday.From"/> on.</param>
    public static Refused? Change(CourseToday course, RegimenChange change)
    {
        if (course.Regimen is not { } regimen || !course.IsOpen) return new("there is no plan that goes on", "ask for a new one");
        var (steps, now) = (regimen.Titration.Steps, course.Planned?.Index ?? 0);
        return change switch
        {
            RegimenChange.Hold { Days: < 1 or > LongestHold } => new("a hold of so many days cannot be", $"give 1 to {LongestHold} days"),
            RegimenChange.StepBack when now == 0 => new($"the lowest dose, {steps[0].PerDay} a day, is taken already", "hold it, or end the plan"),
            RegimenChange.GoOn when regimen.HeldOn(course.From) is null && !Stays(regimen) => new("nothing holds the dose", "leave it as it is"),
            RegimenChange.Ceiling ceiling when ceiling.Most < steps[0].PerDay => new($"{ceiling.Most} is below the lowest dose, {steps[0].PerDay} a day", "give a higher one, or end the plan"),
            RegimenChange.Ceiling ceiling when ceiling.Most > regimen.Titration.Ceiling =>
                new($"{ceiling.Most} is above the highest dose of this plan, {regimen.Titration.Ceiling} a day", "for more than that, ask for a new plan and approve it with a reason"),
            RegimenChange.MoveTo move when course.Days.LastOrDefault(d => d.Times.Count > 0) is { Times: [var time] } && time == move.Time => new("the dose is taken at that time already", "give another time"),
            _ => null,
        };
    }

    private static bool Stays(Regimen regimen) => regimen.Changes.OrderBy(c => c.From).LastOrDefault(c => c is RegimenChange.Stay or RegimenChange.GoOn) is RegimenChange.Stay;
}
