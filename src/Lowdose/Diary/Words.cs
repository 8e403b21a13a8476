using System.Globalization;
using Lowdose.Quantities;
using Lowdose.Science.Inference;

namespace Lowdose.Diary;

/// <summary>How numbers are said to a person. Amounts follow the ISMP rules: 0.5 not .5, 1 not 1.0, a space before the unit.</summary>
public static class Words
{
    /// <summary>A chance, always of twenty, so that two chances can be compared at a glance; never "0 of 20" or "20 of 20".</summary>
    /// <param name="probability">In [0, 1].</param>
    public static string Chance(double probability) => Math.Round(probability * 20, MidpointRounding.AwayFromZero) switch
    {
        <= 0 => "fewer than 1 of 20",
        >= 20 => "more than 19 of 20",
        var n => n.ToString("0", CultureInfo.InvariantCulture) + " of 20",
    };

    /// <summary>A dose in milligrams ("4.5 mg").</summary>
    public static string Dose(double mg) => Mass.NearestToMilligrams(mg).ToString();

    /// <summary>A score or a difference of scores, with as many digits as the scale can bear.</summary>
    /// <param name="value">Score units.</param>
    /// <param name="range">The range of the scale, score units.</param>
    public static string Score(double value, double range)
    {
        var digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(range)), 1, 8);
        var rounded = Math.Round(value, digits, MidpointRounding.AwayFromZero);
        // No "-0": a rounded zero has no sign.
        return (rounded == 0 ? 0 : rounded).ToString("#,0." + new string('#', digits), CultureInfo.InvariantCulture);
    }

    /// <summary>A number of points ("1 point", "1.5 points").</summary>
    public static string Points(double value, double range) => Score(value, range) is var text && text == "1" ? "1 point" : text + " points";

    /// <summary>A change as better or worse, whatever way the scale runs ("1.8 points better", "the same").</summary>
    /// <param name="effect">Score units, the outcome's own sign.</param>
    /// <param name="course">Whose scale it is.</param>
    public static string Change(double effect, Course course)
    {
        var benefit = Benefit(effect, course);
        var size = Points(Math.Abs(benefit), course.Range);
        return size == Nothing ? "the same" : size + Direction(benefit);
    }

    /// <summary>A range of changes ("between 0.7 and 2.7 points better", "between 1.4 points better and 0.4 points worse").</summary>
    public static string ChangeRange(Summary effect, Course course)
    {
        var (q025, q975) = (Benefit(effect.Q025, course), Benefit(effect.Q975, course));
        var (small, large) = Math.Abs(q025) < Math.Abs(q975) ? (q025, q975) : (q975, q025);
        var (near, far) = (Score(Math.Abs(small), course.Range), Points(Math.Abs(large), course.Range));
        if (near == "0" || small * large > 0) return $"between {near} and {far}{Direction(large)}";
        var (better, worse) = small > 0 ? (small, large) : (large, small);
        return $"between {Points(better, course.Range)} better and {Points(-worse, course.Range)} worse";
    }

    /// <summary>A count with its noun ("1 day", "28 days").</summary>
    public static string Count(int n, string noun) => n.ToString("#,0", CultureInfo.InvariantCulture) + " " + noun + (n == 1 ? "" : "s");

    /// <summary>The same text with its first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A refusal's half as a sentence of its own.</summary>
    public static string Sentence(string text) => Capital(text) + ".";

    private const string Nothing = "0 points";

    private static double Benefit(double effect, Course course) => course.HigherIsBetter ? effect : -effect;

    private static string Direction(double benefit) => benefit > 0 ? " better" : " worse";
}
