using System.Text.RegularExpressions;
using Lowdose.Evidence;
using Lowdose.Tests.HouseRules;

namespace Lowdose.Tests.Evidence;

/// <summary>What is said to meet a need is there: the page is an address of the reviewed table, the test is a test.</summary>
public sealed partial class NeedTests
{
    private static IReadOnlyList<Need> Needs => RepositoryKnowledge.Knowledge.Needs;

    [Fact]
    public void All_fourteen_needs_of_the_domain_are_on_the_list() => Needs.Select(n => n.Number).ShouldBe(Enumerable.Range(1, 14));

    [Fact]
    public void Every_page_named_is_an_address()
    {
        // AccessMatrixTests holds the table to the addresses there are.
        var table = File.ReadAllText(Path.Combine(Repository.Root, "docs", "safety", "access.md"));
        Needs.SelectMany(n => n.Pages).Where(page => !table.Contains($"| GET | `{page}` |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_test_named_is_a_test()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .SelectMany(text => Class().Match(text) is { Success: true } of ? Test().Matches(text).Select(m => $"{of.Groups[1].Value}.{m.Groups[1].Value}") : []).ToHashSet(StringComparer.Ordinal);
        Needs.SelectMany(n => n.Tests).Where(test => !tests.Contains(test)).ShouldBeEmpty();
    }

    [Fact]
    public void A_need_that_is_met_names_a_page_and_a_test_and_one_that_is_not_says_what_is_missing()
    {
        Needs.Where(n => n.Met == NeedMet.Whole && (n.Pages.Count == 0 || n.Tests.Count == 0)).ShouldBeEmpty();
        Needs.Where(n => n.Met != NeedMet.Whole && string.IsNullOrEmpty(n.Missing)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^public (?:sealed )?(?:partial )?class (\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:void|Task) ([A-Z]\w+)\(")]
    private static partial Regex Test();
}
