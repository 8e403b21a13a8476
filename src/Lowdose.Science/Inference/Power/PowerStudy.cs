namespace Lowdose.Science.Inference.Power;

/// <summary>What is asked of the data at the end.</summary>
public enum PowerAnalysis
{
    /// <summary>A verdict on every person by themselves.</summary>
    Verdict,
    /// <summary>One model of everyone's days, one stage, REML.</summary>
    Pool,
    /// <summary>The mixed model of period means, Satterthwaite.</summary>
    Crossover,
    /// <summary>The permutation test of period means.</summary>
    Permutation,
}

/// <summary>How the order of the blocks comes about.</summary>
public enum BlockOrder
{
    /// <summary>Everybody has them as written.</summary>
    AsWritten,
    /// <summary>Each two neighbouring blocks are put in an order of their own, for each person, by a coin.</summary>
    Pairs,
    /// <summary>Half of the people have all blocks as written, half in reverse; who, is dealt. Of an odd number the one more is dealt too.</summary>
    Sequence,
}

/// <summary>What is true of the people, in score units of a 0–10 scale where lower is better.</summary>
public sealed record StudyTruth
{
    /// <summary>The mean full effect of the highest dose; benefit negative.</summary>
    public required double Effect { get; init; }
    /// <summary>SD of effects between people.</summary>
    public double EffectSd { get; init; }
    /// <summary>The mean level off drug.</summary>
    public double Level { get; init; } = 6;
    /// <summary>SD of levels between people.</summary>
    public double LevelSd { get; init; }
    /// <summary>Autocorrelation of the slow noise from day to day, in (−1, 1).</summary>
    public double Rho { get; init; }
    /// <summary>Total day-to-day SD, above 0.</summary>
    public required double Sigma { get; init; }
    /// <summary>The share of that variance that is white, in [0, 1].</summary>
    public double WhiteShare { get; init; }
    /// <summary>Time constant of onset and wash-out, days; 0 for on or off at once.</summary>
    public double TauDays { get; init; }
    /// <summary>Drift per 28 days.</summary>
    public double TrendPer28Days { get; init; }
    /// <summary>Added on every day something is swallowed.</summary>
    public double Expectation { get; init; }
    /// <summary>The probability that a day has no score, in [0, 1).</summary>
    public double Missing { get; init; }
    /// <summary>The probability that a person leaves before the last day, at the same rate every day; in [0, 1).</summary>
    public double Dropout { get; init; }
    /// <summary>Scores are rounded to whole numbers and kept on the scale, as ratings are.</summary>
    public bool Rounded { get; init; }
}

/// <summary>A design, a truth and an analysis: one point of a power curve.</summary>
public sealed record PowerStudy
{
    /// <summary>The most people a study may have.</summary>
    public const int MostPeople = 100_000;

    /// <summary>How many people, 1 or more.</summary>
    public required int People { get; init; }
    /// <summary>The treatment blocks, in the order written; with <see cref="BlockOrder.Pairs"/> an even number.</summary>
    public required IReadOnlyList<CourseBlock> Blocks { get; init; }
    /// <summary>How their order comes about.</summary>
    public BlockOrder Order { get; init; }
    /// <summary>Days on nothing before the first block.</summary>
    public int RunInDays { get; init; }
    /// <summary>Days on nothing between every two blocks.</summary>
    public int WashoutDays { get; init; }
    /// <summary>Days at the start of every block whose scores are left out; a verdict leaves none out.</summary>
    public int DiscardDays { get; init; }
    /// <summary>Nobody knew what they took; with a drawn order a verdict is then judged as randomised.</summary>
    public bool Blinded { get; init; }
    /// <summary>What is true.</summary>
    public required StudyTruth Truth { get; init; }
    /// <summary>What is asked of the data.</summary>
    public required PowerAnalysis Analysis { get; init; }
    /// <summary>The onset that the pool takes for granted, days: 0 for on or off at once; null to profile it.</summary>
    public double? PoolTauDays { get; init; } = 0;
    /// <summary>A verdict is also asked for along the way, to count the days to the first; most of what a verdict costs.</summary>
    public bool CountsDays { get; init; } = true;
    /// <summary>How many studies are simulated, 1 or more.</summary>
    public int Replicates { get; init; } = 1000;
    /// <summary>The seed of every stream.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Calendar days of a person's course.</summary>
    public int Days => RunInDays + Blocks.Sum(b => b.Days) + WashoutDays * (Blocks.Count - 1);

    /// <summary>What cannot be simulated, said to a programmer; null where all is well.</summary>
    internal string? Wrong() =>
        People is < 1 or > MostPeople ? "people must be 1 or more, and at most 100,000"
        : Blocks.Count == 0 || Blocks.Any(b => b.Days < 1 || !(b.Mg >= 0) || b.Mg > 0 != (b.Arm == Arm.Ldn)) ? "blocks need a day each, and a dose above 0 exactly where the arm is the drug"
        : Order == BlockOrder.Pairs && Blocks.Count % 2 != 0 ? "pairs need an even number of blocks"
        : RunInDays < 0 || WashoutDays < 0 || DiscardDays < 0 || Replicates < 1 ? "days and replicates must not be negative"
        : PoolTauDays is { } tau && !(tau >= 0 && double.IsFinite(tau)) ? "the pool's onset must be 0 or above"
        : !Possible(Truth) ? "the truth is impossible"
        : null;

    private static bool Possible(StudyTruth t) =>
        double.IsFinite(t.Effect + t.Level + t.TrendPer28Days + t.Expectation) && t.EffectSd >= 0 && t.LevelSd >= 0 && t.Sigma > 0 && double.IsFinite(t.EffectSd + t.LevelSd + t.Sigma)
        && Math.Abs(t.Rho) < 1 && t.WhiteShare is >= 0 and <= 1 && t.TauDays >= 0 && double.IsFinite(t.TauDays) && t.Missing is >= 0 and < 1 && t.Dropout is >= 0 and < 1;
}
