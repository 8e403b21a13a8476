using System.Runtime.Intrinsics;
using Lowdose.Science.Numerics;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Benchmarks;

/// <summary>The illustrative model of seven states that other programs are timed on (peers/pharmacology.c), and its linear half.</summary>
public static class PharmacologyModels
{
    /// <summary>4.5 mg of naltrexone, in nmol.</summary>
    public const double Dose = 4.5e6 / 341.4;

    private static readonly Parameter[] Usual =
    [
        new("CL", 210), new("Vc", 1350), new("ka", 1.5), new("Q", 90), new("Vp", 700), new("Fp", 0.15), new("Fm", 0.55), new("fm", 0.8), new("CLm", 60), new("Vm", 900), new("Kip", 1),
        new("Kim", 8), new("Kde", 10), new("E0", 5), new("kout", Math.Log(2) / 6), new("Smax", 1.2), new("S50", 0.4), new("gam", 0.8), new("kt", Math.Log(2) / 120), new("kg", Math.Log(2) / 240),
        new("Imax", 0.6), new("IC50", 1.5),
    ];

    private static readonly Vector512<double> Zero = Vector512<double>.Zero, One = Vector512<double>.One, Half = Vector512.Create(0.5);

    public static CompartmentModel SevenStates { get; } = new()
    {
        Name = "seven states", Parameters = Usual, Compartments = [new("A"), new("C"), new("P"), new("M"), new("E"), new("T"), new("G")],
        Initial = static (_, _, p, x) => (x[0], x[1], x[2], x[3], x[4], x[5], x[6]) = (Zero, Zero, Zero, Zero, p[13], Zero, One),
        Rates = Rates, LinearPart = new(4, RateConstants),
    };

    public static CompartmentModel FourStates { get; } = new()
    {
        Name = "four states", Parameters = Usual, Compartments = [new("A"), new("C"), new("P"), new("M")],
        RateConstants = RateConstants,
    };

    private static void RateConstants(Vector512<double> time, Vector512<double>[] x, Vector512<double>[] p, Vector512<double>[] k)
    {
        Vector512<double> outward = p[3] / p[1], back = p[3] / p[4];
        (k[0], k[1], k[2], k[3]) = (-p[2], Zero, Zero, Zero);
        (k[4], k[5], k[6], k[7]) = (p[2] * p[5], -(p[0] + p[3]) / p[1], back, Zero);
        (k[8], k[9], k[10], k[11]) = (Zero, outward, -back, Zero);
        (k[12], k[13], k[14], k[15]) = (p[2] * p[6], p[7] * p[0] / p[1], Zero, -p[8] / p[9]);
    }

    /// <summary>The model as its C source has it; quotients that meet are taken together, as one would by hand.</summary>
    private static void Rates(Vector512<double> time, Vector512<double>[] x, Vector512<double>[] p, Vector512<double>[] d)
    {
        var (vc, vp, vm, e0) = (p[1], p[4], p[9], p[13]);
        var (kip, kim, kde) = (p[10], p[11], p[12]);
        // One division for the volumes and E0, one for the affinities.
        Vector512<double> volumes = vc * vp, rest = vm * e0, all = One / (volumes * rest), affinity = One / (kip * kim * kde);
        Vector512<double> perVolumes = all * rest, perRest = all * volumes;
        var (a, cp, pp, cm, e, t, g) = (x[0], x[1] * (perVolumes * vp), x[2] * (perVolumes * vc), x[3] * (perRest * e0), x[4], x[5], x[6]);
        var more = e * (perRest * vm) - One;
        // occ = load / (1 + load + e/Kde), here over the product of the affinities.
        var load = (cp * kim + cm * kip) * (kde * affinity);
        var free = One + load + e * (kip * kim * affinity);
        Vector512<double> half = p[16] * free + load, tolerance = One + p[17] * t, potency = p[21] + cp, tone = One + Half * more;
        Vector512<double> endorphin = half * tolerance, glia = potency * tone, both = One / (endorphin * glia);
        var absorbed = p[2] * a;
        d[0] = -absorbed;
        d[1] = absorbed * p[5] - (p[0] + p[3]) * cp + p[3] * pp;
        d[2] = p[3] * (cp - pp);
        d[3] = absorbed * p[6] + p[7] * p[0] * cp - p[8] * cm;
        d[4] = p[14] * (e0 * (half + p[15] * load) * (both * glia) - e);
        d[5] = p[18] * (more - t);
        d[6] = p[19] * ((potency - p[20] * cp) * (both * endorphin) - g);
    }

    /// <summary>84 daily doses of people whose clearance, volume and absorption differ.</summary>
    public static (IReadOnlyList<DoseRecord> Records, string Csv) People(int people)
    {
        var (records, csv) = (new List<DoseRecord>(), new System.Text.StringBuilder("CL,Vc,ka\n"));
        for (var i = 0; i < people; i++)
        {
            var random = new Philox(20, (ulong)i);
            double cl = 210 * Math.Exp(0.3 * random.NextNormal()), vc = 1350 * Math.Exp(0.25 * random.NextNormal()), ka = 1.5 * Math.Exp(0.5 * random.NextNormal());
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{cl:R},{vc:R},{ka:R}\n");
            records.Add(new(System.FormattableString.Invariant($"{i + 1}"), 0, 1, Dose, 1, IntervalHours: 24, Additional: 83, Changes: new Dictionary<int, double> { [0] = cl, [1] = vc, [2] = ka }));
        }
        return (records, csv.ToString());
    }

    /// <summary>84 daily doses of one person.</summary>
    public static DoseRecord Daily(double cl, double vc, double ka) =>
        new("A", 0, 1, Dose, 1, IntervalHours: 24, Additional: 83, Changes: new Dictionary<int, double> { [0] = cl, [1] = vc, [2] = ka });

    /// <summary>The people whose trajectories deSolve has worked out (tests, Pharmacology/Reference): clearance, volume, absorption.</summary>
    public static IReadOnlyList<(string Name, double Cl, double Vc, double Ka)> References { get; } = [("typical", 210, 1350, 1.5), ("slow", 95, 1700, 0.6), ("fast", 380, 1000, 4)];

    /// <summary>One of them: time and seven states a row.</summary>
    public static double[][] Reference(string name) =>
        [.. File.ReadLines(Path.Combine(Provenance.Root, "tests", "Lowdose.Science.Tests", "Pharmacology", "Reference", name + ".csv")).Skip(1)
            .Select(line => line.Split(',').Select(v => double.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];

    /// <summary>Every hour of 84 days.</summary>
    public static double[] Hours { get; } = [.. Enumerable.Range(0, 2017).Select(h => (double)h)];
}
