using System.Text.RegularExpressions;

namespace Lowdose.Tests.HouseRules;

/// <summary>A hazard's control is proven by a test that exists.</summary>
public sealed class HazardsTests
{
    private static readonly Regex Row = new(@"^\|(.+)\|([^|]+)\|$", RegexOptions.Multiline);
    private static readonly Regex Code = new("`([^`]+)`");

    private static TextFile Page => Repository.Files.Single(f => f.Path == "docs/safety/hazards.md");

    [Fact]
    public void Every_control_is_proven_by_a_test_that_exists() => Unproven(Page, TestNames()).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_control_without_a_test_and_a_test_that_is_gone()
    {
        var page = new TextFile("h.md", "# H\n\n| hazard | proven by |\n|---|---|\n| slip | `A_slip_is_caught` |\n| fall | hope |\n| fire | `Gone` |\n");
        Unproven(page, ["A_slip_is_caught"]).ShouldBe(["fall: no test is named", "fire: there is no test Gone"]);
    }

    private static HashSet<string> TestNames() =>
        [.. Repository.With(".cs").Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(f => Regex.Matches(f.Text, @"public (?:async Task|Task|void) (\w+)\(").Select(m => m.Groups[1].Value))];

    private static IEnumerable<string> Unproven(TextFile page, HashSet<string> tests)
    {
        foreach (Match row in Row.Matches(page.Text).Skip(2))
        {
            var hazard = row.Groups[1].Value.Split('|')[0].Trim();
            var named = Code.Matches(row.Groups[2].Value).Select(m => m.Groups[1].Value).ToArray();
            if (named.Length == 0) yield return $"{hazard}: no test is named";
            foreach (var gone in named.Where(n => !tests.Contains(n))) yield return $"{hazard}: there is no test {gone}";
        }
    }
}
