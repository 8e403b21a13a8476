using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.CommandLine;
using NodaTime;

namespace Lowdose.Acceptance.Trials;

/// <summary><c>lowdose trial</c> from consent to the report, as somebody with two files and a friend would use it.</summary>
public sealed partial class A_blinded_trial_on_the_command_line : IDisposable
{
    private const string Passphrase = "four words of a friend";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Is_begun_sealed_made_up_run_closed_opened_proven_and_read()
    {
        var hash = Begin();
        var kits = Kits();
        kits.Count(k => k.Drug).ShouldBe(4, "two pairs of 56 days, a pack of 28 days each");
        for (var pair = 0; pair < 2; pair++) kits.Where(k => (k.Period - 1) / 2 == pair).Select(k => k.Drug).Distinct().Count().ShouldBe(2);
        Trial(0, "record start mine.json --subject me --actor Ann --on 2026-01-05");
        foreach (var (period, guess) in new[] { (1, "drug"), (2, "placebo"), (3, "unknown"), (4, "unknown") })
            Trial(0, $"record guess mine.json --subject me --period {period} --guess {guess} --actor Ann");
        Trial(4, "reveal mine.json --sealed mine.sealed.json --actor Ann", Passphrase).Error.ShouldContain("not closed");
        Trial(0, "record close mine.json --actor Ann");
        Trial(4, "record guess mine.json --subject me --period 1 --guess drug --actor Ann").Error.ShouldContain("the trial is closed");
        Trial(0, "reveal mine.json --sealed mine.sealed.json --actor Ann --out opened.txt", Passphrase);
        foreach (var line in File.ReadAllLines(Path.Combine(_folder.Path, "opened.txt")).Skip(6))
            line.EndsWith("placebo", StringComparison.Ordinal).ShouldBe(!kits.First(k => k.Period == int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).Drug, line);
        Trial(0, $"verify opened.txt --commitment {hash} --trial mine.json").Output.ShouldBe("This is what was committed to. Drawing again from the seed deals the same.\n");
        _folder.File("me.csv", Diary(kits));
        using var read = JsonDocument.Parse(Trial(0, "analyse mine.json me.csv --opened opened.txt --json").Output);
        var trial = read.RootElement;
        trial.GetProperty("decision").GetString().ShouldBe("benefit");
        trial.GetProperty("permutation").GetProperty("pOneSided").GetDouble().ShouldBe(0.25);
        trial.GetProperty("people")[0].GetProperty("periods").EnumerateArray().Select(p => p.GetProperty("drug").GetBoolean()).ShouldBe(Enumerable.Range(1, 4).Select(n => kits.First(k => k.Period == n).Drug));
        trial.GetProperty("cent").GetArrayLength().ShouldBe(44);
        Trial(0, "analyse mine.json me.csv --opened opened.txt").Output.ShouldStartWith("By the rule that was planned: a benefit.");
    }

    [Fact]
    public void Is_opened_by_its_passphrase_only_and_one_person_at_a_time_on_the_record()
    {
        Begin();
        const string open = "unblind mine.json --sealed mine.sealed.json --actor Bo --subject me --why operation";
        Trial(3, open + " --second Cy", "four words of a fiend").Error.ShouldContain("the key is another");
        Trial(4, open + " --second bo", Passphrase).Error.ShouldContain("the same as the first");
        File.ReadAllText(Path.Combine(_folder.Path, "mine.json")).ShouldNotContain("unblinded");
        var said = Trial(0, open + " --second Cy", Passphrase).Output;
        Arm().Count(said).ShouldBe(4);
        File.ReadAllText(Path.Combine(_folder.Path, "mine.json")).ShouldContain("\"what\": \"unblinded\"");
        Trial(2, "seal mine.json --sealed mine.sealed.json --actor Bo", Passphrase).Error.ShouldContain("is there already");
        Trial(4, "seal mine.json --sealed other.json --actor Bo", Passphrase).Error.ShouldContain("sealed already");
        Trial(2, "new trial-pairs --id mine --out mine.json").Error.ShouldContain("is there already");
    }

