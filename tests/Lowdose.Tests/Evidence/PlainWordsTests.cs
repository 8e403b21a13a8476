namespace Lowdose.Tests.Evidence;

/// <summary>What the knowledge tells a person can be read by a tired one: Flesch-Kincaid grade 6 at most.</summary>
public sealed class PlainWordsTests
{
    private const double Most = 6;

    private static readonly IReadOnlySet<string> Names = ReadingGrade.NamesOf(RepositoryKnowledge.Knowledge);

    [Fact]
    public void Every_rule_says_why_at_grade_6_or_below() => TooHard(RepositoryKnowledge.Knowledge.Rules.Values.Select(r => (r.Id, r.Why))).ShouldBeEmpty();

    [Fact]
    public void Every_rule_says_what_to_do_at_grade_6_or_below() => TooHard(RepositoryKnowledge.Knowledge.Rules.Values.Select(r => (r.Id, r.Do))).ShouldBeEmpty();

    [Fact]
    public void Every_resource_is_told_at_grade_6_or_below() =>
        TooHard(RepositoryKnowledge.Knowledge.Resources.Values.Select(r => (r.Id, $"{r.Offers} {r.Caution}"))).ShouldBeEmpty();

    [Fact]
    public void Every_condition_is_told_at_grade_6_or_below() => TooHard(RepositoryKnowledge.Knowledge.Conditions.Values.Select(c => (c.Id, c.Says))).ShouldBeEmpty();

    [Fact]
    public void No_sentence_of_a_condition_has_more_than_15_words() =>
        RepositoryKnowledge.Knowledge.Conditions.Values.SelectMany(c => ReadingGrade.Sentences(c.Says)).Where(s => ReadingGrade.Words(s).Length > 15).ShouldBeEmpty();

    [Fact]
    public void No_sentence_of_a_rule_or_resource_has_more_than_15_words() =>
        (from text in RepositoryKnowledge.Knowledge.Rules.Values.Select(r => r.Why + " " + r.Do).Concat(RepositoryKnowledge.Knowledge.Resources.Values.Select(r => $"{r.Offers} {r.Caution}"))
         from sentence in ReadingGrade.Sentences(text)
         where ReadingGrade.Words(sentence).Length > 15
         select sentence).ShouldBeEmpty();

    [Fact]
    public void Every_answer_is_asked_and_told_at_grade_6_or_below() => TooHard(RepositoryKnowledge.Knowledge.Answers.Values.Select(a => (a.Id, $"{a.Asks} {a.Says}"))).ShouldBeEmpty();

    [Fact]
    public void An_answer_is_two_sentences_of_15_words_at_most() =>
        (from answer in RepositoryKnowledge.Knowledge.Answers.Values
         let sentences = ReadingGrade.Sentences(answer.Says).ToArray()
         where sentences.Length > 2 || sentences.Any(s => ReadingGrade.Words(s).Length > 15)
         select $"{answer.Id}: {answer.Says}").ShouldBeEmpty();

    [Fact]
    public void Every_alternative_is_told_at_grade_6_or_below_in_sentences_of_15_words_at_most()
    {
        var told = RepositoryKnowledge.Knowledge.Alternatives.Values.Select(a => (a.Id, Text: $"{a.Says} {a.Caution}")).ToArray();
        TooHard(told).ShouldBeEmpty();
        told.SelectMany(t => ReadingGrade.Sentences(t.Text)).Where(s => ReadingGrade.Words(s).Length > 15).ShouldBeEmpty();
    }

    [Theory]
    // Worked by hand from the formula; the platypus is Wikipedia's example (13 words, 24 syllables).
    [InlineData("The cat sat on the mat.", -1.45)]
    [InlineData("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 11.26)]
    [InlineData("This is a short one. So is this.", -2.23)]
    [InlineData("See a doctor today.", 0.39 * 4 + 11.8 * 6 / 4 - 15.59)]
    [InlineData("Take 4.5 mg of naltrexone at night.", 0.39 * 7 + 11.8 * 7 / 7 - 15.59)]
    public void The_grade_of_a_known_text_is_right(string text, double grade) => ReadingGrade.Of([text], Names).ShouldBe(grade, 0.01);

    [Theory]
    [InlineData("cat", 1), InlineData("table", 2), InlineData("made", 1), InlineData("stopped", 1), InlineData("tested", 2), InlineData("doses", 2), InlineData("takes", 1), InlineData("boxes", 2),
     InlineData("diary", 3), InlineData("being", 2), InlineData("doctor’s", 2), InlineData("don't", 1), InlineData("medicine", 3), InlineData("the", 1), InlineData("opioids", 3), InlineData("tables", 2)]
    public void Syllables_are_counted_as_spoken(string word, int syllables) => ReadingGrade.Syllables(word).ShouldBe(syllables);

    [Fact]
    public void Long_words_in_a_long_sentence_are_far_too_hard() =>
        ReadingGrade.Of(["Pharmaceutical interactions necessitate individualised reconsideration."]).ShouldBeGreaterThan(20);

    private static IEnumerable<string> TooHard(IEnumerable<(string Id, string Text)> texts) =>
        from text in texts
        let grade = ReadingGrade.Of([text.Text], Names)
        where grade > Most
        select $"{text.Id}: {grade:F1}: {text.Text}";
}
