using Lowdose.Science.Inference.Trials;

namespace Lowdose.Science.Tests.Trials;

public sealed class PeriodMeansTests
{
    [Fact]
    public void The_first_14_days_of_a_period_are_left_out_and_a_missing_day_counts_as_a_day()
    {
        var trial = Some.Trial("LP", 0, missing: 0);
        var scores = (double[])trial.Course.Scores.Clone();
        for (var t = 0; t < 28; t++) scores[t] = t < 14 ? 9 : 2;
        scores[3] = scores[20] = double.NaN;
        scores[21] = 6;
        var periods = PeriodMeans.Of(trial with { Course = trial.Course with { Scores = scores } }, 14);
        periods[0].ShouldBe(new TrialPeriod(0, 1, 0, true, 28, 26, 13, (12 * 2 + 6) / 13.0, Guess.NotAsked));
        periods[1].Kept.ShouldBe(14);
        periods[1].Mean.ShouldBe(trial.Course.Scores[42..].Average(), 1e-12);
    }

    [Fact]
    public void A_period_shorter_than_the_wash_out_or_never_reached_has_no_mean()
    {
        var trial = Some.Trial("LP", 0, days: 10, missing: 0);
        PeriodMeans.Of(trial, 14).ShouldAllBe(p => p.Kept == 0 && double.IsNaN(p.Mean) && p.Days == 10);
        var stopped = PeriodMeans.Of(trial with { Periods = 4, Drug = [true, false, true, false], Pairs = [0, 0, 1, 1] }, 0);
        stopped.Select(p => p.Days).ShouldBe([10, 10, 0, 0]);
        stopped[3].Mean.ShouldBe(double.NaN);
    }

    [Fact]
    public void Run_in_days_belong_to_no_period()
    {
        var trial = Some.Trial("LP", 0, missing: 0);
        int[] blocks = [.. trial.Course.Blocks!.Select((b, t) => t < 28 ? 0 : b - 1)];
        var runIn = trial with { Periods = 1, Drug = [false], Pairs = null, Course = trial.Course with { Blocks = blocks } };
        PeriodMeans.Of(runIn, 0).Single().Days.ShouldBe(28);
    }

    [Fact]
    public void Days_that_contradict_the_allocation_are_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => PeriodMeans.Of(Some.Trial("LP", 0) with { Drug = [false, true] }, 14)).Message.ShouldContain("allocated");
}
