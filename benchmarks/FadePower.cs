using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;

namespace Lowdose.Benchmarks;

/// <summary>How often a benefit that really goes is noticed: D2 with −2.5 points that vanish half way through the 84 days at 4.5 mg.</summary>
public static class FadePower
{
    public const int Diaries = 1_000;

    public static int Noticed(ulong seed)
    {
        var noticed = 0;
        Parallel.For(0, Diaries, i =>
        {
            var random = new Philox(seed, 2UL << 60 | (uint)i);
            // The later half is drawn as a dose a hair above, without effect, and then called by its name.
            var later = Math.BitIncrement(4.5);
            var course = VirtualCourse.Draw([new(Arm.None, 0, 28), new(Arm.Ldn, 1.5, 14), new(Arm.Ldn, 3, 14), new(Arm.Ldn, 4.5, 42), new(Arm.Ldn, later, 42)],
                new Truth { Effect = mg => mg == later ? 0 : VirtualPopulation.EffectAt(mg, -2.5), Sigma = i % 2 == 0 ? 1.2 : 2, Rho = 0.5, TauDays = 5 }, ref random);
            course = course with { DosesMg = [.. course.DosesMg.Select(mg => mg == later ? 4.5 : mg)] };
            if (Fade.Of(course, CourseDesign.Of(course)) is { MayBeFading: true }) Interlocked.Increment(ref noticed);
        });
        return noticed;
    }
}
