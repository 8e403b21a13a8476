using System.Text.RegularExpressions;
using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>What is told in answer to what people ask rests on claims and pooled questions, and so do the alternatives.</summary>
public sealed class AnswerTests
{
    // Seed 004 names these; the domain notes add the licensed ones.
    private static readonly string[] Named =
    [
        "pregabalin", "duloxetine", "milnacipran", "cyclobenzaprine", "nutrient-test", "diet", "vitamin-d", "vitamin-a", "glutathione", "probiotics", "selenium", "zinc", "iodine", "curcumin", "boswellia",
        "nettle", "reishi", "fish-oil", "meditation", "cannabinoids", "exercise", "tai-chi", "massage", "acupuncture",
    ];

    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    [Fact]
    public void The_certainty_of_an_answer_is_that_of_one_of_its_claims() =>
        Known.Answers.Values.Where(a => !a.Claims.Any(c => Known.Claims[c].Certainty == a.Certainty)).Select(a => a.Id).ShouldBeEmpty();

    [Fact]
    public void A_number_in_an_answer_stands_in_one_of_its_claims() =>
        (from answer in Known.Answers.Values
         from number in Regex.Matches(answer.Says, @"\d[\d.,]*\d|\d").Select(m => m.Value)
         where !answer.Claims.Any(c => Known.Claims[c].Statement.Contains(number, StringComparison.Ordinal))
         select $"{answer.Id}: {number}").ShouldBeEmpty();

    [Fact]
    public void Every_pooled_question_has_an_answer_that_shows_it() =>
        Known.Questions.Keys.Where(q => !Known.Answers.Values.Any(a => a.Questions.Contains(q))).ShouldBeEmpty();

    [Fact]
    public void A_claim_that_was_overtaken_is_told_beside_what_overtook_it() =>
        (from answer in Known.Answers.Values
         from claim in answer.Claims
         from since in Known.Claims[claim].SupersededBy
         where !answer.Claims.Contains(since)
         select $"{answer.Id}: {claim} without {since}").ShouldBeEmpty();

    [Fact]
    public void Every_alternative_that_a_source_text_names_is_there() => Named.Where(id => !Known.Alternatives.ContainsKey(id)).ShouldBeEmpty();

    [Fact]
    public void The_certainty_of_an_alternative_is_that_of_one_of_its_claims() =>
        Known.Alternatives.Values.Where(a => !a.Claims.Any(c => Known.Claims[c].Certainty == a.Certainty)).Select(a => a.Id).ShouldBeEmpty();

    [Theory]
    [InlineData("exercise", "crash"), InlineData("tai-chi", "crash"), InlineData("iodine", "thyroid"), InlineData("selenium", "thyroid"), InlineData("cannabinoids", "sleepy"), InlineData("tramadol", "Never take it with LDN")]
    public void What_may_harm_has_its_caution(string id, string says) => Known.Alternatives[id].Caution.ShouldNotBeNull().ShouldContain(says);

    [Fact]
    public void An_alternative_that_is_an_opioid_says_never() =>
        Known.Alternatives.Values.Where(a => Known.Substances.TryGetValue(a.Id, out var s) && s.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist && a.Caution?.Contains("Never", StringComparison.Ordinal) != true)
            .Select(a => a.Id).ShouldBeEmpty();
}
