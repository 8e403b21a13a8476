using Lowdose.Evidence;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Dosing;

/// <summary>A published protocol as a titration. What the source does not say is asked for, never guessed.</summary>
public static class ProtocolTitration
{
    private static readonly LocalTime Bedtime = new(22, 0), Morning = new(8, 0);

    /// <summary>When in the day the protocol gives its dose; bedtime where it does not say.</summary>
    public static LocalTime Time(this Protocol protocol) => protocol.TimeOfDay is TimeOfDay.Morning or TimeOfDay.Split ? Morning : Bedtime;

    /// <summary>The protocol's steps.</summary>
    /// <param name="protocol">From the knowledge base.</param>
    /// <param name="everyDays">Days for each step: fills in what the source does not say, and may lengthen what it says; null: as the source says.</param>
    /// <param name="ceiling">The highest daily dose, where the source sets none, or a lower one; null: the source's.</param>
    /// <param name="titration">The titration; null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? Titration(this Protocol protocol, int? everyDays, Mass? ceiling, out Titration? titration)
    {
        titration = null;
        if (protocol.MgPerKg is not null) return new($"{protocol.Id} doses by body weight", "ask the prescriber for the dose") { Knob = PlanKnob.Protocol };
        if (protocol.Steps.Count == 0) return new($"{protocol.Id} names no doses", "choose another, or give steps of your own") { Knob = PlanKnob.Protocol };
        if ((ceiling ?? protocol.Ceiling) is not { } highest) return new($"{protocol.Id} sets no highest dose", "give one, as 4.5 mg") { Knob = PlanKnob.Ceiling };
        if (protocol.Ceiling is { } own && highest > own) return new($"{protocol.Id} goes no higher than {own}", "give a lower one, or another protocol") { Knob = PlanKnob.Ceiling };
        if (everyDays is null && !protocol.IsComplete) return new($"{protocol.Id} does not say how long each step lasts", "give the days, as 14") { Knob = PlanKnob.Every };
        if (protocol.Steps.SkipLast(1).Any(s => s.MinimumDays > everyDays))
            return new($"{protocol.Id} steps no sooner than after {protocol.Steps.SkipLast(1).Max(s => s.MinimumDays)} days", "give more days") { Knob = PlanKnob.Every };
        TitrationStep[] steps = [.. protocol.Steps.Where(s => s.PerDay <= highest).Select(s => new TitrationStep(s.PerDay, s.TimesPerDay, everyDays ?? s.MinimumDays ?? 1))];
        var refused = Dosing.Titration.Of(protocol.Id, steps, highest, protocol.Claims, out titration);
        if (titration is not null) titration = titration with { Protocol = protocol };
        return refused;
    }
}
