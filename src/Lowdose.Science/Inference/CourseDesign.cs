namespace Lowdose.Science.Inference;

/// <summary>What the verdict table asks of a course's design: doses taken long enough, days off drug, blinded blocks.</summary>
/// <param name="DosesMg">Every dose taken, ascending, mg.</param>
/// <param name="DaysTaken">Days at each, assumed days included.</param>
/// <param name="VerdictDose">Index of the candidate dose with most days (ties: the higher); −1 where none has 28.</param>
/// <param name="EnoughOffDrugDays">At least 14 days assigned none or placebo, at least 8 of them scored.</param>
/// <param name="PlaceboDays">Days assigned placebo.</param>
/// <param name="Observed">Days with a score.</param>
/// <param name="Strength">What the design can bear.</param>
internal sealed record CourseDesign(double[] DosesMg, int[] DaysTaken, int VerdictDose, bool EnoughOffDrugDays, int PlaceboDays,
    int Observed, Strength Strength)
{
    private const int BlockDays = 14, BlocksAnArm = 2;

    public bool IsCandidate(int dose) => DaysTaken[dose] >= VerdictLimits.CandidateDays;

    public static CourseDesign Of(Course course)
    {
        double[] doses = [.. course.DosesMg.Where(d => d > 0).Distinct().Order()];
        int[] taken = [.. doses.Select(d => course.DosesMg.Count(u => u == d))];
        var verdictDose = -1;
        for (var d = 0; d < doses.Length; d++)
            if (taken[d] >= VerdictLimits.CandidateDays && (verdictDose < 0 || taken[d] >= taken[verdictDose])) verdictDose = d;
        var off = Enumerable.Range(0, course.Days).Where(t => course.Arms[t] != Arm.Ldn).ToList();
        return new CourseDesign(doses, taken, verdictDose,
            off.Count >= VerdictLimits.OffDrugDays && off.Count(t => !double.IsNaN(course.Scores[t])) >= VerdictLimits.OffDrugScores,
            course.Arms.Count(a => a == Arm.Placebo),
            course.Scores.Count(y => !double.IsNaN(y)),
            StrengthOf(course));
    }

    private static Strength StrengthOf(Course course)
    {
        if (!course.ToldRandomised) return Strength.OpenLabel;
        if (course.Blocks is null) return Strength.RandomisedShort;
        int placebo = 0, drug = 0;
        for (var start = 0; start < course.Days;)
        {
            var end = start;
            while (end < course.Days && course.Arms[end] == course.Arms[start] && course.Blocks[end] == course.Blocks[start]) end++;
            // A stretch without a period is no block anybody drew.
            if (end - start >= BlockDays && course.Blocks[start] != 0)
            {
                if (course.Arms[start] == Arm.Placebo) placebo++;
                else if (course.Arms[start] == Arm.Ldn) drug++;
            }
            start = end;
        }
        return placebo >= BlocksAnArm && drug >= BlocksAnArm ? Strength.Randomised : Strength.RandomisedShort;
    }
}
