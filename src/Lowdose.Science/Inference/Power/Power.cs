namespace Lowdose.Science.Inference.Power;

/// <summary>What a design can show, by simulation. Source: docs/methods/power.md.</summary>
/// <remarks>Morris, White &amp; Crowther, Stat Med 38 (2019) 2074–2102; type S and M: Gelman &amp; Carlin, Perspect Psychol Sci 9 (2014) 641–651.</remarks>
public static class Power
{
    /// <summary>Replicates a block; a block is done by one thread, and blocks are folded in their order.</summary>
    public const int BlockReplicates = 20;

    /// <summary>How many blocks a study has.</summary>
    /// <param name="study">The study.</param>
    /// <returns>1 or more.</returns>
    public static int Blocks(PowerStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return (study.Replicates + BlockReplicates - 1) / BlockReplicates;
    }

    /// <summary>Simulates some blocks, on so many threads. The tallies are the same whatever the threads.</summary>
    /// <param name="study">The study.</param>
    /// <param name="blocks">Which blocks, 0 first.</param>
    /// <param name="threads">How many threads, 1 or more.</param>
    /// <param name="done">Told the replicates done of a block, from any thread; null where nobody asks.</param>
    /// <param name="stop">Stops it between two replicates.</param>
    /// <returns>One tally a block, in the order asked.</returns>
    /// <exception cref="ArgumentException">The study is impossible, or has no such block.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Tally> Simulate(PowerStudy study, IReadOnlyList<int> blocks, int threads, Action<int>? done = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(blocks);
        if (study.Wrong() is { } wrong) throw new ArgumentException(wrong, nameof(study));
        if (blocks.Any(b => b < 0 || b >= Blocks(study))) throw new ArgumentException("there is no such block", nameof(blocks));
        var tallies = new Tally[blocks.Count];
        Parallel.For(0, blocks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, b =>
        {
            tallies[b] = Block(study, blocks[b], stop);
            done?.Invoke(Math.Min(BlockReplicates, study.Replicates - blocks[b] * BlockReplicates));
        });
        return tallies;
    }

    /// <summary>What all blocks together say.</summary>
    /// <param name="study">The study they are of.</param>
    /// <param name="tallies">Every block's, in their order.</param>
    /// <returns>Shares with their Monte-Carlo error.</returns>
    /// <exception cref="ArgumentException">Not every block is there.</exception>
    public static OperatingPoint Fold(PowerStudy study, IReadOnlyList<Tally> tallies)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(tallies);
        if (tallies.Count != Blocks(study)) throw new ArgumentException("a study is folded from all of its blocks", nameof(tallies));
        return OperatingPoint.Of(study, tallies);
    }

    /// <summary>The whole of one study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="threads">How many threads, 1 or more.</param>
    /// <param name="done">As in <see cref="Simulate"/>.</param>
    /// <param name="stop">As in <see cref="Simulate"/>.</param>
    /// <returns>Shares with their Monte-Carlo error.</returns>
    /// <exception cref="ArgumentException">The study is impossible.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static OperatingPoint Of(PowerStudy study, int threads, Action<int>? done = null, CancellationToken stop = default) =>
        Fold(study, Simulate(study, [.. Enumerable.Range(0, Blocks(study))], threads, done, stop));

    private static Tally Block(PowerStudy study, int block, CancellationToken stop)
    {
        var tally = new Tally();
        var (from, to) = ((long)block * BlockReplicates, Math.Min(study.Replicates, (block + 1L) * BlockReplicates));
        if (study.Analysis == PowerAnalysis.Verdict)
        {
            var verdicts = new Verdicts(study);
            for (var replicate = from; replicate < to; replicate++) verdicts.Add(replicate, tally, stop);
            return tally;
        }
        var mean = new MeanEffect(study);
        for (var replicate = from; replicate < to; replicate++)
        {
            stop.ThrowIfCancellationRequested();
            var (with, without) = mean.Of(replicate);
            Count(tally, with, study.Truth.Effect);
            CountNull(tally, without);
        }
        return tally;
    }

    private static void Count(Tally tally, Finding finding, double truth)
    {
        if (double.IsNaN(finding.P))
        {
            tally.Failed++;
            return;
        }
        tally.Analysed++;
        if (!double.IsNaN(finding.POfTruth))
        {
            tally.Intervals++;
            if (finding.POfTruth > Finding.Level) tally.Covered++;
        }
        if (!(finding.P <= Finding.Level)) return;
        tally.Shown++;
        tally.Called++;
        tally.Size += Math.Abs(finding.Estimate);
        if (finding.Estimate > 0 != truth > 0) tally.WrongSign++;
    }

    private static void CountNull(Tally tally, Finding finding)
    {
        if (double.IsNaN(finding.P))
        {
            tally.NullFailed++;
            return;
        }
        tally.NullAnalysed++;
        if (finding.P <= Finding.Level) tally.NullShown++;
    }
}
