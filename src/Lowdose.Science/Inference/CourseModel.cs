using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Science.Inference;

/// <summary>
/// The course model's design and priors for one course: what is fixed once (ρ, σ, w, τ) are given. Benefit is negative
/// inside; a higher-is-better outcome is turned round here and turned back where it is reported.
/// </summary>
/// <remarks>Coefficients β are (μ, γ, [π], δ_1 … δ_D). Source: docs/methods/course-model.md §1.</remarks>
internal sealed class CourseModel
{
    public const double TauMin = 0.5, TauMedian = 7, TauLogSd = 0.9, TauCeiling = 90;
    public const double RhoAlpha = 3, RhoBeta = 1.5;
    public static readonly double[] WhiteShares = [0.1, 0.3, 0.5, 0.7, 0.9];

    private readonly bool _told;

    /// <param name="course">The course.</param>
    /// <param name="hasExpectation">Overrides whether π is in the model, to look at a part of a longer course through the whole's model.</param>
    /// <param name="middleDay">Overrides t̄ (day 0 first), for the same purpose.</param>
    /// <param name="trials">What trials say of the mean effect of a dose; null for the sceptical prior, whose means are 0.</param>
    public CourseModel(Course course, bool? hasExpectation = null, double? middleDay = null, DoseCurve? trials = null)
    {
        Course = course;
        DosesMg = [.. course.DosesMg.Where(d => d > 0).Distinct().Order()];
        var days = Enumerable.Range(0, course.Days).ToArray();
        ScoredDays = [.. days.Where(t => !double.IsNaN(course.Scores[t]))];
        HasExpectation = hasExpectation ?? course.Arms.Contains(Arm.Placebo) && ScoredDays.Any(t => course.Arms[t] == Arm.None);
        MiddleDay = middleDay ?? (ScoredDays.Length > 0 ? ScoredDays.Average() : (course.Days - 1) / 2.0);
        FirstDose = HasExpectation ? 3 : 2;
        Coefficients = FirstDose + DosesMg.Length;
        PriorEffects = [.. DosesMg.Select(mg => trials is null ? 0 : trials.At(mg).Mean * course.Range / trials.Range)];
        DoseIndex = [.. course.DosesMg.Select(d => Array.IndexOf(DosesMg, d))];
        MedianBlockDays = MedianBlock(course.DosesMg);
        TauMax = MedianBlockDays < 7 ? Math.Max(1, MedianBlockDays / 2) : TauCeiling;
        SigmaFloor = course.RatingStep / Math.Sqrt(12);
        PriorFactor = Factor();
        _told = trials is not null;
        Rows = FixedRows();
    }

    public Course Course { get; }
    public double[] DosesMg { get; }
    /// <summary>Indices (day 0 first) of the days with a score, ascending.</summary>
    public int[] ScoredDays { get; }
    /// <summary>Index into <see cref="DosesMg"/> a day; −1 where nothing was taken.</summary>
    public int[] DoseIndex { get; }
    public bool HasExpectation { get; }
    public double MiddleDay { get; }
    public int FirstDose { get; }
    /// <summary>q, the length of β.</summary>
    public int Coefficients { get; }
    public double MedianBlockDays { get; }
    public double TauMax { get; }
    public double SigmaFloor { get; }
    public double SigmaScale => 0.2 * Course.Range;
    /// <summary>The prior mean of each dose's effect; 0 under the sceptical prior.</summary>
    public double[] PriorEffects { get; }
    /// <summary>The prior mean of μ. Those of the doses are <see cref="PriorEffects"/>; of all other coefficients 0.</summary>
    public double PriorLevel => (Course.ScaleMin + Course.ScaleMax) / 2;
    /// <summary>Lower-triangular F with F Fᵀ the prior covariance of β; q × q, row-major.</summary>
    public double[] PriorFactor { get; }
    /// <summary>One row a scored day: y less what the prior means give, then the q columns of the design. The dose columns depend on τ: see <see cref="SetOnset"/>.</summary>
    public double[] Rows { get; }
    public int Columns => Coefficients + 1;

