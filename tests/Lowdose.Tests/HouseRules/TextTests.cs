using System.Text.RegularExpressions;

namespace Lowdose.Tests.HouseRules;

/// <summary>What every written file owes its reader.</summary>
public sealed class TextTests
{
    // Written in halves, so that this file does not break its own rule.
    private static readonly Regex Unfinished = new(@"\b(TO" + @"DO|FIX" + @"ME|XX" + @"X|HA" + @"CK|NotImplemented" + @"Exception)\b");
    private static readonly Regex Machine = new(@"(?<![\w.$\-/:{}\])])(/(wo" + @"rk|ro" + @"ot|home|Users|tmp|mnt)/|[A-Z]:\\)\w");

    [Fact]
    public void Nothing_is_marked_unfinished() => Repository.Files.SelectMany(f => Found(f, Unfinished)).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() => Repository.Files.SelectMany(f => Found(f, Machine)).ShouldBeEmpty();

    [Fact]
    public void Every_file_ends_with_a_newline_and_has_unix_line_ends() => Repository.Files.Where(Ragged).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_marker_in_a_comment() =>
        Found(new TextFile("a.cs", "x;\n// TO" + "DO: later\n"), Unfinished).ShouldBe(["a.cs:2 // TO" + "DO: later"]);

    [Fact]
    public void The_rule_sees_a_machine_path_but_not_a_web_address_or_a_route()
    {
        Found(new TextFile("a.md", "see `/ho" + "me/me/lowdose`\n"), Machine).Count().ShouldBe(1);
        Found(new TextFile("b.md", "https://example.org/home/me and /diary/mnt/x\n"), Machine).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_missing_newline_and_a_carriage_return()
    {
        Ragged(new TextFile("a.md", "no end")).ShouldBeTrue();
        Ragged(new TextFile("a.md", "a\r\n")).ShouldBeTrue();
        Ragged(new TextFile("a.md", "a\n")).ShouldBeFalse();
    }

    private static bool Ragged(TextFile file) => file.Text.Length > 0 && (!file.Text.EndsWith('\n') || file.Text.Contains('\r', StringComparison.Ordinal));

    private static IEnumerable<string> Found(TextFile file, Regex pattern) =>
        file.Lines.Index().Where(line => pattern.IsMatch(line.Item)).Select(line => $"{file.Path}:{line.Index + 1} {line.Item.Trim()}");
}
