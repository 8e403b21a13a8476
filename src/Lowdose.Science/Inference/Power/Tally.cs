namespace Lowdose.Science.Inference.Power;

/// <summary>
/// What a block of replicates came to: counts, and one sum of sizes that is always added up in the same order. It is what
/// shards send to each other, so every number of it is public.
/// </summary>
public sealed class Tally
{
    /// <summary>Analyses that gave an answer.</summary>
    public long Analysed { get; set; }
    /// <summary>Analyses that could not.</summary>
    public long Failed { get; set; }
    /// <summary>Said what is true.</summary>
    public long Shown { get; set; }
    /// <summary>Called an effect, in either direction.</summary>
    public long Called { get; set; }
    /// <summary>Called one in the wrong direction.</summary>
    public long WrongSign { get; set; }
    /// <summary>Σ |estimate| of those that called, score units.</summary>
    public double Size { get; set; }
    /// <summary>Intervals.</summary>
    public long Intervals { get; set; }
    /// <summary>Intervals that hold the truth.</summary>
    public long Covered { get; set; }
    /// <summary>Σ days to a verdict.</summary>
    public long Days { get; set; }
    /// <summary>Analyses that gave an answer where the effect is 0.</summary>
    public long NullAnalysed { get; set; }
    /// <summary>Analyses that could not, where the effect is 0.</summary>
    public long NullFailed { get; set; }
    /// <summary>Said, where the effect is 0, what would be true were it not.</summary>
    public long NullShown { get; set; }
    /// <summary>How many of each verdict, in the order of <see cref="Verdict"/>.</summary>
    public long[] Verdicts { get; init; } = new long[Enum.GetValues<Verdict>().Length];

    internal void Add(Tally other)
    {
        Analysed += other.Analysed;
        Failed += other.Failed;
        Shown += other.Shown;
        Called += other.Called;
        WrongSign += other.WrongSign;
        Size += other.Size;
        Intervals += other.Intervals;
        Covered += other.Covered;
        Days += other.Days;
        NullAnalysed += other.NullAnalysed;
        NullFailed += other.NullFailed;
        NullShown += other.NullShown;
        for (var v = 0; v < Verdicts.Length; v++) Verdicts[v] += other.Verdicts[v];
    }
}
