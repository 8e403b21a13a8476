using System.Text;
using Lowdose.Evidence;
using Lowdose.Quantities;

namespace Lowdose.Tests.Evidence;

public class Designs
{
    private static DesignReading Read(string yaml) => Design.Read("d.yaml", new MemoryStream(Encoding.UTF8.GetBytes(yaml)));

    [Fact]
    public void What_is_not_written_is_not_there()
    {
        var design = Read("analysis: verdict\nperiods: [{arm: none, days: 28}, {arm: ldn, doseMg: 4.5, days: 56}]\ntruth: {effect: -1, sigma: 1.5}\n").Design!;
        (design.People, design.RunInDays, design.WashoutDays, design.DiscardDays, design.Replicates).ShouldBe((1, 0, 0, 0, 1000));
        design.Truth.ShouldBe(new DesignTruth { Effect = -1, Sigma = 1.5, Level = 6 });
        design.Periods[1].ShouldBe(new DesignPeriod(DesignArm.Ldn, Mass.FromMilligrams(4.5m), 56, false));
        design.Blinded.ShouldBeFalse();
    }

    [Fact]
    public void Blocks_unroll_into_periods_in_turn()
    {
        var design = Read("people: 4\nanalysis: crossover\nblocks: {arms: [ldn, placebo], doseMg: 3, days: 10, pairs: 2, random: sequence}\ntruth: {effect: -1, sigma: 1}\n").Design!;
        design.Written.Select(p => (p.Arm, p.Dose.Milligrams, p.Days)).ShouldBe([(DesignArm.Ldn, 3, 10), (DesignArm.Placebo, 0, 10), (DesignArm.Ldn, 3, 10), (DesignArm.Placebo, 0, 10)]);
        design.Blinded.ShouldBeTrue();
        design.With("pairs", 3)!.Written.Count.ShouldBe(6);
        design.With("effect", -2)!.Truth.Effect.ShouldBe(-2);
    }

    [Theory]
    [InlineData("analysis: crossover\npeople: 2\nblocks: {arms: [placebo, ldn], days: 7, pairs: 1}\n", 2, "a crossover needs 3 people")]
    [InlineData("analysis: crossover\npeople: 9\nblocks: {arms: [none, ldn], days: 7, pairs: 1}\n", 3, "leave the arm none out")]
    [InlineData("analysis: permutation\npeople: 9\nperiods: [{arm: ldn, doseMg: 1, days: 7}, {arm: placebo, days: 7}, {arm: ldn, doseMg: 1, days: 7}]\n", 3, "the same in reverse")]
    [InlineData("analysis: pool\npeople: 9\nperiods: [{arm: placebo, days: 7}]\n", 3, "nobody takes the drug")]
    [InlineData("analysis: pool\npeople: 9\nperiods: [{arm: ldn, doseMg: 1, days: 7}]\n", 3, "nobody is ever off the drug")]
    [InlineData("analysis: pool\npeople: 9\nperiods: [{arm: ldn, days: 7}]\n", 3, "'doseMg' is missing")]
    [InlineData("analysis: pool\npeople: 9\nperiods: [{arm: placebo, doseMg: 3, days: 7}]\n", 3, "a dose where the drug is not given")]
    [InlineData("analysis: pool\npeople: 9\n", 1, "either 'periods' or 'blocks'")]
    [InlineData("analysis: verdict\ndiscardDays: 3\nblocks: {arms: [placebo, ldn], days: 28, pairs: 2}\n", 2, "a verdict leaves no day out")]
    [InlineData("analysis: verdict\npoolTauDays: 3\nblocks: {arms: [placebo, ldn], days: 28, pairs: 2}\n", 2, "only a pool has an onset")]
    [InlineData("analysis: verdict\nblocks: {arms: [placebo, ldn], days: 1000, pairs: 2}\n", 2, "a course of 4000 days is too long")]
    [InlineData("analysis: verdict\nblocks: {arms: [placebo, placebo], days: 10, pairs: 2}\n", 2, "'arms' are two different ones")]
    [InlineData("analysis: verdict\nblocks: {arms: [none, ldn], days: 10, pairs: 2, blinded: true}\n", 2, "nobody is blind to taking nothing")]
    public void A_design_that_is_none_is_refused_with_its_line(string yaml, int line, string what)
    {
        var reading = Read(yaml + "truth: {effect: -1, sigma: 1}\n");
        reading.Design.ShouldBeNull();
        reading.Defects.ShouldContain(d => d.Line == line && d.What.Contains(what, StringComparison.Ordinal), string.Join('\n', reading.Defects));
    }

