using Lowdose.Evidence;
using Lowdose.Trials;

namespace Lowdose.Tests.Trials;

public class Legal_sequences
{
    private const string TwoPairs = "people: 9\nblocks: {arms: [placebo, ldn], days: 28, pairs: 2, random: pairs}\n";

    [Fact]
    public void Two_pairs_of_one_person_have_four_orders() =>
        Some.Legal(Some.Built("trial-pairs"), Some.People(1)).All().Select(r => string.Concat(r)).Order().ShouldBe(["0101", "0110", "1001", "1010"]);

    [Fact]
    public void Balanced_periods_have_every_order_with_as_many_of_each_arm() =>
        Some.Legal(Some.Read(TwoPairs + "trial: {allocation: balanced}\n"), Some.People(1)).All().Select(r => string.Concat(r)).Order().ShouldBe(["0011", "0101", "0110", "1001", "1010", "1100"]);

    [Fact]
    public void Sequences_are_dealt_to_half_of_the_people_each_and_the_odd_one_is_dealt_too()
    {
        var design = Some.Built("trial-crossover");
        Some.Legal(design, Some.People(4)).All().Select(r => string.Concat(r)).Order().ShouldBe(["01011010", "01100110", "01101001", "10010110", "10011001", "10100101"]);
        ((int)Some.Legal(design, Some.People(3)).Count!.Value).ShouldBe(6);
        Some.Legal(design, Some.People(1)).All().Select(r => string.Concat(r)).Order().ShouldBe(["01", "10"]);
    }

    [Fact]
    public void A_ladder_climbs_one_rung_at_a_time_and_placebo_may_stand_anywhere()
    {
        var design = Some.Built("trial-dose-ladder");
        var rows = Some.Legal(design, Some.People(1)).All();
        rows.Count.ShouldBe(20);
        rows.ShouldAllBe(r => string.Concat(r.Where(a => a != 0)) == "123");
        TrialArm.Of(design).Select(a => a.Name).ShouldBe(["placebo", "ldn-1.5mg", "ldn-3mg", "ldn-4.5mg"]);
    }

    [Fact]
    public void A_drawn_start_has_one_order_for_each_week_it_may_be_in()
    {
        var rows = Some.Legal(Some.Built("trial-start"), Some.People(1)).All();
        rows.Select(r => string.Concat(r)).Order().ShouldBe(["000000011111", "000000111111", "000001111111", "000011111111", "000111111111", "001111111111"]);
    }

    [Fact]
    public void Groups_are_even_in_every_block_and_stratum_and_the_last_block_is_as_even_as_it_can_be()
    {
        var design = Some.Built("trial-parallel");
        var legal = Some.Legal(design, Some.People(10));
        (legal.Periods, (int)legal.Count!.Value).ShouldBe((1, 6 * 6 * 2));
        legal.All().ShouldAllBe(r => r.Take(4).Sum() == 2 && r.Skip(4).Take(4).Sum() == 2 && r.Skip(8).Sum() == 1);
        Some.Legal(design, Some.People(6)).All().ShouldAllBe(r => r.Take(4).Sum() == 2 && r.Skip(4).Sum() == 1);
        ((int)Some.Legal(design, Some.People(7)).Count!.Value).ShouldBe(6 * 6);
        var stratified = design with { Trial = design.Trial! with { Factors = [new("sex", ["woman", "man"])] } };
        TrialSubject[] people = [new("a", ["woman"]), new("b", ["man"]), new("c", ["woman"]), new("d", ["man"])];
        Some.Legal(stratified, people).All().ShouldAllBe(r => r[0] + r[2] == 1 && r[1] + r[3] == 1);
    }

    [Fact]
    public void Three_arms_left_over_in_a_block_are_all_as_likely()
    {
        var design = Some.Read("people: 9\nperiods: [{arm: placebo, days: 28, blinded: true}, {arm: ldn, doseMg: 1.5, days: 28, blinded: true}, {arm: ldn, doseMg: 4.5, days: 28, blinded: true}]\ntrial: {allocation: groups, blockSize: 3}\n");
        var legal = Some.Legal(design, Some.People(5));
        ((int)legal.Count!.Value).ShouldBe(6 * 6);
        legal.All().Select(r => string.Concat(r)).Distinct().Count().ShouldBe(36);
    }

