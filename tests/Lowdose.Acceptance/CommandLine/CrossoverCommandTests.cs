using System.Text.Json;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose crossover</c>, as an outside program meets it.</summary>
public class CrossoverCommandTests
{
    [Fact]
    public void The_JSON_has_every_key_of_the_contract()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("crossover", folder.File("x.csv", PeopleDiaries.Crossover(12)), "--json", "--discard-days", "7");
        run.ExitCode.ShouldBe(0);
        var root = JsonDocument.Parse(run.Output).RootElement;
        root.GetProperty("n").GetInt32().ShouldBe(12);
        root.GetProperty("nBoth").GetInt32().ShouldBe(12);
        var classical = root.GetProperty("classical");
        foreach (var key in new[] { "effect", "se", "df", "t", "p", "lo", "hi" }) double.IsFinite(classical.GetProperty(key).GetDouble()).ShouldBeTrue(key);
        foreach (var part in new[] { "period", "carryover" })
            foreach (var key in new[] { "effect", "se", "t", "p" }) double.IsFinite(classical.GetProperty(part).GetProperty(key).GetDouble()).ShouldBeTrue(part + key);
        foreach (var key in new[] { "effect", "se", "dfSatterthwaite", "pSatterthwaite", "seKenwardRoger", "dfKenwardRoger", "pKenwardRoger", "varPerson", "varResidual" })
            double.IsFinite(root.GetProperty("mixed").GetProperty(key).GetDouble()).ShouldBeTrue(key);
        foreach (var key in new[] { "drug", "placebo", "mcnemarP" }) double.IsFinite(root.GetProperty("responders").GetProperty(key).GetDouble()).ShouldBeTrue(key);
        classical.GetProperty("effect").GetDouble().ShouldBe(-2.5, 0.5);
        classical.GetProperty("df").GetDouble().ShouldBe(10);
        root.GetProperty("permutationP").GetDouble().ShouldBeLessThan(0.01);
        root.GetProperty("permutation").GetProperty("seed").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void Without_a_run_in_responders_are_null()
    {
        using var folder = new TemporaryFolder();
        var rows = PeopleDiaries.Crossover(6).Split('\n').Where(l => !l.Contains(",none,", StringComparison.Ordinal));
        var run = LowdoseProcess.Run("crossover", folder.File("x.csv", string.Join('\n', rows)), "--json");
        run.ExitCode.ShouldBe(0);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("responders").GetProperty("mcnemarP").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Without_an_arm_column_the_doses_of_most_days_say_what_a_period_was()
    {
        using var folder = new TemporaryFolder();
        var with = PeopleDiaries.Crossover(6).Split('\n').Where(l => !l.Contains(",none,", StringComparison.Ordinal)).Select(l => l.Split(',')).Where(f => f.Length == 7).ToList();
        var without = string.Join('\n', with.Select(f => string.Join(',', f[0], f[1], f[2], f[3], f[5], f[6])));
        var one = LowdoseProcess.Run("crossover", folder.File("a.csv", string.Join('\n', with.Select(f => string.Join(',', f)))), "--json");
        LowdoseProcess.Run("crossover", folder.File("b.csv", without), "--json").ShouldBe(one);
    }

    [Fact]
    public void The_text_is_no_wider_than_80_columns_and_names_the_caveat()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("crossover", folder.File("x.csv", PeopleDiaries.Crossover(12)));
        run.ExitCode.ShouldBe(0);
        run.Output.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        foreach (var part in (string[])["12 people", "points lower than on placebo", "Kenward–Roger", "permutation", "carryover test has little power", "Improved by 30% or more"])
            run.Output.Replace("\n    ", " ").Replace('\n', ' ').ShouldContain(part);
    }

    [Theory]
    [InlineData("person,period,day,dose_mg,pain\n1,1,1,0,5\n", "--period-column block", 1, "block")]
    [InlineData("person,day,dose_mg,pain\n1,1,0,5\n", "", 1, "period")]
    [InlineData("day,period,dose_mg,pain\n1,1,0,5\n", "", 1, "person")]
    [InlineData("person,period,day,arm,dose_mg,pain\n1,1,1,ldn,4.5,5\n1,1,2,placebo,0,5\n", "", 3, "line 2")]
    [InlineData("person,sequence,period,day,dose_mg,pain\n1,PL,1,1,0,5\n1,LP,2,2,4.5,5\n", "", 3, "sequence")]
    [InlineData("person,period,day,dose_mg,pain\n1,1,1,0,5\n1,1,1,0,6\n", "", 3, "line 2")]
    [InlineData("person,period,day,dose_mg,pain\n1,1,1,0,NaN\n", "", 2, "NaN")]
    [InlineData("person,period,day,dose_mg,pain\n1,one,1,0,5\n", "", 2, "one")]
    [InlineData("person,period,day,dose_mg,pain\n,1,1,0,5\n", "", 2, "person is empty")]
    [InlineData("person,period,day,dose_mg,pain\n1,1,1,0\n", "", 2, "4 fields")]
    [InlineData("person,period,day,dose_mg,pain\n1,,1,0,5\n", "", 1, "no row has a period")]
    [InlineData("person,period,day,dose_mg,pain\n", "", 1, "no row")]
    public void Bad_input_exits_3_naming_file_and_line(string text, string options, int line, string word)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", text);
        var run = LowdoseProcess.Run(["crossover", file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith($"lowdose: {file}:{line}: ");
        run.Error.ShouldContain(word);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("crossover", "FILE.csv")]
    [InlineData("crossover x.csv --discard-days -1", "--discard-days")]
    [InlineData("crossover x.csv --discard-days many", "--discard-days")]
    [InlineData("crossover x.csv --seed x", "--seed")]
    [InlineData("crossover x.csv --scale ten", "--scale")]
    [InlineData("crossover x.csv --jsno", "--jsno")]
    [InlineData("crossover x.csv --out x.csv", "overwrite")]
    public void A_wrong_command_line_exits_2(string arguments, string word)
    {
        var run = LowdoseProcess.Run(arguments.Split(' '));
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(word);
    }

    [Fact]
    public void One_person_is_a_right_answer_without_a_test()
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("crossover", folder.File("x.csv", PeopleDiaries.Crossover(1)), "--json");
        run.ExitCode.ShouldBe(0);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("classical").GetProperty("p").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
