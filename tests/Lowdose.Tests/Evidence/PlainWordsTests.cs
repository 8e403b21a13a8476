using System.Text.RegularExpressions;

namespace Lowdose.Tests.Evidence;

/// <summary>What a rule tells a person can be read by a tired one: Flesch-Kincaid grade 6 at most (syllables by groups of vowels).</summary>
public sealed class PlainWordsTests
{
    [Fact]
    public void Every_rule_speaks_at_reading_grade_6_or_below() =>
        (from rule in RepositoryKnowledge.Knowledge.Rules.Values
         let grade = Grade(rule.Why + " " + rule.Do)
         where grade > 6
         select $"{rule.Id}: {grade:F1}").ShouldBeEmpty();

    [Fact]
    public void The_grade_of_a_known_sentence_is_right()
    {
        Grade("The cat sat on the mat.").ShouldBe(-1.45, 0.01);
        Grade("Pharmaceutical interactions necessitate individualised reconsideration.").ShouldBeGreaterThan(20);
    }

    private static double Grade(string text)
    {
        var sentences = Math.Max(1, Regex.Count(text, @"[.!?:](\s|$)"));
        var words = Regex.Matches(text, "[A-Za-z']+").Select(m => m.Value.ToLowerInvariant()).ToArray();
        return (0.39 * words.Length / sentences) + (11.8 * words.Sum(Syllables) / words.Length) - 15.59;
    }

    private static int Syllables(string word) => Math.Max(1, Regex.Count(Regex.Replace(word, "(?<=[^aeiouy])e$", ""), "[aeiouy]+"));
}
