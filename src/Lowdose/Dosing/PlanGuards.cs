using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>What to know before following a plan, and the dose beyond which none is made.</summary>
public static class PlanGuards
{
    private const int PrudentDays = 14;
    private static readonly Mass UsualCeiling = Mass.FromMilligrams(4.5m), PrudentStart = Mass.FromMilligrams(1.5m), PrudentStep = Mass.FromMilligrams(1.5m), Highest = Mass.FromMilligrams(12);

    /// <summary>Why no plan is made; null where one may be.</summary>
    public static Refused? Refused(Regimen regimen) => regimen.Titration.Ceiling > Highest
        ? new($"a ceiling of {regimen.Titration.Ceiling} is above {Highest}, the highest low dose anybody has reported", "give a lower one; a higher dose is another treatment") { Knob = PlanKnob.Ceiling }
        : regimen.Refused;

    /// <summary>What to know.</summary>
    public static IReadOnlyList<Caution> Of(Regimen regimen)
    {
        var titration = regimen.Titration;
        List<Caution> cautions = [];
        if (regimen.Provisional)
            cautions.Add(new("provisional", "This plan is provisional: it is not known yet that it is safe for you to start. Do not start while you take any opioid (pain, cough or diarrhoea medicine, or kratom)."));
        if (titration.Ceiling > UsualCeiling)
            cautions.Add(new("above-4.5-mg", $"This plan may go up to {titration.Ceiling} a day. Above {UsualCeiling} only with your prescriber."));
        if (titration.Steps[0].PerDay > PrudentStart)
            cautions.Add(new("high-start", $"This plan starts at {titration.Steps[0].PerDay} a day. Starting at {Mass.FromMilligrams(0.5m)} to {PrudentStart} is gentler."));
        if (titration.Steps.SkipLast(1).Any(s => s.MinimumDays < PrudentDays))
            cautions.Add(new("fast-steps", $"This plan steps up sooner than after {PrudentDays} days. A side effect may not show before the next step: wait longer if in doubt."));
        foreach (var (from, to) in titration.Steps.Zip(titration.Steps.Skip(1)).Where(p => p.Second.PerDay - p.First.PerDay > PrudentStep))
            cautions.Add(new("large-step", $"This plan goes from {from.PerDay} to {to.PerDay} a day in one step. A step of {Mass.FromMilligrams(0.5m)} to {PrudentStep} is gentler."));
        if (titration.Steps[^1].PerDay < titration.Ceiling)
            cautions.Add(new("ends-below-ceiling", $"The steps end at {titration.Steps[^1].PerDay} a day. How to go on to {titration.Ceiling} is not said: ask your prescriber."));
        if (regimen.Product is Product.Liquid liquid)
            cautions.AddRange(MixingGuards.OfPlan(liquid.Strength, titration.Steps.Select(s => s.Each).Distinct()));
        return cautions;
    }
}
