using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>A stretch of days on one arm and dose.</summary>
/// <param name="Arm">What is assigned.</param>
/// <param name="Mg">The dose swallowed, mg; 0 for none and placebo.</param>
/// <param name="Days">Calendar days.</param>
public readonly record struct CourseBlock(Arm Arm, double Mg, int Days);

/// <summary>What is true of a virtual person, in score units of a 0–10 scale where lower is better.</summary>
public sealed record Truth
{
    /// <summary>Level off drug, without trend.</summary>
    public double Level { get; init; } = 6;
    /// <summary>The full effect of a dose; benefit negative.</summary>
    public required Func<double, double> Effect { get; init; }
    /// <summary>Autocorrelation of the slow noise from day to day.</summary>
    public double Rho { get; init; } = 0.5;
    /// <summary>Total day-to-day standard deviation.</summary>
    public double Sigma { get; init; } = 1.5;
    /// <summary>The share of the variance that is white.</summary>
    public double WhiteShare { get; init; }
    /// <summary>Time constant of onset and wash-out, days.</summary>
    public double TauDays { get; init; } = 5;
    /// <summary>Drift per 28 days.</summary>
    public double TrendPer28Days { get; init; }
    /// <summary>Added on every day something is swallowed.</summary>
    public double Expectation { get; init; }
    /// <summary>The probability that a day has no score.</summary>
    public double Missing { get; init; } = 0.15;
    /// <summary>Scores are rounded to whole numbers and clipped to the scale, as ratings are.</summary>
    public bool Rounded { get; init; } = true;
}

/// <summary>Draws a diary from a truth: what the error rates, the calibration tests and the power studies are made of.</summary>
/// <remarks>Source: the course model itself, docs/methods/course-model.md §1.</remarks>
public static class VirtualCourse
{
    /// <summary>One diary on a 0–10 scale, trend centred on its middle day; blocks are numbered from 1.</summary>
    /// <param name="blocks">The design, in order; at least one day in all.</param>
    /// <param name="truth">What is true.</param>
    /// <param name="random">The stream; it advances.</param>
    /// <returns>Scores, doses, arms and block numbers, one a calendar day.</returns>
    /// <exception cref="ArgumentNullException">No design or no truth is given.</exception>
    public static Course Draw(IReadOnlyList<CourseBlock> blocks, Truth truth, ref Philox random)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(truth);
        var days = blocks.Sum(b => b.Days);
        double[] scores = new double[days], doses = new double[days];
        var arms = new Arm[days];
        var labels = new int[days];
        double[] tried = [.. blocks.Select(b => b.Mg).Where(mg => mg > 0).Distinct()];
        var onset = new double[tried.Length];
        double slow = 0, slowSd = truth.Sigma * Math.Sqrt(1 - truth.WhiteShare), whiteSd = truth.Sigma * Math.Sqrt(truth.WhiteShare);
        var rise = 1 - Math.Exp(-1 / truth.TauDays);
        var t = 0;
        for (var b = 0; b < blocks.Count; b++)
            for (var day = 0; day < blocks[b].Days; day++, t++)
            {
                (arms[t], doses[t], labels[t]) = (blocks[b].Arm, blocks[b].Mg, b + 1);
                slow = t == 0 ? slowSd * random.NextNormal() : truth.Rho * slow + slowSd * Math.Sqrt(1 - truth.Rho * truth.Rho) * random.NextNormal();
                var score = truth.Level + truth.TrendPer28Days * (t - (days - 1) / 2.0) / 28 + slow + whiteSd * random.NextNormal();
                for (var d = 0; d < tried.Length; d++)
                {
                    onset[d] += ((doses[t] == tried[d] ? 1 : 0) - onset[d]) * rise;
                    score += truth.Effect(tried[d]) * onset[d];
                }
                if (arms[t] == Arm.Placebo || doses[t] > 0) score += truth.Expectation;
                if (truth.Rounded) score = Math.Clamp(Math.Round(score), 0, 10);
                scores[t] = random.NextUniform() < truth.Missing ? double.NaN : score;
            }
        return new Course { Scores = scores, DosesMg = doses, Arms = arms, Blocks = labels };
    }
}
