using Lowdose.Science.Inference.Charts;

namespace Lowdose.Science.Tests.Charts;

/// <summary>
/// Weeks of remission in leukaemia on 6-mercaptopurine and on placebo (Freireich et al., Blood 21 (1963) 699–716), the set that textbooks use, against R's
/// survival 3.5.3: survfit(conf.type = "log-log") and survdiff; the shares and standard errors by a separate sum too.
/// </summary>
public class KaplanMeierTests
{
    private static readonly Stay[] Drug = [.. new[] { 6, 6, 6, 7, 10, 13, 16, 22, 23 }.Select(t => new Stay(t, true)), .. new[] { 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 }.Select(t => new Stay(t, false))];
    private static readonly Stay[] Placebo = [.. new[] { 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23 }.Select(t => new Stay(t, true))];

    [Theory]
    [InlineData(6, 21, 3, 0.8571428571428572, 0.07636035483212125, 0.619717955265984, 0.951551747646997)]
    [InlineData(7, 17, 1, 0.8067226890756303, 0.0869352851800572, 0.563146564622233, 0.922809019202880)]
    [InlineData(10, 15, 1, 0.7529411764705882, 0.09634965299432051, 0.503199510799957, 0.889361835169265)]
    [InlineData(13, 12, 1, 0.6901960784313725, 0.10681470777500983, 0.431610222486184, 0.849065963349451)]
    [InlineData(16, 11, 1, 0.6274509803921569, 0.11405386525675254, 0.367510855987502, 0.804912189471841)]
    [InlineData(22, 7, 1, 0.5378151260504203, 0.12823375169303403, 0.267778936767135, 0.746790717635394)]
    [InlineData(23, 6, 1, 0.44817927170868355, 0.13459145675576048, 0.188052005959232, 0.680142628495241)]
    public void The_curve_is_the_textbook_s(double week, int atRisk, int events, double share, double se, double lo, double hi)
    {
        var step = KaplanMeier.Of(Drug).Steps.Single(s => s.Time == week);
        (step.AtRisk, step.Events).ShouldBe((atRisk, events));
        step.Share.ShouldBe(share, 1e-12);
        step.Se.ShouldBe(se, 1e-12);
        step.Lo.ShouldBe(lo, 1e-12);
        step.Hi.ShouldBe(hi, 1e-12);
    }

    [Fact]
    public void The_middle_and_its_interval_and_the_log_rank_test_are_those_of_R()
    {
        KaplanMeier.Of(Drug).Median.ShouldBe((23, 13, double.NaN));
        KaplanMeier.Of(Placebo).Median.ShouldBe((8, 4, 11));
        var difference = LogRank.Of([Drug, Placebo]).ShouldNotBeNull();
        difference.Statistic.ShouldBe(16.7929409892165, 1e-10);
        difference.P.ShouldBe(4.16880910933453e-05, 1e-15);
    }

    [Fact]
    public void Without_anybody_lost_it_is_the_share_of_those_left()
    {
        foreach (var step in KaplanMeier.Of(Placebo).Steps)
        {
            var left = Placebo.Count(s => s.Time > step.Time) / 21.0;
            step.Share.ShouldBe(left, 1e-12);
            // Greenwood's formula then is that of a binomial share.
            if (left > 0) step.Se.ShouldBe(Math.Sqrt(left * (1 - left) / 21), 1e-12);
        }
    }

    [Fact]
    public void At_a_time_between_steps_the_last_one_holds_and_past_the_end_nothing_is_said()
    {
        var curve = KaplanMeier.Of(Drug);
        curve.At(5)!.Value.Share.ShouldBe(1);
        curve.At(22.5)!.Value.Share.ShouldBe(0.53781512605042, 1e-12);
        curve.At(35)!.Value.Share.ShouldBe(0.448179271708683, 1e-12);
        curve.At(35.1).ShouldBeNull();
    }

    [Fact]
    public void Nobody_stopped_has_no_middle_and_no_interval()
    {
        var curve = KaplanMeier.Of([new(10, false), new(20, false)]);
        curve.Steps.ShouldAllBe(s => s.Share == 1 && double.IsNaN(s.Lo));
        curve.Median.Time.ShouldBe(double.NaN);
        Should.Throw<ArgumentException>(() => KaplanMeier.Of([new(0, true)]));
    }

    [Fact]
    public void Groups_that_are_alike_do_not_differ_and_one_group_cannot()
    {
        LogRank.Of([Drug, Drug])!.Value.Statistic.ShouldBe(0, 1e-12);
        LogRank.Of([Drug]).ShouldBeNull();
        LogRank.Of([[new(1, false)], [new(2, false)]]).ShouldBeNull();
    }

    [Theory]
    // By hand from Wilson's formula.
    [InlineData(0, 10, 0, 0.2775327998628892)]
    [InlineData(5, 10, 0.236593090512564, 0.7634069094874361)]
    [InlineData(10, 10, 0.7224672001371107, 1)]
    public void A_share_s_interval_stays_within_0_and_1(int count, int of, double lo, double hi)
    {
        var share = new Share(count, of);
        share.Lo.ShouldBe(lo, 1e-12);
        share.Hi.ShouldBe(hi, 1e-12);
        new Share(0, 0).Value.ShouldBe(double.NaN);
    }
}
