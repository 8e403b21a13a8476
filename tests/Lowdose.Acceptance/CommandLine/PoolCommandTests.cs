using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose pool</c>, as an outside program meets it.</summary>
public class PoolCommandTests
{
    [Theory]
    [InlineData("--tau 0")]
    [InlineData("--tau 3 --method ML")]
    [InlineData("")]
    [InlineData("--route two-stage")]
    public void The_JSON_has_every_key_of_the_contract(string options)
    {
        using var folder = new TemporaryFolder();
        var root = Json(["pool", folder.File("x.csv", PeopleDiaries.Pool(6)), "--json", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        foreach (var key in new[] { "route", "method", "n", "observations", "leftOut", "tau", "logLik", "fixed", "random", "rho", "sigma", "newPatient", "people", "responders", "boundary" })
            root.TryGetProperty(key, out _).ShouldBeTrue(key);
        root.GetProperty("n").GetInt32().ShouldBe(6);
        var effect = root.GetProperty("fixed")[1];
        effect.GetProperty("name").GetString().ShouldBe("effect");
        effect.GetProperty("estimate").GetDouble().ShouldBe(-1.5, 1);
        foreach (var key in new[] { "se", "lo", "hi" }) double.IsFinite(effect.GetProperty(key).GetDouble()).ShouldBeTrue(key);
        foreach (var key in new[] { "mean", "lo", "hi" }) double.IsFinite(root.GetProperty("newPatient").GetProperty(key).GetDouble()).ShouldBeTrue(key);
        root.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ShouldBe(["p1", "p2", "p3", "p4", "p5", "p6"]);
    }

    [Fact]
    public void Covariates_and_predictors_come_after_the_effect()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", PeopleDiaries.Pool(8, 56, 1, ",esr,warmth", (person, day) => $",{person * 5},{day % 9}"));
        var root = Json(["pool", file, "--tau", "0", "--json", "--covariate", "warmth", "--predictor", "esr"]);
        root.GetProperty("fixed").EnumerateArray().Select(f => f.GetProperty("name").GetString()).ShouldBe(["intercept", "effect", "warmth", "esr", "effect:esr"]);
    }

    [Fact]
    public void Several_files_are_one_pool_whatever_their_order()
    {
        using var folder = new TemporaryFolder();
        var rows = PeopleDiaries.Pool(6).TrimEnd('\n').Split('\n');
        var (one, other) = (folder.File("a.csv", rows[0] + "\n" + string.Join('\n', rows[1..200])), folder.File("b.csv", rows[0] + "\n" + string.Join('\n', rows[200..].Reverse())));
        var whole = Json(["pool", folder.File("c.csv", string.Join('\n', rows)), "--tau", "0", "--json"]);
        var parts = Json(["pool", one, other, "--tau", "0", "--json"]);
        foreach (var key in new[] { "estimate", "se" })
            parts.GetProperty("fixed")[1].GetProperty(key).GetDouble().ShouldBe(whole.GetProperty("fixed")[1].GetProperty(key).GetDouble(), 1e-6);
        parts.GetProperty("logLik").GetDouble().ShouldBe(whole.GetProperty("logLik").GetDouble(), 1e-8);
    }

    [Fact]
    public void Several_files_without_a_person_are_one_person_each_and_one_file_is_not()
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. Enumerable.Range(1, 3).Select(p => folder.File($"site-{p}.csv", "day,dose_mg,pain\n" + string.Concat(Enumerable.Range(1, 30).Select(d => $"{d},{(d > 15 ? 4.5 : 0)},{(d * 7 + p) % 5}\n"))))];
        Json(["pool", .. files, "--tau", "0", "--json"]).GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ShouldBe(["site-1", "site-2", "site-3"]);
        LowdoseProcess.Run("pool", files[0]).Error.ShouldContain("there is no column \"person\"");
    }

    [Fact]
    public void Who_is_left_out_is_said_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", PeopleDiaries.Pool(3, 28) + "late,1,0,\nother,1,3,5\n");
        foreach (var route in new[] { "one-stage", "two-stage" })
        {
            var root = Json(["pool", file, "--route", route, "--contrast", "4.5", "--json"]);
            root.GetProperty("n").GetInt32().ShouldBe(3);
            root.GetProperty("leftOutPeople").EnumerateArray().Select(p => $"{p.GetProperty("id")}: {p.GetProperty("why")}")
                .ShouldBe(["late: no day has a score", "other: every day with a score is at another dose than 4.5 mg"]);
        }
        LowdoseProcess.Run("pool", file, "--route", "two-stage", "--contrast", "9").Error.ShouldContain("nobody took 9 mg");
        LowdoseProcess.Run("pool", file, "--contrast", "4.5").Output.ShouldContain("late is left out: no day has a score.");
    }

    [Fact]
    public void Tables_bring_their_own_scale_and_its_tenth_is_the_change_that_matters()
    {
        using var folder = new TemporaryFolder();
        var tables = Path.Combine(folder.Path, "t.json");
        var file = folder.File("x.csv", PeopleDiaries.Pool(4));
        var direct = Json(["pool", file, "--route", "two-stage", "--scale", "0..40", "--export-summary", tables, "--json"]);
        var hub = Json(["pool", "--from-summaries", tables, "--json"]);
        foreach (var key in new[] { "shrunken", "raw" })
            hub.GetProperty("responders").GetProperty(key).GetDouble().ShouldBe(direct.GetProperty("responders").GetProperty(key).GetDouble());
        Json(["pool", "--from-summaries", tables, "--mcid", "0.1", "--json"]).GetProperty("responders").GetProperty("raw").GetDouble().ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_contrast_leaves_days_at_other_doses_out_and_counts_them()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", "person,day,dose_mg,pain\n" + string.Concat(Enumerable.Range(1, 4).SelectMany(p => Enumerable.Range(1, 40).Select(d =>
            $"{p},{d},{(d <= 10 ? 0 : d <= 20 ? 1.5 : d <= 30 ? 4.5 : 0)},{(d * 7 + p * 3) % 5 + (d is > 20 and <= 30 ? 1 : 3)}\n"))));
        var root = Json(["pool", file, "--tau", "0", "--contrast", "4.5", "--json"]);
        root.GetProperty("leftOut").GetInt32().ShouldBe(40);
        root.GetProperty("observations").GetInt32().ShouldBe(120);
        var wrong = LowdoseProcess.Run("pool", file, "--contrast", "3");
        wrong.ExitCode.ShouldBe(3);
        wrong.Error.ShouldContain("nobody took 3 mg");
        wrong.Error.ShouldContain("1.5 mg, 4.5 mg");
    }

    [Fact]
    public void Tables_hold_no_score_no_date_and_no_name_and_pool_as_the_diaries_do()
    {
        using var folder = new TemporaryFolder();
        var diaries = folder.File("x.csv", PeopleDiaries.Pool(5).Replace("p1,", "Alice Anders,", StringComparison.Ordinal));
        var tables = Path.Combine(folder.Path, "tables.json");
        var direct = Json(["pool", diaries, "--route", "two-stage", "--export-summary", tables, "--json"]);
        var text = File.ReadAllText(tables);
        text.ShouldNotContain("Alice");
        Regex.IsMatch(text, @"\d{4}-\d\d-\d\d").ShouldBeFalse();
        var root = JsonDocument.Parse(text).RootElement;
        root.EnumerateObject().Select(p => p.Name).ShouldBe(["format", "version", "outcome", "scale", "higherIsBetter", "contrast", "priorSd", "people"]);
        foreach (var person in root.GetProperty("people").EnumerateArray())
            person.EnumerateObject().Select(p => p.Name).ShouldBe(["weights", "means", "sds"]);
        var hub = Json(["pool", "--from-summaries", tables, "--json"]);
        hub.GetProperty("fixed")[1].GetProperty("estimate").GetDouble().ShouldBe(direct.GetProperty("fixed")[1].GetProperty("estimate").GetDouble(), 1e-9);
        hub.GetProperty("people").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public void Tables_of_another_scale_are_refused()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (Path.Combine(folder.Path, "one.json"), Path.Combine(folder.Path, "other.json"));
        var diaries = folder.File("x.csv", PeopleDiaries.Pool(2));
        LowdoseProcess.Run("pool", diaries, "--tau", "0", "--export-summary", one).ExitCode.ShouldBe(0);
        LowdoseProcess.Run("pool", diaries, "--tau", "0", "--scale", "0..100", "--export-summary", other).ExitCode.ShouldBe(0);
        var run = LowdoseProcess.Run("pool", "--from-summaries", one, other);
        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("0..100");
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("{\"format\":\"other\"}", "tables")]
    [InlineData("{\"format\":\"lowdose-pool-tables\",\"version\":2}", "version")]
    [InlineData("{\"format\":\"lowdose-pool-tables\",\"version\":1,\"outcome\":\"pain\",\"scale\":[0,10],\"higherIsBetter\":false,\"contrast\":\"any\",\"priorSd\":2,\"people\":[{\"weights\":[1],\"means\":[0],\"sds\":[9]}]}", "table 1")]
    [InlineData("{\"format\":\"lowdose-pool-tables\",\"version\":1,\"outcome\":\"pain\",\"scale\":[0,10],\"higherIsBetter\":false,\"contrast\":\"any\",\"priorSd\":2,\"people\":[{\"weights\":[1]}]}", "lacks a member")]
    [InlineData("{\"format\":\"lowdose-pool-tables\",\"version\":1,\"outcome\":\"pain\",\"scale\":[0,10],\"higherIsBetter\":false,\"contrast\":\"any\",\"priorSd\":2,\"people\":[]}", "no table")]
    public void Bad_tables_exit_3(string text, string word)
    {
        using var folder = new TemporaryFolder();
        var run = LowdoseProcess.Run("pool", "--from-summaries", folder.File("t.json", text));
        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain(word);
    }

    [Theory]
    [InlineData("day,dose_mg,pain\n1,0,5\n", "", 1, "person")]
    [InlineData("person,day,dose_mg,pain\na,1,0,5\n", "--covariate esr", 1, "esr")]
    [InlineData("person,day,dose_mg,pain,esr\na,1,0,5,high\n", "--covariate esr", 2, "high")]
    [InlineData("person,day,dose_mg,pain,esr\na,1,0,5,\n", "--covariate esr", 1, "covariates")]
    [InlineData("person,day,dose_mg,pain\na,1,0,five\n", "", 2, "five")]
    [InlineData("person,day,dose_mg,pain\na,1,0,NaN\n", "", 2, "NaN")]
    [InlineData("person,day,dose_mg,pain\na,1,0,11\n", "", 2, "scale")]
    [InlineData("person,day,dose_mg,pain\na,1,0,5\nb,1,0,5\na,1,0,5\n", "", 4, "line 2")]
    [InlineData("person,day,dose_mg,pain\na,1,0,\n", "", 1, "score")]
    [InlineData("person,day,dose_mg,pain\na,1,0,5\na,20001,0,5\n", "", 3, "check the year")]
    public void Bad_input_exits_3_naming_file_and_line(string text, string options, int line, string word)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", text);
        var run = LowdoseProcess.Run(["pool", file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith($"lowdose: {file}:{line}: ");
        run.Error.ShouldContain(word);
    }

    [Theory]
    [InlineData("pool", "no file")]
    [InlineData("pool x.csv --tau slow", "--tau")]
    [InlineData("pool x.csv --tau -1", "--tau")]
    [InlineData("pool x.csv --method MCMC", "--method")]
    [InlineData("pool x.csv --route scenic", "--route")]
    [InlineData("pool x.csv --contrast 4.5mg", "--contrast")]
    [InlineData("pool x.csv --route two-stage --covariate esr", "covariates")]
    [InlineData("pool x.csv --covariate esr --predictor esr", "twice")]
    [InlineData("pool --from-summaries t.json --route one-stage", "two stages")]
    [InlineData("pool --from-summaries t.json --export-summary u.json", "needs diaries")]
    [InlineData("pool x.csv --export-summary x.csv", "overwrite")]
    public void A_wrong_command_line_exits_2(string arguments, string word)
    {
        var run = LowdoseProcess.Run(arguments.Split(' '));
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(word);
    }

    [Fact]
    public void One_person_and_no_drug_day_are_right_answers()
    {
        using var folder = new TemporaryFolder();
        var one = Json(["pool", folder.File("a.csv", PeopleDiaries.Pool(1)), "--tau", "0", "--json"]);
        one.GetProperty("boundary")[0].GetString()!.ShouldContain("one person");
        one.GetProperty("newPatient").GetProperty("lo").ValueKind.ShouldBe(JsonValueKind.Null);
        var off = Json(["pool", folder.File("b.csv", "person,day,dose_mg,pain\na,1,0,5\na,2,0,4\nb,1,0,6\nb,2,0,6\n"), "--json"]);
        off.GetProperty("fixed")[1].GetProperty("estimate").ValueKind.ShouldBe(JsonValueKind.Null);
        off.GetProperty("boundary").GetArrayLength().ShouldBeGreaterThan(0);
        Json(["pool", folder.File("d.csv", "person,day,dose_mg,pain\na,1,0,5\na,2,0,4\nb,1,0,6\nb,2,0,6\n"), "--route", "two-stage", "--json"])
            .GetProperty("boundary")[0].GetString()!.ShouldContain("No table says anything of the effect");
        var single = Json(["pool", folder.File("c.csv", "person,day,dose_mg,pain\na,1,0,5\n"), "--json"]);
        single.GetProperty("n").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void The_text_is_no_wider_than_80_columns()
    {
        using var folder = new TemporaryFolder();
        foreach (var options in new[] { "--tau 0", "--route two-stage" })
        {
            var run = LowdoseProcess.Run(["pool", folder.File("x.csv", PeopleDiaries.Pool(6)), .. options.Split(' ')]);
            run.ExitCode.ShouldBe(0);
            run.Output.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
            run.Output.ShouldContain("points lower on average");
        }
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_million_rows_are_pooled()
    {
        using var folder = new TemporaryFolder();
        var root = Json(["pool", folder.File("x.csv", PeopleDiaries.Pool(12_000, 84)), "--tau", "0", "--json"]);
        root.GetProperty("n").GetInt32().ShouldBe(12_000);
        root.GetProperty("fixed")[1].GetProperty("estimate").GetDouble().ShouldBe(-1.5, 0.1);
    }

    private static JsonElement Json(string[] arguments)
    {
        var run = LowdoseProcess.Run(arguments);
        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
