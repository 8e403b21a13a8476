using Lowdose.Science.Inference;

namespace Lowdose.Science.Tests.Inference;

public class A_continuation_as_now
{
    [Fact]
    public void Goes_on_with_the_dose_even_where_the_last_tablet_was_forgotten()
    {
        var course = Some.Diary(1, [(Arm.None, 0, 28), (Arm.Ldn, 4.5, 24), (Arm.Ldn, 0, 1)], 0, 0.5, 1, 0);
        var longer = Settle.Continue(course, Continuation.AsNow28);
        longer.DosesMg[^28..].ShouldAllBe(mg => mg == 4.5);
        longer.Arms[^28..].ShouldAllBe(arm => arm == Arm.Ldn);
    }

    [Fact]
    public void Stays_off_where_the_drug_was_stopped() =>
        Settle.Continue(Some.Diary(1, [(Arm.Ldn, 4.5, 40), (Arm.None, 0, 5)], 0, 0.5, 1, 0), Continuation.AsNow28).DosesMg[^28..].ShouldAllBe(mg => mg == 0);

    [Fact]
    public void With_no_candidate_dose_takes_up_the_last_dose_that_lasted_and_not_the_highest_ever_tried()
    {
        var course = Some.Diary(1, [(Arm.None, 0, 28), (Arm.Ldn, 4.5, 3), (Arm.Ldn, 1.5, 24)], 0, 0.5, 1, 0);
        Settle.Continue(course, Continuation.Off28On56).DosesMg[^1].ShouldBe(1.5);
    }
}
