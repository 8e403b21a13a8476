using System.Text.RegularExpressions;

namespace Lowdose.Tests.HouseRules;

/// <summary>Pages have a title, their links lead somewhere, and the code they show is compiled by a test.</summary>
public sealed class MarkdownTests
{
    private static readonly Regex Link = new(@"\[[^\]]*\]\(([^)\s]+)[^)]*\)");
    private static readonly Regex Snippet = new(@"^<!-- snippet: (\S+) -->\n```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Fence = new(@"^```csharp$", RegexOptions.Multiline);

    [Fact]
    public void Every_page_opens_with_its_title() => Repository.With(".md").Where(Untitled).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void Every_relative_link_leads_to_a_file() =>
        Repository.With(".md").SelectMany(f => DeadLinks(f, target => Path.Exists(Path.Combine(Repository.Root, target)))).ShouldBeEmpty();

    [Fact]
    public void Every_csharp_block_in_the_README_is_compiled_by_a_test()
    {
        var tests = Repository.With(".cs").Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal)).ToArray();
        Repository.Files.Where(f => f.Path == "README.md").SelectMany(readme => Uncompiled(readme, tests)).ShouldBeEmpty();
    }

    [Fact]
    public void The_rules_see_a_page_without_title_and_a_dead_link()
    {
        Untitled(new TextFile("a.md", "no title\n")).ShouldBeTrue();
        Untitled(new TextFile("a.md", "# A\n")).ShouldBeFalse();
        DeadLinks(new TextFile("docs/a.md", "# A\n[b](../b.md#x) [c](c.md) [w](https://example.org) [h](#here) ![p](p.png \"t\")\n"), target => target == "b.md")
            .ShouldBe(["docs/a.md links to docs/c.md", "docs/a.md links to docs/p.png"]);
    }

    [Fact]
    public void The_rule_sees_a_snippet_that_differs_one_that_is_missing_and_one_that_is_not_marked()
    {
        var test = new TextFile("T.cs", "class T\n{\n    #region one\n    var x = 1;\n      Use(x);\n    #endregion\n}\n");
        Uncompiled(Page("one", "var x = 1;\n  Use(x);\n"), [test]).ShouldBeEmpty();
        Uncompiled(Page("one", "var x = 2;\n"), [test]).ShouldBe(["README.md: snippet one is not what the test compiles"]);
        Uncompiled(Page("two", "var x = 1;\n"), [test]).ShouldBe(["README.md: snippet two is in no test"]);
        Uncompiled(new TextFile("README.md", "# R\n```csharp\nx\n```\n"), [test]).ShouldBe(["README.md: a csharp block is not marked as a snippet"]);

        static TextFile Page(string name, string code) => new("README.md", $"# R\n\n<!-- snippet: {name} -->\n```csharp\n{code}```\n");
    }

    private static bool Untitled(TextFile page) => !page.Lines[0].StartsWith("# ", StringComparison.Ordinal);

    private static IEnumerable<string> DeadLinks(TextFile page, Func<string, bool> exists) =>
        from match in Link.Matches(page.Text)
        let address = match.Groups[1].Value.Split('#')[0]
        where address.Length > 0 && !address.Contains(':', StringComparison.Ordinal)
        let target = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page.Path)!, address)))
        where !exists(target)
        select $"{page.Path} links to {target}";

    private static IEnumerable<string> Uncompiled(TextFile page, IReadOnlyList<TextFile> tests)
    {
        var snippets = Snippet.Matches(page.Text);
        if (snippets.Count < Fence.Count(page.Text))
            yield return $"{page.Path}: a csharp block is not marked as a snippet";
        foreach (Match snippet in snippets)
        {
            var name = snippet.Groups[1].Value;
            var region = tests.Select(t => Region(t, name)).FirstOrDefault(r => r is not null);
            if (region is null)
                yield return $"{page.Path}: snippet {name} is in no test";
            else if (region != snippet.Groups[2].Value)
                yield return $"{page.Path}: snippet {name} is not what the test compiles";
        }
    }

    /// <summary>The lines of a region, moved to the margin; null where the file has no such region.</summary>
    private static string? Region(TextFile file, string name)
    {
        var lines = file.Lines.SkipWhile(l => l.Trim() != $"#region {name}").Skip(1).TakeWhile(l => l.Trim() != "#endregion").ToArray();
        if (lines.Length == 0) return null;
        var margin = lines.Where(l => l.Trim().Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Concat(lines.Select(l => l[Math.Min(margin, l.Length)..] + "\n"));
    }
}
