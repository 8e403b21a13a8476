using Lowdose.Science.Numerics;

namespace Lowdose.Science.Inference;

/// <summary>
/// The posterior of one course to the stated accuracy: the 7- and the 9-node grids are compared, and where they differ
/// the whole of ln τ is integrated.
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

    public static CourseInference Of(Course course)
    {
        var model = new CourseModel(course);
        var integral = new CourseIntegral(model);
        var coarse = new CourseInference(new CoursePosterior(model, integral.Bell(CourseIntegral.CoarseNodes)), CourseIntegral.CoarseNodes, false);
        var fine = new CourseInference(new CoursePosterior(model, integral.Bell(CourseIntegral.FineNodes)), CourseIntegral.FineNodes, false);
        return fine.AgreesWith(coarse) ? fine : Full(model, integral);
    }

    public static CourseInference Full(CourseModel model, CourseIntegral integral) =>
        new(new CoursePosterior(model, integral.Full()), CourseIntegral.FullNodes, true);

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
        if (!SameMoments(level, otherLevel)) return false;
        for (var d = 0; d < Effects.Length; d++)
            if (!SameMoments(Effects[d], other.Effects[d])
                || Math.Abs(AnyBenefit(d) - other.AnyBenefit(d)) > TailTolerance
                || Math.Abs(MeaningfulBenefit(d) - other.MeaningfulBenefit(d)) > TailTolerance
                || Math.Abs(MeaningfulHarm(d) - other.MeaningfulHarm(d)) > TailTolerance)
                return false;
        return true;
    }

    private static bool SameMoments(GaussianMixture a, GaussianMixture b) =>
        Math.Abs(a.Mean - b.Mean) <= MeanTolerance * a.Sd && Math.Abs(b.Sd / a.Sd - 1) <= SdTolerance;
}
