using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Trials;

/// <summary>Trials to test on.</summary>
internal static class Some
{
    /// <summary>A blinded trial in pairs: the order as given (L drug, P placebo), days autocorrelated, rounded, some missing.</summary>
    public static TrialCourse Trial(string order, double effect, ulong seed = 1, int days = 28, double rho = 0.5, double sigma = 1.2, double missing = 0.1, params Guess[] guesses)
    {
        var random = new Philox(seed, 7);
        var course = VirtualCourse.Draw([.. order.Select(c => c == 'L' ? new CourseBlock(Arm.Ldn, 4.5, days) : new CourseBlock(Arm.Placebo, 0, days))],
            new Truth { Effect = _ => effect, Rho = rho, Sigma = sigma, Missing = missing }, ref random);
        return new() { Course = course with { ToldRandomised = true }, Periods = order.Length, Pairs = [.. Enumerable.Range(0, order.Length).Select(p => p / 2)], Drug = Row(order), Guesses = guesses };
    }

    public static bool[] Row(string order) => [.. order.Select(c => c == 'L')];

    /// <summary>Period means as they are, in pairs.</summary>
    public static TrialPeriod[] Periods(string order, double[] means, bool paired = true, int person = 0) =>
        [.. means.Select((m, p) => new TrialPeriod(person, p + 1, paired ? p / 2 : null, order[p] == 'L', 28, 28, double.IsNaN(m) ? 0 : 14, m, Guess.NotAsked))];

    /// <summary>Every order of so many of each.</summary>
    public static bool[][] Balanced(int periods) =>
        [.. Enumerable.Range(0, 1 << periods).Where(bits => int.PopCount(bits) == periods / 2).Select(bits => Enumerable.Range(0, periods).Select(p => (bits >> p & 1) == 1).ToArray())];
}
