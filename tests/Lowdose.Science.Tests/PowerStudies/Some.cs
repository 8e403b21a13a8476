using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Power;

namespace Lowdose.Science.Tests.PowerStudies;

/// <summary>Studies that the tests share.</summary>
internal static class Some
{
    /// <summary>Placebo and drug in turn.</summary>
    public static CourseBlock[] Pairs(int pairs, int days) =>
        [.. Enumerable.Range(0, 2 * pairs).Select(b => b % 2 == 0 ? new CourseBlock(Arm.Placebo, 0, days) : new CourseBlock(Arm.Ldn, 4.5, days))];

    /// <summary>AB/BA, one number a period: differences of two periods are normal with variance effectSd² + 2σ².</summary>
    public static PowerStudy TwoPeriods(int people, double effect, PowerAnalysis analysis = PowerAnalysis.Crossover) => new()
    {
        People = people, Blocks = Pairs(1, 1), Order = BlockOrder.Sequence, Blinded = true, Analysis = analysis,
        Truth = new StudyTruth { Effect = effect, EffectSd = 0.8, LevelSd = 1.5, Sigma = 0.6 },
    };

    /// <summary>Many n-of-1 trials, AR(1) days.</summary>
    public static PowerStudy Daily(int people, double effect) => new()
    {
        People = people, Blocks = Pairs(3, 14), Order = BlockOrder.Pairs, Blinded = true, Analysis = PowerAnalysis.Pool,
        Truth = new StudyTruth { Effect = effect, EffectSd = 0.8, LevelSd = 1, Rho = 0.5, Sigma = 1.2, Missing = 0.1, Dropout = 0.1, WhiteShare = 0.2, TauDays = 3 },
    };

    /// <summary>One person, blinded pairs.</summary>
    public static PowerStudy OnePerson(double effect, int pairs = 2) => new()
    {
        People = 1, Blocks = Pairs(pairs, 28), Order = BlockOrder.Pairs, Blinded = true, Analysis = PowerAnalysis.Verdict,
        Truth = new StudyTruth { Effect = effect, LevelSd = 1, Rho = 0.5, Sigma = 1.5, TauDays = 5, Missing = 0.15, Rounded = true },
    };

    /// <summary>Within four Monte-Carlo standard errors, which happens by chance once in 16,000.</summary>
    public static void ShouldAgree(this Share found, double expected, string what) =>
        found.Estimate.ShouldBe(expected, 4 * Math.Max(Math.Sqrt(expected * (1 - expected)) * found.Se / Math.Max(1e-12, Math.Sqrt(found.Estimate * (1 - found.Estimate))), 1e-4), what);

    /// <summary>The power of a two-sided 5 % t test: ∫ P(|T| &gt; t | s) over s = √(χ²/df), by Simpson's rule.</summary>
    public static double PowerOfT(double ncp, double df)
    {
        var t = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, df, 0.975);
        var chi = new MathNet.Numerics.Distributions.ChiSquared(df);
        const int n = 4000;
        double low = Math.Sqrt(chi.InverseCumulativeDistribution(1e-13) / df), high = Math.Sqrt(chi.InverseCumulativeDistribution(1 - 1e-13) / df), sum = 0;
        for (var i = 0; i <= n; i++)
        {
            var s = low + (high - low) * i / n;
            var density = chi.Density(df * s * s) * 2 * df * s;
            sum += (i is 0 or n ? 1 : i % 2 == 1 ? 4 : 2) * density * (MathNet.Numerics.Distributions.Normal.CDF(0, 1, -t * s - ncp) + 1 - MathNet.Numerics.Distributions.Normal.CDF(0, 1, t * s - ncp));
        }
        return sum * (high - low) / n / 3;
    }
}
