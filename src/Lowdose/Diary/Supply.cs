using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>Something to take doses from: a bottle that was mixed, or capsules that were fetched.</summary>
/// <param name="From">The day it was mixed or fetched.</param>
public abstract record Supply(LocalDate From)
{
    /// <summary>A bottle; its strength is the plan's.</summary>
    /// <param name="Content">What was in it when it was full.</param>
    /// <param name="Mixed">The day.</param>
    /// <param name="Vehicle">What the drug is in.</param>
    /// <param name="Storage">Where it stands.</param>
    public sealed record Bottle(Volume Content, LocalDate Mixed, Vehicle Vehicle, Storage Storage) : Supply(Mixed)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{PlanTexts.Of(Content)} bottle from {Iso(Mixed)}, {(Vehicle == Vehicle.PlainWater ? Plain : Preserved)}, {(Storage == Storage.Room ? Room : Cold)}";
    }

    /// <summary>Capsules of one strength.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="Each">What one holds.</param>
    /// <param name="Fetched">The day.</param>
    public sealed record Capsules(int Count, Mass Each, LocalDate Fetched) : Supply(Fetched)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{PlanTexts.Whole(Count)} capsules of {PlanTexts.Of(Each)} from {Iso(Fetched)}";
    }

    private const string Plain = "plain water", Preserved = "preserved", Room = "room", Cold = "refrigerator";

    /// <summary>Reads the canonical text ("50 mL bottle from 2026-12-01, plain water, refrigerator", "30 capsules of 1.5 mg from 2026-12-01").</summary>
    /// <returns>Null where it is not one.</returns>
    public static Supply? Read(string text)
    {
        if (text.Split(" from ") is not [var what, var rest]) return null;
        var words = rest.Split(", ");
        if (PlanTexts.Date(words[0]) is not { } from) return null;
        Supply? supply = words.Length switch
        {
            1 when what.Split(" capsules of ") is [var count, var each] => PlanTexts.Number(count, "") is { } n && PlanTexts.Mass(each) is { } mass ? new Capsules(n, mass, from) : null,
            3 when what.EndsWith(" bottle", StringComparison.Ordinal) && PlanTexts.Volume(what[..^" bottle".Length]) is { } volume =>
                new Bottle(volume, from, words[1] == Plain ? Vehicle.PlainWater : Vehicle.Preserved, words[2] == Room ? Storage.Room : Storage.Refrigerator),
            _ => null,
        };
        // Reading back shows any word that was not understood.
        return supply?.ToString() == text ? supply : null;
    }

    private static string Iso(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
