using Lowdose.Science.Inference;
using Lowdose.Web.Plots;

namespace Lowdose.Acceptance.Web;

/// <summary>Twenty dots and the words beside them.</summary>
public sealed class QuantileDotTests
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Their_counts_are_the_probabilities_and_their_order_is_the_effect(bool higherIsBetter)
    {
        for (var benefit = 0.0; benefit <= 1; benefit += 0.013)
        {
            for (var harm = 0.0; harm <= 1 - benefit; harm += 0.037)
            {
                var sign = higherIsBetter ? -1 : 1;
                var any = benefit + (0.5 * (1 - benefit - harm));
                var effect = new Summary(0, 1, -2, -0.1 * sign, 2);
                var dots = QuantileDots.Of(new DoseJudgement(1.5, 40, effect, any, benefit, harm, null, null, 2), 1, higherIsBetter);
                dots.Count.ShouldBe(20);
                dots.Count(d => d.Kind == Dot.Better).ShouldBeInRange(Figures.InTwenty(benefit) - 1, Figures.InTwenty(benefit));
                dots.Count(d => d.Kind == Dot.Worse).ShouldBeInRange(Figures.InTwenty(harm) - 1, Figures.InTwenty(harm));
                dots.Zip(dots.Skip(1)).ShouldAllBe(pair => pair.First.Effect <= pair.Second.Effect + 1e-9);
                dots.ShouldAllBe(d => d.Kind == Dot.Between ? Math.Abs(d.Effect) <= 1 : Math.Abs(d.Effect) >= 1);
            }
        }
    }

    [Fact]
    public void The_outermost_dots_stand_on_the_interval()
    {
        var dots = QuantileDots.Of(new DoseJudgement(4.5, 56, MadeUp.Normal(-1.8, 0.6), 0.9987, 0.9088, 0.0001, null, null, 2), 1, false);
        dots[0].Effect.ShouldBe(-1.8 - (1.96 * 0.6), 1e-9);
        dots[^1].Effect.ShouldBe(-1.8 + (1.96 * 0.6), 1e-9);
    }

    [Fact]
    public void There_are_none_where_nothing_is_known() =>
        QuantileDots.Of(new DoseJudgement(1.5, 5, MadeUp.None, double.NaN, double.NaN, double.NaN, null, null, 2), 1, false).ShouldBeEmpty();

    [Theory]
    [InlineData(0, "fewer than 1 of 20")]
    [InlineData(0.024, "fewer than 1 of 20")]
    [InlineData(0.03, "1 of 20")]
    [InlineData(0.76, "15 of 20")]
    [InlineData(1, "more than 19 of 20")]
    [InlineData(double.NaN, "–")]
    public void A_chance_is_told_in_twentieths_and_never_as_certain(double probability, string told) =>
        Figures.OfTwenty(probability).ShouldBe(told);

    [Theory]
    [InlineData(0.5, "0.5 mg"), InlineData(1, "1 mg"), InlineData(4.5, "4.5 mg"), InlineData(0.0625, "0.0625 mg")]
    public void A_dose_has_a_leading_zero_no_trailing_zero_and_a_space(double mg, string told) => Figures.Dose(mg).ShouldBe(told);

    [Theory]
    [InlineData(-1.84, "−1.8"), InlineData(0.04, "0.0"), InlineData(-0.04, "0.0"), InlineData(0.26, "+0.3")]
    public void A_change_shows_its_sign_and_nothing_is_minus_zero(double change, string told) => Figures.Change(change, 10).ShouldBe(told);

    [Fact]
    public void Days_are_listed_in_runs() => Figures.List([3, 7, 8, 9, 12]).ShouldBe("3, 7–9, 12");
}
