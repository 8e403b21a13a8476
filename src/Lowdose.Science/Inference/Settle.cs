using System.Runtime.Intrinsics;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// What would settle it: the first of a fixed list of continuations that brings a decisive verdict with probability 0.8,
/// by a Gaussian pre-posterior at the quadrature nodes.
/// </summary>
/// <remarks>
/// At a node (ρ, σ, w, τ) the effect's variance is V now and V′ once the continuation's days are scored, and its mean will
/// then be N(m, V − V′): the verdict's threshold on P_b is a threshold on that mean. The nodes themselves are taken as
/// known by then; docs/methods/course-model.md says how far that is from simulation.
/// </remarks>
internal static class Settle
{
    private const int MaxGroups = 24;
    private const double Mass = 0.98;

    /// <summary>Null where nothing on the list reaches the probability, or no drug was ever taken.</summary>
    public static Settling? First(CourseInference inference)
    {
        if (inference.Model.DosesMg.Length == 0) return null;
        var groups = Groups(inference.Posterior);
        var higherOpen = HigherDoseOpen(inference);
        foreach (var plan in Enum.GetValues<Continuation>())
        {
            var (probability, days) = Probability(inference, plan, groups, higherOpen);
            if (probability >= VerdictLimits.SettlingChance) return new Settling(plan, days, probability, DoseOf(inference.Model.Course, plan));
        }
        return null;
    }

    /// <summary>The probability of a decisive verdict at the end of one continuation, and the days it adds.</summary>
    public static (double Probability, int Days) Probability(CourseInference inference, Continuation plan)
        => Probability(inference, plan, Groups(inference.Posterior), HigherDoseOpen(inference));

    private static (double Probability, int Days) Probability(CourseInference inference, Continuation plan, Group[] groups, bool higherOpen)
    {
        var course = inference.Model.Course;
        var whole = Continue(course, plan);
        var days = whole.Days - course.Days;
        var design = CourseDesign.Of(whole);
        if (design.VerdictDose < 0) return (0, days);
        var randomised = design.Strength == Strength.Randomised;
        if (randomised ? design.PlaceboDays < VerdictLimits.PlaceboDays || design.Observed < VerdictLimits.RandomisedScores : !design.EnoughOffDrugDays)
            return (0, days);
        var after = new CourseModel(whole);
        var futureUnseen = whole with { Scores = [.. course.Scores, .. Enumerable.Repeat(double.NaN, days)] };
        var before = new CourseModel(futureUnseen, after.HasExpectation, after.MiddleDay);
        var dose = after.FirstDose + design.VerdictDose;
        CoursePoint now = new(before), then = new(after);
        double sum = 0, tau = double.NaN;
        foreach (var group in groups)
        {
            if (group.Tau != tau)
            {
                before.SetOnset(group.Tau);
                after.SetOnset(group.Tau);
                tau = group.Tau;
            }
            now.Set(group.Rho, group.WhiteShare);
            then.Set(group.Rho, group.WhiteShare);
            for (var lane = 0; lane < CoursePoint.Lanes; lane++)
                if (group.Weights[lane] > 0)
                    sum += group.Weights[lane] * Decisive(now, then, lane, group.Sigmas[lane], dose, after.Coefficients, course.Mcid, randomised, higherOpen);
        }
        return (sum, days);
    }

    /// <summary>At one node: the chance that the mean to come falls beyond a decisive threshold.</summary>
    private static double Decisive(CoursePoint now, CoursePoint then, int lane, double sigma, int dose, int q, double mcid, bool randomised, bool higherOpen)
    {
        var (mean, variance) = Marginal(now, lane, sigma, dose, q);
        var (_, variancePlanned) = Marginal(then, lane, sigma, dose, q);
        var sd = Math.Sqrt(variancePlanned);
        var spread = Math.Sqrt(Math.Max(variance - variancePlanned, 1e-12 * variance));
        double Below(double bound) => Normal.Cdf((bound - mean) / spread);
        // P_b = Φ((−mcid − m′)/sd): at least p where m′ ≤ −mcid − z_p sd.
        var works = Below(-mcid - Normal.Quantile(randomised ? VerdictTable.Works : VerdictTable.ProbablyWorksOpen) * sd);
        var harmBound = Math.Max(mcid - Normal.Quantile(1 - VerdictTable.Harm) * sd, Normal.Quantile(VerdictTable.AnyHarm) * sd);
        var notBound = -mcid - Normal.Quantile(randomised ? VerdictTable.DoesNotWork : VerdictTable.ProbablyDoesNotWork) * sd;
        return works + 1 - Below(higherOpen ? harmBound : Math.Min(harmBound, notBound));
    }

    private static (double Mean, double Variance) Marginal(CoursePoint point, int lane, double sigma, int row, int q)
    {
        Span<double> eigenvalues = stackalloc double[q], gradient = stackalloc double[q];
        var projected = new double[q * q];
        point.Read(lane, eigenvalues, gradient, projected);
        double mean = 0, variance = 0;
        for (var k = 0; k < q; k++)
        {
            var shrink = 1 / (1 + eigenvalues[k] / (sigma * sigma));
            var turned = projected[row * q + k];
            mean += turned * shrink * gradient[k] / (sigma * sigma);
            variance += turned * turned * shrink;
        }
        return (mean, variance);
    }

    private static bool HigherDoseOpen(CourseInference inference)
    {
        var design = CourseDesign.Of(inference.Model.Course);
        return design.VerdictDose >= 0 && VerdictTable.HigherDose(design, Judge.Chances(inference), VerdictTable.HigherDoseOpen) >= 0;
    }