    [Fact]
    public void A_value_that_makes_a_design_impossible_is_refused_where_it_stands()
    {
        var reading = Read("analysis: pool\npeople: 9\nblocks: {arms: [placebo, ldn], days: 7, pairs: 2}\ntruth: {effect: -1, sigma: 1}\nvary:\n  name: truth.rho\n  values:\n    - 0.5\n    - 1.5\n");
        reading.Defects.Select(d => d.ToString()).ShouldBe(["d.yaml:9: 'rho: 1.5' cannot be; it lies above -1 to below 1"]);
        Read("analysis: pool\npeople: 9\nperiods: [{arm: none, days: 7}, {arm: ldn, doseMg: 3, days: 7}]\ntruth: {effect: -1, sigma: 1}\nvary: {name: pairs, values: [1]}\n").Defects.Single().What.ShouldContain("belongs to blocks");
    }

    [Fact]
    public void Ours_can_all_be_read_and_each_has_its_files_name()
    {
        var ours = Knowledge.BuiltIn().Designs;
        ours.Keys.Order(StringComparer.Ordinal).ShouldBe(["ldn-aggregated", "ldn-crossover", "ldn-n-of-1", "ldn-open-label", "ldn-permutation",
            "trial-crossover", "trial-dose-ladder", "trial-pairs", "trial-parallel", "trial-start", "trial-titration", "trial-up-and-down"]);
        ours["ldn-n-of-1"].Analysis.ShouldBe(DesignAnalysis.Verdict);
    }
    [Fact]
    public void A_trial_says_how_it_is_dealt_and_what_it_follows()
    {
        var ours = Knowledge.BuiltIn().Designs;
        var titration = ours["trial-titration"].Trial!;
        (titration.Allocation, titration.AnalyticWashoutDays).ShouldBe((DesignAllocation.Pairs, 21));
        titration.Steps.ShouldBe([new(Mass.FromMilligrams(1.5m), 7), new(Mass.FromMilligrams(3), 7), new(Mass.FromMilligrams(4.5m), 49)]);
        ours.Values.Where(d => d.Trial is not null).ShouldAllBe(d => d.Trial!.Sources.Count > 0);
        ours["ldn-crossover"].TrialOrUsual.Allocation.ShouldBe(DesignAllocation.Sequences);
        ours.Values.Where(d => d.NotSimulated is not null).Select(d => d.Id).Order().ShouldBe(["trial-parallel", "trial-up-and-down"]);
    }

    [Theory]
    [InlineData("{allocation: lots}", "'allocation: lots' is none of")]
    [InlineData("{allocation: pairs, analyticWashoutDays: 28}", "leaves no day of a period of 28")]
    [InlineData("{allocation: pairs, steps: [{doseMg: 1.5, days: 40}]}", "the 'steps' take longer")]
    [InlineData("{allocation: pairs, steps: [{doseMg: 1.5, days: 7}]}", "the last of 'steps' is not the period's dose")]
    [InlineData("{allocation: pairs, steps: [{doseMg: 1.5}]}", "a step has a 'doseMg'")]
    [InlineData("{allocation: up-and-down, ladder: [4.5]}", "two doses or more")]
    [InlineData("{allocation: up-and-down, ladder: [3, 1.5]}", "rise, each once")]
    [InlineData("{allocation: groups, factors: [{name: sex, levels: [woman]}]}", "two different 'levels'")]
    [InlineData("{allocation: pairs, decision: verdict}", "a 'verdict' is of one person")]
    [InlineData("{allocation: groups, decision: mean}", "a 'mean' is of several people who each have every arm")]
    [InlineData("{allocation: pairs, percentP: 0}", "it lies from 1 to 50")]
    [InlineData("{allocation: groups, blockSize: 1}", "it lies from 2 to 1000")]
    [InlineData("{allocation: pairs, kind: blind}", "unknown key 'kind'")]
    public void A_trial_that_cannot_be_is_refused(string trial, string what)
    {
        var reading = Read("people: 9\nanalysis: pool\nblocks: {arms: [placebo, ldn], doseMg: 4.5, days: 28, pairs: 1}\ntruth: {effect: -1, sigma: 1}\ntrial: " + trial + "\n");
        reading.Design.ShouldBeNull();
        reading.Defects.ShouldContain(d => d.Line == 5 && d.What.Contains(what, StringComparison.Ordinal), string.Join('\n', reading.Defects));
    }
}
