using Lowdose.Evidence;
using Lowdose.Trials;

namespace Lowdose.Tests.Trials;

public class An_opened_allocation
{
    private static readonly Design Pairs = Some.Built("trial-pairs");

    [Fact]
    public void Is_the_text_that_was_committed_to_and_the_seed_deals_the_same_again()
    {
        var (trial, opening) = Some.Revealed(Pairs, 1, new TrialSubject("me"));
        opening.Opens(trial.Commitment!).ShouldBeTrue();
        opening.IsDrawnFrom(trial.Design, trial.Subjects).ShouldBeTrue();
        opening.PlanHash.ShouldBe(trial.Plan!.Hash);
        opening.Text.Split('\n').Length.ShouldBe(6 + 4 + 1);
        Opening.Read(opening.Text, out var again).Wrong.ShouldBeNull();
        again!.Periods.ShouldBe(opening.Periods);
        opening.Row(Pairs).ShouldBe(Some.Legal(Pairs, Some.People(1)).Draw(new SeededDraw(Some.Bytes(1), "allocation")));
    }

    [Fact]
    public void With_any_bit_of_any_byte_flipped_does_not_open_the_commitment()
    {
        var (trial, opening) = Some.Revealed(Pairs, 2, new TrialSubject("me"));
        var bytes = System.Text.Encoding.Latin1.GetBytes(opening.Text);
        for (var i = 0; i < 8 * bytes.Length; i++)
        {
            bytes[i / 8] ^= (byte)(1 << (i % 8));
            // What cannot even be read is found too.
            if (Opening.Read(System.Text.Encoding.Latin1.GetString(bytes), out var changed).Wrong is null) changed!.Opens(trial.Commitment!).ShouldBeFalse($"bit {i}");
            bytes[i / 8] ^= (byte)(1 << (i % 8));
        }
    }

    [Fact]
    public void With_a_period_swapped_taken_out_or_added_does_not_open_the_commitment()
    {
        var (trial, opening) = Some.Revealed(Pairs, 3, new TrialSubject("me"));
        var lines = opening.Text.Split('\n');
        foreach (var changed in new[] { string.Join('\n', lines[..6].Concat(lines[6..10].Reverse()).Append("")), string.Join('\n', lines[..9].Append("")), opening.Text + "me 5 placebo\n", opening.Text + "\n" })
            (Opening.Read(changed, out var read).Wrong is null && read!.Opens(trial.Commitment!)).ShouldBeFalse();
    }

    [Fact]
    public void Chosen_instead_of_drawn_is_found_by_drawing_again()
    {
        var (trial, opening) = Some.Revealed(Pairs, 4, new TrialSubject("me"));
        var chosen = opening.Text.Replace("me 1 placebo", "me 1 X").Replace("me 1 ldn-4.5mg", "me 1 placebo").Replace("me 1 X", "me 1 ldn-4.5mg");
        chosen.ShouldNotBe(opening.Text);
        Opening.Read(chosen, out var read).Wrong.ShouldBeNull();
        // Whoever chose could also commit to it; the seed tells.
        read!.Opens(new(trial.Id, TrialDesign.Sha256(chosen))).ShouldBeTrue();
        read.IsDrawnFrom(trial.Design, trial.Subjects).ShouldBeFalse();
    }

    [Fact]
    public void Of_another_nonce_has_another_commitment_though_the_arms_are_the_same()
    {
        var trial = Some.Ready(Pairs, new TrialSubject("me"));
        Allocation.Draw(trial, Some.Bytes(1), Some.Bytes(1, "nonce"), out var one).ShouldBeNull();
        Allocation.Draw(trial, Some.Bytes(1), Some.Bytes(2, "nonce"), out var other).ShouldBeNull();
        one!.Commitment.ShouldNotBe(other!.Commitment);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("lowdose allocation 2\n", 1)]
    [InlineData("lowdose allocation 1\ntrial t\n", 3)]
    [InlineData("lowdose allocation 1\ntrial t t\n", 2)]
    public void That_is_none_is_refused_with_its_line(string text, int line) => Opening.Read(text, out _).Line.ShouldBe(line);
}