    /// <summary>Four lattice points of one (w, τ), each with its weight and its mean σ.</summary>
    private sealed record Group(double WhiteShare, double Tau, Vector256<double> Rho, Vector256<double> Weights, Vector256<double> Sigmas);

    /// <summary>The heaviest groups of the posterior, rescaled to 1.</summary>
    private static Group[] Groups(CoursePosterior posterior)
    {
        var count = (posterior.Nodes.NodeCount + CoursePoint.Lanes - 1) / CoursePoint.Lanes;
        var weights = new double[count * CoursePoint.Lanes];
        var sigmas = new double[count * CoursePoint.Lanes];
        for (var i = 0; i < posterior.Components.Length; i++)
        {
            var component = posterior.Components[i];
            weights[component.Node] += posterior.Weights[i];
            sigmas[component.Node] += posterior.Weights[i] * component.Sigma;
        }
        var kept = new List<Group>();
        var mass = 0.0;
        foreach (var g in Enumerable.Range(0, count).OrderByDescending(g => weights.AsSpan(g * 4, 4).ToArray().Sum()).Take(MaxGroups))
        {
            var node = posterior.Nodes.Nodes[g * 4];
            var w = Vector256.Create(weights.AsSpan(g * 4, 4));
            var rho = Vector256.Create(node.Rho, posterior.Nodes.Nodes[g * 4 + 1].Rho, posterior.Nodes.Nodes[g * 4 + 2].Rho, posterior.Nodes.Nodes[g * 4 + 3].Rho);
            kept.Add(new Group(node.WhiteShare, node.Tau, rho, w, Vector256.Create(sigmas.AsSpan(g * 4, 4)) / Vector256.Max(w, Vector256.Create(1e-300))));
            if ((mass += Vector256.Sum(w)) > Mass) break;
        }
        return [.. kept.OrderBy(g => g.Tau).Select(g => g with { Weights = g.Weights / Vector256.Create(mass) })];
    }

    /// <summary>The dose a continuation speaks of, mg.</summary>
    private static double DoseOf(Course course, Continuation plan) =>
        plan is Continuation.AsNow28 or Continuation.AsNow56 or Continuation.AsNow84 ? Lasting(course).Mg : DrugMg(course);

    /// <summary>The dose on the drug days to come: the verdict dose, else the last one that lasted, else the highest.</summary>
    private static double DrugMg(Course course)
    {
        var design = CourseDesign.Of(course);
        if (design.VerdictDose >= 0) return design.DosesMg[design.VerdictDose];
        var lasting = Lasting(course, onDrug: true).Mg;
        return lasting > 0 ? lasting : design.DosesMg[^1];
    }

    /// <summary>What is being done now: the last run of equal doses that lasted, so that a forgotten tablet is no change.</summary>
    private static (double Mg, Arm Arm) Lasting(Course course, bool onDrug = false)
    {
        for (var end = course.Days; end > 0;)
        {
            var start = end;
            while (start > 0 && course.DosesMg[start - 1] == course.DosesMg[end - 1]) start--;
            if (end - start >= VerdictLimits.LastingDays && (!onDrug || course.DosesMg[start] > 0)) return (course.DosesMg[start], course.Arms[end - 1]);
            end = start;
        }
        return (course.DosesMg[^1], course.Arms[^1]);
    }

    /// <summary>The course with a continuation's days appended, scored as often as the days so far.</summary>
    internal static Course Continue(Course course, Continuation plan)
    {
        var (last, lastArm) = Lasting(course);
        var drug = DrugMg(course);
        (Arm Arm, double Mg, int Days)[] blocks = plan switch
        {
            Continuation.AsNow28 => [(lastArm, last, 28)],
            Continuation.AsNow56 => [(lastArm, last, 56)],
            Continuation.AsNow84 => [(lastArm, last, 84)],
            Continuation.Off28On56 => [(Arm.None, 0, 28), (Arm.Ldn, drug, 56)],
            Continuation.TwoBlindedPairs => [(Arm.Ldn, drug, 28), (Arm.Placebo, 0, 28), (Arm.Placebo, 0, 28), (Arm.Ldn, drug, 28)],
            _ => [(Arm.Ldn, drug, 28), (Arm.Placebo, 0, 28), (Arm.Placebo, 0, 28), (Arm.Ldn, drug, 28), (Arm.Ldn, drug, 28), (Arm.Placebo, 0, 28)],
        };
        var blinded = plan is Continuation.TwoBlindedPairs or Continuation.ThreeBlindedPairs;
        List<double> scores = [.. course.Scores], doses = [.. course.DosesMg];
        List<Arm> arms = [.. course.Arms];
        List<int> labels = [.. course.Blocks ?? new int[course.Days]];
        var label = labels.Max();
        var kept = Math.Max(0.05, course.Scores.Count(y => !double.IsNaN(y)) / (double)course.Days);
        var owed = 0.0;
        foreach (var block in blocks)
        {
            label++;
            for (var day = 0; day < block.Days; day++)
            {
                owed += kept;
                // Any score will do: what is to come is integrated over, only its being there counts.
                scores.Add(owed >= 1 ? course.ScaleMin : double.NaN);
                if (owed >= 1) owed--;
                doses.Add(block.Mg);
                arms.Add(block.Arm);
                labels.Add(label);
            }
        }
        return course with
        {
            Scores = [.. scores], DosesMg = [.. doses], Arms = [.. arms],
            Blocks = course.Blocks is null && !blinded ? null : [.. labels],
            ToldRandomised = course.ToldRandomised || blinded,
            Step = course.RatingStep,
        };
    }
}
