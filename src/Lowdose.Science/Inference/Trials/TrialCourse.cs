namespace Lowdose.Science.Inference.Trials;

/// <summary>What a person thought they had been taking, asked at the end of a period.</summary>
public enum Guess
{
    /// <summary>Nobody asked, or no answer came.</summary>
    NotAsked,
    /// <summary>The person thought it was the drug.</summary>
    Drug,
    /// <summary>The person thought it was the placebo.</summary>
    Placebo,
    /// <summary>The person said they did not know.</summary>
    DontKnow,
}

/// <summary>One person's blinded trial after it was opened, as anonymous numbers: a course, its periods, and what was guessed.</summary>
/// <remarks>Source: docs/methods/trial-analysis.md §1.</remarks>
public sealed record TrialCourse
{
    /// <summary>Every day. Its <see cref="Course.Blocks"/> are the periods, 1 to <see cref="Periods"/>; 0 is run-in or wash-out.</summary>
    public required Course Course { get; init; }

    /// <summary>How many periods were planned, 1 or more; those never reached have no day.</summary>
    public required int Periods { get; init; }

    /// <summary>The pair (or block of arms) each period belongs to; null where none were dealt. Length <see cref="Periods"/>.</summary>
    public IReadOnlyList<int>? Pairs { get; init; }

    /// <summary>Which periods were of the drug, as allocated. Length <see cref="Periods"/>.</summary>
    public required IReadOnlyList<bool> Drug { get; init; }

    /// <summary>What was guessed of each period; empty where nobody was asked. Length 0 or <see cref="Periods"/>.</summary>
    public IReadOnlyList<Guess> Guesses { get; init; } = [];

    /// <summary>What was guessed of a period.</summary>
    /// <param name="period">0 first.</param>
    internal Guess GuessOf(int period) => Guesses.Count == 0 ? Guess.NotAsked : Guesses[period];

    /// <summary>What cannot be analysed, said to a programmer; null where all is well.</summary>
    internal string? Wrong() =>
        Periods < 1 || Drug.Count != Periods ? "every period needs its allocation"
        : Pairs is not null && Pairs.Count != Periods || Guesses.Count != 0 && Guesses.Count != Periods ? "pairs and guesses have one entry a period"
        : Course.Blocks is null || Course.Blocks.Length != Course.Days || Course.Blocks.Any(b => b < 0 || b > Periods) ? "a trial's course numbers its periods from 1"
        : Enumerable.Range(0, Course.Days).Any(t => Course.Blocks[t] is > 0 and var p && (Course.Arms[t] == Arm.None || Course.Arms[t] == Arm.Ldn != Drug[p - 1])) ? "the days of a period are assigned what was allocated"
        : null;
}

/// <summary>One period as the report shows it.</summary>
/// <param name="Person">Which person, 0 first.</param>
/// <param name="Number">Which period, 1 first.</param>
/// <param name="Pair">Its pair; null where none were dealt.</param>
/// <param name="Drug">Whether it was of the drug.</param>
/// <param name="Days">Calendar days of it in the diary.</param>
/// <param name="Scored">Days with a score.</param>
/// <param name="Kept">Days with a score after the analytic wash-out.</param>
/// <param name="Mean">Mean score of the days kept, score units; NaN where there is none.</param>
/// <param name="Guess">What was guessed.</param>
public sealed record TrialPeriod(int Person, int Number, int? Pair, bool Drug, int Days, int Scored, int Kept, double Mean, Guess Guess);

/// <summary>Means of periods after an analytic wash-out. Source: docs/methods/trial-analysis.md §1.</summary>
public static class PeriodMeans
{
    /// <summary>Every period of a person's trial, with the mean of its scores from the day after the wash-out on.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="washOutDays">Calendar days at the start of every period that are left out, 0 or more. A missing day counts as a day.</param>
    /// <param name="person">The number the rows bear.</param>
    /// <returns>One row a period, in order; a period without a score left has mean NaN.</returns>
    /// <exception cref="ArgumentException">The trial contradicts itself, or the wash-out is below 0.</exception>
    public static TrialPeriod[] Of(TrialCourse trial, int washOutDays, int person = 0)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentOutOfRangeException.ThrowIfNegative(washOutDays);
        if (trial.Wrong() is { } wrong) throw new ArgumentException(wrong, nameof(trial));
        var course = trial.Course;
        var (days, scored, kept, sums) = (new int[trial.Periods], new int[trial.Periods], new int[trial.Periods], new double[trial.Periods]);
        for (var t = 0; t < course.Days; t++)
        {
            var period = course.Blocks![t] - 1;
            if (period < 0) continue;
            days[period]++;
            if (double.IsNaN(course.Scores[t])) continue;
            scored[period]++;
            if (days[period] <= washOutDays) continue;
            kept[period]++;
            sums[period] += course.Scores[t];
        }
        return [.. Enumerable.Range(0, trial.Periods).Select(p =>
            new TrialPeriod(person, p + 1, trial.Pairs?[p], trial.Drug[p], days[p], scored[p], kept[p], kept[p] > 0 ? sums[p] / kept[p] : double.NaN, trial.GuessOf(p)))];
    }
}
