using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.CommandLine;

namespace Lowdose.Acceptance.Trials;

/// <summary><c>lowdose trial</c> where something goes otherwise: a kit is lost, a trial ends early, an option is wrong.</summary>
public sealed class TrialSpareCommandTests : IDisposable
{
    private const string Passphrase = "four words of a friend";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_lost_kit_has_a_spare_that_holds_the_same_and_an_early_end_needs_a_reason()
    {
        _folder.File("consent.txt", "I know what this trial is.\n");
        LowdoseProcess.RunIn(_folder.Path, "trial", "new", "trial-pairs", "--id", "mine", "--subject", "me", "--consent", "consent.txt", "--decision", "Go on if it works", "--actor", "Ann", "--out", "mine.json").ExitCode.ShouldBe(0);
        Trial(0, "seal mine.json --sealed mine.sealed.json --actor Bo", Passphrase);
        Trial(4, "spare mine.json --sealed mine.sealed.json --actor Bo --kit 123456", Passphrase).Error.ShouldContain("the kits are not made yet");
        Trial(0, "kits mine.json --sealed mine.sealed.json --actor Bo --friend --pack-days 56 --out sheet.txt", Passphrase);
        var holds = Regex.Matches(File.ReadAllText(Path.Combine(_folder.Path, "sheet.txt")), "Kit ([0-9]{6})   ([^ ,]+)[^\n]*?(placebo|naltrexone)").ToDictionary(m => m.Groups[1].Value, m => (Spare: m.Groups[2].Value == "spare", What: m.Groups[3].Value));
        var kit = holds.First(h => !h.Value.Spare).Key;
        var spare = Regex.Match(Trial(0, $"spare mine.json --sealed mine.sealed.json --actor Bo --kit {kit}", Passphrase).Output, "^spare ([0-9]{6})\n$").Groups[1].Value;
        holds[spare].ShouldBe((true, holds[kit].What));
        File.ReadAllText(Path.Combine(_folder.Path, "mine.json")).ShouldContain("spare-given");
        Trial(4, $"spare mine.json --sealed mine.sealed.json --actor Bo --kit {spare}", Passphrase).Error.ShouldContain("could tell who has what");
        Trial(2, "spare mine.json --sealed mine.sealed.json --actor Bo", Passphrase).Error.ShouldContain("no kit is named");
        Trial(4, "record close mine.json --actor Ann").Error.ShouldContain("me has not begun");
        Trial(0, "record start mine.json --subject me --actor Ann --on 2026-01-05");
        Trial(4, "record close mine.json --actor Ann --on 2026-08-16").Error.ShouldContain("periods remain: me period 4; wait for their end, or say why it ends before its time with --stopped-early");
        Trial(0, "record close mine.json --actor Ann --on 2026-08-17");
    }

    [Fact]
    public void An_up_and_down_search_goes_from_one_person_to_the_next()
    {
        _folder.File("consent.txt", "I know what this trial is.\n");
        LowdoseProcess.RunIn(_folder.Path, "trial", "new", "trial-up-and-down", "--id", "mine", "--subject", "S1", "--subject", "S2", "--consent", "consent.txt", "--decision", "It helped where pain fell by 2", "--actor", "Ann", "--out", "mine.json").ExitCode.ShouldBe(0);
        Trial(0, "next mine.json").Output.ShouldBe("S1: naltrexone hydrochloride 3 mg a day for 14 days\n");
        Trial(4, "record start mine.json --subject S1 --actor Ann --on 2026-01-05").Error.ShouldContain("the kit of S1 is not made yet");
        Trial(0, "record made mine.json --subject S1 --kit 123456 --actor Bo");
        Trial(0, "record start mine.json --subject S1 --actor Ann --on 2026-01-05");
        Trial(4, "next mine.json").Error.ShouldContain("S1 has not answered yet");
        Trial(2, "record answered mine.json --subject S1 --actor Ann").Error.ShouldContain("see lowdose trial record answered --help");
        Trial(0, "record answered mine.json --subject S1 --helped yes --actor Ann");
        Trial(0, "next mine.json").Output.ShouldBe("S2: naltrexone hydrochloride 2.25 mg a day for 14 days\n");
        File.ReadAllText(Path.Combine(_folder.Path, "mine.json")).ShouldContain("\"what\": \"answered\"");
        Trial(4, "analyse mine.json").Error.ShouldContain("the search is not over");
        Trial(0, "record made mine.json --subject S2 --kit 234567 --actor Bo");
        Trial(0, "record start mine.json --subject S2 --actor Ann --on 2026-02-05");
        Trial(0, "record answered mine.json --subject S2 --helped no --actor Ann");
        Trial(0, "record close mine.json --actor Ann --stopped-early enough");
        Trial(2, "analyse mine.json me.csv").Error.ShouldContain("needs neither diaries nor an opened allocation");
        // Nobody of one who had 2.25 mg, and one of one who had 3 mg: half way between.
        Trial(0, "analyse mine.json").Output.ShouldStartWith("Half respond at about 2.62 mg");
        using var json = JsonDocument.Parse(Trial(0, "analyse mine.json --json").Output);
        json.RootElement.GetProperty("ed50").GetProperty("mg").GetDouble().ShouldBe(2.625);
        json.RootElement.GetProperty("ed95").GetProperty("mg").GetDouble().ShouldBe(2.9625);
        json.RootElement.GetProperty("doses").EnumerateArray().Select(d => (d.GetProperty("mg").GetDouble(), d.GetProperty("people").GetInt32(), d.GetProperty("responders").GetInt32())).ShouldBe([(2.25, 1, 0), (3, 1, 1)]);
    }

    [Theory]
    [InlineData("trial verify opened.txt --bogus", "trial verify")]
    [InlineData("trial record close mine.json --bogus", "trial record close")]
    [InlineData("audit verify --bogus", "audit verify")]
    [InlineData("evidence list --bogus", "evidence list")]
    [InlineData("trial --bogus", "trial")]
    [InlineData("trial verify --nonsense", "trial verify")]
    [InlineData("trial next --nonsense", "trial next")]
    public void A_wrong_option_points_to_the_help_of_its_own_verb(string arguments, string verb)
    {
        var run = LowdoseProcess.Run(arguments.Split(' '));
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldEndWith($"; see lowdose {verb} --help" + Environment.NewLine);
    }

    private Outcome Trial(int exitCode, string arguments, string? typed = null)
    {
        string[] all = ["trial", .. arguments.Split(' ')];
        var run = typed is null ? LowdoseProcess.RunIn(_folder.Path, all) : LowdoseProcess.RunTold(_folder.Path, typed, all);
        run.ExitCode.ShouldBe(exitCode, string.Create(CultureInfo.InvariantCulture, $"{arguments}\n{run.Output}{run.Error}"));
        return run;
    }
}
