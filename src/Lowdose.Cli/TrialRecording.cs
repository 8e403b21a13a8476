using System.CommandLine;
using System.Globalization;
using Lowdose.Trials;

namespace Lowdose.Cli;

/// <summary><c>lowdose trial record</c>: what happens while a trial runs, each with who and when.</summary>
internal static class TrialRecording
{
    public static Command Build() => new("record", "Writes down what happens: start, guess, stop, withdraw, close; in an up-and-down search also made and answered.") { Start(), Guess(), Stop(), Withdraw(), Made(), Answered(), Close() };

    private static Command Start()
    {
        var (file, actor, subject, day) = Usual("The first day, of the run-in where there is one. [default: today]");
        return Action(new("start", "A person's trial begins.") { file, actor, subject, day }, file, actor, day, (parsed, who, on) => new TrialRecord.Started(who, TrialCommand.Now, parsed.GetValue(subject) ?? "", on));
    }

    private static Command Guess()
    {
        var (file, actor, subject, day) = Usual("Not used.");
        var (period, guess) = (Period(), DiaryOptions.Text("--guess", "drug|placebo|unknown", "What the person thinks it was."));
        guess.AcceptOnlyFromAmong("drug", "placebo", "unknown");
        return Action(new("guess", "What a person thinks a period was, asked at its end.") { file, actor, subject, period, guess }, file, actor, day, (parsed, who, _) => new TrialRecord.Guessed(who, TrialCommand.Now, parsed.GetValue(subject) ?? "", Number(parsed.GetValue(period)),
            parsed.GetValue(guess) switch { "drug" => ArmGuess.Drug, "placebo" => ArmGuess.Placebo, "unknown" => ArmGuess.DoNotKnow, _ => default }));
    }

    private static Command Stop()
    {
        var (file, actor, subject, day) = Usual("The last day on which it was taken. [default: today]");
        var (period, finding) = (Period(), DiaryOptions.Text("--finding", "TEXT", "What was found."));
        return Action(new("stop", "A safety finding stops a period.") { file, actor, subject, period, finding, day }, file, actor, day, (parsed, who, on) => new TrialRecord.PeriodStopped(who, TrialCommand.Now, parsed.GetValue(subject) ?? "", Number(parsed.GetValue(period)), on, parsed.GetValue(finding) ?? ""));
    }

    private static Command Withdraw()
    {
        var (file, actor, subject, day) = Usual("The last day. [default: today]");
        var why = DiaryOptions.Text("--why", "TEXT", "Why, if the person says.");
        return Action(new("withdraw", "A person leaves; what they gave is kept.") { file, actor, subject, why, day }, file, actor, day, (parsed, who, on) => new TrialRecord.Withdrawn(who, TrialCommand.Now, parsed.GetValue(subject) ?? "", on, parsed.GetValue(why) ?? ""));
    }

    private static Command Made()
    {
        var (file, actor, subject, day) = Usual("Not used.");
        var kit = DiaryOptions.Text("--kit", "NUMBER", "Six digits that no other kit has.");
        return Action(new("made", "In an up-and-down search: the kit of the next person is made.") { file, actor, subject, kit }, file, actor, day, (parsed, who, _) => new TrialRecord.KitMade(who, TrialCommand.Now, parsed.GetValue(subject) ?? "", Number(parsed.GetValue(kit))));
    }

    private static Command Answered()
    {
        var (file, actor, subject, day) = Usual("Not used.");
        var helped = DiaryOptions.Text("--helped", "yes|no", "Whether it helped, by the rule of the plan.");
        helped.AcceptOnlyFromAmong("yes", "no");
        helped.Required = true;
        return Action(new("answered", "In an up-and-down search: whether it helped somebody.") { file, actor, subject, helped }, file, actor, day, (parsed, who, _) => new TrialRecord.Answered(who, TrialCommand.Now, parsed.GetValue(subject) ?? "", parsed.GetValue(helped) == "yes"));
    }

    /// <summary><c>lowdose trial next</c>: what to make next in an up-and-down search.</summary>
    public static Command Next()
    {
        var file = TrialCommand.File();
        var command = new Command("next", "In an up-and-down search: whose kit is next, and with which dose. For whoever makes it only.") { file };
        command.SetAction(parsed =>
        {
            if (Exchange.TrialFile.Read(parsed.GetValue(file)!, out var trial) is { } unread) return DiaryOptions.InputIsWrong(parsed.GetValue(file)!, unread);
            if (UpAndDown.Next(trial!, out var subject, out var dose) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
            Console.Out.WriteLine($"{subject}: naltrexone hydrochloride {dose} a day for {trial!.Design.Written[0].Days} days");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Close()
    {
        var (file, actor, _, day) = Usual("The day on which it ends. [default: today]");
        var early = DiaryOptions.Text("--stopped-early", "WHY", "Why it ends before its time; asked for where periods remain.");
        return Action(new("close", "The trial is over; nothing more is taken in.") { file, actor, early, day }, file, actor, day, (parsed, who, _) => new TrialRecord.Closed(who, TrialCommand.Now, parsed.GetValue(early)), (trial, record, on) =>
            record is TrialRecord.Closed { StoppedEarly: null } && trial.Remaining(on) is { Count: > 0 } left
                ? new($"periods remain: {string.Join(", ", left.Select(l => l.Period == 0 ? $"{l.Subject} has not begun" : $"{l.Subject} period {l.Period}"))}", "wait for their end, or say why it ends before its time with --stopped-early") : null);
    }

    private static (Argument<string> File, Option<string> Actor, Option<string> Subject, Option<string> Day) Usual(string day) =>
        (TrialCommand.File(), TrialCommand.Actor(), DiaryOptions.Text("--subject", "NAME", "Who."), DiaryOptions.Text("--on", "DATE", day));

    private static Option<string> Period() => DiaryOptions.Text("--period", "N", "The period, 1 first.");

    // No period has the number 0: the trial refuses it by name.
    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Command Action(Command command, Argument<string> file, Option<string> actor, Option<string> day, Func<ParseResult, string, NodaTime.LocalDate, TrialRecord> record, Func<Trial, TrialRecord, NodaTime.LocalDate, Dosing.Refused?>? against = null)
    {
        command.SetAction(parsed =>
        {
            if (MixCommand.Day(command.Options.Contains(day) ? parsed.GetValue(day) : null, "--on", out var on) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
            var path = parsed.GetValue(file)!;
            if (Exchange.TrialFile.Read(path, out var trial) is { } unread) return DiaryOptions.InputIsWrong(path, unread);
            var happened = record(parsed, parsed.GetValue(actor) ?? "", on);
            if ((trial!.Add(happened, out var next) ?? against?.Invoke(trial, happened, on)) is { } refused) return RecordsOptions.Refuse(refused, ExitCode.Refused);
            return TrialCommand.Keep(path, next!) is { } notKept ? RecordsOptions.Refuse(notKept) : ExitCode.Done;
        });
        return command;
    }
}
