using Lowdose.Science.Inference;

namespace Lowdose.Science.Tests.Inference;

public class The_verdict_table
{
    private static CourseDesign Design(Strength strength = Strength.OpenLabel, int verdictDays = 84, bool offDays = true, int placeboDays = 56, int scores = 100, params double[] doses)
    {
        if (doses.Length == 0) doses = [4.5];
        return new CourseDesign(doses, [.. doses.Select((_, i) => i == 0 ? verdictDays : 30)], verdictDays >= 28 ? 0 : -1, offDays, placeboDays, scores, strength);
    }

    private static DoseChances Chances(double benefit, double harm = 0, double any = 0.5) => new(any, benefit, harm);

    [Theory]
    [InlineData(0.95, Strength.Randomised, Verdict.Works)]
    [InlineData(0.90, Strength.Randomised, Verdict.Works)]
    [InlineData(0.89, Strength.Randomised, Verdict.ProbablyWorks)]
    [InlineData(0.70, Strength.Randomised, Verdict.ProbablyWorks)]
    [InlineData(0.69, Strength.Randomised, Verdict.Unclear)]
    [InlineData(0.99, Strength.OpenLabel, Verdict.ProbablyWorks)]
    [InlineData(0.85, Strength.OpenLabel, Verdict.ProbablyWorks)]
    [InlineData(0.84, Strength.OpenLabel, Verdict.Unclear)]
    [InlineData(0.84, Strength.RandomisedShort, Verdict.Unclear)]
    [InlineData(0.11, Strength.Randomised, Verdict.Unclear)]
    [InlineData(0.10, Strength.OpenLabel, Verdict.ProbablyDoesNotWork)]
    [InlineData(0.051, Strength.Randomised, Verdict.ProbablyDoesNotWork)]
    [InlineData(0.05, Strength.OpenLabel, Verdict.DoesNotWork)]
    public void Reads_the_chance_of_a_meaningful_benefit(double benefit, Strength strength, Verdict verdict) =>
        VerdictTable.Decide(Design(strength), [Chances(benefit)]).ShouldBe(verdict);

    [Fact]
    public void Never_says_works_in_open_label() => VerdictTable.Decide(Design(), [Chances(1)]).ShouldBe(Verdict.ProbablyWorks);

    [Fact]
    public void Says_harms_before_anything_else_and_at_any_candidate_dose()
    {
        VerdictTable.Decide(Design(doses: [4.5, 6]), [Chances(0.9), Chances(0, harm: 0.5, any: 0.05)]).ShouldBe(Verdict.Harms);
        VerdictTable.Decide(Design(doses: [4.5, 6]), [Chances(0.9), Chances(0, harm: 0.49, any: 0.05)]).ShouldBe(Verdict.ProbablyWorks);
        VerdictTable.Decide(Design(doses: [4.5, 6]), [Chances(0.9), Chances(0, harm: 0.6, any: 0.06)]).ShouldBe(Verdict.ProbablyWorks);
    }

    [Fact]
    public void Names_the_dose_that_meets_both_bounds_of_harm_and_not_the_one_that_nearly_does() =>
        VerdictTable.HarmingDose(Design(doses: [1.5, 4.5]), [Chances(0, harm: 0.66, any: 0.026), Chances(0, harm: 0.75, any: 0.057)]).ShouldBe(0);

    [Fact]
    public void Says_nothing_of_harm_without_enough_days_off_the_drug() =>
        VerdictTable.Decide(Design(offDays: false), [Chances(0, harm: 0.9, any: 0.01)]).ShouldBe(Verdict.TooEarly);

    [Fact]
    public void Is_too_early_without_a_candidate_dose_or_days_off() =>
        new[] { Design(verdictDays: 27), Design(offDays: false), Design(Strength.Randomised, placeboDays: 27), Design(Strength.Randomised, scores: 39) }
            .ShouldAllBe(d => VerdictTable.Decide(d, new[] { Chances(0.99) }) == Verdict.TooEarly);

    [Fact]
    public void Is_unclear_rather_than_negative_while_a_higher_dose_may_still_work()
    {
        VerdictTable.Decide(Design(doses: [3, 4.5]), [Chances(0.02), Chances(0.30)]).ShouldBe(Verdict.Unclear);
        VerdictTable.Decide(Design(doses: [3, 4.5]), [Chances(0.02), Chances(0.29)]).ShouldBe(Verdict.DoesNotWork);
    }

    [Theory]
    [InlineData(0.853, true)]
    [InlineData(0.847, true)]
    [InlineData(0.86, false)]
    [InlineData(0.103, true)]
    [InlineData(0.5, false)]
    public void Calls_a_verdict_borderline_within_0_005_of_a_threshold(double benefit, bool borderline) =>
        VerdictTable.IsBorderline(Design(), [Chances(benefit)]).ShouldBe(borderline);
}

public class The_design_of_a_course
{
    [Fact]
    public void Takes_the_dose_with_most_days_and_the_higher_of_two_equals()
    {
        CourseDesign.Of(Some.Diary(1, [(Arm.None, 0, 14), (Arm.Ldn, 1.5, 56), (Arm.Ldn, 4.5, 30)], 0, 0.5, 1, 0)).VerdictDose.ShouldBe(0);
        CourseDesign.Of(Some.Diary(1, [(Arm.None, 0, 14), (Arm.Ldn, 1.5, 30), (Arm.Ldn, 4.5, 30)], 0, 0.5, 1, 0)).VerdictDose.ShouldBe(1);
        CourseDesign.Of(Some.Diary(1, [(Arm.None, 0, 14), (Arm.Ldn, 1.5, 27)], 0, 0.5, 1, 0)).VerdictDose.ShouldBe(-1);
    }

    [Theory]
    [InlineData(4, 14, Strength.Randomised)]
    [InlineData(4, 13, Strength.RandomisedShort)]
    [InlineData(3, 28, Strength.RandomisedShort)]
    public void Is_randomised_with_two_blocks_of_14_days_on_either_arm(int blocks, int days, Strength strength) =>
        CourseDesign.Of(Some.Blinded(blocks: blocks, blockDays: days)).Strength.ShouldBe(strength);

    [Fact]
    public void Cannot_tell_two_touching_blocks_of_one_arm_apart_without_periods()
    {
        var course = Some.Blinded(blocks: 4, blockDays: 14);
        CourseDesign.Of(course with { Blocks = null }).Strength.ShouldBe(Strength.RandomisedShort);
        CourseDesign.Of(course with { ToldRandomised = false }).Strength.ShouldBe(Strength.OpenLabel);
    }

    [Fact]
    public void Takes_no_stretch_without_a_period_for_a_blinded_block()
    {
        var course = Some.Blinded(blocks: 4, blockDays: 28);
        var firstDrugBlockUnnumbered = course with { Blocks = [.. course.Blocks!.Select(b => b == 3 ? 0 : b)] };
        CourseDesign.Of(course).Strength.ShouldBe(Strength.Randomised);
        CourseDesign.Of(firstDrugBlockUnnumbered).Strength.ShouldBe(Strength.RandomisedShort);
    }

    [Theory]
    [InlineData(14, 0.0, true)]
    [InlineData(13, 0.0, false)]
    public void Needs_14_days_off_the_drug(int off, double missing, bool enough) =>
        CourseDesign.Of(Some.Diary(1, [(Arm.None, 0, off), (Arm.Ldn, 4.5, 56)], 0, 0.5, 1, missing)).EnoughOffDrugDays.ShouldBe(enough);
}
