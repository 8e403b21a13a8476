namespace Lowdose.Science.Inference.Crossover;

/// <summary>Compares drug with placebo in a crossover. Source: docs/methods/crossover.md.</summary>
public static class Compare
{
    /// <summary>Every analysis of one crossover.</summary>
    /// <param name="study">Period means, one a person and period; at least one.</param>
    /// <returns>Effects as drug − placebo in score units; NaN where the data cannot give a number.</returns>
    /// <exception cref="ArgumentException">No mean, a person out of range, a period below 1, or a person with a period twice.</exception>
    public static Comparison Periods(CrossoverStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Means.Count == 0) throw new ArgumentException("a crossover needs at least one period", nameof(study));
        if (study.Means.Any(m => m.Person < 0 || m.Person >= study.People || m.Period < 1 || double.IsInfinity(m.Mean)))
            throw new ArgumentException("a period mean has an unknown person, a period below 1 or an infinite mean", nameof(study));
        if (study.Means.GroupBy(m => (m.Person, m.Period)).Any(g => g.Count() > 1))
            throw new ArgumentException("a person has a period twice", nameof(study));
        // In one order whatever the file's, so that the same people give the same bits.
        PeriodMean[] all = [.. study.Means.OrderBy(m => m.Person).ThenBy(m => m.Period)];
        PeriodMean[] scored = [.. all.Where(m => !double.IsNaN(m.Mean))];
        PeriodMean[] both = [.. scored.GroupBy(m => m.Person).Where(p => p.Any(m => m.Drug) && p.Any(m => !m.Drug)).SelectMany(p => p)];
        return new Comparison(study.People, both.Select(m => m.Person).Distinct().Count(), Classical.Of(all, both), Mixed.Of(scored),
            Responders.Of(both, study.Baselines, study.HigherIsBetter), Dealing.Test(both, study.Seed));
    }
}