    [Fact]
    public void Minimisation_is_drawn_and_never_listed_and_keeps_the_factors_even()
    {
        var design = Some.Built("trial-parallel");
        design = design with { Trial = design.Trial! with { Allocation = DesignAllocation.Minimised, FavourPercent = 100, Factors = [new("sex", ["woman", "man"])] } };
        var legal = Some.Legal(design, [.. Enumerable.Range(0, 20).Select(i => new TrialSubject($"S{i}", [i % 3 == 0 ? "man" : "woman"]))]);
        legal.Count.ShouldBeNull();
        Should.Throw<InvalidOperationException>(legal.All);
        for (var seed = 0; seed < 20; seed++)
        {
            var row = legal.Draw(new SeededDraw(Some.Bytes(seed), "allocation"));
            foreach (var men in new[] { true, false })
                Math.Abs(row.Index().Where(r => r.Index % 3 == 0 == men).Sum(r => 2 * r.Item - 1)).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Theory]
    [InlineData("blocks: {arms: [none, ldn], days: 28, pairs: 2}\n", "nobody is blind")]
    [InlineData("periods: [{arm: placebo, days: 28, blinded: true}, {arm: ldn, doseMg: 3, days: 56, blinded: true}]\ntrial: {allocation: balanced}\n", "their dates would tell the arm")]
    [InlineData("periods: [{arm: placebo, days: 28, blinded: true}, {arm: ldn, doseMg: 3, days: 56, blinded: true}]\ntrial: {allocation: groups}\n", "the dates would tell the arm")]
    [InlineData("periods: [{arm: placebo, days: 28, blinded: true}, {arm: placebo, days: 28, blinded: true}, {arm: ldn, doseMg: 3, days: 28, blinded: true}]\ntrial: {allocation: pairs}\n", "not every block has every arm once")]
    [InlineData("periods: [{arm: placebo, days: 28, blinded: true}, {arm: ldn, doseMg: 3, days: 28, blinded: true}, {arm: placebo, days: 28, blinded: true}]\ntrial: {allocation: sequences}\n", "one sequence only")]
    [InlineData("periods: [{arm: ldn, doseMg: 1.5, days: 28, blinded: true}, {arm: ldn, doseMg: 3, days: 28, blinded: true}]\nrunInDays: 7\ntrial: {allocation: ladder}\n", "one order only")]
    public void What_cannot_be_dealt_blind_is_refused(string yaml, string what) =>
        LegalSequences.Of(Some.Read("people: 9\n" + yaml), Some.People(1), out _)!.What.ShouldContain(what);

    [Fact]
    public void An_up_and_down_design_deals_nothing_ahead() => LegalSequences.Of(Some.Built("trial-up-and-down"), Some.People(1), out _)!.What.ShouldContain("deals nothing ahead");
}

public class A_drawn_allocation
{
    public static TheoryData<string, int> Designs => new() { { "trial-pairs", 1 }, { "trial-pairs", 2 }, { "trial-crossover", 5 }, { "trial-dose-ladder", 1 }, { "trial-start", 2 }, { "trial-parallel", 6 }, { "trial-titration", 1 } };

    [Theory]
    [MemberData(nameof(Designs))]
    public void Is_as_likely_each_as_any_other_legal_one(string design, int people) => ChiSquare(Some.Legal(Some.Built(design), Some.People(people)), 6_000, design).ShouldBeInRange(0.001, 0.999);

    [Theory]
    [MemberData(nameof(Designs))]
    [Trait("speed", "slow")]
    [Trait("trust", "R18")]
    public void Is_as_likely_each_as_any_other_legal_one_in_100_000_schedules(string design, int people) => ChiSquare(Some.Legal(Some.Built(design), Some.People(people)), 100_000, design).ShouldBeInRange(0.001, 0.999);

    /// <summary>The p of Pearson's test that each row is as likely; a row that is not legal fails.</summary>
    private static double ChiSquare(LegalSequences legal, int draws, string purpose)
    {
        var counts = legal.All().ToDictionary(r => string.Concat(r), _ => 0);
        counts.Count.ShouldBe((int)legal.Count!.Value);
        for (var i = 0; i < draws; i++) counts[string.Concat(legal.Draw(new SeededDraw(Some.Bytes(i, purpose), "allocation")))]++;
        var expected = draws / (double)counts.Count;
        return 1 - MathNet.Numerics.Distributions.ChiSquared.CDF(counts.Count - 1, counts.Values.Sum(c => (c - expected) * (c - expected) / expected));
    }

    [Fact]
    public void Is_the_same_from_the_same_seed_and_another_from_another()
    {
        var legal = Some.Legal(Some.Built("trial-crossover"), Some.People(30));
        legal.Draw(new SeededDraw(Some.Bytes(1), "allocation")).ShouldBe(legal.Draw(new SeededDraw(Some.Bytes(1), "allocation")));
        legal.Draw(new SeededDraw(Some.Bytes(1), "allocation")).ShouldNotBe(legal.Draw(new SeededDraw(Some.Bytes(2), "allocation")));
        legal.Draw(new SeededDraw(Some.Bytes(1), "allocation")).ShouldNotBe(legal.Draw(new SeededDraw(Some.Bytes(1), "kits")));
    }

    [Fact]
    public void A_number_below_three_is_drawn_without_favour_and_never_beyond()
    {
        var draw = new SeededDraw(Some.Bytes(3), "three");
        var counts = new int[3];
        for (var i = 0; i < 30_000; i++) counts[draw.Below(3)]++;
        counts.ShouldAllBe(c => Math.Abs(c - 10_000) < 300);
        draw.Below(1).ShouldBe(0);
        Should.Throw<ArgumentException>(() => new SeededDraw(new byte[31], "short"));
    }
}
