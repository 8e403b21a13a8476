using System.CommandLine;
using System.Security.Cryptography;
using Lowdose.Trials;

namespace Lowdose.Cli;

/// <summary><c>lowdose trial new</c>: a design, its people who have consented, and the locked plan.</summary>
internal static class TrialNew
{
    public static Command Build()
    {
        var design = new Argument<string>("DESIGN.yaml") { Description = "The design; or the name of one that Lowdose brings along, such as trial-pairs." };
        var (id, actor, to) = (DiaryOptions.Text("--id", "NAME", "What the trial is called: letters, digits and hyphens."), TrialCommand.Actor(), DiaryOptions.Text("--out", "TRIAL.json", "The trial's file to write."));
        var people = new Option<string[]>("--subject") { HelpName = "NAME[:LEVEL,…]", Description = "A person in it, with the level of each factor of the design; several times for several." };
        var (consent, outcome, decision) = (DiaryOptions.Text("--consent", "FILE", "The text everybody read and consented to."), DiaryOptions.Text("--outcome", "NAME", "The one primary outcome. [default: pain]"), DiaryOptions.Text("--decision", "TEXT", "What will be decided on which finding."));
        var (important, higher) = (DiaryOptions.Text("--mcid", "X", "The smallest change that matters, in points. [default: 1]"), DiaryOptions.Flag("--higher-is-better", "A higher score is a better one."));
        var command = new Command("new", "Begins a trial: its people have consented, and its plan is locked.") { design, id, people, consent, outcome, decision, important, higher, actor, to };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(to) is not { Length: > 0 } file) return Program.CommandLineIsWrong("no file is named for the trial", "give --out TRIAL.json");
            if (File.Exists(file)) return Program.CommandLineIsWrong($"{file} is there already", "name a new file");
            var (read, refusal) = DesignFile.Read(parsed.GetValue(design)!);
            if (read is null) return DiaryOptions.InputIsWrong(parsed.GetValue(design)!, refusal!);
            if (Hash(parsed.GetValue(consent), out var text) is { } code) return code;
            if (DiaryOptions.Points(parsed, important, 10, out var points) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
            var plan = new AnalysisPlan
            {
                Outcome = parsed.GetValue(outcome) ?? "pain", DecisionRule = parsed.GetValue(decision) ?? "", MinimalImportant = points ?? 1, HigherIsBetter = parsed.GetValue(higher),
                AnalyticWashoutDays = read.TrialOrUsual.AnalyticWashoutDays,
            };
            return Begin(file, Trial.New(parsed.GetValue(id) ?? "", read, out var trial), trial, parsed.GetValue(people) ?? [], text, plan, parsed.GetValue(actor) ?? "");
        });
        return command;
    }

    private static int Begin(string file, Dosing.Refused? refused, Trial? trial, string[] people, string text, AnalysisPlan plan, string actor)
    {
        if (refused is not null) return RecordsOptions.Refuse(refused, ExitCode.Refused);
        var now = TrialCommand.Now;
        TrialSubject[] subjects = [.. people.Select(p => p.Split(':', 2)).Select(p => new TrialSubject(p[0], p.Length == 1 ? [] : p[1].Split(',')))];
        TrialRecord[] records = [.. subjects.Select(s => new TrialRecord.Enrolled(actor, now, s)), .. subjects.Select(s => new TrialRecord.Consented(actor, now, s.Id, text)), new TrialRecord.PlanLocked(actor, now, plan)];
        foreach (var record in records)
            if (trial!.Add(record, out trial) is { } wrong) return RecordsOptions.Refuse(wrong, ExitCode.Refused);
        if (TrialCommand.Keep(file, trial!) is { } notKept) return RecordsOptions.Refuse(notKept);
        Console.Out.WriteLine($"design {TrialDesign.Hash(trial!.Design)}\nplan {trial.Plan!.Hash}");
        return ExitCode.Done;
    }

    private static int? Hash(string? file, out string hash)
    {
        hash = "";
        if (file is null) return Program.CommandLineIsWrong("no consent text is named", "give --consent FILE with the text everybody read");
        try
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return DiaryOptions.InputIsWrong(file, new(1, e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "the file cannot be read", "name the text everybody read"));
        }
    }
}
