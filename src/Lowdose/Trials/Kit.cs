using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Trials;

/// <summary>A numbered bottle or pack. Its number was drawn by lot and says nothing about what it holds.</summary>
/// <param name="Number">Six digits.</param>
/// <param name="Subject">Whose it is; null for a spare.</param>
/// <param name="Period">The period, 1 first; null for a spare.</param>
/// <param name="FirstDay">The first day of the period it is for, 1 first; null for a spare that fits any day.</param>
/// <param name="LastDay">The last such day.</param>
public sealed record Kit(int Number, string? Subject, int? Period, int? FirstDay, int? LastDay)
{
    /// <summary>The lines of its label: the same for every kit but for the number, the person and the days.</summary>
    /// <param name="trial">The trial's id.</param>
    /// <param name="order">How kits are made up.</param>
    public IReadOnlyList<string> Label(string trial, KitOrder order) =>
    [
        $"Trial {trial}",
        string.Create(CultureInfo.InvariantCulture, $"Kit {Number}"),
        Subject is null ? "Spare" : string.Create(CultureInfo.InvariantCulture, $"For {Subject}, period {Period}, days {FirstDay} to {LastDay}"),
        order.Form switch
        {
            KitForm.Liquid liquid => $"{liquid.Dose} once a day by mouth",
            _ => "1 capsule once a day by mouth",
        },
        "Naltrexone or placebo",
        order.Form is KitForm.Liquid { Storage: Dosing.Storage.Refrigerator } ? "Keep at 4 °C, in the dark" : "Keep at 25 °C or below, in the dark",
        string.Create(CultureInfo.InvariantCulture, $"Made on __________   Do not use after {order.ShelfLifeDays} days: __________"),
        "In an emergency say that you take part in a trial of naltrexone, which blocks opioids",
    ];
}

/// <summary>The kits of a trial as everybody may see them.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Order">How they are made up.</param>
/// <param name="All">Subject after subject, period after period; then the spares by number.</param>
public sealed record KitList(string Trial, KitOrder Order, IReadOnlyList<Kit> All)
{
    /// <summary>The stretches of a period that each have a kit of their own, the same for every arm: a rise has a kit a step.</summary>
    /// <param name="design">The trial's.</param>
    /// <param name="packDays">Days a kit lasts at most.</param>
    internal static IReadOnlyList<(int First, int Last)> Stretches(Design design, int packDays)
    {
        var days = design.Written[0].Days;
        List<int> ends = [.. design.TrialOrUsual.Steps.SkipLast(1).Scan(s => s.Days), days];
        var stretches = new List<(int, int)>();
        var first = 1;
        foreach (var end in ends)
            while (first <= end)
            {
                var last = Math.Min(end, first + packDays - 1);
                stretches.Add((first, last));
                first = last + 1;
            }
        return stretches;
    }
}

file static class Sums
{
    public static IEnumerable<int> Scan<T>(this IEnumerable<T> items, Func<T, int> days)
    {
        var sum = 0;
        foreach (var item in items) yield return sum += days(item);
    }
}
