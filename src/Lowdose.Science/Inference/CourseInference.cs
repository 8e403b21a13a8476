using Lowdose.Science.Inference.Synthesis;
using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// The posterior of one course to the stated accuracy: two grids are compared, and where they differ a dense one decides.
/// </summary>
internal sealed class CourseInference
{
    private const double MeanTolerance = 0.01, SdTolerance = 0.01, TailTolerance = 0.0025;

    private CourseInference(CoursePosterior posterior, int gridNodes, bool fallback)
    {
        Posterior = posterior;
        Engine = new Engine(gridNodes, fallback);
        Effects = EffectsOf(posterior);
    }

    public CoursePosterior Posterior { get; }
    public CourseModel Model => Posterior.Model;
    public Engine Engine { get; }
    /// <summary>One mixture a dose, in the model's own direction (benefit negative).</summary>
    public GaussianMixture[] Effects { get; }

    /// <param name="course">The course.</param>
    /// <param name="trials">What trials say of the mean effect of a dose; null for the sceptical prior.</param>
    public static CourseInference Of(Course course, DoseCurve? trials = null)
    {
        var model = new CourseModel(course, trials: trials);
        var integral = new CourseIntegral(model);
        var fine = On(model, integral, CourseIntegral.FineNodes);
        return fine.AgreesWith(On(model, integral, CourseIntegral.CoarseNodes)) ? fine : On(model, integral, CourseIntegral.FullNodes);
    }

    /// <summary>The posterior on one grid, unchecked.</summary>
    public static CourseInference On(CourseModel model, CourseIntegral integral, int nodes) =>
        new(new CoursePosterior(model, integral.Grid(nodes)), nodes, nodes == CourseIntegral.FullNodes);

    /// <summary>P(δ ≤ −MCID) of a dose.</summary>
    public double MeaningfulBenefit(int dose) => Effects[dose].Cdf(-Model.Course.Mcid);

    /// <summary>P(δ ≥ MCID) of a dose.</summary>
    public double MeaningfulHarm(int dose) => 1 - Effects[dose].Cdf(Model.Course.Mcid);

    /// <summary>P(δ &lt; 0) of a dose.</summary>
    public double AnyBenefit(int dose) => Effects[dose].Cdf(0);

    private static GaussianMixture[] EffectsOf(CoursePosterior posterior)
    {
        var effects = new GaussianMixture[posterior.Model.DosesMg.Length];
        for (var d = 0; d < effects.Length; d++) effects[d] = posterior.Of(posterior.DoseRow(d));
        return effects;
    }

    private bool AgreesWith(CourseInference other)
    {
        var level = Posterior.Of(Posterior.LevelRow());
        var otherLevel = other.Posterior.Of(other.Posterior.LevelRow());
        if (!SameMoments(level.Mean, level.Sd, otherLevel.Mean, otherLevel.Sd)) return false;
        var (tau, tauSd) = Posterior.TauMoments();
        var (otherTau, otherTauSd) = other.Posterior.TauMoments();
        if (!SameMoments(tau, tauSd, otherTau, otherTauSd)) return false;
        for (var d = 0; d < Effects.Length; d++)
            if (!SameMoments(Effects[d].Mean, Effects[d].Sd, other.Effects[d].Mean, other.Effects[d].Sd)
                || Math.Abs(AnyBenefit(d) - other.AnyBenefit(d)) > TailTolerance
                || Math.Abs(MeaningfulBenefit(d) - other.MeaningfulBenefit(d)) > TailTolerance
                || Math.Abs(MeaningfulHarm(d) - other.MeaningfulHarm(d)) > TailTolerance)
                return false;
        return true;
    }

    private static bool SameMoments(double mean, double sd, double otherMean, double otherSd) =>
        Math.Abs(mean - otherMean) <= MeanTolerance * sd && Math.Abs(otherSd / sd - 1) <= SdTolerance;
}
