using System.Text.RegularExpressions;

namespace Lowdose.Tests.HouseRules;

/// <summary>S19: no secret lies in the repository; what needs one is given it, or makes its own.</summary>
[Trait("trust", "S19")]
public sealed class SecretTests
{
    // Keys by their own marks, and words that are given a value. Written in halves, so that this file does not break its own rule.
    private static readonly Regex Secret = new(
        "-----BEGIN [A-Z ]*PRIVATE" + @" KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abp]-[A-Za-z0-9-]{10,}|\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\.|(?i)\b(pass" + @"word|secret|api[_-]?key|token)\b\s*[=:]\s*""[^""{}<>\s]{8,}""");

    [Fact]
    public void No_source_document_or_setting_holds_a_secret() =>
        Repository.Files.Where(f => !f.Path.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(f => Found(f.Path, f.Text)).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_key_and_a_word_with_a_value_and_no_sentence_about_them()
    {
        Found("a.cs", "-----BEGIN EC PRIVATE" + " KEY-----").Count().ShouldBe(1);
        Found("a.json", "\"pass" + "word\" : \"x\", pass" + "word = \"kestrel-harbour\"").Count().ShouldBe(1);
        Found("a.md", "The password is asked for; set LOWDOSE_CERTIFICATE_PASSWORD.").ShouldBeEmpty();
    }

    private static IEnumerable<string> Found(string path, string text) => Secret.Matches(text).Select(m => $"{path}: {m.Value[..Math.Min(m.Value.Length, 12)]}…");
}
