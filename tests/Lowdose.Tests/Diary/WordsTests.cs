using Lowdose.Diary;
using Lowdose.Science.Inference;

namespace Lowdose.Tests.Diary;

public class WordsTests
{
    private static readonly Course Pain = new() { Scores = [5], DosesMg = [0], Arms = [Arm.None] };
    private static readonly Course Mood = Pain with { ScaleMax = 100, HigherIsBetter = true };

    [Theory]
    [InlineData(0, "fewer than 1 of 20")]
    [InlineData(0.02, "fewer than 1 of 20")]
    [InlineData(0.05, "1 of 20")]
    [InlineData(0.5, "10 of 20")]
    [InlineData(0.85, "17 of 20")]
    [InlineData(0.97, "19 of 20")]
    [InlineData(0.99, "more than 19 of 20")]
    [InlineData(1, "more than 19 of 20")]
    public void A_chance_is_always_of_20_and_never_certain(double probability, string text) => Words.Chance(probability).ShouldBe(text);

    [Theory]
    [InlineData(0.5, "0.5 mg")]
    [InlineData(1.0, "1 mg")]
    [InlineData(4.5, "4.5 mg")]
    public void A_dose_has_a_leading_zero_and_no_trailing_one(double mg, string text) => Words.Dose(mg).ShouldBe(text);

    [Theory]
    [InlineData(-1.84, "1.8 points better")]
    [InlineData(-1.0, "1 point better")]
    [InlineData(0.5, "0.5 points worse")]
    [InlineData(0.02, "the same")]
    public void A_lower_score_is_better_where_the_outcome_says_so(double effect, string text) => Words.Change(effect, Pain).ShouldBe(text);

    [Fact]
    public void A_higher_score_is_better_where_the_outcome_says_so() => Words.Change(7.5, Mood).ShouldBe("7.5 points better");

    [Theory]
    [InlineData(-2.7, -0.7, "between 0.7 and 2.7 points better")]
    [InlineData(-2.7, 0.4, "between 2.7 points better and 0.4 points worse")]
    [InlineData(-0.4, 2.7, "between 0.4 points better and 2.7 points worse")]
    [InlineData(0.3, 2.7, "between 0.3 and 2.7 points worse")]
    [InlineData(-2.7, 0.01, "between 0 and 2.7 points better")]
    public void A_range_is_said_in_one_direction_where_it_has_one(double lo, double hi, string text) =>
        Words.ChangeRange(new Summary(0, 1, lo, 0, hi), Pain).ShouldBe(text);

    [Theory]
    [InlineData(0.123, 1, "0.12")]
    [InlineData(6.25, 10, "6.3")]
    [InlineData(76.23, 100, "76.2")]
    [InlineData(-0.001, 10, "0")]
    public void A_score_has_as_many_digits_as_its_scale_can_bear(double score, double range, string text) => Words.Score(score, range).ShouldBe(text);
}
