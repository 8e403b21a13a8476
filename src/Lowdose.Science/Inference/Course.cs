namespace Lowdose.Science.Inference;

/// <summary>What a day was assigned, which need not be what was swallowed.</summary>
public enum Arm
{
    /// <summary>Nothing was to be taken.</summary>
    None,
    /// <summary>A placebo was to be taken.</summary>
    Placebo,
    /// <summary>Low-dose naltrexone was to be taken.</summary>
    Ldn,
}

/// <summary>
/// One person's course as anonymous numbers: a score, a dose and an arm for every calendar day. It is not the diary
/// (which has dates, assumptions and words); it is what the course model needs of it.
/// </summary>
/// <remarks>Source: docs/methods/course-model.md. Arrays are one entry a calendar day, day 1 first, all of length T.</remarks>
public sealed record Course
{
    /// <summary>The day's score on the outcome's own scale; NaN where missing. Length T.</summary>
    public required double[] Scores { get; init; }

    /// <summary>The dose taken that day, mg; 0 where none. Length T, every day known or assumed.</summary>
    public required double[] DosesMg { get; init; }

    /// <summary>What each day was assigned. Length T.</summary>
    public required Arm[] Arms { get; init; }

    /// <summary>The block (the diary's <c>period</c>) each day belongs to, 0 where unknown; null when the diary has none. Length T.</summary>
    public int[]? Blocks { get; init; }

    /// <summary>The lowest score the scale allows.</summary>
    public double ScaleMin { get; init; }

    /// <summary>The highest score the scale allows.</summary>
    public double ScaleMax { get; init; } = 10;

    /// <summary>True where a higher score is a better one. Effects keep the outcome's own sign; probabilities speak of benefit.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>The smallest change that matters, in score units; null for a tenth of the scale's range.</summary>
    public double? MeaningfulChange { get; init; }

    /// <summary>The resolution of one rating, score units; null for 1 where all scores are whole, else 0.001 of the range.</summary>
    public double? Step { get; init; }

    /// <summary>The person was already on the first day's dose before the diary began.</summary>
    public bool AlreadyTaking { get; init; }

    /// <summary>The blocks were put in random order and blinded; needs <see cref="Blocks"/>.</summary>
    public bool ToldRandomised { get; init; }

    /// <summary>The number of calendar days, T.</summary>
    public int Days => Scores.Length;

    /// <summary>The range of the scale, score units.</summary>
    public double Range => ScaleMax - ScaleMin;

    /// <summary>The resolution of one rating, resolved, score units.</summary>
    internal double RatingStep => Step ?? (Scores.All(y => double.IsNaN(y) || y == Math.Round(y)) ? 1 : 0.001 * Range);

    /// <summary>The smallest change that matters, resolved, score units.</summary>
    public double Mcid => MeaningfulChange ?? 0.1 * Range;
}
