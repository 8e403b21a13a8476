using Lowdose.Science.Inference;
using Lowdose.Science.Numerics;

namespace Lowdose.Benchmarks;

/// <summary>The virtual population of docs/methods/course-model.md §6: designs, effects and nuisances.</summary>
public static class VirtualPopulation
{
    public const string SlowPlusWhite = "slow+white";
    public static readonly string[] Designs = ["D1", "D2", "D8", "D3", "D4", "D6"];
    public static readonly double[] Effects = [0, -0.5, -1, -1.5, -2.5, 1.5];
    public static readonly string[] Noises = ["AR(1)", SlowPlusWhite];

    /// <summary>A line of the table: everything but the nuisances it averages over.</summary>
    public sealed record Row(string Design, double Effect, string Noise, Jump Jump)
    {
        public bool Randomised => IsRandomised(Design);
        public string Key => FormattableString.Invariant($"{Design}/{Effect}/{Noise}/{Jump}");
    }

    /// <summary>Whether the first tablet brings a jump of −0.7 by expectation: no, yes, or half the cells each.</summary>
    public enum Jump { None, First, Either }

    /// <summary>One combination of nuisances.</summary>
    public sealed record Cell(double Sigma, double Rho, double WhiteShare, double Tau, double TrendOverCourse, double Jump);

    public static bool IsRandomised(string design) => design is "D3" or "D4" or "D6";

    public static IEnumerable<Row> Rows() =>
        from design in Designs
        from effect in Effects
        from noise in Noises
        // Where there is an effect the jump is one more nuisance; where there is none it has a line of its own.
        from jump in IsRandomised(design) ? new[] { Jump.None } : effect == 0 ? [Jump.None, Jump.First] : [Jump.Either]
        select new Row(design, effect, noise, jump);

    public static IReadOnlyList<Cell> Cells(Row row) =>
    [..
        from sigma in new[] { 1.2, 2.0 }
        from noise in row.Noise == SlowPlusWhite ? new[] { (Rho: 0.9, White: 0.5) } : [(0.3, 0.0), (0.5, 0.0), (0.8, 0.0)]
        from tau in new[] { 2.0, 5, 15 }
        from trend in new[] { 0.0, -1 }
        from jump in row.Jump switch { Jump.None => new[] { 0.0 }, Jump.First => [-0.7], _ => [0, -0.7] }
        select new Cell(sigma, noise.Rho, noise.White, tau, trend, jump)
    ];

    /// <summary>The effect of a dose: half at 1.5 mg, 0.8 at 3 mg, all at 4.5 mg.</summary>
    public static double EffectAt(double mg, double full) => mg switch { 1.5 => 0.5 * full, 3 => 0.8 * full, _ => full };

    public static Course Draw(Row row, Cell cell, ulong seed, ulong stream, int? days = null)
    {
        var random = new Philox(seed, stream);
        var blocks = Blocks(row.Design, days, ref random);
        double level;
        do level = 6 + random.NextNormal();
        while (level is < 3.5 or > 8.5);
        var course = VirtualCourse.Draw(blocks, new Truth
        {
            Level = level, Effect = mg => EffectAt(mg, row.Effect), Rho = cell.Rho, Sigma = cell.Sigma, WhiteShare = cell.WhiteShare,
            TauDays = cell.Tau, TrendPer28Days = cell.TrendOverCourse * 28 / blocks.Sum(b => b.Days), Expectation = cell.Jump,
        }, ref random);
        return course with { ToldRandomised = row.Randomised };
    }

    private static List<CourseBlock> Blocks(string design, int? days, ref Philox random) => design switch
    {
        "D1" => Open(14, days, (1.5, 14), (3, 14), (4.5, 56)),
        "D2" => Open(28, days, (1.5, 14), (3, 14), (4.5, 84)),
        "D8" => Open(28, days, (1.5, 56), (3, 28), (4.5, 28)),
        "D3" => Blinded(28, 14, days is null ? 3 : (days.Value - 28) / 28 + 1, days, ref random),
        "D4" => Blinded(0, 28, 2, days, ref random),
        _ => Blinded(28, 28, 2, days, ref random),
    };

    private static List<CourseBlock> Open(int off, int? days, params (double Mg, int Days)[] steps)
    {
        List<CourseBlock> blocks = [new(Arm.None, 0, off), .. steps.Select(s => new CourseBlock(Arm.Ldn, s.Mg, s.Days))];
        if (days is { } total) blocks[^1] = blocks[^1] with { Days = total - blocks.Take(blocks.Count - 1).Sum(b => b.Days) };
        return blocks;
    }

    private static List<CourseBlock> Blinded(int off, int blockDays, int pairs, int? days, ref Philox random)
    {
        List<CourseBlock> blocks = off > 0 ? [new(Arm.None, 0, off)] : [];
        for (var pair = 0; pair < pairs; pair++)
        {
            var drugFirst = random.NextUniform() < 0.5;
            blocks.Add(Block(drugFirst));
            blocks.Add(Block(!drugFirst));
        }
        CourseBlock Block(bool drug) => drug ? new(Arm.Ldn, 4.5, blockDays) : new(Arm.Placebo, 0, blockDays);
        while (days is { } total && blocks.Sum(b => b.Days) > total) blocks.RemoveAt(blocks.Count - 1);
        return blocks;
    }
}