    /// <summary>The score as the model sees it: lower is better.</summary>
    public double Inward(double score) => Course.HigherIsBetter ? Course.ScaleMin + Course.ScaleMax - score : score;

    /// <summary>row · the prior means.</summary>
    public double PriorMean(ReadOnlySpan<double> row)
    {
        var mean = row[0] * PriorLevel;
        for (var d = 0; d < PriorEffects.Length; d++) mean += row[FirstDose + d] * PriorEffects[d];
        return mean;
    }

    /// <summary>Writes the dose columns a_{t,d}(τ), and the scores less the prior means, into <see cref="Rows"/>.</summary>
    /// <param name="tau">Time constant, days.</param>
    public void SetOnset(double tau)
    {
        var rise = 1 - Math.Exp(-1 / tau);
        Span<double> level = stackalloc double[DosesMg.Length];
        StartOnset(level);
        var scored = 0;
        for (var t = 0; t < Course.Days; t++)
        {
            StepOnset(level, t, rise);
            if (scored == ScoredDays.Length || ScoredDays[scored] != t) continue;
            level.CopyTo(Rows.AsSpan(scored * Columns + 1 + FirstDose));
            if (_told) Rows[scored * Columns] = Inward(Course.Scores[t]) - PriorMean(Rows.AsSpan(scored * Columns + 1, Coefficients));
            scored++;
        }
    }

    /// <summary>a_{0,d}: 1 for the first day's dose of someone already on it, else 0.</summary>
    public void StartOnset(Span<double> level)
    {
        level.Clear();
        if (Course.AlreadyTaking && DoseIndex[0] >= 0) level[DoseIndex[0]] = 1;
    }

    /// <summary>One day of onset and wash-out; a dose acts the same day.</summary>
    public void StepOnset(Span<double> level, int day, double rise)
    {
        for (var d = 0; d < level.Length; d++) level[d] -= rise * level[d];
        if (DoseIndex[day] >= 0) level[DoseIndex[day]] += rise;
    }

    /// <summary>The columns of one day that do not depend on τ: 1, (t − t̄)/28 and, where in the model, p.</summary>
    public void FixedColumns(int day, Span<double> columns)
    {
        columns[0] = 1;
        columns[1] = (day - MiddleDay) / 28;
        if (HasExpectation) columns[2] = Course.Arms[day] == Arm.Placebo || Course.DosesMg[day] > 0 ? 1 : 0;
    }

    private double[] FixedRows()
    {
        var rows = new double[ScoredDays.Length * Columns];
        for (var i = 0; i < ScoredDays.Length; i++)
        {
            rows[i * Columns] = Inward(Course.Scores[ScoredDays[i]]) - PriorLevel;
            FixedColumns(ScoredDays[i], rows.AsSpan(i * Columns + 1));
        }
        return rows;
    }

    private double[] Factor()
    {
        var range = Course.Range;
        var factor = new double[Coefficients * Coefficients];
        factor[0] = 0.3 * range;
        factor[Coefficients + 1] = 0.025 * range;
        if (HasExpectation) factor[2 * Coefficients + 2] = 0.1 * range;
        if (DosesMg.Length == 0) return factor;
        var doses = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .Dense(DosesMg.Length, DosesMg.Length, (i, j) => DoseKernel.Covariance(DosesMg[i], DosesMg[j], range))
            .Cholesky().Factor;
        for (var i = 0; i < DosesMg.Length; i++)
            for (var j = 0; j <= i; j++)
                factor[(FirstDose + i) * Coefficients + FirstDose + j] = doses[i, j];
        return factor;
    }

    /// <summary>The median over days of the length of the run of equal doses each day belongs to.</summary>
    private static double MedianBlock(double[] doses)
    {
        var lengths = new double[doses.Length];
        for (var start = 0; start < doses.Length;)
        {
            var end = start;
            while (end < doses.Length && doses[end] == doses[start]) end++;
            Array.Fill(lengths, end - start, start, end - start);
            start = end;
        }
        Array.Sort(lengths);
        var half = lengths.Length / 2;
        return lengths.Length % 2 == 1 ? lengths[half] : (lengths[half - 1] + lengths[half]) / 2;
    }
}
