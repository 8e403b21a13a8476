using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference.Trials;

/// <summary>The course model once more, with what the person believed in it.</summary>
/// <param name="Mg">The dose the effect is of, mg.</param>
/// <param name="Effect">The drug's effect beside the belief's, score units, the outcome's own sign.</param>
/// <param name="Belief">What believing it was the drug adds, against believing it was placebo.</param>
/// <param name="ProbAnyBenefit">P(any benefit of the drug), given the belief.</param>
/// <param name="ProbMeaningfulBenefit">P(a benefit of at least the smallest change that matters).</param>
/// <param name="Agreement">The share of a period's days on which belief and arm agree, a "don't know" counting half. At 1 (or 0) the data cannot tell drug from belief and the priors share the effect out.</param>
public sealed record GuessAdjusted(double Mg, Summary Effect, Summary Belief, double ProbAnyBenefit, double ProbMeaningfulBenefit, double Agreement);

/// <summary>
/// The sensitivity of a verdict to what was guessed: the course model with one more term, b times the belief of the day's period (1 drug,
/// 0 placebo, a half where not known), b ~ N(0, (0.1 R)²) as the model's expectation.
/// </summary>
/// <remarks>
/// It asks whether the effect stands if belief acts on the score. It is not the effect with expectation removed: a guess comes after the
/// scores, and who felt better guesses drug, so that adjusting takes away a true effect too. Source: docs/methods/trial-analysis.md §4.
/// </remarks>
public static class Belief
{
    /// <summary>An even lattice in prior SDs: the trapezoid rule is exact to many digits on a bell.</summary>
    private const double Spacing = 0.25, Furthest = 4;

    /// <summary>The adjusted effect of a person's trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="mg">The dose that is asked about, one of the course's, mg.</param>
    /// <returns>Summaries in score units; null where nothing was guessed or the dose was not taken.</returns>
    /// <exception cref="ArgumentException">The trial contradicts itself.</exception>
    public static GuessAdjusted? Adjusted(TrialCourse trial, double mg)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Wrong() is { } wrong) throw new ArgumentException(wrong, nameof(trial));
        var course = trial.Course;
        double[] believed = [.. course.Blocks!.Select(p => p == 0 ? 0 : trial.GuessOf(p - 1) switch { Guess.Drug => 1, Guess.Placebo => 0, _ => 0.5 })];
        if (trial.Guesses.All(g => g == Guess.NotAsked) || !course.DosesMg.Contains(mg) || mg <= 0) return null;
        var (sd, lattice) = (0.1 * course.Range, new List<(double Belief, double LogWeight, GaussianMixture Effect)>());
        for (var z = -Furthest; z <= Furthest; z += Spacing)
        {
            var inference = Without(course, believed, z * sd);
            lattice.Add((z * sd, inference.Posterior.LogEvidence - z * z / 2, inference.Effects[Array.IndexOf(inference.Model.DosesMg, mg)]));
        }
        var top = lattice.Max(l => l.LogWeight);
        var total = lattice.Sum(l => Math.Exp(l.LogWeight - top));
        double[] weights = [.. lattice.Select(l => Math.Exp(l.LogWeight - top) / total)];
        var sign = course.HigherIsBetter ? -1 : 1;
        var effect = Mixed(lattice, weights);
        var agreement = Enumerable.Range(0, course.Days).Where(t => course.Blocks![t] > 0).Average(t => course.Arms[t] == Arm.Ldn ? believed[t] : 1 - believed[t]);
        return new(mg, Summarised(effect.Mean, effect.Sd, effect.Quantile, sign), OfBelief([.. lattice.Select(l => l.Belief)], weights, sign),
            effect.Cdf(0), effect.Cdf(-course.Mcid), agreement);
    }

    /// <summary>The course with a belief's effect taken off its scores; inside the model benefit is negative.</summary>
    private static CourseInference Without(Course course, double[] believed, double belief)
    {
        var sign = course.HigherIsBetter ? -1 : 1;
        var model = new CourseModel(course with { Scores = [.. course.Scores.Select((y, t) => y - sign * belief * believed[t])], Step = course.RatingStep });
        return CourseInference.On(model, new CourseIntegral(model), CourseIntegral.FineNodes);
    }

    private static GaussianMixture Mixed(List<(double Belief, double LogWeight, GaussianMixture Effect)> lattice, double[] weights)
    {
        var (w, m, s) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 1e-9) continue;
            var part = lattice[i].Effect;
            for (var k = 0; k < part.Weights.Length; k++)
            {
                w.Add(weights[i] * part.Weights[k]);
                m.Add(part.Means[k]);
                s.Add(part.Sds[k]);
            }
        }
        var all = w.Sum();
        return new GaussianMixture([.. w.Select(x => x / all)], [.. m], [.. s]);
    }

    /// <summary>A density on the lattice: its quantiles are read off straight lines between the cumulated weights.</summary>
    private static Summary OfBelief(double[] values, double[] weights, int sign)
    {
        var mean = values.Zip(weights).Sum(v => v.First * v.Second);
        var sd = Math.Sqrt(values.Zip(weights).Sum(v => Math.Pow(v.First - mean, 2) * v.Second));
        return Summarised(mean, sd, Quantile, sign);

        double Quantile(double q)
        {
            var below = 0.0;
            for (var i = 0; i < values.Length; i++)
            {
                if (below + weights[i] >= q) return values[i] + ((q - below) / weights[i] - 0.5) * (values[1] - values[0]);
                below += weights[i];
            }
            return values[^1];
        }
    }

    private static Summary Summarised(double mean, double sd, Func<double, double> quantile, int sign)
    {
        var (low, high) = (quantile(0.025), quantile(0.975));
        if (sign < 0) (low, high) = (high, low);
        return new(sign * mean, sd, sign * low, sign * quantile(0.5), sign * high);
    }
}
