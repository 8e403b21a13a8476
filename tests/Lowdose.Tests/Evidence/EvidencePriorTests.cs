using System.Globalization;
using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Quantities;

namespace Lowdose.Tests.Evidence;

/// <summary>The prior comes from the study files and from nothing else.</summary>
public sealed class EvidencePriorTests
{
    private static readonly EvidencePrior Prior = EvidencePrior.Of(RepositoryKnowledge.Knowledge)!;

    [Fact]
    public void It_rests_on_the_studies_that_answer_the_question() =>
        Prior.Trials.Select(t => t.Study).ShouldBe(RepositoryKnowledge.Knowledge.Studies.Values.Where(Prior.Question.Includes).OrderBy(s => s.Year).Select(s => s.Id));

    [Fact]
    public void Its_method_page_has_the_numbers_that_the_files_give()
    {
        var page = File.ReadAllText(Path.Combine(HouseRules.Repository.Root, "docs", "methods", "evidence-prior.md"));
        string Said(double value) => value.ToString("0.000", CultureInfo.InvariantCulture).Replace('-', '−');
        foreach (var trial in Prior.Trials) page.ShouldContain($"| {trial.Study} | {trial.Mg.ToString(CultureInfo.InvariantCulture)} mg | {Said(trial.Estimate)} | {Said(trial.Se)} |");
        page.ShouldContain($"τ² = {Said(Prior.Curve.Tau2)}");
        foreach (var mg in (double[])[0.5, 1.5, 3, 4.5, 6])
        {
            var (mean, sd) = Prior.Curve.At(mg);
            page.ShouldContain($"| {mg.ToString(CultureInfo.InvariantCulture)} mg | {Said(mean)} | {Said(sd)} | {Said(Prior.Curve.PersonSd)} |");
        }
    }

    [Fact]
    public void The_verdict_word_is_that_of_doubt_and_the_trials_stand_beside()
    {
        DiaryDay[] days = [.. Enumerable.Range(1, 112).Select(d => new DiaryDay(d, d <= 42 ? 6 + (d % 3) - 1 : 5 + (d % 3) - 1, d <= 42 ? Mass.Zero : Mass.FromMilligrams(4.5m), null, null, null))];
        var diary = new CourseDiary(new("pain"), days, null);
        var (alone, beside) = (CourseVerdict.Of(diary), CourseVerdict.Of(diary, beside: Prior));
        alone.Trials.ShouldBeNull();
        beside.Sentence.ShouldBe(alone.Sentence);
        beside.Judgement.Doses[0].Effect.ShouldBe(alone.Judgement.Doses[0].Effect);
        var told = beside.Trials.ShouldNotBeNull().Doses.ShouldHaveSingleItem();
        told.PriorMean.ShouldBe(Prior.Curve.At(4.5).Mean, 1e-12);
        // Ten weeks on the drug outweigh the trials: the answer moves by far less than the prior's own mean.
        Math.Abs(alone.Judgement.Doses[0].Effect.Mean - told.Effect.Mean).ShouldBeInRange(1e-6, -told.PriorMean / 4);
        beside.Trials.Says.ShouldContain(s => s.Contains("FINAL", StringComparison.Ordinal));
    }
}
