using Lowdose.Dosing;
using Lowdose.Quantities;
using Lowdose.Web.Prepare;
using NodaTime;

namespace Lowdose.Web.Plans;

/// <summary>Sentences about a plan: mg, mL and strength always together.</summary>
internal static class PlanWords
{
    /// <summary>A dose and what is taken for it.</summary>
    /// <param name="dose">One dose.</param>
    /// <param name="product">As what.</param>
    /// <param name="capsules">Where it is capsules.</param>
    public static string Dose(Mass dose, Product product, CapsulePlan? capsules) => DoseWords.Kept(product is Product.Liquid liquid
        ? $"{DoseWords.Amount(dose)} = {liquid.Strength.VolumeHolding(dose)} at {liquid.Strength}"
        : $"{DoseWords.Amount(dose)} = {Capsules(capsules!.Holding(dose))}");

    /// <summary>So many capsules of a strength.</summary>
    public static string Capsules((Mass Strength, int Count) some) => $"{some.Count} {(some.Count == 1 ? "capsule" : "capsules")} of {some.Strength}";

    /// <summary>How often and when.</summary>
    public static string When(IReadOnlyList<LocalTime> times) =>
        $"{(times.Count == 1 ? "daily" : $"{times.Count} times daily")} at {string.Join(" and ", times.Select(t => t.ToString("HH:mm", null)))}";

    /// <summary>A day with its name, as "Tuesday 2026-12-01".</summary>
    public static string Day(LocalDate day) => $"{day.DayOfWeek} {Iso(day)}";

    /// <summary>A day.</summary>
    public static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", null);

    /// <summary>What each step rests on.</summary>
    public static string Rests(Titration titration, int index)
    {
        var whose = titration.Protocol is { } protocol ? protocol.Title : "steps of your own";
        return index == titration.Steps.Count - 1 || titration.Steps.Count == 1 ? $"Rests on: {whose}."
            : $"Rests on: {whose}. Go up no sooner than after {DoseWords.Kept(DoseWords.Days(titration.Steps[index].MinimumDays))}.";
    }
}
