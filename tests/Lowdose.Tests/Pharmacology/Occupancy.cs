namespace Lowdose.Tests.Pharmacology;

/// <summary>The block of the receptor in brain scans, and in closed form.</summary>
public static class Occupancy
{
    /// <summary>Half-lives of the block that the scans allow, in hours.</summary>
    public static readonly double[] HalfLives = [30, 37, 50];

    /// <summary>Lee 1988, 50 mg once: hour, and percent of the block at 1 h.</summary>
    public static readonly (double Hour, double Percent, double Sem)[] Lee = [(48, 91, 6.4), (72, 80, 6.3), (120, 46, 7.4), (168, 30, 13.8)];

    /// <summary>Rabiner 2011, within 8 h of a dose: mg, and percent blocked in each scan.</summary>
    public static readonly (double DoseMg, double[] Percent)[] Rabiner = [(2, [27]), (5, [43, 46, 58]), (15, [61]), (50, [92, 98])];

    /// <summary>Bednarczyk 2005: mg, hour, and whether a block was found.</summary>
    public static readonly (double DoseMg, double Hour, bool Found)[] Bednarczyk = [(12.5, 3, true), (12.5, 24, true), (12.5, 72, false), (50, 72, true), (50, 144, true)];

    private const double Ed50Mg = 5.6;

    /// <summary>The block at an hour after one dose, in closed form.</summary>
    public static double Once(double doseMg, double hour, double halfLife) => Of(doseMg / Ed50Mg * Math.Pow(2, -hour / halfLife));

    /// <summary>The block at an hour after the last of endless nightly doses, in closed form.</summary>
    public static double Nightly(double doseMg, double hour, double halfLife) => Of(Steady(doseMg, halfLife) * Math.Pow(2, -hour / halfLife));

    /// <summary>How long after the last of endless nightly doses the block falls below a tenth, in days, in closed form.</summary>
    public static double DaysToTenth(double doseMg, double halfLife) => halfLife * Math.Log2(9 * Steady(doseMg, halfLife)) / 24;

    /// <summary>The same from a simulation, between the two hours where it falls below.</summary>
    public static double SimulatedDaysToTenth(double doseMg, double halfLife)
    {
        var course = Course.Of(Course.Model("naltrexone", null, ("TE", halfLife)), doseMg, 1, 600, 0.25, steady: true);
        var block = course["OCC_SLOW"];
        var at = Array.FindIndex(block, b => b < 0.1);
        var share = (block[at - 1] - 0.1) / (block[at - 1] - block[at]);
        return (course.Hours[at - 1] + share * (course.Hours[at] - course.Hours[at - 1])) / 24;
    }

    private static double Steady(double doseMg, double halfLife) => doseMg / Ed50Mg / (1 - Math.Pow(2, -24 / halfLife));

    private static double Of(double x) => x / (1 + x);
}
