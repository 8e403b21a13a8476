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

/// <summary>A diary being drawn, and the numbers it is drawn with, in memory that can be drawn into again.</summary>
/// <param name="days">The most calendar days it can hold.</param>
internal sealed class DrawnDays(int days)
{
    public double[] Scores { get; } = new double[days];
    public double[] DosesMg { get; } = new double[days];
    public Arm[] Arms { get; } = new Arm[days];
    public int[] Blocks { get; } = new int[days];
    /// <summary>Standard normals of the slow noise, one a day.</summary>
    public double[] Slow { get; } = new double[days];
    /// <summary>Standard normals of the white noise.</summary>
    public double[] White { get; } = new double[days];
    /// <summary>Uniforms that say which scores are missing.</summary>
    public double[] Chance { get; } = new double[days];
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
        var days = new DrawnDays(blocks.Sum(b => b.Days));
        double[] tried = [.. blocks.Select(b => b.Mg).Where(mg => mg > 0).Distinct()];
        for (var t = 0; t < days.Scores.Length; t++) (days.Slow[t], days.White[t], days.Chance[t]) = (random.NextNormal(), random.NextNormal(), random.NextUniform());
        Fill([.. blocks], tried, [.. tried.Select(truth.Effect)], truth.Level, truth, days);
        return new Course { Scores = days.Scores, DosesMg = days.DosesMg, Arms = days.Arms, Blocks = days.Blocks };
    }

    /// <summary>The diary that follows from the numbers drawn.</summary>
    /// <param name="blocks">The design, in order.</param>
    /// <param name="tried">Every dose above 0 in it.</param>
    /// <param name="effects">The full effect of each.</param>
    /// <param name="level">The person's level off drug.</param>
    /// <param name="truth">What is true besides.</param>
    /// <param name="into">Room for as many days as the blocks have, or more, with the numbers drawn.</param>
    internal static void Fill(ReadOnlySpan<CourseBlock> blocks, ReadOnlySpan<double> tried, ReadOnlySpan<double> effects, double level, Truth truth, DrawnDays into)
    {
        var days = 0;
        foreach (var block in blocks) days += block.Days;
        Span<double> onset = stackalloc double[tried.Length];
        onset.Clear();
        double slow = 0, slowSd = truth.Sigma * Math.Sqrt(1 - truth.WhiteShare), whiteSd = truth.Sigma * Math.Sqrt(truth.WhiteShare);
        double rise = 1 - Math.Exp(-1 / truth.TauDays), fresh = slowSd * Math.Sqrt(1 - truth.Rho * truth.Rho), middle = (days - 1) / 2.0;
        var t = 0;
        for (var b = 0; b < blocks.Length; b++)
        {
            var (arm, mg, length) = blocks[b];
            for (var day = 0; day < length; day++, t++)
            {
                (into.Arms[t], into.DosesMg[t], into.Blocks[t]) = (arm, mg, b + 1);
                slow = t == 0 ? slowSd * into.Slow[0] : truth.Rho * slow + fresh * into.Slow[t];
                var score = level + truth.TrendPer28Days * (t - middle) / 28 + slow + whiteSd * into.White[t];
                for (var d = 0; d < tried.Length; d++)
                {
                    onset[d] += ((mg == tried[d] ? 1 : 0) - onset[d]) * rise;
                    score += effects[d] * onset[d];
                }
                if (arm == Arm.Placebo || mg > 0) score += truth.Expectation;
                if (truth.Rounded) score = Math.Clamp(Math.Round(score), 0, 10);
                into.Scores[t] = into.Chance[t] < truth.Missing ? double.NaN : score;
            }
        }
    }
}
