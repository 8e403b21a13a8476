using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Dosing;

/// <summary>What a tablet was dissolved in.</summary>
public enum Vehicle
{
    /// <summary>Water and nothing else, as at home.</summary>
    PlainWater = 1,
    /// <summary>With an antioxidant and a preservative, as a pharmacy makes it.</summary>
    Preserved,
}

/// <summary>Where a bottle stands.</summary>
public enum Storage
{
    /// <summary>At 25 °C or below, dark.</summary>
    Room = 1,
    /// <summary>At 4 °C, dark.</summary>
    Refrigerator,
}

/// <summary>A bottle once it is mixed: how long it lasts, and how long it may be used.</summary>
/// <param name="Volume">What is in it.</param>
/// <param name="Vehicle">What the drug is in.</param>
/// <param name="Storage">Where it stands.</param>
/// <param name="LastsDays">Whole days at the dose that empties it soonest.</param>
public sealed record Bottle(Volume Volume, Vehicle Vehicle, Storage Storage, long LastsDays)
{
    /// <summary>
    /// Days it may be used: measured for tablets with an antioxidant and a preservative, in the dark (Fawcett 1997: 30 days at 25 °C, 60 days at 4 °C).
    /// Null for plain water, where no study was found.
    /// </summary>
    public int? ShelfLifeDays => Vehicle == Vehicle.PlainWater ? null : Storage == Storage.Refrigerator ? 60 : 30;

    /// <summary>The last day it may be used; null where that is not known.</summary>
    public LocalDate? DiscardAfter(LocalDate mixed) => ShelfLifeDays is { } days ? mixed.PlusDays(days) : null;

    /// <summary>What is known and what is not, in plain words.</summary>
    public string Note => Vehicle == Vehicle.PlainWater
        ? "No study was found of how long naltrexone keeps in plain water, or how soon germs grow in it. The known shelf life (30 days at 25 °C, 60 days at 4 °C) "
            + "was measured with an antioxidant and a preservative and does not count here. Ask a pharmacist how long this mixture may be used, or have a pharmacy make it. "
            + "Until you know, keep it cold and dark, and discard it if it smells, turns cloudy or changes colour."
        : $"Shelf life {ShelfLifeDays} days {(Storage == Storage.Refrigerator ? "at 4 °C" : "at 25 °C")} in the dark, measured with an antioxidant and a preservative. "
            + "Write the date of mixing on the bottle. Discard what is left after that, and sooner if it smells, turns cloudy or changes colour.";
}
