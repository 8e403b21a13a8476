namespace Lowdose.Science.Inference.Synthesis;

/// <summary>Egger's regression test as metafor's <c>regtest</c> does it: the standard error as one more moderator.</summary>
/// <param name="Statistic">z, or t after Knapp and Hartung, of the standard error's coefficient.</param>
/// <param name="Df">Degrees of freedom of t; NaN for z.</param>
/// <param name="P">Two-sided p.</param>
/// <param name="Limit">The effect as the standard error goes to 0; none where there are other moderators.</param>
public readonly record struct EggerTest(double Statistic, double Df, double P, MetaCoefficient Limit);

/// <summary>What trim and fill adds.</summary>
/// <param name="Missing">How many studies seem to be missing, k₀.</param>
/// <param name="OnTheRight">They would be above the others; else below.</param>
/// <param name="Filled">The effects filled in.</param>
/// <param name="Fit">Of all studies, those filled in too; tested by z where any is.</param>
public sealed record TrimmedAndFilled(int Missing, bool OnTheRight, IReadOnlyList<StudyEffect> Filled, MetaFit Fit);

/// <summary>One group of studies.</summary>
/// <param name="Group">Which, 0 first.</param>
/// <param name="Fit">Of its studies alone, with a τ² of its own.</param>
public sealed record SubgroupFit(int Group, MetaFit Fit);

/// <summary>Groups of studies side by side.</summary>
/// <param name="Groups">Each alone.</param>
/// <param name="Between">Whether they differ: χ² of their estimates about the mean weighted by 1/SE²; none with one group.</param>
public sealed record Subgroups(IReadOnlyList<SubgroupFit> Groups, MetaTest Between);

/// <summary>Whether the answer hangs on a few studies, or on those that were never published.</summary>
internal static class Sensitivity
{
    private const int MostRounds = 100;

    /// <summary>Source: Egger et al., BMJ 315 (1997) 629–634; Sterne &amp; Egger (2005), in the random-effects form.</summary>
    public static EggerTest? Egger(StudySet set)
    {
        double[] errors = [.. set.Effects.Select(e => Math.Sqrt(e.Variance))];
        // metafor says nothing where the standard error is one of the others' combinations, and neither do we.
        if (Fitting.Of(set with { Moderators = [.. set.Moderators, errors] }) is not { } fit || double.IsNaN(fit.Coefficients[^1].Estimate)) return null;
        var last = fit.Coefficients[^1];
        return new(last.Statistic, fit.Df, last.P, set.Moderators.Count == 0 ? fit.Pooled : MetaCoefficient.None);
    }

    /// <summary>Source: Duval &amp; Tweedie, Biometrics 56 (2000) 455–463, estimator L₀, on the side that Egger's slope points away from.</summary>
    public static TrimmedAndFilled? TrimAndFill(StudySet set)
    {
        double[] errors = [.. set.Effects.Select(e => Math.Sqrt(e.Variance))];
        if (set.Moderators.Count > 0 || Fitting.Of(set) is not { } whole || Fitting.Of(set with { Moderators = [errors] }) is not { } sloped || double.IsNaN(sloped.Coefficients[1].Estimate)) return null;
        var right = sloped.Coefficients[1].Estimate < 0;
        StudyEffect[] sorted = [.. set.Effects.Select(e => right ? e with { Estimate = -e.Estimate } : e).OrderBy(e => e.Estimate)];
        var (k, missing, before, centre) = (sorted.Length, 0, -1, 0.0);
        for (var round = 0; missing != before; round++)
        {
            if (round == MostRounds || missing >= k || Fitting.Of(set with { Effects = sorted[..(k - missing)] }) is not { } trimmed) return null;
            (before, centre) = (missing, trimmed.Pooled.Estimate);
            // A difference that is only rounding is none.
            double[] deviations = [.. sorted.Select(e => Math.Abs(e.Estimate - centre) <= 1e-14 * Math.Abs(centre) ? 0 : e.Estimate - centre)];
            int[] byDistance = [.. Enumerable.Range(0, k).OrderBy(i => Math.Abs(deviations[i]))];
            var rankSum = 0.0;
            for (var rank = 0; rank < k; rank++)
                if (deviations[byDistance[rank]] > 0) rankSum += rank + 1;
            missing = (int)Math.Max(0, Math.Round((4 * rankSum - k * (k + 1.0)) / (2 * k - 1)));
        }
        if (missing == 0) return new(0, right, [], whole);
        StudyEffect[] filled = [.. sorted[(k - missing)..].Select(e => e with { Estimate = right ? e.Estimate - 2 * centre : 2 * centre - e.Estimate })];
        return Fitting.Of(set with { Effects = [.. set.Effects, .. filled], Test = CoefficientTest.Z }) is { } fit ? new(missing, right, filled, fit) : null;
    }

    /// <summary>Each group alone, and the test of their difference.</summary>
    public static Subgroups Split(StudySet set, IReadOnlyList<int> groups)
    {
        var fits = new List<SubgroupFit>();
        foreach (var group in groups.Distinct().Order())
            fits.Add(new(group, Fitting.Of(set with { Effects = [.. set.Effects.Where((_, i) => groups[i] == group)], Moderators = [] })!));
        var (weight, sum, squares) = (0.0, 0.0, 0.0);
        var centre = fits[0].Fit.Pooled.Estimate;
        foreach (var pooled in fits.Select(f => f.Fit.Pooled))
        {
            var (w, y) = (1 / (pooled.Se * pooled.Se), pooled.Estimate - centre);
            (weight, sum, squares) = (weight + w, sum + w * y, squares + w * y * y);
        }
        var between = Math.Max(0, squares - sum * sum / weight);
        return new(fits, fits.Count == 1 ? MetaTest.None : new(between, fits.Count - 1, double.NaN, Tails.ChiSquared(between, fits.Count - 1)));
    }
}
