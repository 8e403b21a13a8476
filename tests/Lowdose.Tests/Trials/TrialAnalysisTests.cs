using Lowdose.Evidence;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Trials;
using Lowdose.Science.Numerics;
using Lowdose.Trials;

namespace Lowdose.Tests.Trials;

public class A_trial_that_was_revealed
{
    private static readonly TrialSubject Me = new("me");

    /// <summary>A whole trial: started, guessed, closed, revealed, and what its people wrote.</summary>
    private static (Trial Trial, Opening Opening, TrialDays[] Days) Run(Design design, double effect, int seed, params TrialSubject[] subjects)
    {
        var (trial, allocation) = Some.Sealed(design, seed, subjects);
        foreach (var subject in subjects) trial = trial.After(new TrialRecord.Started("Ann", Some.Noon, subject.Id, Some.Start));
        foreach (var subject in subjects)
            foreach (var period in trial.PeriodsOf(subject.Id)) trial = trial.After(new TrialRecord.Guessed("Ann", Some.Noon, subject.Id, period.Number, period.Number % 2 == 1 ? ArmGuess.Drug : ArmGuess.DoNotKnow));
        trial = trial.After(new TrialRecord.Closed("Ann", Some.Noon, null));
        Trial? revealed = null;
        Reveal.Open(trial, allocation, new("Ann", Some.Noon), (_, next) => { revealed = next; return null; }, out var opening).ShouldBeNull();
        return (revealed!, opening!, [.. subjects.Select((s, i) => Written(revealed!, opening!, s.Id, effect, (ulong)(seed * 100 + i)))]);
    }

    private static TrialDays Written(Trial trial, Opening opening, string subject, double effect, ulong stream)
    {
        var random = new Philox(5, stream);
        var periods = trial.PeriodsOf(subject);
        var course = VirtualCourse.Draw([.. periods.Zip(opening.Of(subject)).Select(p => p.Second.Drug ? new CourseBlock(Arm.Ldn, 4.5, p.First.Days) : new CourseBlock(Arm.Placebo, 0, p.First.Days))],
            new Truth { Effect = _ => effect, Sigma = 1.2 }, ref random);
        return new(subject, [.. course.Scores.Select((y, t) => new TrialDay(periods[0].First.PlusDays(t), double.IsNaN(y) ? null : y, true))]);
    }

    [Fact]
    public void Of_one_person_in_two_pairs_is_read_by_the_model_and_by_its_own_four_orders()
    {
        var (trial, opening, days) = Run(Some.Built("trial-pairs"), -3, 1, Me);
        TrialAnalysis.Of(trial, opening, days, out var analysis).ShouldBeNull();
        analysis!.Conclusion.Decision.ShouldBe(TrialDecision.Benefit);
        analysis.Conclusion.Randomisation.Allocations.ShouldBe(4);
        analysis.Conclusion.Randomisation.OneSided.ShouldBe(0.25);
        var one = analysis.Conclusion.People.Single();
        one.Judgement.Strength.ShouldBe(Strength.Randomised);
        one.Periods.Select(p => p.Drug).ShouldBe(opening.Of("me").Select(p => p.Drug));
        one.Periods.ShouldAllBe(p => p.Days == 56 && p.Kept <= 42);
        one.Adjusted.ShouldNotBeNull();
        analysis.Conclusion.Blinding.Guesses.N.ShouldBe(4);
    }

    [Fact]
    public void Of_six_people_in_pairs_has_each_ones_orders_to_compare_with()
    {
        var design = Some.Built("trial-pairs") with { People = 6 };
        var (trial, opening, days) = Run(design, -2, 2, Some.People(6));
        TrialAnalysis.Of(trial, opening, days, out var analysis).ShouldBeNull();
        analysis!.Conclusion.Randomisation.Allocations.ShouldBe(4096);
        (analysis.Plan.Rule, analysis.Plan.PermutationLevel).ShouldBe((TrialRule.Mean, 0.05));
        analysis.Conclusion.Pooled!.Effect.Mean.ShouldBeLessThan(-1);
        analysis.Subjects.ShouldBe(["S1", "S2", "S3", "S4", "S5", "S6"]);
        // A p of a few in thousands is not printed as none.
        CentReport.Of(analysis, new Dictionary<string, string>()).Single(e => e.Item.Id == "20").Text!.ShouldStartWith("The smallest one-sided p this randomisation could give is below 0.001.");
    }

