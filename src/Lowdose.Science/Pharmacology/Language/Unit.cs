using System.Globalization;

namespace Lowdose.Science.Pharmacology.Language;

/// <summary>
/// A unit: a dimension and how large it is. The size is a power of ten times a quotient of whole numbers, so that factors between units are exact.
/// Source: docs/methods/model-language.md; SI brochure, 9th edition.
/// </summary>
/// <param name="Mass">Exponent of the mass, in g.</param>
/// <param name="Substance">Exponent of the amount of substance, in mol.</param>
/// <param name="Volume">Exponent of the volume, in L.</param>
/// <param name="Time">Exponent of the time, in s.</param>
/// <param name="Activity">Exponent of biological activity, in IU.</param>
/// <param name="Ten">The power of ten.</param>
/// <param name="Up">What it is multiplied with.</param>
/// <param name="Down">What it is divided by.</param>
internal readonly record struct Unit(double Mass, double Substance, double Volume, double Time, double Activity, double Ten, double Up, double Down)
{
    /// <summary>Of shares, ratios and counts.</summary>
    public static readonly Unit One = new(0, 0, 0, 0, 0, 0, 1, 1);

    private static readonly Dictionary<string, Unit> Named = new(StringComparer.Ordinal)
    {
        ["1"] = One, ["%"] = One with { Ten = -2 },
        ["kg"] = Gram(3), ["g"] = Gram(0), ["mg"] = Gram(-3), ["ug"] = Gram(-6), ["mcg"] = Gram(-6), ["µg"] = Gram(-6), ["μg"] = Gram(-6), ["ng"] = Gram(-9), ["pg"] = Gram(-12),
        ["mol"] = Mole(0), ["mmol"] = Mole(-3), ["umol"] = Mole(-6), ["µmol"] = Mole(-6), ["nmol"] = Mole(-9), ["pmol"] = Mole(-12),
        ["M"] = Molar(0), ["mM"] = Molar(-3), ["uM"] = Molar(-6), ["nM"] = Molar(-9), ["pM"] = Molar(-12),
        ["L"] = Litre(0), ["dL"] = Litre(-1), ["mL"] = Litre(-3), ["uL"] = Litre(-6),
        ["s"] = Seconds(1), ["min"] = Seconds(60), ["h"] = Seconds(3600), ["d"] = Seconds(86400), ["week"] = Seconds(604800),
        ["IU"] = One with { Activity = 1 }, ["mIU"] = One with { Activity = 1, Ten = -3 },
    };

    /// <summary>The unit of the time t.</summary>
    public static readonly Unit Hour = Named["h"];

    /// <summary>Every name a unit may have.</summary>
    public static IEnumerable<string> Names => Named.Keys;

    public static bool TryNamed(string name, out Unit unit) => Named.TryGetValue(name, out unit);

    public static Unit operator *(Unit a, Unit b) =>
        new(a.Mass + b.Mass, a.Substance + b.Substance, a.Volume + b.Volume, a.Time + b.Time, a.Activity + b.Activity, a.Ten + b.Ten, a.Up * b.Up, a.Down * b.Down);

    public static Unit operator /(Unit a, Unit b) =>
        new(a.Mass - b.Mass, a.Substance - b.Substance, a.Volume - b.Volume, a.Time - b.Time, a.Activity - b.Activity, a.Ten - b.Ten, a.Up * b.Down, a.Down * b.Up);

    public Unit Power(double n) => new(Mass * n, Substance * n, Volume * n, Time * n, Activity * n, Ten * n, Math.Pow(n < 0 ? Down : Up, Math.Abs(n)), Math.Pow(n < 0 ? Up : Down, Math.Abs(n)));

    public bool SameDimension(Unit other) => (Mass, Substance, Volume, Time, Activity) == (other.Mass, other.Substance, other.Volume, other.Time, other.Activity);

    /// <summary>What a number in this unit is multiplied with to be one in another of the same dimension.</summary>
    public double To(Unit other)
    {
        var (ten, factor) = (Ten - other.Ten, Up * other.Down / (Down * other.Up));
        // Dividing by an exact power of ten rounds once; multiplying with its reciprocal would round twice.
        return ten >= 0 ? factor * Math.Pow(10, ten) : factor / Math.Pow(10, -ten);
    }

    /// <summary>What kind of thing it measures, in words.</summary>
    public string Kind()
    {
        var above = new List<string>();
        var below = new List<string>();
        foreach (var (name, power) in (ReadOnlySpan<(string, double)>)[("mass", Mass), ("amount of substance", Substance), ("volume", Volume), ("time", Time), ("activity", Activity)])
        {
            if (power == 0) continue;
            var size = Math.Abs(power);
            (power > 0 ? above : below).Add(size == 1 ? name : name + "^" + size.ToString(CultureInfo.InvariantCulture));
        }
        if (above.Count + below.Count == 0) return "a plain number";
        return (above.Count == 0 ? "1" : string.Join(" * ", above)) + string.Concat(below.Select(b => " / " + b));
    }

    private static Unit Gram(double ten) => One with { Mass = 1, Ten = ten };

    private static Unit Mole(double ten) => One with { Substance = 1, Ten = ten };

    private static Unit Molar(double ten) => One with { Substance = 1, Volume = -1, Ten = ten };

    private static Unit Litre(double ten) => One with { Volume = 1, Ten = ten };

    private static Unit Seconds(double factor) => One with { Time = 1, Up = factor };
}