    [Fact]
    public void Is_proven_to_be_what_was_committed_to_or_not()
    {
        var hash = Begin();
        Trial(0, "record close mine.json --actor Ann --stopped-early enough");
        Trial(0, "reveal mine.json --sealed mine.sealed.json --actor Ann --out opened.txt", Passphrase);
        var text = File.ReadAllText(Path.Combine(_folder.Path, "opened.txt"));
        // Whoever swaps the arms of a period has changed the trial; what does not read as an opening is another file.
        _folder.File("changed.txt", Arm().Replace(text, m => m.Value == "placebo" ? "ldn-4.5mg" : "placebo", 1));
        _folder.File("reseeded.txt", Seed().Replace(text, "seed " + new string('0', 64), 1));
        _folder.File("letter.txt", "Dear Ann,\n");
        _folder.File("cut.txt", text[..^4]);
        Trial(0, $"verify opened.txt --commitment {hash}").Output.ShouldBe("This is what was committed to.\n");
        // Another seed draws, once in four, the same order all the same; swapped arms are never a legal one.
        foreach (var (name, drawn) in new (string, bool[])[] { ("changed", [false]), ("reseeded", [false, true]) })
        {
            var run = Trial(4, $"verify {name}.txt --commitment {hash}");
            (run.Output, run.Error).ShouldBe(("", $"lowdose: {name}.txt: this is not what was committed to; keep both as they are, and ask who sealed it\n"));
            using var json = JsonDocument.Parse(Trial(4, $"verify {name}.txt --trial mine.json --json").Output);
            json.RootElement.GetProperty("genuine").GetBoolean().ShouldBeFalse();
            json.RootElement.GetProperty("drawnFromSeed").GetBoolean().ShouldBeOneOf(drawn);
        }
        Trial(4, $"verify opened.txt --commitment {new string('0', 64)}");
        Trial(3, $"verify letter.txt --commitment {hash}").Error.ShouldStartWith("lowdose: letter.txt:1: the file does not begin as an opened allocation; ");
        Trial(3, $"verify cut.txt --commitment {hash}").Error.ShouldContain("the last line has no end");
        Trial(3, $"verify nowhere.txt --commitment {hash}").Error.ShouldContain("there is no such file");
        Trial(2, "verify opened.txt --commitment abc").Error.ShouldContain("64 hexadecimal digits");
        Trial(2, "verify opened.txt").Error.ShouldContain("nothing to check against");
    }

    /// <summary>Consented, locked and sealed; the commitment.</summary>
    private string Begin()
    {
        _folder.File("consent.txt", "I know what this trial is and that I may stop.\n");
        LowdoseProcess.RunIn(_folder.Path, "trial", "new", "trial-pairs", "--id", "mine", "--subject", "me", "--consent", "consent.txt", "--decision", "Go on if it works or probably works", "--actor", "Ann", "--out", "mine.json")
            .ExitCode.ShouldBe(0);
        var said = Trial(0, "seal mine.json --sealed mine.sealed.json --actor Bo", Passphrase).Output;
        Arm().IsMatch(File.ReadAllText(Path.Combine(_folder.Path, "mine.sealed.json"))).ShouldBeFalse();
        return Commitment().Match(said).Groups[1].Value;
    }

    /// <summary>What the sheet says of each kit of the person; the labels say the same of all.</summary>
    private (int Period, bool Drug)[] Kits()
    {
        Trial(0, "kits mine.json --sealed mine.sealed.json --actor Bo --friend --out sheet.txt --labels labels.txt", Passphrase);
        var sheet = File.ReadAllText(Path.Combine(_folder.Path, "sheet.txt"));
        var labels = File.ReadAllText(Path.Combine(_folder.Path, "labels.txt"));
        Mass().IsMatch(labels).ShouldBeFalse();
        return [.. Line().Matches(sheet).Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m.Groups[2].Value != "placebo"))];
    }

    /// <summary>A score a day, three points lower on the drug from the second week on.</summary>
    private static string Diary((int Period, bool Drug)[] kits)
    {
        var text = new StringBuilder("date,dose_mg,pain\n");
        for (var day = 0; day < 4 * 56; day++)
        {
            var better = kits.First(k => k.Period == day / 56 + 1).Drug && day % 56 >= 7 ? 3 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{new LocalDate(2026, 1, 5).PlusDays(day):uuuu-MM-dd},,{6 + day * 7 % 3 - better}\n");
        }
        return text.ToString();
    }

    private Outcome Trial(int exitCode, string arguments, string? typed = null)
    {
        string[] all = ["trial", .. arguments.Split(' ')];
        var run = typed is null ? LowdoseProcess.RunIn(_folder.Path, all) : LowdoseProcess.RunTold(_folder.Path, typed, all);
        run.ExitCode.ShouldBe(exitCode, arguments + "\n" + run.Output + run.Error);
        return run;
    }

    [GeneratedRegex("(?m)^commitment ([0-9a-f]{64})$")]
    private static partial Regex Commitment();

    [GeneratedRegex("placebo|ldn-[0-9.]+mg")]
    private static partial Regex Arm();

    [GeneratedRegex("seed [0-9a-f]{64}")]
    private static partial Regex Seed();

    [GeneratedRegex("[0-9] mg")]
    private static partial Regex Mass();

    [GeneratedRegex("me, period ([1-4]), days [0-9]+ to [0-9]+   (placebo|naltrexone)")]
    private static partial Regex Line();
}
