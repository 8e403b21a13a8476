namespace Lowdose.Acceptance.CommandLine;

/// <summary>The command line itself: what it takes, what it refuses, and its exit codes.</summary>
public class OptionTests
{
    private static readonly string Example = LowdoseProcess.Example("does-not-work.csv");

    [Fact]
    public void The_version_is_one_line() => LowdoseProcess.Run("--version").ShouldBe(new Outcome(0, "lowdose 0.1.0" + Environment.NewLine, ""));

    [Theory]
    [InlineData("verdict --help")]
    [InlineData("verdict no-such-file.csv --help")]
    public void Help_states_the_contract(string arguments)
    {
        var run = LowdoseProcess.Run(arguments.Split(' '));
        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        foreach (var word in (string[])["--outcome", "--scale", "--step", "--higher-is-better", "--mcid", "--randomised", "--already-taking", "--prior", "--json",
            "--delimiter", "--decimal", "--dose-column", "dose_mg", "Exit codes"])
            run.Output.ShouldContain(word);
    }

    [Theory]
    [InlineData("judge", "judge")]
    [InlineData("verdict", "DIARY.csv")]
    [InlineData("verdict FILE --bogus", "--bogus")]
    [InlineData("serve --contact someone", "--contact")]
    [InlineData("serve --contact mailto:someone", "--contact")]
    [InlineData("serve --contact http://example.org", "--contact")]
    [InlineData("verdict FILE --scale ten", "--scale")]
    [InlineData("verdict FILE --scale 10..0", "--scale")]
    [InlineData("verdict FILE --scale 0..NaN", "--scale")]
    [InlineData("verdict FILE --mcid 0", "--mcid")]
    [InlineData("verdict FILE --mcid 11", "--mcid")]
    [InlineData("verdict FILE --step -1", "--step")]
    [InlineData("verdict FILE --delimiter xx", "--delimiter")]
    [InlineData("verdict FILE --decimal ;", "--decimal")]
    [InlineData("verdict FILE --decimal ,", "delimiter")]
    [InlineData("verdict FILE --prior hopeful", "sceptical")]
    [InlineData("verdict FILE --prior evidence", "--condition fibromyalgia")]
    [InlineData("verdict FILE --prior evidence --outcome fatigue --condition fibromyalgia", "pain in fibromyalgia")]
    [InlineData("verdict FILE --prior evidence --condition mecfs", "pain in fibromyalgia")]
    [InlineData("chart-review", "FILE.csv")]
    [InlineData("chart-review FILE --delimiter x", "--delimiter")]
    [InlineData("chart-review FILE --out FILE", "overwrite")]
    [InlineData("evidence check --months -1", "--months")]
    [InlineData("verdict FILE --out no/such/folder/verdict.txt", "folder")]
    [InlineData("verdict FILE --out FILE", "overwrite")]
    [InlineData("verdict FILE --html FILE", "overwrite")]
    [InlineData("verdict FILE --html no/such/folder/verdict.html", "folder")]
    [InlineData("verdict FILE --html report --out report", "two files")]
    [InlineData("verdict FILE --outcome", "--outcome")]
    [InlineData("verdict --jsno", "--jsno")]
    public void A_wrong_command_line_exits_2_with_one_line_on_stderr(string arguments, string word)
    {
        var run = LowdoseProcess.Run([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a == "FILE" ? Example : a)]);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith("lowdose: ");
        run.Error.ShouldContain(word);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void Options_may_stand_anywhere_after_the_verb()
    {
        var before = LowdoseProcess.Run("verdict", "--mcid", "2", "--json", Example);
        before.ExitCode.ShouldBe(0);
        before.ShouldBe(LowdoseProcess.Run("verdict", Example, "--json", "--mcid=2"));
    }

    [Fact]
    public void A_scale_may_begin_below_0()
    {
        using var folder = new TemporaryFolder();
        LowdoseProcess.Run("verdict", folder.File("d.csv", "day,dose_mg,pain\n1,0,-4\n"), "--scale", "-5..5").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Out_writes_the_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.RunIn(folder.Path, "verdict", Example, "--json", "--out", "verdict.json");
        run.ShouldBe(new Outcome(0, "", ""));
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["verdict.json"]);
        File.ReadAllText(Path.Combine(folder.Path, "verdict.json")).ShouldBe(LowdoseProcess.Run("verdict", Example, "--json").Output);
    }

    [Fact]
    public void Html_writes_a_page_beside_what_is_printed()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.RunIn(folder.Path, "verdict", Example, "--html", "verdict.html");
        run.ExitCode.ShouldBe(0);
        run.ShouldBe(LowdoseProcess.Run("verdict", Example));
        var page = File.ReadAllText(Path.Combine(folder.Path, "verdict.html"));
        page.ShouldStartWith("<!DOCTYPE html>", Case.Insensitive);
        page.ShouldContain("At 4.5 mg the drug does not help with pain enough to matter.");
    }

    [Fact]
    public void The_text_is_no_wider_than_80_columns_and_says_all_parts()
    {
        var run = LowdoseProcess.Run("verdict", Example, "--primary", "fatigue", "--already-taking");
        run.ExitCode.ShouldBe(0);
        run.Output.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        foreach (var part in (string[])["At 4.5 mg the drug does not help with pain enough to matter.", "Because", "•", "dose ", "Doses", "Bear in mind",
            "secondary outcome", "What would settle it", "does not prescribe"])
            run.Output.Replace("\n    ", " ").Replace('\n', ' ').ShouldContain(part);
    }
}
