using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>The level fitted to every calendar day, without the day-to-day noise, with its 95 % band.</summary>
internal static class FittedCurve
{
    /// <summary>One entry a day, in the outcome's own direction.</summary>
    public static FittedDay[] Of(CoursePosterior posterior)
    {
        var model = posterior.Model;
        var course = model.Course;
        var points = Points(posterior);
        var onset = OnsetByTau(model, points);
        var row = new double[model.Coefficients];
        var turned = new double[model.Coefficients];
        var weights = points.Select(p => p.Weight).ToArray();
        var fitted = new FittedDay[course.Days];
        for (var t = 0; t < course.Days; t++)
        {
            var means = new double[points.Length];
            var sds = new double[points.Length];
            model.FixedColumns(t, row);
            for (var i = 0; i < points.Length; i++)
            {
                onset[points[i].Tau].AsSpan(t * model.DosesMg.Length, model.DosesMg.Length).CopyTo(row.AsSpan(model.FirstDose));
                posterior.Turn(row, points[i].Node, turned);
                double mean = model.PriorMean(row), variance = 0;
                for (var k = 0; k < turned.Length; k++)
                {
                    mean += turned[k] * points[i].Pull[k];
                    variance += turned[k] * turned[k] * points[i].Shrink[k];
                }
                (means[i], sds[i]) = (mean, Math.Sqrt(variance));
            }
            var level = new GaussianMixture(weights, means, sds);
            double low = model.Inward(level.Quantile(0.025)), high = model.Inward(level.Quantile(0.975));
            fitted[t] = new FittedDay(t + 1, model.Inward(level.Mean), Math.Min(low, high), Math.Max(low, high));
        }
        return fitted;
    }

    private sealed record Point(int Node, double Tau, double Weight, double[] Pull, double[] Shrink);

    /// <summary>One Gaussian a (ρ, w, τ) with σ averaged out, the heaviest nodes that make 99.5 % of the mass.</summary>
    private static Point[] Points(CoursePosterior posterior)
    {
        var all = new List<Point>();
        var q = posterior.Nodes.Coefficients;
        for (var i = 0; i < posterior.Components.Length;)
        {
            var node = posterior.Components[i].Node;
            var weight = 0.0;
            double[] pull = new double[q], shrink = new double[q];
            for (; i < posterior.Components.Length && posterior.Components[i].Node == node; i++)
            {
                weight += posterior.Weights[i];
                for (var k = 0; k < q; k++)
                {
                    pull[k] += posterior.Weights[i] * posterior.Pull(i)[k];
                    shrink[k] += posterior.Weights[i] * posterior.Shrink(i)[k];
                }
            }
            for (var k = 0; k < q; k++) (pull[k], shrink[k]) = (pull[k] / weight, shrink[k] / weight);
            all.Add(new Point(node, posterior.Nodes.Nodes[node].Tau, weight, pull, shrink));
        }
        var kept = new List<Point>();
        var mass = 0.0;
        foreach (var point in all.OrderByDescending(p => p.Weight))
        {
            kept.Add(point);
            if ((mass += point.Weight) > 0.995) break;
        }
        return [.. kept.Select(p => p with { Weight = p.Weight / mass })];
    }

    private static Dictionary<double, double[]> OnsetByTau(CourseModel model, Point[] points)
    {
        var byTau = new Dictionary<double, double[]>();
        var width = model.DosesMg.Length;
        foreach (var tau in points.Select(p => p.Tau).Distinct())
        {
            var levels = new double[model.Course.Days * width];
            var level = new double[width];
            model.StartOnset(level);
            for (var t = 0; t < model.Course.Days; t++)
            {
                model.StepOnset(level, t, 1 - Math.Exp(-1 / tau));
                level.CopyTo(levels, t * width);
            }
            byTau[tau] = levels;
        }
        return byTau;
    }
}
