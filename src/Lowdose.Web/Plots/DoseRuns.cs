using Lowdose.Science.Inference;

namespace Lowdose.Web.Plots;

/// <summary>A stretch of equal days.</summary>
/// <param name="First">First day, 1 first.</param>
/// <param name="Last">Last day.</param>
/// <param name="Arm">What was assigned.</param>
/// <param name="Mg">What was taken, mg.</param>
public readonly record struct DoseRun(int First, int Last, Arm Arm, double Mg)
{
    /// <summary>How many days it lasts.</summary>
    public int Days => Last - First + 1;
}

/// <summary>The course as stretches of equal days, for drawing.</summary>
public static class DoseRuns
{
    // A tablet forgotten for a day or two is drawn in the dose track, but does not break the band it lies in.
    private const int ForgottenDays = 3;

    /// <summary>Every stretch of equal arm and dose.</summary>
    public static IReadOnlyList<DoseRun> Of(Course course)
    {
        var runs = new List<DoseRun>();
        for (var t = 0; t < course.Days; t++)
        {
            if (runs.Count > 0 && runs[^1].Arm == course.Arms[t] && runs[^1].Mg == course.DosesMg[t])
                runs[^1] = runs[^1] with { Last = t + 1 };
            else
                runs.Add(new DoseRun(t + 1, t + 1, course.Arms[t], course.DosesMg[t]));
        }
        return runs;
    }

    /// <summary>The stretches with short interruptions passed over, for bands and their labels.</summary>
    public static IReadOnlyList<DoseRun> Bands(IReadOnlyList<DoseRun> runs)
    {
        var bands = new List<DoseRun>();
        for (var i = 0; i < runs.Count; i++)
        {
            var interrupts = bands.Count > 0 && i + 1 < runs.Count && runs[i].Days <= ForgottenDays
                && runs[i + 1].Mg == bands[^1].Mg && runs[i + 1].Arm == bands[^1].Arm && bands[^1].Days > runs[i].Days;
            if (interrupts || (bands.Count > 0 && runs[i].Mg == bands[^1].Mg && runs[i].Arm == bands[^1].Arm))
                bands[^1] = bands[^1] with { Last = runs[i].Last };
            else
                bands.Add(runs[i]);
        }
        return bands;
    }
}
