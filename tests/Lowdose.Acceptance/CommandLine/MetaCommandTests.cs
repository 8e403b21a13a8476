using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose meta</c>, as an outside program meets it.</summary>
public class MetaCommandTests
{
    private static readonly string Bcg = LowdoseProcess.Example("bcg-trials.csv");

    private static JsonElement Json(params string[] arguments)
    {
        var run = LowdoseProcess.Run(["meta", .. arguments, "--json"]);
        run.ExitCode.ShouldBe(0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    [Fact]
    public void The_JSON_has_every_key_of_the_contract_and_metafors_numbers_for_thirteen_trials()
    {
        var root = Json(Bcg, "--measure", "RR");
        // metafor 3.8: rma(yi, vi, data = escalc("RR", …, data = dat.bcg)), its own settings driven to the last digits.
        foreach (var (key, value) in new (string, double)[]
        {
            ("k", 13), ("estimate", -0.7145323421581), ("se", 0.1797815161052), ("zOrT", -3.974448306132), ("p", 7.054258101642e-05), ("lo", -1.06689763881), ("hi", -0.3621670455059),
            ("predictionLo", -1.866692217903), ("predictionHi", 0.4376275335866), ("tau2", 0.3132432581365), ("seTau2", 0.166425752837), ("tau2Lo", 0.1197183611413), ("tau2Hi", 1.111479084061),
            ("I2", 92.22138452127), ("H2", 12.85575823531), ("Q", 152.2330080824), ("dfQ", 12), ("pQ", 1.996764590846e-26), ("logLik", -12.20237141549),
        }) root.GetProperty(key).GetDouble().ShouldBe(value, 1e-9 * Math.Abs(value), key);
        (root.GetProperty("measure").GetString(), root.GetProperty("method").GetString(), root.GetProperty("test").GetString()).ShouldBe(("RR", "REML", "z"));
        root.GetProperty("df").ValueKind.ShouldBe(JsonValueKind.Null);
        var studies = root.GetProperty("studies").EnumerateArray().ToList();
        studies.Count.ShouldBe(13);
        (studies[0].GetProperty("study").GetString(), studies[0].GetProperty("yi").GetDouble()).ShouldBe(("Aronson 1948", Math.Log(4.0 / 123) - Math.Log(11.0 / 139)));
        studies.Sum(s => s.GetProperty("weight").GetDouble()).ShouldBe(100, 1e-9);
        root.GetProperty("egger").GetProperty("z").GetDouble().ShouldBe(-0.8033291930909, 1e-9);
        root.GetProperty("trimFill").GetProperty("k0").GetInt32().ShouldBe(1);
        (Math.Round(root.GetProperty("trimFill").GetProperty("estimate").GetDouble(), 9), Math.Round(root.GetProperty("trimFill").GetProperty("se").GetDouble(), 9)).ShouldBe((-0.657082783, 0.17852838));
        foreach (var key in (string[])["leaveOneOut", "cumulative"])
        {
            var rows = root.GetProperty(key).EnumerateArray().ToList();
            rows.Count.ShouldBe(13);
            foreach (var row in rows) (row.GetProperty("study").GetString()!.Length > 0 && row.GetProperty("se").GetDouble() > 0).ShouldBeTrue();
        }
        root.GetProperty("coefficients").EnumerateArray().Single().GetProperty("estimate").GetDouble().ShouldBe(root.GetProperty("estimate").GetDouble());
        root.GetProperty("natural").GetProperty("estimate").GetDouble().ShouldBe(Math.Exp(root.GetProperty("estimate").GetDouble()), 1e-15);
        root.GetProperty("subgroups").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Moderators_of_numbers_and_of_words_have_coefficients_and_the_pooled_effect_is_null()
    {
        var root = Json(Bcg, "--measure", "RR", "--moderator", "latitude", "--moderator", "allocation", "--knapp-hartung");
        root.GetProperty("coefficients").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldBe(["intercept", "latitude", "allocation=random", "allocation=systematic"]);
        foreach (var key in (string[])["estimate", "se", "lo", "hi"]) double.IsFinite(root.GetProperty("coefficients")[1].GetProperty(key).GetDouble()).ShouldBeTrue(key);
        foreach (var key in (string[])["estimate", "se", "predictionLo"]) root.GetProperty(key).ValueKind.ShouldBe(JsonValueKind.Null, key);
        (root.GetProperty("df").GetInt32(), root.GetProperty("moderators").GetProperty("dfResidual").GetInt32()).ShouldBe((9, 9));
        root.GetProperty("leaveOneOut").GetArrayLength().ShouldBe(0);
        root.GetProperty("studies")[0].GetProperty("fitted").GetProperty("predictionLo").GetDouble().ShouldBeLessThan(root.GetProperty("studies")[0].GetProperty("fitted").GetProperty("lo").GetDouble());
        // metafor 3.8, mods = ~ablat.
        var one = Json(Bcg, "--measure", "RR", "--moderator", "latitude");
        one.GetProperty("coefficients")[1].GetProperty("estimate").GetDouble().ShouldBe(-0.0291017250116, 1e-9);
        one.GetProperty("tau2").GetDouble().ShouldBe(0.0763479639553, 1e-9);
    }

    [Fact]
    public void Subgroups_are_pooled_alone_and_compared()
    {
        var groups = Json(Bcg, "--measure", "RR", "--subgroup", "allocation").GetProperty("subgroups");
        groups.GetProperty("groups").EnumerateArray().Select(g => (g.GetProperty("name").GetString(), g.GetProperty("k").GetInt32())).ShouldBe([("random", 7), ("alternate", 2), ("systematic", 4)]);
        groups.GetProperty("between").GetProperty("df").GetInt32().ShouldBe(2);
        groups.GetProperty("between").GetProperty("p").GetDouble().ShouldBeInRange(0.1, 0.9);
    }

    [Fact]
    public void Adding_up_goes_by_a_column_and_ends_at_the_whole()
    {
        var root = Json(Bcg, "--measure", "RR", "--cumulative", "year");
        var rows = root.GetProperty("cumulative").EnumerateArray().ToList();
        (rows[0].GetProperty("study").GetString(), rows[^1].GetProperty("study").GetString()).ShouldBe(("Aronson 1948", "TPT Madras 1980"));
        rows[^1].GetProperty("estimate").GetDouble().ShouldBe(root.GetProperty("estimate").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("study,ai,n1i,ci,n2i\na,4,20,9,21\n", "OR")]
    [InlineData("study,m1i,sd1i,n1i,m2i,sd2i,n2i\na,4,2,20,5,2.2,21\n", "SMD")]
    [InlineData("study,m1i,sd1i,m2i,sd2i,ni,ri\na,4,2,5,2.2,21,0.5\n", "MC")]
    [InlineData("study,xi,ni\na,0,20\n", "PFT")]
    [InlineData("yi,sei\n0.5,0.2\n", "GEN")]
    public void One_study_is_answered_and_said_to_be_one(string text, string measure)
    {
        using var folder = new TemporaryFolder();
        foreach (var method in (string[])["EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM"])
        {
            var root = Json(folder.File("one.csv", text), "--measure", measure, "--method", method, "--knapp-hartung");
            (root.GetProperty("k").GetInt32(), root.GetProperty("tau2").GetDouble(), root.GetProperty("Q").GetDouble(), root.GetProperty("pQ").GetDouble(), root.GetProperty("test").GetString()).ShouldBe((1, 0, 0, 1, "z"));
            root.GetProperty("notes")[0].GetString()!.ShouldContain("one study");
            foreach (var (part, key) in new[] { ("egger", "z"), ("trimFill", "k0") }) root.GetProperty(part).GetProperty(key).ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }

    [Fact]
    public void Columns_are_renamed_and_a_semicolon_file_with_decimal_commas_is_read_when_told()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", "Studie;Effekt;Fehler\nA;0,5;0,2\nB;0,1;0,3\n");
        Json(file, "--measure", "GEN", "--delimiter", ";", "--decimal", ",", "--study-column", "Studie", "--yi-column", "Effekt", "--sei-column", "Fehler", "--method", "EE")
            .GetProperty("estimate").GetDouble().ShouldBe((0.5 / 0.04 + 0.1 / 0.09) / (1 / 0.04 + 1 / 0.09), 1e-12);
        LowdoseProcess.Run("meta", file, "--measure", "GEN", "--study-column", "Studie", "--yi-column", "Effekt", "--sei-column", "Fehler").Error.ShouldContain("--delimiter \";\"");
    }

    [Fact]
    public void A_correlation_stands_in_for_its_column()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", "study,m1i,sd1i,m2i,sd2i,ni\na,4,2,5,2.2,21\nb,4.5,1.9,5,2.1,30\n");
        Json(file, "--measure", "MC", "--correlation", "0.5").GetProperty("studies")[0].GetProperty("vi").GetDouble().ShouldBe((4 + 4.84 - 2 * 0.5 * 2 * 2.2) / 21, 1e-14);
        LowdoseProcess.Run("meta", file, "--measure", "MC").Error.ShouldContain("--correlation R");
    }

    [Fact]
    public void Both_plots_are_written_as_SVG_that_says_what_it_shows_and_hides_nothing_of_a_name()
    {
        using var folder = new TemporaryFolder();
        var (forest, funnel) = (Path.Combine(folder.Path, "forest.svg"), Path.Combine(folder.Path, "funnel.svg"));
        var file = folder.File("x.csv", File.ReadAllText(Bcg).Replace("Aronson 1948", "A & B <script>", StringComparison.Ordinal));
        LowdoseProcess.Run("meta", file, "--measure", "RR", "--forest", forest, "--funnel", funnel).ExitCode.ShouldBe(0);
        XNamespace svg = "http://www.w3.org/2000/svg";
        foreach (var (path, marks) in new[] { (forest, svg + "rect"), (funnel, svg + "circle") })
        {
            var drawn = XDocument.Parse(File.ReadAllText(path)).Root!;
            drawn.Name.ShouldBe(svg + "svg");
            drawn.Element(svg + "title")!.Value.Length.ShouldBeGreaterThan(5);
            drawn.Element(svg + "desc")!.Value.ShouldContain("13 studies");
            drawn.Descendants(marks).Count(e => (string?)e.Attribute("class") == "interval-mean").ShouldBe(13);
        }
        var texts = XDocument.Parse(File.ReadAllText(forest)).Descendants(svg + "text").Select(t => t.Value).ToList();
        foreach (var text in (string[])["A & B <script>", "4/123", "11/139", "0.49 [0.34, 0.70]", "[0.15, 1.55]", "0.1", "1"]) texts.ShouldContain(text);
    }

    [Theory]
    [InlineData("yi,vi\n", 1, "there is no study")]
    [InlineData("", 1, "empty")]
    [InlineData("study,yi,vi\na,0.5,0.04\nb,high,0.05\n", 3, "yi \"high\" is not a number")]
    [InlineData("study,yi,vi\na,NaN,0.04\n", 2, "NaN")]
    [InlineData("study,yi,vi\na,0.5,-0.04\n", 2, "the variance vi is -0.04")]
    [InlineData("study,yi,vi\na,0.5,0\n", 2, "the variance vi is 0")]
    [InlineData("study,yi,sei\na,0.5,-1\n", 2, "the standard error sei is -1")]
    [InlineData("study,yi,vi\na,,0.04\n", 2, "yi is empty")]
    [InlineData("study,yi,vi\na,0.5\n", 2, "2 fields")]
    [InlineData("study,yi\na,0.5\n", 1, "GEN needs a column \"vi\" or \"sei\"")]
    [InlineData("study,yi,vi,yi\na,0.5,1,2\n", 1, "twice")]
    [InlineData("study,yi,vi\na,\"0,5\",0.04\n", 2, "a comma")]
    public void Bad_effects_exit_3_naming_file_and_line(string text, int line, string words) => Refused(text, "GEN", line, words);

    [Theory]
    [InlineData("study,ai,n1i,ci,n2i\na,4,20,9,21\nb,21,20,9,21\n", 3, "ai is 21, more than the 20 people of n1i")]
    [InlineData("study,ai,n1i,ci,n2i\na,4,20,9.5,21\n", 2, "ci is 9.5, not a whole number")]
    [InlineData("study,ai,n1i,ci,n2i\na,-1,20,9,21\n", 2, "ai is -1")]
    [InlineData("study,ai,n1i,ci,n2i\na,0,0,9,21\n", 2, "nobody")]
    [InlineData("study,ai,bi,ci,di\na,4,16,0,0\n", 2, "nobody in the group of ci")]
    [InlineData("study,ai,bi,n1i,ci,di\na,4,16,21,2,4\n", 2, "add up to 20, but n1i is 21")]
    [InlineData("study,ai,n1i\na,4,20\n", 1, "OR needs a column \"ci\"")]
    public void Bad_counts_exit_3_naming_file_and_line(string text, int line, string words) => Refused(text, "OR", line, words);

    [Theory]
    [InlineData("study,m1i,sd1i,n1i,m2i,sd2i,n2i\na,4,-2,20,5,2,21\n", "MD", 2, "the standard deviation sd1i is -2")]
    [InlineData("study,m1i,sd1i,n1i,m2i,sd2i,n2i\na,4,2,0,5,2,21\n", "MD", 2, "n1i is 0")]
    [InlineData("study,m1i,sd1i,n1i,m2i,sd2i,n2i\na,4,0,20,5,0,21\n", "MD", 2, "the variance of the effect is 0")]
    [InlineData("study,m1i,sd1i,n1i,m2i,sd2i,n2i\na,4,2,1,5,2,1\n", "SMD", 2, "no effect")]
    [InlineData("study,m1i,sd1i,m2i,sd2i,ni,ri\na,4,2,5,2,10,1.5\n", "MC", 2, "the correlation ri is 1.5")]
    [InlineData("study,xi,ni\na,5,4\n", "PR", 2, "xi is 5, more than the 4 people of ni")]
    public void Bad_means_and_proportions_exit_3_naming_file_and_line(string text, string measure, int line, string words) => Refused(text, measure, line, words);

    [Theory]
    [InlineData("study,yi,vi,x\na,1,1,3\nb,2,1,\nc,3,1,4\n", 3, "the moderator x is empty")]
    [InlineData("study,yi,vi,x\na,1,1,3\nb,2,1,old\nc,3,1,4\n", 3, "the moderator x is \"old\" here and a number elsewhere")]
    [InlineData("study,yi,vi,x\na,1,1,3\nb,2,1,3\nc,3,1,3\n", 1, "the moderator x is 3 everywhere")]
    [InlineData("study,yi,vi,x\na,1,1,3\nb,2,1,4\n", 1, "2 studies are too few")]
    [InlineData("study,yi,vi\na,1,1\nb,2,1\n", 1, "no column \"x\"")]
    public void Bad_moderators_exit_3_naming_file_and_line(string text, int line, string words) => Refused(text, "GEN", line, words, "--moderator", "x");

    [Theory]
    [InlineData("--measure", "HR")]
    [InlineData("--measure", "3")]
    [InlineData("--measure OR --method", "FE2")]
    [InlineData("--measure OR --knapp-hartung", "--knapp-hartung-adhoc")]
    [InlineData("--measure OR --correlation", "0.5")]
    [InlineData("--measure OR --subgroup a --moderator", "b")]
    [InlineData("--method", "DL")]
    public void A_wrong_command_line_exits_2_naming_the_option(string options, string last)
    {
        var run = LowdoseProcess.Run(["meta", Bcg, .. options.Split(' '), last]);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("--");
    }

    [Fact]
    public void A_name_may_stand_twice_and_a_note_says_so()
    {
        using var folder = new TemporaryFolder();
        var root = Json(folder.File("x.csv", "study,yi,vi\na,1,1\na,2,1\nb,2,0.5\n"), "--measure", "GEN");
        root.GetProperty("studies").EnumerateArray().Select(s => s.GetProperty("study").GetString()).ShouldBe(["a", "a", "b"]);
        root.GetProperty("notes").EnumerateArray().ShouldContain(n => n.GetString()!.Contains("stands 2 times"));
    }

    [Fact]
    public void A_hundred_thousand_studies_are_answered_and_drawn_within_a_minute()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", "yi,vi\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i):0.0000},{0.05 + 0.001 * (i % 97):0.000}\n"))));
        var clock = Stopwatch.StartNew();
        var root = Json(file, "--measure", "GEN", "--forest", Path.Combine(folder.Path, "f.svg"), "--funnel", Path.Combine(folder.Path, "g.svg"));
        root.GetProperty("k").GetInt32().ShouldBe(100_000);
        root.GetProperty("tau2").GetDouble().ShouldBeInRange(0.3, 0.6);
        root.GetProperty("leaveOneOut").GetArrayLength().ShouldBe(0);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void The_text_is_no_wider_than_80_columns_and_the_help_names_every_column()
    {
        var run = LowdoseProcess.Run("meta", Bcg, "--measure", "RR", "--subgroup", "allocation");
        run.Output.Split('\n').Max(l => l.Length).ShouldBeLessThanOrEqualTo(80);
        foreach (var part in (string[])["13 studies: risk ratio 0.49", "Egger's test", "Trim and fill", "Between groups", "without"]) run.Output.ReplaceLineEndings(" ").ShouldContain(part);
        var help = LowdoseProcess.Run("meta", "--help").Output;
        foreach (var part in (string[])["ai, n1i, ci, n2i", "m1i", "--sei-column", "--knapp-hartung-adhoc", "--funnel", "Exit codes"]) help.ShouldContain(part);
    }

    private static void Refused(string text, string measure, int line, string words, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("x.csv", text);
        var run = LowdoseProcess.Run(["meta", file, "--measure", measure, "--forest", Path.Combine(folder.Path, "f.svg"), .. options]);
        run.ExitCode.ShouldBe(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldStartWith($"lowdose: {file}:{line}: ");
        run.Error.ShouldContain(words);
        run.Error.ShouldContain("; ");
        File.Exists(Path.Combine(folder.Path, "f.svg")).ShouldBeFalse();
    }
}
