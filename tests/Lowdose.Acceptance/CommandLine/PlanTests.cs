using System.Text.Json;
using Lowdose.Tests.Quantities;

namespace Lowdose.Acceptance.CommandLine;

/// <summary><c>lowdose plan</c> by its contract.</summary>
public class PlanTests
{
    private const string Answered = """{"medicines":[],"conditions":[],"surgeries":[],"pregnancy":"no","age":43,"labs":[{"loinc":"1742-6","value":20,"unit":"U/L","date":"2026-11-01"}],"allergies":[]}""";

    private static Outcome Plan(string rest) => LowdoseProcess.Run(["plan", .. rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    [Fact]
    public void The_object_is_the_contract_s()
    {
        var run = Plan("--start 2026-12-01 --json");
        (run.ExitCode, run.Error).ShouldBe((0, ""));
        using var json = JsonDocument.Parse(run.Output);
        var plan = json.RootElement;
        foreach (var key in (string[])["protocol", "product", "start", "ceilingMg", "steps", "doses", "reviews", "stopReview", "basis", "provisional"]) plan.TryGetProperty(key, out _).ShouldBeTrue(key);
        (plan.GetProperty("protocol").GetString(), plan.GetProperty("product").GetString(), plan.GetProperty("provisional").GetBoolean()).ShouldBe(("prudent", "liquid", true));
        foreach (var step in plan.GetProperty("steps").EnumerateArray())
            foreach (var key in (string[])["from", "to", "doseMg", "at", "volumeMl", "capsules"]) step.TryGetProperty(key, out _).ShouldBeTrue(key);
        plan.GetProperty("steps")[0].GetProperty("at").GetString().ShouldBe("22:00");
        plan.GetProperty("doses").EnumerateArray().Select(d => d.GetProperty("doseMg").GetDouble()).Max().ShouldBe(4.5);
        plan.GetProperty("doses")[0].GetRawText().ReplaceLineEndings("").Replace(" ", "").ShouldBe("""{"date":"2026-12-01","time":"22:00","doseMg":0.5,"volumeMl":0.5}""");
        plan.GetProperty("basis").GetArrayLength().ShouldBeGreaterThan(0);
        plan.GetProperty("stopReview").GetString().ShouldBe("2027-03-23");
    }

    [Fact]
    public void Every_protocol_is_planned_or_says_what_is_missing()
    {
        var planned = 0;
        for (var i = 1; i <= 20; i++)
        {
            var run = Plan($"--protocol P{i} --start 2026-12-01 --json");
            if (run.ExitCode == 0) planned++;
            else
            {
                run.ExitCode.ShouldBe(2);
                run.Error.ShouldContain($"P{i} ");
            }
        }
        planned.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public void Where_a_protocol_does_not_say_how_long_the_person_does() => Plan("--protocol P8 --every 14 --start 2026-12-01").ExitCode.ShouldBe(0);

    [Fact]
    public void No_step_comes_sooner_than_the_protocol_allows() => Plan("--protocol P1 --every 14 --start 2026-12-01").ExitCode.ShouldBe(2);

    [Fact]
    public void Capsules_add_up_to_the_plan()
    {
        using var json = JsonDocument.Parse(Plan("--from 1.5mg --by 1.5mg --every 14 --ceiling 4.5mg --start 2026-12-01 --product capsule --json").Output);
        var plan = json.RootElement;
        plan.GetProperty("dispense").EnumerateArray().Sum(c => c.GetProperty("mg").GetDouble() * c.GetProperty("count").GetInt32()).ShouldBe(plan.GetProperty("totalMg").GetDouble());
        plan.GetProperty("doses").EnumerateArray().Sum(c => c.GetProperty("doseMg").GetDouble()).ShouldBe(plan.GetProperty("totalMg").GetDouble());
        plan.GetProperty("steps")[2].GetProperty("capsules")[0].GetProperty("count").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("", "--start")]
    [InlineData("--start 2026-13-01", "year-month-day")]
    [InlineData("--start 1.12.2026", "year-month-day")]
    [InlineData("--start 2026-12-01 --protocol P99", "P10")]
    [InlineData("--start 2026-12-01 --time 25:00", "22:00")]
    [InlineData("--start 2026-12-01 --time 9", "22:00")]
    [InlineData("--start 2026-12-01 --product patch", "capsule")]
    [InlineData("--start 2026-12-01 --product capsule --tablet 50mg --volume 50mL", "capsules")]
    [InlineData("--start 2026-12-01 --tablet 50mg", "--volume")]
    [InlineData("--start 2026-12-01 --tablet 50 --volume 50mL", "50mg")]
    [InlineData("--start 2026-12-01 --days 0", "whole number")]
    [InlineData("--start 2026-12-01 --from 1.5 --ceiling 4.5mg", "1.5mg")]
    [InlineData("--start 2026-12-01 --from 1.5mg", "--ceiling")]
    [InlineData("--start 2026-12-01 --from 1.5mg --ceiling 4.5mg", "--every")]
    [InlineData("--start 2026-12-01 --from 6mg --ceiling 4.5mg --by 1mg --every 14", "above the ceiling")]
    [InlineData("--start 2026-12-01 --ceiling 6mg", "4.5 mg")]
    [InlineData("--start 2026-12-01 --out a.txt --ics a.txt", "two files")]
    public void A_wrong_command_line_exits_2_and_says_what_to_write(string arguments, string word)
    {
        var run = Plan(arguments);
        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Error.ShouldStartWith("lowdose: ");
        run.Error.ShouldContain(word);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void Above_12_mg_it_is_refused() => Plan("--from 1.5mg --by 1.5mg --every 14 --ceiling 15mg --start 2026-12-01").ExitCode.ShouldBe(4);

    [Fact]
    public void Everything_answered_and_nothing_found_is_not_provisional() => With(Answered, "2026-12-01", run =>
    {
        run.ExitCode.ShouldBe(0, run.Error);
        using var plan = JsonDocument.Parse(run.Output);
        plan.RootElement.GetProperty("provisional").GetBoolean().ShouldBeFalse();
    });

    [Fact]
    public void An_unknown_medicine_keeps_it_provisional() => With(Answered.Replace("\"medicines\":[]", "\"medicines\":[{\"text\":\"Blorptanib\"}]"), "2026-12-01", run =>
    {
        run.ExitCode.ShouldBe(0, run.Error);
        using var plan = JsonDocument.Parse(run.Output);
        plan.RootElement.GetProperty("provisional").GetBoolean().ShouldBeTrue();
    });

    [Fact]
    public void An_opioid_exits_4_with_the_findings() => With("""{"medicines":[{"text":"Tylenol 3"}]}""", "2026-12-01", run =>
    {
        run.ExitCode.ShouldBe(4);
        run.Error.ShouldContain("Tylenol 3");
        using var findings = JsonDocument.Parse(run.Output);
        findings.RootElement.GetProperty("status").GetString().ShouldBe("blocked");
    });

    [Fact]
    public void A_start_before_the_first_safe_day_exits_4_and_one_on_it_does_not()
    {
        var surgery = Answered.Replace("\"surgeries\":[]", "\"surgeries\":[{\"date\":\"2026-12-10\",\"opioidsExpected\":true}]");
        var safe = "";
        With(surgery, "2026-12-01", run =>
        {
            run.ExitCode.ShouldBe(4);
            using var findings = JsonDocument.Parse(run.Output);
            safe = findings.RootElement.GetProperty("firstSafeDate").GetString()!;
            run.Error.ShouldContain(safe);
        });
        With(surgery, safe, run => run.ExitCode.ShouldBe(0, run.Error));
    }

    [Fact]
    public void A_profile_that_cannot_be_read_exits_3() => With("{", "2026-12-01", run =>
    {
        (run.ExitCode, run.Output).ShouldBe((3, ""));
        run.Error.ShouldContain("profile.json:1");
    });

    [Theory]
    [InlineData("--start 2026-12-01")]
    [InlineData("--start 2026-12-01 --protocol P9 --tablet 50mg --volume 33mL")]
    [InlineData("--start 2026-12-01 --protocol P10 --product capsule")]
    public void A_plan_reads_well(string arguments)
    {
        var run = Plan(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split('\n').SelectMany(Ismp.Breaks).ShouldBeEmpty();
        run.Output.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        foreach (var part in (string[])["provisional", "Never double", "in the morning", "Look again", "Rests on", "does not prescribe"]) run.Output.ShouldContain(part);
    }

    private static void With(string profile, string start, Action<Outcome> check)
    {
        using var folder = new TemporaryFolder();
        folder.File("profile.json", profile);
        check(LowdoseProcess.RunIn(folder.Path, "plan", "--profile", "profile.json", "--start", start, "--json"));
    }
}
