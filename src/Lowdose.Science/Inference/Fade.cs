namespace Lowdose.Science.Inference;

/// <summary>
/// Early days at the verdict dose against late ones: the later half of its days is given an effect of its own, which the
/// prior ties to the earlier half as it ties neighbouring doses.
/// </summary>
internal static class Fade
{
    /// <summary>
    /// "The benefit may be fading" is said above this many standard errors of loss. The false-alarm rate that comes with
    /// it is in docs/methods/verdict-errors.md.
    /// </summary>
    public const double AlarmZ = 1.5;

    private const double EarlyBenefit = 0.80;

    /// <summary>Null with fewer than 56 days at the verdict dose.</summary>
    public static Fading? Of(Course course, CourseDesign design)
    {
        if (design.VerdictDose < 0 || design.DaysTaken[design.VerdictDose] < VerdictLimits.UsualDays) return null;
        var mg = design.DosesMg[design.VerdictDose];
        // A hair above the dose is another dose to the model, at no distance in ln mg.
        var lateMg = Math.BitIncrement(mg);
        var doses = (double[])course.DosesMg.Clone();
        var seen = 0;
        for (var t = 0; t < doses.Length; t++)
            if (doses[t] == mg && ++seen > design.DaysTaken[design.VerdictDose] / 2) doses[t] = lateMg;
        var model = new CourseModel(course with { DosesMg = doses });
        var posterior = new CoursePosterior(model, new CourseIntegral(model).Grid(CourseIntegral.CoarseNodes));
        var early = Array.IndexOf(model.DosesMg, mg);
        var difference = posterior.DoseRow(early + 1);
        difference[model.FirstDose + early] = -1;
        var loss = posterior.Of(difference);
        var z = loss.Mean / loss.Sd;
        var benefit = posterior.Of(posterior.DoseRow(early)).Cdf(0);
        return new Fading(course.HigherIsBetter ? -loss.Mean : loss.Mean, z, z >= AlarmZ && benefit >= EarlyBenefit);
    }
}
