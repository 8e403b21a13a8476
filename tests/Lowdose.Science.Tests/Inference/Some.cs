using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Inference;

/// <summary>Courses to test on.</summary>
internal static class Some
{
    /// <summary>Off, then 1.5, 3 and 4.5 mg: open label, autocorrelated, rounded and clipped, with missing days.</summary>
    public static Course Titration(ulong seed = 1, double effect = -1.5, double rho = 0.5, double sigma = 1.5, double missing = 0.15, int days = 126) =>
        Diary(seed, [(Arm.None, 0, 14), (Arm.Ldn, 1.5, 14), (Arm.Ldn, 3, 14), (Arm.Ldn, 4.5, days - 42)], effect, rho, sigma, missing);

    /// <summary>A baseline off, then blinded blocks of placebo and 4.5 mg.</summary>
    public static Course Blinded(ulong seed = 1, double effect = -1.5, int blocks = 6, int blockDays = 14, int baseline = 28) =>
        Diary(seed, [(Arm.None, 0, baseline), .. Enumerable.Range(0, blocks).Select(b => (b + b / 2) % 2 == 0 ? (Arm.Placebo, 0.0, blockDays) : (Arm.Ldn, 4.5, blockDays))],
            effect, 0.5, 1.5, 0.1) with { ToldRandomised = true };

    public static Course Diary(ulong seed, (Arm Arm, double Mg, int Days)[] blocks, double effect, double rho, double sigma, double missing)
    {
        var random = new Philox(seed, 0);
        return VirtualCourse.Draw([.. blocks.Select(b => new CourseBlock(b.Arm, b.Mg, b.Days))],
            new Truth { Effect = _ => effect, Rho = rho, Sigma = sigma, Missing = missing }, ref random);
    }
}
