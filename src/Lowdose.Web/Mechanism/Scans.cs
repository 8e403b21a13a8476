using Lowdose.Safety;

namespace Lowdose.Web.Mechanism;

/// <summary>What brain scans of people showed, as docs/methods/pharmacology.md lists it with its sources.</summary>
internal static class Scans
{
    /// <summary>Share of the mu receptor blocked within 8 hours of one dose, a row a scan. Source: RABINER2011.</summary>
    public static IReadOnlyList<(double Mg, double Blocked)> ByDose { get; } = [(2, 0.27), (5, 0.43), (5, 0.46), (5, 0.58), (15, 0.61), (50, 0.92), (50, 0.98)];

    /// <summary>Share of the first hour's block after one dose of 50 mg, with its standard error and how many people. Source: LEE1988, read in indand.</summary>
    public static IReadOnlyList<(double Hours, double OfFirst, double Error, int People)> Decline { get; } = [(48, 0.91, 0.064, 3), (72, 0.80, 0.063, 3), (120, 0.46, 0.074, 5), (168, 0.30, 0.138, 4)];

    /// <summary>The curve: one dose, within 8 hours.</summary>
    public static double OneDose(double mg) => mg / (mg + SlowOffset.HalfBlockMg);

    /// <summary>The slow offset after one dose of 50 mg, as a share of the first hour's block.</summary>
    public static double OfFirst(double hours, double halfLifeHours) => After(hours, halfLifeHours) / After(1, halfLifeHours);

    private static double After(double hours, double halfLifeHours)
    {
        var x = 50 / SlowOffset.HalfBlockMg * Math.Pow(2, -hours / halfLifeHours);
        return x / (1 + x);
    }
}

/// <summary>What a substance does at which level, for the plot of potencies.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Low">Level in nM; the lower end where it is a range.</param>
/// <param name="High">Upper end, nM.</param>
/// <param name="Level">How well it is known, A to E.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record Potency(string Name, double Low, double High, char Level, string Source)
{
    /// <summary>Potencies in cells, from the strongest.</summary>
    public static IReadOnlyList<Potency> All { get; } =
    [
        new("Mu opioid receptor, half bound", 0.11, 1.1, 'D', "cloned receptors, read in a transcription (indand)"),
        new("Delta opioid receptor, half bound", 60, 60, 'D', "cloned receptors, read in a transcription (indand)"),
        new("MD-2, the partner of TLR4, half bound", 13_700, 13_700, 'D', "one second-hand source, not verified by us"),
        new("TLR4 in glia cells, half effect, mirror form", 105_500, 105_500, 'D', "mouse cells, read in a transcription (indand)"),
        new("TRPM3, level the cells lay in for a day", 200_000, 200_000, 'D', "from memory, not verified; the paper is CABANAS2019"),
    ];
}
