using Lowdose.Tests.HouseRules;

namespace Lowdose.Tests.Safety;

/// <summary>Recognition measured on lists that were frozen before there was a matcher.</summary>
public class FrozenListTests
{
    private static readonly IReadOnlyList<FrozenLists.Row> Opioids = FrozenLists.Opioids(Repository.Root), Innocent = FrozenLists.Innocent(Repository.Root);

    private static string[] Missed(params string[] kinds) =>
        [.. Opioids.Where(r => kinds.Contains(r.Kind) && !FrozenLists.IsFound(FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, r.Text), r)).Select(r => r.Text)];

    [Fact]
    public void Both_lists_hold_at_least_400_and_each_text_once()
    {
        Opioids.Count.ShouldBeGreaterThanOrEqualTo(400);
        Innocent.Count.ShouldBeGreaterThanOrEqualTo(400);
        Opioids.Concat(Innocent).GroupBy(r => r.Text, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }

    [Fact]
    public void A_text_is_in_the_half_its_hash_gives() =>
        Opioids.Concat(Innocent).Where(r => r.Half != FrozenLists.HalfOf(r.Text)).Select(r => r.Text).ShouldBeEmpty();

    [Fact]
    public void Every_exact_brand_and_combination_name_is_found_in_both_halves() => Missed("exact", "brand", "combination").ShouldBeEmpty();

    [Fact]
    public void At_least_97_percent_of_the_typos_to_report_on_are_found()
    {
        var typos = Opioids.Where(r => r.Kind == "typo" && r.Half == "report").ToArray();
        var found = typos.Count(r => FrozenLists.IsFound(FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, r.Text), r));
        (found / (double)typos.Length).ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [Fact]
    public void At_most_1_percent_of_the_innocent_names_to_report_on_are_called_opioids()
    {
        var own = Innocent.Where(r => r.Half == "report").ToArray();
        var alarms = own.Where(r => FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, r.Text).Count > 0).Select(r => r.Text).ToArray();
        alarms.Length.ShouldBeLessThanOrEqualTo(own.Length / 100, string.Join(", ", alarms));
    }

    [Fact]
    public void At_least_99_percent_of_all_single_slips_in_generic_names_are_found()
    {
        var slips = FrozenLists.GenericNames(Some.Knowledge).SelectMany(n => Slips.Of(n.Name).Select(s => (Text: s, n.Substance))).ToArray();
        var missed = slips.Where(s => FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, s.Text).All(f => f.Id != s.Substance.Id)).Select(s => s.Text).ToArray();
        missed.Length.ShouldBeLessThanOrEqualTo(slips.Length / 100, string.Join(", ", missed));
    }

    [Fact]
    public void At_most_half_a_percent_of_single_slips_in_ordinary_names_are_called_opioids()
    {
        var slips = FrozenLists.OrdinaryNames(Repository.Root).SelectMany(Slips.Of).Distinct().Where((_, i) => i % 10 == 0).ToArray();
        var alarms = slips.Where(s => FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, s).Count > 0).ToArray();
        alarms.Length.ShouldBeLessThanOrEqualTo(slips.Length / 200, string.Join(", ", alarms));
    }

    [Fact]
    public void No_ordinary_name_is_the_name_of_an_opioid() =>
        File.ReadLines(Path.Combine(Repository.Root, "knowledge", "ordinary", "names.txt")).Where(l => l.Length > 0 && l[0] != '#')
            .Where(l => FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, l).Count > 0).ShouldBeEmpty();
}
