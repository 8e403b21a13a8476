using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Tests.Pooling;

/// <summary>Pools to test on.</summary>
internal static class Some
{
    /// <summary>People with their own level and effect, AR(1) noise, days missing; blocks of a week on or off at random.</summary>
    public static PooledStudy Study(ulong seed, int people, int days, double levelSd = 1, double effectSd = 0.8, double rho = 0.5, double missing = 0.15, int block = 7)
    {
        var random = new Philox(seed, 0);
        var diaries = new PooledDiary[people];
        for (var i = 0; i < people; i++)
        {
            double level = 6 + levelSd * random.NextNormal(), effect = -1.5 + effectSd * random.NextNormal(), noise = 0;
            var on = new bool[days];
            for (var t = 0; t < days; t++) on[t] = t % block == 0 ? random.NextUniform() < 0.5 : on[t - 1];
            var (scored, scores) = (new List<int>(), new List<double>());
            for (var t = 0; t < days; t++)
            {
                noise = t == 0 ? 1.2 * random.NextNormal() : rho * noise + 1.2 * Math.Sqrt(1 - rho * rho) * random.NextNormal();
                if (random.NextUniform() < missing) continue;
                scored.Add(t);
                scores.Add(level + (on[t] ? effect : 0) + noise);
            }
            diaries[i] = new PooledDiary { Days = [.. scored], Scores = [.. scores], OnDrug = on };
        }
        return new PooledStudy { People = diaries, TauDays = 0 };
    }

    public static PooledStudy Mapped(PooledStudy study, Func<PooledDiary, PooledDiary> map) => study with { People = [.. study.People.Select(map)] };

    /// <summary>Off, then on, then off: one dose in a course of Science's.</summary>
    public static Course Course(ulong seed, double effect, int days = 30)
    {
        var random = new Philox(seed, 0);
        return VirtualCourse.Draw([new(Arm.None, 0, days / 3), new(Arm.Ldn, 1, days / 3), new(Arm.None, 0, days / 3)],
            new Truth { Effect = _ => effect, Rho = 0.4, Sigma = 1.3, Missing = 0.1, Rounded = false, TauDays = 3 }, ref random);
    }
}
