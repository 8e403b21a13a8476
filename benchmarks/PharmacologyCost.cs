using System.Globalization;
using System.Text;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Benchmarks;

/// <summary>Where the time of a simulated subject goes, and how far it is from the processor's limit.</summary>
internal static class PharmacologyCost
{
    /// <summary>Additions, multiplications and divisions of one call of the model's rates in one lane, as written.</summary>
    private const int OperationsOfRates = 70;

    /// <summary>Operations of the exact course of the four linear states at one time: four exponentials of 35, and a matrix by a vector.</summary>
    private const int OperationsOfCourse = 168;

    /// <summary>States that are stepped.</summary>
    private const double Stepped = 3;

    /// <summary>Multiply-adds of an attempted step but the rates, a state: sums for the stages, the step, two errors. Counted from the tableau.</summary>
    private static readonly int SumsOfStep = DormandPrinceSums();

    public static void Write(StringBuilder page, Dictionary<double, double> seconds, int people)
    {
        page.AppendLine("## The processor's limit").AppendLine();
        var limit = OneThread.MultiplyAdds();
        page.AppendLine("| rtol | calls of the rates a subject (eight at a time) | operations a subject, million | GFLOP/s | of what one thread can |").AppendLine("|---|---|---|---|---|");
        foreach (var (rtol, took) in seconds)
        {
            var calls = Calls(rtol, people);
            // Nearly every step asks for the interpolant too: fifteen calls, and all the sums with them.
            var operations = calls * 8 * (OperationsOfRates + (OperationsOfCourse * (DormandPrinceCalls - 1) + Stepped * 2 * SumsOfStep) / DormandPrinceCalls);
            page.AppendLine(CultureInfo.InvariantCulture, $"| {rtol:0e+0} | {calls:#,0} | {operations / 1e6:0.00} | {operations * people / took / 1e9:0.0} | {100 * operations * people / took / limit:0} % |");
        }
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"One thread multiplies and adds at {limit / 1e9:0.0} GFLOP/s here, eight numbers a vector, in registers. Counted are the model's own operations ({OperationsOfRates} a call, a division as one), the exact course of four states ({OperationsOfCourse} a time) and the method's sums over three; lanes that wait count as work. What holds it back: each rate waits for the one before, and within a rate one division for two others, so that most of the time the adders wait; sums read their slopes from memory; and eight subjects keep eight clocks.");
    }

    private const int DormandPrinceCalls = 15;

    private static int DormandPrinceSums() => DormandPrince853.Sums.Append(DormandPrince853.Fifth).Append(DormandPrince853.Third).Concat(DormandPrince853.Interpolant).Sum(s => s.At.Length);

    /// <summary>Calls of the rates, over people.</summary>
    private static double Calls(double rtol, int people)
    {
        var (some, calls) = (Math.Min(people, 200), 0L);
        var rates = PharmacologyModels.SevenStates.Rates!;
        var counted = PharmacologyModels.SevenStates with
        {
            Rates = (t, x, p, d) =>
            {
                calls++;
                rates(t, x, p, d);
            },
        };
        Simulate.Run(new(counted, PharmacologyModels.People(some).Records, PharmacologyModels.Hours) { RelativeTolerance = rtol, AbsoluteTolerance = 1e-8 });
        return calls / (double)some;
    }
}
