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
        List<double> scores = [], doses = [];
        List<Arm> arms = [];
        List<int> labels = [];
        double noise = 0, level = 0;
        for (var b = 0; b < blocks.Length; b++)
            for (var day = 0; day < blocks[b].Days; day++)
            {
                noise = arms.Count == 0 ? sigma * random.NextNormal() : rho * noise + sigma * Math.Sqrt(1 - rho * rho) * random.NextNormal();
                level += ((blocks[b].Mg > 0 ? 1 : 0) - level) * (1 - Math.Exp(-1 / 5.0));
                var score = Math.Clamp(Math.Round(6 + effect * level + noise), 0, 10);
                scores.Add(random.NextUniform() < missing ? double.NaN : score);
                doses.Add(blocks[b].Mg);
                arms.Add(blocks[b].Arm);
                labels.Add(b + 1);
            }
        return new Course { Scores = [.. scores], DosesMg = [.. doses], Arms = [.. arms], Blocks = [.. labels] };
    }
}
