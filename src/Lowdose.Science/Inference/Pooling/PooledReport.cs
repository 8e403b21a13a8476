using MathNet.Numerics.Distributions;

namespace Lowdose.Science.Inference.Pooling;

/// <summary>A finished fit as it is reported: covariates back from their means, intervals, everyone's effect.</summary>
internal static class PooledReport
{
    private const double Upper = 0.975;

    public static PooledEffect Of(OneStage fit)
    {
        var (columns, likelihood, best) = (fit.Columns, fit.Likelihood, fit.Best);
        bool perfect = fit.Edges.Contains(PoolEdge.PerfectFit), noiseless = fit.Edges.Contains(PoolEdge.NoNoise);
        var sigma = perfect ? 0 : noiseless ? double.NaN : Math.Sqrt(likelihood.Variance);
        var effect = Array.IndexOf(likelihood.Stand, 1);
        // As nlme: maximum likelihood's standard errors are given the restricted one's degrees of freedom.
        var variance = perfect ? 0 : noiseless ? double.NaN : likelihood.Squares / (columns.Scored - likelihood.Columns);
        var t = Quantile(columns.People > 1 ? columns.People - 1 : columns.Scored - likelihood.Columns);
        PersonEffect[] people = [.. People(fit, effect, sigma, variance)];
        double sdEffect = sigma * Math.Sqrt(best.D22), sdIntercept = sigma * Math.Sqrt(best.D11);
        var mean = effect < 0 ? double.NaN : likelihood.Estimate[effect];
        var half = effect < 0 || columns.People < 2 ? double.NaN : t * Math.Sqrt(sdEffect * sdEffect + variance * likelihood.Inverse[effect * likelihood.Columns + effect]);
        var benefit = columns.Study.HigherIsBetter ? -1 : 1;
        double Share(IEnumerable<double> effects)
        {
            double[] seen = [.. effects.Where(e => !double.IsNaN(e))];
            return seen.Length == 0 ? double.NaN : seen.Count(e => benefit * e <= -columns.Study.MeaningfulChange) / (double)seen.Length;
        }
        return new PooledEffect
        {
            Observations = columns.Scored,
            TauDays = fit.TauDays,
            LogLikelihood = perfect || noiseless ? double.NaN : likelihood.Value,
            Fixed = [.. Enumerable.Range(0, columns.Fixed.Count).Select(c => Fixed(columns, likelihood, c, variance, t))],
            SdIntercept = sdIntercept,
            SdEffect = effect < 0 ? double.NaN : sdEffect,
            Correlation = best.D11 > 0 && best.D22 > 0 ? Math.Clamp(best.D12 / Math.Sqrt(best.D11 * best.D22), -1, 1) : double.NaN,
            Rho = perfect || noiseless ? double.NaN : best.Rho,
            Sigma = perfect || noiseless ? 0 : sigma,
            NewPerson = new(mean, mean - half, mean + half),
            People = people,
            RespondersShrunken = Share(people.Select(p => p.Effect)),
            RespondersRaw = Share(people.Select(p => p.OwnEffect)),
            Edges = fit.Edges,
        };
    }

    /// <summary>The mean effect alone, with its degrees of freedom; NaN where it cannot be had.</summary>
    public static (double Estimate, double Se, double Df) Effect(OneStage fit)
    {
        var (columns, likelihood) = (fit.Columns, fit.Likelihood);
        double df = columns.People > 1 ? columns.People - 1 : columns.Scored - likelihood.Columns;
        if (fit.Edges.Contains(PoolEdge.PerfectFit) || fit.Edges.Contains(PoolEdge.NoNoise)) return (double.NaN, double.NaN, df);
        var effect = Fixed(columns, likelihood, 1, likelihood.Squares / (columns.Scored - likelihood.Columns), double.NaN);
        return (effect.Estimate, effect.Se, df);
    }

    /// <summary>One coefficient. The intercept is where every covariate is 0; the effect is at the predictors' means.</summary>
    private static FixedEffect Fixed(PooledColumns columns, PooledLikelihood likelihood, int column, double variance, double t)
    {
        var p = likelihood.Columns;
        var at = Array.IndexOf(likelihood.Stand, column);
        if (at < 0) return new(double.NaN, double.NaN, double.NaN, double.NaN);
        Span<double> row = stackalloc double[p];
        row.Clear();
        row[at] = 1;
        var offset = 0.0;
        if (column == 0)
        {
            offset = columns.Middle;
            foreach (var (own, covariate) in columns.OwnColumns())
                if (Array.IndexOf(likelihood.Stand, own) is >= 0 and var j) row[j] = -columns.Means[covariate];
        }
        double estimate = offset, square = 0;
        for (var i = 0; i < p; i++)
        {
            estimate += row[i] * likelihood.Estimate[i];
            for (var j = 0; j < p; j++) square += row[i] * likelihood.Inverse[i * p + j] * row[j];
        }
        var se = Math.Sqrt(variance * square);
        return new(estimate, se, estimate - t * se, estimate + t * se);
    }

    private static IEnumerable<PersonEffect> People(OneStage fit, int effect, double sigma, double variance)
    {
        var (columns, likelihood) = (fit.Columns, fit.Likelihood);
        var p = likelihood.Columns;
        double[] row = new double[columns.Fixed.Count], pull = new double[2 * p], left = new double[p];
        for (var person = 0; person < columns.People; person++)
        {
            var (_, random, given, own) = likelihood.Person(person, fit.Best, pull);
            if (effect < 0)
            {
                yield return new(double.NaN, double.NaN, own);
                continue;
            }
            columns.EffectRow(person, row);
            double mean = random, square = given;
            for (var i = 0; i < p; i++)
            {
                mean += row[likelihood.Stand[i]] * likelihood.Estimate[i];
                left[i] = row[likelihood.Stand[i]] - pull[p + i];
            }
            var spread = 0.0;
            for (var i = 0; i < p; i++)
                for (var j = 0; j < p; j++) spread += left[i] * likelihood.Inverse[i * p + j] * left[j];
            yield return new(mean, Math.Sqrt(sigma * sigma * square + variance * spread), own);
        }
    }

    private static double Quantile(int degrees) => degrees > 0 ? StudentT.InvCDF(0, 1, degrees, Upper) : double.NaN;
}