    [Fact]
    public void Whose_diary_is_missing_is_left_out_and_the_rest_is_analysed()
    {
        var design = Some.Built("trial-pairs") with { People = 2 };
        var (trial, opening, days) = Run(design, -1, 3, Some.People(2));
        TrialAnalysis.Of(trial, opening, [days[1]], out var analysis).ShouldBeNull();
        analysis!.Subjects.ShouldBe(["S2"]);
        analysis.Conclusion.Randomisation.Allocations.ShouldBe(4);
        TrialAnalysis.Of(trial, opening, [], out _)!.What.ShouldContain("nobody has a score");
    }

    [Fact]
    public void Of_groups_is_compared_between_people_over_the_deals_of_their_blocks()
    {
        var (trial, opening, days) = Run(Some.Built("trial-parallel") with { People = 8 }, -2, 4, Some.People(8));
        TrialAnalysis.Of(trial, opening, days, out var analysis).ShouldBeNull();
        analysis!.Conclusion.Randomisation.Allocations.ShouldBe(36);
        (analysis.Plan.Contrast, analysis.Plan.Rule, analysis.Plan.PermutationLevel).ShouldBe((TrialContrast.BetweenPeople, TrialRule.Permutation, 0.05));
        analysis.Conclusion.Pooled.ShouldBeNull();
        analysis.Conclusion.People.ShouldAllBe(p => p.Randomisation == null);
    }

    [Fact]
    public void Is_refused_before_it_is_revealed_and_with_an_allocation_of_its_own_making()
    {
        var (trial, opening, days) = Run(Some.Built("trial-pairs"), 0, 5, Me);
        var other = Run(Some.Built("trial-pairs"), 0, 6, Me);
        TrialAnalysis.Of(trial, other.Opening, days, out _)!.What.ShouldContain("not what was committed to");
        TrialAnalysis.Of(Some.Sealed(Some.Built("trial-pairs"), 5, Me).Trial, opening, days, out _)!.What.ShouldContain("not revealed");
        TrialAnalysis.Of(trial, opening, [days[0] with { Subject = "you" }], out _)!.What.ShouldContain("not in the trial");
        TrialAnalysis.Of(trial, opening, [days[0] with { Days = [.. days[0].Days, days[0].Days[0]] }], out _)!.What.ShouldContain("stands twice");
        TrialAnalysis.Of(trial, opening, [days[0] with { Days = [days[0].Days[0] with { Score = 11 }] }], out _)!.What.ShouldContain("off the scale");
    }

    [Fact]
    public void Is_decided_by_the_rule_its_design_was_locked_with_and_by_no_other()
    {
        var design = Some.Built("trial-pairs");
        var strict = design with { Trial = design.TrialOrUsual with { PercentP = 5 } };
        var (trial, opening, days) = Run(strict, -3, 1, Me);
        TrialAnalysis.Of(trial, opening, days, out var analysis).ShouldBeNull();
        (analysis!.Conclusion.Decision, analysis.Conclusion.CannotDecide).ShouldBe((TrialDecision.Undecided, true));
        TrialAnalysis.Of(trial with { Design = design }, opening, days, out _)!.What.ShouldContain("not the one that was locked");
    }

    [Fact]
    public void Reports_every_part_of_CENT_2015_or_marks_it_missing()
    {
        var (trial, opening, days) = Run(Some.Built("trial-pairs"), -2, 7, Me);
        TrialAnalysis.Of(trial, opening, days, out var analysis).ShouldBeNull();
        var report = CentReport.Of(analysis!, new Dictionary<string, string> { ["25"] = "Paid by nobody." });
        report.Count.ShouldBe(44);
        report.Select(e => new string([.. e.Item.Id.TakeWhile(char.IsAsciiDigit)])).Distinct().Count().ShouldBe(25);
        report.Single(e => e.Item.Id == "25").Text.ShouldBe("Paid by nobody.");
        report.Single(e => e.Item.Id == "23").Text.ShouldBeNull();
        report.Single(e => e.Item.Id == "8c").Text.ShouldNotBeNull().ShouldContain("placebo, ");
        report.Single(e => e.Item.Id == "17a.1").Text!.Split(';').Length.ShouldBe(4);
        report.Where(e => e.Item.From is null && e.Item.Id != "25").ShouldAllBe(e => e.Text == null);
        // Of what the records can say only harms and the kits are missing here: nothing was stopped, no kit was made.
        report.Where(e => e.Item.From is not null && e.Text is null).Select(e => e.Item.Id).ShouldBe(["11b", "19"], ignoreOrder: true);
    }
}
