using System.CommandLine;
using Lowdose.Dosing;
using Lowdose.Quantities;

namespace Lowdose.Cli;

/// <summary>The options of <c>lowdose mix</c>, and what they may be.</summary>
internal sealed class MixOptions
{
    private static readonly Mass LargestTablet = Mass.FromMilligrams(1_000);
    private static readonly Volume LargestVolume = Volume.FromMillilitres(10_000);

    private readonly Option<string> _tablet = new("--tablet") { HelpName = "MASS", Description = "What the tablet (or all the tablets in the bottle) holds, as 50mg.", Required = true };
    private readonly Option<string> _volume = new("--volume") { HelpName = "VOLUME", Description = "The finished volume it is made up to, as 50mL.", Required = true };
    private readonly Option<string[]> _doses = new("--dose") { HelpName = "MASS…", Description = "A dose, as 1.5mg; several may be given.", Required = true, AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _vehicle = new("--vehicle") { HelpName = "water|preserved", Description = "Plain water, or with an antioxidant and a preservative. [default: water]" };
    private readonly Option<string> _storage = new("--store") { HelpName = "room|refrigerator", Description = "Where the bottle stands, in the dark. [default: room]" };

    public Option<string> Mixed { get; } = new("--mixed") { HelpName = "DATE", Description = "The day it is mixed, from which the shelf life counts. [default: today]" };
    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object and nothing else." };
    public Option<string> Out { get; } = new("--out") { HelpName = "FILE", Description = "Write to FILE instead of the screen." };

    public IEnumerable<Option> All => [_tablet, _volume, _doses, _vehicle, _storage, Mixed, Json, Out];

    /// <summary>The card, or what is wrong with the command line.</summary>
    public (MixingCard? Card, Misuse? Wrong) Read(ParseResult parsed)
    {
        if (Mix(parsed.GetValue(_tablet)!, parsed.GetValue(_volume)!, out var dilution) is { } wrong) return (null, wrong);
        List<Mass> doses = [];
        foreach (var text in parsed.GetValue(_doses) ?? [])
        {
            if (Written.Mass(text, out var dose) is { } unread) return (null, As("--dose", text, unread));
            if (dose > dilution!.Tablet) return (null, new($"--dose \"{text}\" is more than the whole bottle holds ({dilution.Tablet})", "check the unit of the dose and of the tablet"));
            doses.Add(dose);
        }
        if (doses.Count == 0) return (null, new("no dose is given", "give one as --dose 1.5mg"));
        var (vehicle, storage) = (parsed.GetValue(_vehicle) ?? "water", parsed.GetValue(_storage) ?? "room");
        if (vehicle is not ("water" or "preserved")) return (null, new($"--vehicle \"{vehicle}\" is not known", "give water or preserved"));
        if (storage is not ("room" or "refrigerator")) return (null, new($"--store \"{storage}\" is not known", "give room or refrigerator"));
        return (MixingCard.Of(dilution!, doses, vehicle == "water" ? Vehicle.PlainWater : Vehicle.Preserved,
            storage == "room" ? Storage.Room : Storage.Refrigerator, Syringe.Known), null);
    }

    /// <summary>A tablet in a volume, as the command line says it.</summary>
    public static Misuse? Mix(string tabletText, string volumeText, out Dilution? dilution)
    {
        dilution = null;
        if (Written.Mass(tabletText, out var tablet) is { } noMass) return As("--tablet", tabletText, noMass);
        if (tablet > LargestTablet) return new($"--tablet \"{tabletText}\" is more than any tablet holds", "give what it holds, as 50mg");
        if (Written.Volume(volumeText, out var volume) is { } noVolume) return As("--volume", volumeText, noVolume);
        if (volume > LargestVolume) return new($"--volume \"{volumeText}\" is more than 10 litres", "give the finished volume, as 50mL");
        dilution = new(tablet, volume);
        return null;
    }

    /// <summary>An amount that was not taken, as a wrong command line.</summary>
    public static Misuse As(string option, string text, Unread unread) => new($"{option} \"{text}\": {unread.What}", unread.Do);
}
