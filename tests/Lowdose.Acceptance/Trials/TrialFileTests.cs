using System.Text;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Exchange;
using Lowdose.Tests.Trials;
using Lowdose.Trials;

namespace Lowdose.Acceptance.Trials;

public sealed class A_trial_file : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("trial-pairs", 1)]
    [InlineData("trial-crossover", 4)]
    [InlineData("trial-parallel", 7)]
    [InlineData("trial-dose-ladder", 1)]
    [InlineData("trial-titration", 1)]
    [InlineData("trial-start", 2)]
    public void Is_read_as_it_was_written_and_holds_no_arm(string design, int people)
    {
        var trial = Whole(design, people);
        var text = Written(trial);
        TrialFile.Read(_folder.File("trial.json", text), out var again).ShouldBeNull();
        Written(again!).ShouldBe(text);
        TrialDesign.Hash(again!.Design).ShouldBe(TrialDesign.Hash(trial.Design));
        (again.Stage, again.Records.Count).ShouldBe((TrialStage.Revealed, trial.Records.Count));
        again.Plan.ShouldBe(trial.Plan);
    }

    [Fact]
    public void Of_the_same_trial_is_the_same_but_for_the_commitment_whichever_arms_were_dealt()
    {
        Trial[] trials = [.. Enumerable.Range(0, 8).Select(seed => Some.Sealed(Some.Built("trial-pairs"), seed, new TrialSubject("me")).Trial)];
        trials.Select(t => Written(t).Replace(t.Commitment!.Hash, "HASH")).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("\"Ann\"", "\" \"", "nobody is named")]
    [InlineData("\"what\": \"consented\"", "\"what\": \"approved\"", "of the wrong kind")]
    [InlineData("\"me\"", "\"you\"", "")]
    [InlineData("\"lowdose-trial\"", "\"other\"", "not a trial")]
    [InlineData("\"records\"", "\"recorded\"", "missing")]
    public void That_tells_of_what_cannot_be_is_refused(string from, string to, string what)
    {
        var text = Written(Some.Sealed(Some.Built("trial-pairs"), 1, new TrialSubject("me")).Trial);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        TrialFile.Read(_folder.File("changed.json", text[..at] + to + text[(at + from.Length)..]), out var trial)!.What.ShouldContain(what);
        trial.ShouldBeNull();
    }

    [Fact]
    public void Has_its_sealed_part_in_a_file_that_opens_with_the_passphrase_only()
    {
        var (trial, allocation) = Some.Sealed(Some.Built("trial-pairs"), 1, new TrialSubject("me"));
        using var stream = new MemoryStream();
        SealedFile.Write(allocation, "four words of a friend", [.. Some.Bytes(1), .. Some.Bytes(2)[..12]], stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        foreach (var word in new[] { "placebo", "ldn" }) text.ShouldNotContain(word);
        var path = _folder.File("sealed.json", text);
        SealedFile.Read(path, "four words of a friend", out var again).ShouldBeNull();
        again!.Commitment.ShouldBe(trial.Commitment);
        SealedFile.Read(path, "four words of a fiend", out _)!.What.ShouldContain("the key is another");
        SealedFile.Read(_folder.File("cut.json", text[..^20]), "x", out _)!.What.ShouldContain("not JSON");
    }

    /// <summary>Everything that can happen.</summary>
    private static Trial Whole(string design, int people)
    {
        var (trial, allocation) = Some.Sealed(Some.Built(design), 1, Some.People(people));
        PharmacySheet.Open(trial, allocation, new("Pharmacist", Some.Noon, Some.Capsules), (_, next) => { trial = next; return null; }, out var sheet).ShouldBeNull();
        trial = trial.After(new TrialRecord.KitsMade("Pharmacist", Some.Noon, sheet!.Kits)).After(new TrialRecord.Started("Ann", Some.Noon, "S1", Some.Start));
        trial = trial.After(new TrialRecord.Guessed("S1", Some.Noon, "S1", 1, ArmGuess.DoNotKnow)).After(new TrialRecord.PeriodStopped("Dr Bo", Some.Noon, "S1", 1, trial.PeriodsOf("S1")[0].First, "jaundice"));
        trial = trial.After(new TrialRecord.Withdrawn("Ann", Some.Noon, "S1", Some.Start, "moved")).After(new TrialRecord.Unblinded("Dr Bo", Some.Noon, "S1", "Dr Cy", "an operation"));
        return trial.After(new TrialRecord.Closed("Ann", Some.Noon, "no more money")).After(new TrialRecord.Revealed("Ann", Some.Noon));
    }

    private static string Written(Trial trial)
    {
        using var stream = new MemoryStream();
        TrialFile.Write(trial, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
