using System.Text.Json;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>verdict --json</c> key by key, as the contract has it.</summary>
public class VerdictJsonTests
{
    private static readonly string[] Keys = ["outcome", "scale", "days", "observed", "assumedDoses", "baseline", "offDrugLevel", "doses", "expectation",
        "trendPer28Days", "rho", "sigma", "whiteShare", "tauDays", "verdictDose", "best", "verdict", "strength", "borderline", "because", "warnings",
        "wouldSettle", "prior", "evidencePrior", "fitted", "engine"];

    private static readonly string[] Dist = ["mean", "sd", "q025", "q50", "q975"];

    private static JsonElement Judged(params string[] arguments)
    {
        var run = LowdoseProcess.Run(["verdict", .. arguments, "--json"]);
        run.Error.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static void ShouldHave(JsonElement element, params string[] keys)
    {
        foreach (var key in keys) element.TryGetProperty(key, out _).ShouldBeTrue($"the key {key} is missing");
    }

    [Fact]
    public void Every_key_of_the_contract_is_there()
    {
        var json = Judged(LowdoseProcess.Example("probably-works.csv"));
        ShouldHave(json, Keys);
        foreach (var name in (string[])["offDrugLevel", "trendPer28Days", "rho", "sigma", "whiteShare", "tauDays"]) ShouldHave(json.GetProperty(name), Dist);
        ShouldHave(json.GetProperty("baseline"), "mean", "sd", "n");
        ShouldHave(json.GetProperty("engine"), "version", "gridNodes", "fallback");
        json.GetProperty("doses").GetArrayLength().ShouldBe(3);
        foreach (var dose in json.GetProperty("doses").EnumerateArray())
        {
            ShouldHave(dose, "mg", "days", "effect", "probAnyBenefit", "probMeaningfulBenefit", "probMeaningfulHarm", "prob30", "prob50");
            ShouldHave(dose.GetProperty("effect"), Dist);
        }
        foreach (var best in json.GetProperty("best").EnumerateArray()) ShouldHave(best, "mg", "prob");
        foreach (var warning in json.GetProperty("warnings").EnumerateArray()) ShouldHave(warning, "code", "text");
        json.GetProperty("because").GetArrayLength().ShouldBe(3);
        json.GetProperty("fitted").GetArrayLength().ShouldBe(json.GetProperty("days").GetInt32());
        ShouldHave(json.GetProperty("fitted")[0], "day", "mean", "lo", "hi");
        json.GetProperty("scale").EnumerateArray().Select(e => e.GetDouble()).ShouldBe([0, 10]);
        json.GetProperty("prior").GetString().ShouldBe("sceptical");
        json.GetProperty("evidencePrior").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void With_the_trials_beside_the_verdict_and_its_numbers_are_the_same_and_each_dose_has_two()
    {
        var (alone, beside) = (Judged(LowdoseProcess.Example("probably-works.csv")), Judged(LowdoseProcess.Example("probably-works.csv"), "--prior", "evidence", "--condition", "fibromyalgia"));
        beside.GetProperty("prior").GetString().ShouldBe("evidence");
        foreach (var key in (string[])["verdict", "sentence", "doses", "because"]) beside.GetProperty(key).GetRawText().ShouldBe(alone.GetProperty(key).GetRawText());
        var prior = beside.GetProperty("evidencePrior");
        prior.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("study").GetString()).ShouldBe(["YOUNGER2013", "FINAL", "INNOVA"]);
        var doses = prior.GetProperty("doses").EnumerateArray().ToArray();
        doses.Select(d => d.GetProperty("mg").GetDouble()).ShouldBe(alone.GetProperty("doses").EnumerateArray().Select(d => d.GetProperty("mg").GetDouble()));
        foreach (var (told, doubt) in doses.Zip(alone.GetProperty("doses").EnumerateArray()))
        {
            ShouldHave(told, "days", "effect", "probAnyBenefit", "probMeaningfulBenefit", "probMeaningfulHarm", "prob30", "prob50", "priorSd", "priorMean", "priorMeanSd");
            told.GetProperty("priorMean").GetDouble().ShouldBeInRange(-0.25, -0.05);
            told.GetProperty("priorSd").GetDouble().ShouldBe(2);
            Math.Abs(told.GetProperty("effect").GetProperty("mean").GetDouble() - doubt.GetProperty("effect").GetProperty("mean").GetDouble()).ShouldBeInRange(1e-6, 0.25);
        }
    }

    [Fact]
    public void The_text_and_the_page_show_both_starts_side_by_side()
    {
        using var folder = new TemporaryFolder();
        var page = Path.Combine(folder.Path, "page.html");
        var run = LowdoseProcess.Run("verdict", LowdoseProcess.Example("probably-works.csv"), "--prior", "evidence", "--condition", "Fibromyalgia", "--html", page);
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        foreach (var says in (string[])["starting from doubt", "FINAL", "in fibromyalgia only"]) string.Join(' ', run.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).ShouldContain(says);
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        foreach (var says in (string[])["Starting from doubt", "Starting from the trials", "YOUNGER2013"]) File.ReadAllText(page).ShouldContain(says);
    }

    [Fact]
    public void What_does_not_apply_is_null_and_not_absent()
    {
        using var folder = new TemporaryFolder();
        var json = Judged(folder.File("one.csv", "day,dose_mg,pain\n1,0,5\n"));
        ShouldHave(json, Keys);
        json.GetProperty("verdictDose").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("expectation").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("wouldSettle").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("baseline").GetProperty("sd").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("doses").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("probably-works.csv", "probably-works", 126, 115, 8, -2.1)]
    [InlineData("cannot-tell.csv", "unclear", 112, 99, 5, -1.0)]
    [InlineData("does-not-work.csv", "does-not-work", 126, 112, 6, 0.4)]
    public void An_example_is_judged_as_the_independent_quadrature_judges_it(string file, string verdict, int days, int observed, int assumed, double effect)
    {
        var json = Judged(LowdoseProcess.Example(file));
        json.GetProperty("verdict").GetString().ShouldBe(verdict);
        json.GetProperty("days").GetInt32().ShouldBe(days);
        json.GetProperty("observed").GetInt32().ShouldBe(observed);
        json.GetProperty("assumedDoses").GetInt32().ShouldBe(assumed);
        json.GetProperty("strength").GetString().ShouldBe("open-label");
        json.GetProperty("borderline").GetBoolean().ShouldBeFalse();
        json.GetProperty("doses")[2].GetProperty("effect").GetProperty("mean").GetDouble().ShouldBe(effect, 0.05);
    }

    [Fact]
    public void A_higher_is_better_outcome_keeps_its_own_sign()
    {
        var json = Judged(LowdoseProcess.Example("melatonin.csv"), "--outcome", "mood", "--scale", "0..100", "--higher-is-better", "--dose-column", "melatonin");
        json.GetProperty("outcome").GetString().ShouldBe("mood");
        json.GetProperty("days").GetInt32().ShouldBe(71);
        var dose = json.GetProperty("doses")[0];
        dose.GetProperty("effect").GetProperty("mean").GetDouble().ShouldBe(1.31, 0.05);
        dose.GetProperty("probAnyBenefit").GetDouble().ShouldBeGreaterThan(0.5);
        dose.GetProperty("prob30").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()).ShouldContain("fast-switching");
    }

    [Fact]
    public void Blinded_blocks_in_random_order_are_randomised_only_when_told()
    {
        using var folder = new TemporaryFolder();
        var text = "day,dose_mg,arm,period,pain\n" + string.Concat(Enumerable.Range(0, 112).Select(t =>
            $"{t + 1},{(t / 28 % 2 == 0 ? 0 : 4.5)},{(t / 28 % 2 == 0 ? "placebo" : "ldn")},{t / 28 + 1},{4 + t * 7 % 3}\n"));
        var file = folder.File("blinded.csv", text);
        Judged(file).GetProperty("strength").GetString().ShouldBe("open-label");
        Judged(file, "--randomised").GetProperty("strength").GetString().ShouldBe("randomised");
    }
}
