using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Trials;
using NodaTime;

namespace Lowdose.Cli;

/// <summary><c>lowdose trial</c>: a blinded trial in two files, one that anybody of it may read and one that is sealed.</summary>
internal static class TrialCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        TRIAL.json holds the design, the plan, what happened and the commitment, and
        no arm. SEALED.json holds the arms, closed with a passphrase that is asked
        for, or read from the first line of the input: the pharmacist, or a friend,
        has both and keeps them. new, seal, kits, record … record close, reveal is
        the order. reveal writes the opened allocation; verify checks it against the
        commitment that seal printed, and needs nothing else. An up-and-down search
        seals nothing: next, record made, start, answered for each person, close, and
        analyse TRIAL.json alone.

        Exit codes: 0 done; 2 the command line is wrong; 3 the input is wrong; 4 it
        is refused, or verify found a change; 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build() => new("trial", "A blinded trial of one person or many: deals, seals, makes kits, opens and proves.")
    {
        TrialNew.Build(), Seal(), TrialKits.Build(), TrialKits.Spare(), TrialRecording.Next(), TrialRecording.Build(), Unblind(), RevealAll(), Verify(), TrialAnalyse.Build(),
    };

    private static Command Seal()
    {
        var (file, to, actor, json) = (File(), DiaryOptions.Text("--sealed", "FILE", "The sealed file to write."), Actor(), DiaryOptions.Flag("--json", "Print one JSON object and nothing else."));
        var command = new Command("seal", "Draws the allocation, seals it and prints its commitment. Publish that line.") { file, to, actor, json };
        command.SetAction(parsed => Seal(parsed.GetValue(file)!, parsed.GetValue(to) ?? "", parsed.GetValue(actor) ?? "", parsed.GetValue(json)));
        return command;
    }

    private static int Seal(string file, string to, string actor, bool json)
    {
        if (to.Length == 0) return Program.CommandLineIsWrong("no sealed file is named", "give --sealed FILE");
        if (System.IO.File.Exists(to)) return Program.CommandLineIsWrong($"{to} is there already", "name a new file: a sealed allocation is not written over");
        if (TrialFile.Read(file, out var trial) is { } unread) return DiaryOptions.InputIsWrong(file, unread);
        var seed = RandomNumberGenerator.GetBytes(SeededDraw.SeedBytes);
        if (Allocation.Draw(trial!, seed, RandomNumberGenerator.GetBytes(SeededDraw.SeedBytes), out var allocation) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
        if (trial!.Add(new TrialRecord.AllocationSealed(actor, Now, allocation!.Commitment), out var next) is { } early) return RecordsOptions.Refuse(early, ExitCode.Refused);
        var passphrase = Reach.Passphrase();
        if (passphrase.Length < SealedFile.ShortestPassphrase) return Program.CommandLineIsWrong($"the passphrase is shorter than {SealedFile.ShortestPassphrase} characters", "take four or five words that have nothing to do with each other");
        // The sealed part first: a commitment without it could never be opened.
        if (AtomicFile.Write(to, s => SealedFile.Write(allocation, passphrase, RandomNumberGenerator.GetBytes(SealedFile.RandomBytes), s)) is { } why) return Program.CommandLineIsWrong($"--sealed {to}: {why}", "name a file in a folder you may write to");
        if (Keep(file, next!) is { } notKept) return RecordsOptions.Refuse(notKept);
        return RecordsOptions.Say(json, $"commitment {allocation.Commitment.Hash}", w =>
        {
            w.WriteString("trial", next!.Id);
            w.WriteString("commitment", allocation.Commitment.Hash);
        });
    }

    private static Command Unblind()
    {
        var (file, to, actor) = (File(), Sealed(), Actor());
        var (subject, second, why) = (DiaryOptions.Text("--subject", "NAME", "Whose."), DiaryOptions.Text("--second", "NAME", "Who agreed."), DiaryOptions.Text("--why", "TEXT", "Why it cannot wait for the end."));
        var command = new Command("unblind", "Opens one person's allocation in an emergency. It is written down first.") { file, to, actor, subject, second, why };
        command.SetAction(parsed =>
        {
            if (Open(parsed.GetValue(file)!, parsed.GetValue(to), out var trial, out var allocation) is { } code) return code;
            var record = new TrialRecord.Unblinded(parsed.GetValue(actor) ?? "", Now, parsed.GetValue(subject) ?? "", parsed.GetValue(second) ?? "", parsed.GetValue(why) ?? "");
            if (Unblinding.Open(trial!, allocation!, record, (_, next) => Keep(parsed.GetValue(file)!, next), out var arms) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
            foreach (var arm in arms!) Console.Out.WriteLine($"{arm.Subject}: period {arm.Period} is {arm.Arm}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command RevealAll()
    {
        var (file, to, actor, target) = (File(), Sealed(), Actor(), DiaryOptions.Text("--out", "FILE", "Write to FILE instead of the screen."));
        var command = new Command("reveal", "Opens the whole allocation of a closed trial, for the analysis and for anybody to check.") { file, to, actor, target };
        command.SetAction(parsed =>
        {
            if (DiaryOptions.Writable("--out", parsed.GetValue(target), [parsed.GetValue(file)!, parsed.GetValue(to) ?? ""]) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
            if (Open(parsed.GetValue(file)!, parsed.GetValue(to), out var trial, out var allocation) is { } code) return code;
            if (Reveal.Open(trial!, allocation!, new(parsed.GetValue(actor) ?? "", Now), (_, next) => Keep(parsed.GetValue(file)!, next), out var opening) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
            return MixCommand.Deliver(Utf8.GetBytes(opening!.Text), parsed.GetValue(target));
        });
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("OPENED.txt") { Description = "What lowdose trial reveal wrote." };
        file.Validators.Add(DiaryOptions.NoSlips);
        var (hash, with, json) = (DiaryOptions.Text("--commitment", "HASH", "The 64 digits that seal printed."), DiaryOptions.Text("--trial", "TRIAL.json", "Draw again from the seed too, which shows that nobody chose."), DiaryOptions.Flag("--json", "Print one JSON object and nothing else."));
        var command = new Command("verify", "Says whether an opened allocation is what was committed to.") { file, hash, with, json };
        command.SetAction(parsed => Verify(parsed.GetValue(file)!, parsed.GetValue(hash), parsed.GetValue(with), parsed.GetValue(json)));
        return command;
    }

    private static int Verify(string file, string? hash, string? with, bool json)
    {
        if (hash is null && with is null) return Program.CommandLineIsWrong("there is nothing to check against", "give --commitment HASH as it was published, or --trial TRIAL.json");
        Trial? trial = null;
        if (with is not null && TrialFile.Read(with, out trial) is { } unread) return DiaryOptions.InputIsWrong(with, unread);
        if (!System.IO.File.Exists(file)) return DiaryOptions.InputIsWrong(file, new(1, "there is no such file", "check the path"));
        // Byte for byte: what is no ASCII cannot be what was committed to.
        var (line, wrong) = Opening.Read(Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(file)), out var opening);
        if (wrong is not null) return DiaryOptions.InputIsWrong(file, new(line, wrong.What, wrong.Do));
        if (hash is not null && Commitment.Read(opening!.Trial, hash, out _) is { } none) return Program.CommandLineIsWrong($"--commitment: {none.What}", none.Do);
        Commitment?[] published = [hash is null ? null : new(opening!.Trial, hash.Trim().ToLowerInvariant()), trial?.Commitment];
        var opens = published.OfType<Commitment>().All(opening!.Opens) && (trial is null || trial.Commitment is not null);
        bool? drawn = trial is null ? null : opening!.IsDrawnFrom(trial.Design, trial.Subjects) && opening.PlanHash == trial.Plan?.Hash;
        var whole = opens && drawn != false;
        if (json || whole)
            RecordsOptions.Say(json, "This is what was committed to." + (drawn == true ? " Drawing again from the seed deals the same." : ""), w =>
            {
                w.WriteBoolean("genuine", whole);
                w.WriteBoolean("opensCommitment", opens);
                if (drawn is { } d) w.WriteBoolean("drawnFromSeed", d);
                else w.WriteNull("drawnFromSeed");
            });
        if (whole) return ExitCode.Done;
        Console.Error.WriteLine($"lowdose: {file}: {(opens ? "the arms are not those the seed deals, or the plan is another" : "this is not what was committed to")}; keep both as they are, and ask who sealed it");
        return ExitCode.Refused;
    }

    public static Argument<string> File()
    {
        var file = new Argument<string>("TRIAL.json") { Description = "The trial's file." };
        file.Validators.Add(DiaryOptions.NoSlips);
        return file;
    }

    public static Option<string> Sealed() => DiaryOptions.Text("--sealed", "FILE", "The sealed file.");

    public static Option<string> Actor() => DiaryOptions.Text("--actor", "NAME", "Who does it; written down.");

    public static Instant Now => SystemClock.Instance.GetCurrentInstant();

    /// <summary>Reads both files; what comes out of the sealed one is still sealed.</summary>
    /// <returns>Null, or the exit code after saying why.</returns>
    public static int? Open(string file, string? sealedFile, out Trial? trial, out Allocation? allocation)
    {
        allocation = null;
        if (TrialFile.Read(file, out trial) is { } unread) return DiaryOptions.InputIsWrong(file, unread);
        if (sealedFile is null) return Program.CommandLineIsWrong("no sealed file is named", "give --sealed FILE");
        return SealedFile.Read(sealedFile, Reach.Passphrase(), out allocation) is { } closed ? DiaryOptions.InputIsWrong(sealedFile, closed) : null;
    }

    /// <summary>Writes the trial's file anew.</summary>
    public static Refused? Keep(string file, Trial trial) => AtomicFile.Write(file, s => TrialFile.Write(trial, s)) is { } why ? new($"{file}: {why}", "free the place, and do it again: nothing was opened") : null;
}
