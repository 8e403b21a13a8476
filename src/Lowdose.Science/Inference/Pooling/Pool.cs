namespace Lowdose.Science.Inference.Pooling;

/// <summary>Pools many people's diaries. Source: docs/methods/pooling.md.</summary>
public static class Pool
{
    /// <summary>One model of everyone's days: level and effect a person, correlated; AR(1) noise over calendar days with a shared ρ and σ.</summary>
    /// <param name="study">The diaries.</param>
    /// <returns>Estimates in score units; NaN where the data cannot give one, with the reason among the edges.</returns>
    /// <exception cref="ArgumentException">Nobody, no score at all, days not ascending or beyond the drug's calendar, or covariates of the wrong number or length.</exception>
    public static PooledEffect OneStage(PooledStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        Check(study);
        return PooledReport.Of(new OneStage(study));
    }

    /// <summary>
    /// The one-stage model of everyone's days with priors in place of maxima: level and effect uncorrelated between people,
    /// half-normal SDs. For a range R: mean level N(middle, (0.3R)²), mean effect N(0, (0.3R)²), SDs half-normal with scale 0.2R,
    /// σ half-normal with scale 0.25R, ρ uniform on (−1, 1).
    /// </summary>
    /// <param name="study">The diaries, without covariates; τ given.</param>
    /// <param name="scaleMin">Lowest score.</param>
    /// <param name="scaleMax">Highest score, above it.</param>
    /// <returns>Posterior means and SDs, score units.</returns>
    /// <exception cref="ArgumentException">As for <see cref="OneStage"/>, or covariates, no τ, or an empty scale.</exception>
    public static PopulationPosterior Posterior(PooledStudy study, double scaleMin, double scaleMax)
    {
        ArgumentNullException.ThrowIfNull(study);
        Check(study);
        if (study.Predicts.Count > 0 || study.TauDays is null || !(scaleMax > scaleMin)) throw new ArgumentException("the posterior takes a fixed τ, no covariates and a scale", nameof(study));
        return new PopulationIntegral(study, scaleMin, scaleMax).Integrate();
    }

    /// <summary>One person's table: the course model with ρ, σ, w and τ integrated out, of a course with at most one dose.</summary>
    /// <param name="course">The course; every dose that counts is the same.</param>
    /// <returns>A table, benefit negative; the prior itself where there is no day on the drug.</returns>
    /// <exception cref="ArgumentException">The course has more than one dose.</exception>
    public static PersonTable Table(Course course)
    {
        ArgumentNullException.ThrowIfNull(course);
        var priorSd = 0.2 * course.Range;
        return course.DosesMg.Where(d => d > 0).Distinct().Count() switch
        {
            0 => new PersonTable([1], [0], [priorSd]),
            1 => PersonTable.Of(CourseInference.Of(course).Effects[0], priorSd),
            _ => throw new ArgumentException("a table is of one contrast: make the doses one", nameof(course)),
        };
    }

    /// <summary>The Bayesian hierarchy over tables.</summary>
    /// <param name="study">The tables, at least one.</param>
    /// <returns>Posterior summaries in score units, benefit negative.</returns>
    /// <exception cref="ArgumentException">No table, a table whose parts differ in length, or a number out of range.</exception>
    public static CombinedEffect TwoStage(TableStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.Tables.Count == 0 || !(study.Range > 0)) throw new ArgumentException("a pool needs a table and a scale", nameof(study));
        foreach (var table in study.Tables)
            if (table.Weights.Length == 0 || table.Means.Length != table.Weights.Length || table.Sds.Length != table.Weights.Length
                || table.Weights.Any(w => !(w > 0)) || table.Means.Any(m => !double.IsFinite(m)) || table.Sds.Any(s => !(s > 0 && s <= study.PriorSd * (1 + 1e-9))))
                throw new ArgumentException("a table has weights above 0, finite means, and SDs above 0 and at most the prior's", nameof(study));
        return new TwoStage(study).Combine();
    }

    private static void Check(PooledStudy study)
    {
        if (study.People.Count == 0 || study.People.All(p => p.Days.Length == 0)) throw new ArgumentException("a pool needs a scored day", nameof(study));
        if (study.TauDays is { } tau && !(tau >= 0 && double.IsFinite(tau))) throw new ArgumentException("τ must be 0 or above", nameof(study));
        if (!(study.MeaningfulChange > 0)) throw new ArgumentException("the smallest change that matters must be above 0", nameof(study));
        foreach (var person in study.People)
        {
            if (person.Days.Length != person.Scores.Length || person.Scores.Any(y => !double.IsFinite(y))) throw new ArgumentException("every scored day needs a finite score", nameof(study));
            for (var i = 0; i < person.Days.Length; i++)
                if (person.Days[i] < (i == 0 ? 0 : person.Days[i - 1] + 1) || person.Days[i] >= person.OnDrug.Length)
                    throw new ArgumentException("days must ascend from 0 within the calendar of the drug", nameof(study));
            if (person.Covariates.Count != study.Predicts.Count || person.Covariates.Any(c => (c.Length != 1 && c.Length != person.Days.Length) || c.Any(v => !double.IsFinite(v))))
                throw new ArgumentException("every covariate needs a finite number a person, or one a scored day", nameof(study));
        }
    }
}
