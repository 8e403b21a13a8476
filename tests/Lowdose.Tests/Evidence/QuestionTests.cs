using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>Every question has studies that answer it, and a reason for each that stays out.</summary>
public sealed class QuestionTests
{
    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    private static IEnumerable<(Question Question, Study Study)> Entering => from question in Known.Questions.Values from study in Known.Studies.Values where question.Includes(study) select (question, study);

    [Fact]
    public void Every_question_has_a_study_that_answers_it() => Known.Questions.Values.Where(q => !Known.Studies.Values.Any(q.Includes)).Select(q => q.Id).ShouldBeEmpty();

    [Fact]
    public void A_study_that_enters_a_question_is_of_its_condition_and_of_its_kind() =>
        Entering.Where(e => !e.Study.Conditions.Any(e.Question.Conditions.Contains) || e.Study.IsRandomised != (e.Question.From == QuestionFrom.Randomised)).Select(e => $"{e.Question.Id}: {e.Study.Id}").ShouldBeEmpty();

    [Fact]
    public void No_study_is_both_in_and_out() => Entering.Where(e => e.Question.Excluded.Any(x => x.Study == e.Study.Id)).Select(e => $"{e.Question.Id}: {e.Study.Id}").ShouldBeEmpty();

    [Fact]
    public void A_study_that_is_left_out_by_name_is_of_the_condition() =>
        (from question in Known.Questions.Values
         from excluded in question.Excluded
         where !Known.Studies[excluded.Study].Conditions.Any(question.Conditions.Contains)
         select $"{question.Id}: {excluded.Study}").ShouldBeEmpty();

    [Fact]
    public void A_study_without_a_result_a_review_and_a_further_report_stay_out_by_themselves()
    {
        var left = Known.Questions["mecfs-any-improvement"].Out(Known.Studies.Values).ToDictionary(e => e.Study, e => e.Why);
        left["LIFT"].ShouldBe("It has no result yet.");
        left["UAB-MECFS"].ShouldBe("It was called off.");
        left["BOLTON2020"].ShouldBe("It tells of single cases.");
        left.ShouldNotContainKey("POLO2019");
        Known.Questions["fibromyalgia-responders-30"].Out(Known.Studies.Values).Single(e => e.Study == "FINAL-QST").Why.ShouldContain("further report of FINAL");
    }
}
