using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>What is left to take doses from, by what was recorded, and when it must be renewed.</summary>
/// <param name="Supplies">A new bottle replaces the one before; capsules add up.</param>
/// <param name="Least">Left if every planned dose nobody wrote about was taken, or one was of unknown amount.</param>
/// <param name="Most">Left if none of those was.</param>
/// <param name="FirstWithout">The first day whose doses it does not cover, by <paramref name="Least"/>; null where it lasts as long as the plan.</param>
/// <param name="DiscardAfter">The last day a bottle may be used; null for capsules and where that is not known.</param>
public sealed record SupplyLeft(IReadOnlyList<Supply> Supplies, Mass Least, Mass Most, LocalDate? FirstWithout, LocalDate? DiscardAfter)
{
    /// <summary>The day on which a new one must be at hand; null where none need be, as far as is known.</summary>
    public LocalDate? RenewBy => DiscardAfter?.PlusDays(1) is { } old && !(FirstWithout < old) ? old : FirstWithout;

    /// <summary>What is left on a day.</summary>
    /// <param name="record">The diary and the plan's supplies.</param>
    /// <param name="regimen">The plan.</param>
    /// <param name="today">The person's own day.</param>
    /// <returns>Null where nothing was written about a bottle or capsules, or it is not what the plan says is taken.</returns>
    public static SupplyLeft? Of(CourseRecord record, Regimen regimen, LocalDate today)
    {
        var held = record.Plan.Supplies.Where(s => s.From <= today).ToArray();
        Supply[] supplies = regimen.Product is Product.Liquid ? [.. held.OfType<Supply.Bottle>().TakeLast(1)] : [.. held.OfType<Supply.Capsules>()];
        if (supplies.Length == 0) return null;
        var full = supplies.Aggregate(Mass.Zero, (sum, s) => sum + Content(s, regimen.Product));
        var most = full;
        var least = full;
        var planned = regimen.Schedule(Math.Clamp(Period.DaysBetween(regimen.Start, today) + 1, 1, Regimen.MostDays)).Days.ToDictionary(d => d.Date, d => d);
        for (var date = supplies[0].From; date <= today; date = date.PlusDays(1))
        {
            var day = record.Day(date);
            var plan = planned.GetValueOrDefault(date);
            var known = day.Doses.Values.Aggregate(Mass.Zero, (sum, d) => d is DoseEntry.Taken { Content: DoseContent.Known k } ? sum + k.Amount : sum);
            // Of today what is not written yet may still be to come, and is counted below.
            var unknown = plan is null || date == today ? 0 : Math.Max(0, plan.Times.Count - day.Doses.Values.Count(d => d is DoseEntry.Skipped or DoseEntry.Taken { Content: DoseContent.Known }));
            (most, least) = (most - known, least - known - (plan is null ? Mass.Zero : unknown * plan.Step.Each));
        }
        (most, least) = (NotBelow0(most), NotBelow0(least));
        var discard = supplies is [Supply.Bottle bottle] ? new Bottle(bottle.Content, bottle.Vehicle, bottle.Storage, 0).DiscardAfter(bottle.Mixed) : null;
        return new(supplies, least, most, Without(regimen, least, today, record.Day(today).Doses.Count), discard);
    }

    private static Mass Content(Supply supply, Product product) => (supply, product) switch
    {
        (Supply.Bottle bottle, Product.Liquid { Strength: var strength }) => new((long)((Int128)bottle.Content.Nanolitres * strength.Amount.Nanograms / strength.Volume.Nanolitres)),
        (Supply.Capsules capsules, _) => capsules.Count * capsules.Each,
        _ => Mass.Zero,
    };

    /// <summary>Walks the plan from today on; the doses of today already written are behind.</summary>
    private static LocalDate? Without(Regimen regimen, Mass left, LocalDate today, int writtenToday)
    {
        foreach (var day in regimen.Schedule(Regimen.MostDays).Days.SkipWhile(d => d.Date < today))
        {
            var doses = day.Date == today ? Math.Max(0, day.Times.Count - writtenToday) : day.Times.Count;
            left -= doses * day.Step.Each;
            if (left < Mass.Zero) return day.Date;
        }
        return null;
    }

    private static Mass NotBelow0(Mass mass) => mass < Mass.Zero ? Mass.Zero : mass;
}
