using Lowdose.Evidence;
using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>How somebody asks the dose to rise: by a protocol, or by steps of their own. It becomes a <see cref="Titration"/>, or says which answer stands in the way.</summary>
/// <param name="Protocol">From the knowledge base; null for steps of one's own.</param>
/// <param name="From">Own steps: the first daily dose.</param>
/// <param name="By">Own steps: what each step adds; null where the dose does not rise.</param>
/// <param name="EveryDays">Days each step is held at least; null: as the protocol says.</param>
/// <param name="Ceiling">The highest daily dose; null: the protocol's.</param>
public sealed record ChosenRise(Protocol? Protocol, Mass? From, Mass? By, int? EveryDays, Mass? Ceiling)
{
    /// <summary>The titration.</summary>
    /// <param name="titration">Null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public Refused? Titration(out Titration? titration)
    {
        titration = null;
        if (Protocol is not null)
            return From is null && By is null ? Protocol.Titration(EveryDays, Ceiling, out titration)
                : new("a protocol has its own steps", "leave out your own first dose and step, or the protocol") { Knob = From is null ? PlanKnob.By : PlanKnob.From };
        if (From is not { } first) return new("a plan of your own has no first dose", "give the first daily dose, as 0.5 mg") { Knob = PlanKnob.From };
        if (Ceiling is not { } highest) return new("a plan of your own needs a highest daily dose", "give one, as 4.5 mg") { Knob = PlanKnob.Ceiling };
        if (first < highest && By is null) return new("a plan that rises needs to know by how much", "give what each step adds, as 0.5 mg") { Knob = PlanKnob.By };
        if (first < highest && EveryDays is null) return new("a plan that rises needs the days of each step", "give them, as 14") { Knob = PlanKnob.Every };
        return Dosing.Titration.Rising("own", first, By ?? highest, EveryDays ?? 1, highest, [], out titration);
    }
}

/// <summary>Which answer of a plan is meant.</summary>
public enum PlanKnob
{
    /// <summary>The protocol.</summary>
    Protocol = 1,
    /// <summary>The first daily dose.</summary>
    From,
    /// <summary>What each step adds.</summary>
    By,
    /// <summary>The days of each step.</summary>
    Every,
    /// <summary>The highest daily dose.</summary>
    Ceiling,
}
