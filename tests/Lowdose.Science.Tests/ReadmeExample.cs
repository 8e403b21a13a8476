using Lowdose.Science.Inference;

namespace Lowdose.Science.Tests;

/// <summary>The library example of the README, which shows these very lines.</summary>
public sealed class ReadmeExample
{
    [Fact]
    public void The_example_runs_and_finds_the_effect_it_was_given()
    {
        #region judge-one-course
        // Pain 0–10: six weeks without, then eight weeks of 4.5 mg. NaN is a missing score.
        double[] off = [7, 6, 8, 7, 7, 6, double.NaN], on = [5, 4, 6, 5, 4, 5, 5];
        var course = new Course
        {
            Scores = [.. Enumerable.Repeat(off, 6).Concat(Enumerable.Repeat(on, 8)).SelectMany(week => week)],
            DosesMg = [.. Enumerable.Repeat(0.0, 42), .. Enumerable.Repeat(4.5, 56)],
            Arms = [.. Enumerable.Repeat(Arm.None, 42), .. Enumerable.Repeat(Arm.Ldn, 56)],
        };
        var judgement = Judge.OneCourse(course);
        var dose = judgement.Doses[0];
        Console.WriteLine($"{judgement.Verdict}: {dose.Effect.Mean:0.0} points ({dose.Effect.Q025:0.0} to {dose.Effect.Q975:0.0}), P(meaningful) = {dose.ProbMeaningfulBenefit:0.00}");
        #endregion

        judgement.Verdict.ShouldBe(Verdict.ProbablyWorks);
        judgement.Strength.ShouldBe(Strength.OpenLabel);
        dose.Effect.Mean.ShouldBe(-2.0, 0.5);
    }
}
