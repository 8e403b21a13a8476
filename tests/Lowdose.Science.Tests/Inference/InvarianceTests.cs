using Lowdose.Science.Inference;

namespace Lowdose.Science.Tests.Inference;

public class A_judgement_does_not_depend_on_how_the_diary_is_written
{
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    private static Course One(int seed) => seed % 2 == 0 ? Some.Blinded((ulong)seed) : Some.Titration((ulong)seed);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_scale_of_0_to_100_gives_ten_times_the_effect_and_the_same_chances(int seed)
    {
        var course = One(seed) with { Step = 1 };
        var tenfold = course with { Scores = [.. course.Scores.Select(y => 10 * y)], ScaleMax = 100, Step = 10 };
        Same(Judge.OneCourse(course), Judge.OneCourse(tenfold), factor: 10);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_shifted_scale_gives_the_same_effect(int seed)
    {
        var course = One(seed);
        var shifted = course with { Scores = [.. course.Scores.Select(y => y - 20)], ScaleMin = -20, ScaleMax = -10 };
        Same(Judge.OneCourse(course), Judge.OneCourse(shifted), factor: 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_score_turned_round_gives_the_effect_with_the_other_sign(int seed)
    {
        var course = One(seed);
        var turned = course with { Scores = [.. course.Scores.Select(y => 10 - y)], HigherIsBetter = true };
        Same(Judge.OneCourse(course), Judge.OneCourse(turned), factor: -1);
        Judge.OneCourse(turned).OffDrugLevel.Mean.ShouldBe(10 - Judge.OneCourse(course).OffDrugLevel.Mean, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Unscored_days_after_the_end_change_no_verdict(int seed)
    {
        var course = One(seed);
        var longer = course with
        {
            Scores = [.. course.Scores, double.NaN], DosesMg = [.. course.DosesMg, course.DosesMg[^1]],
            Arms = [.. course.Arms, course.Arms[^1]], Blocks = [.. course.Blocks!, course.Blocks![^1]],
        };
        Same(Judge.OneCourse(course), Judge.OneCourse(longer), factor: 1);
    }

    [Fact]
    public void The_same_course_gives_the_same_bits_twice()
    {
        var first = Judge.OneCourse(Some.Titration());
        var again = Judge.OneCourse(Some.Titration());
        again.Doses.ShouldBe(first.Doses);
        again.Fitted.ShouldBe(first.Fitted);
        again.TauDays.ShouldBe(first.TauDays);
    }

    private static void Same(Judgement one, Judgement other, double factor)
    {
        other.Verdict.ShouldBe(one.Verdict);
        foreach (var (a, b) in one.Doses.Zip(other.Doses))
        {
            b.Effect.Mean.ShouldBe(factor * a.Effect.Mean, 1e-6 * Math.Abs(factor));
            b.Effect.Sd.ShouldBe(Math.Abs(factor) * a.Effect.Sd, 1e-6 * Math.Abs(factor));
            b.ProbAnyBenefit.ShouldBe(a.ProbAnyBenefit, 1e-6);
            b.ProbMeaningfulBenefit.ShouldBe(a.ProbMeaningfulBenefit, 1e-6);
            b.ProbMeaningfulHarm.ShouldBe(a.ProbMeaningfulHarm, 1e-6);
        }
    }
}
