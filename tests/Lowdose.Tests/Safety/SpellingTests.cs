using Lowdose.Evidence;

namespace Lowdose.Tests.Safety;

/// <summary>How far a word may be from a name and still be it.</summary>
public class SpellingTests
{
    private static Word W(string text) => Word.Of(text).Single();

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Slips_are_letters_changed_dropped_added_or_swapped(string a, string b, int slips) => Spelling.Distance(a, b, 5).ShouldBe(slips);

    [Theory]
    [InlineData("morphine", "morfine")]
    [InlineData("morphine", "Morphin")]
    [InlineData("codeine", "kodein")]
    [InlineData("oxycodone", "oksykodon")]
    [InlineData("kratom", "cratom")]
    public void Names_that_sound_alike_are_written_alike(string a, string b) => W(a).Spoken.ShouldBe(W(b).Spoken);

    [Fact]
    public void A_short_word_may_hold_no_slip_and_a_long_one_two()
    {
        Spelling.Slips(W("oxis"), W("oxys"), true).ShouldBe(0, "they sound the same");
        Spelling.Slips(W("oxes"), W("oxys"), true).ShouldBeNull();
        Spelling.Slips(W("bupernorphine"), W("buprenorphine"), true).ShouldBe(1);
        Spelling.Slips(W("iodine"), W("codeine"), true).ShouldBeNull("another first sound");
    }

    [Fact]
    public void Accents_and_case_do_not_count_and_digits_stand_apart()
    {
        Word.Of("Codéine-30MG").Select(w => w.Text).ShouldBe(["codeine", "30", "mg"]);
        Word.Of("  ").ShouldBeEmpty();
    }
}
