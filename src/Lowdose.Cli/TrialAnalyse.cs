using System.CommandLine;
using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Quantities;
using Lowdose.Science.Inference.Trials;
using Lowdose.Trials;

namespace Lowdose.Cli;

/// <summary><c>lowdose trial analyse</c>: reads a revealed trial as its plan says, and reports it by CENT 2015.</summary>
internal static class TrialAnalyse
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var file = TrialCommand.File();
        var diaries = new Argument<string[]>("DIARY.csv") { Description = "The diaries, with dates. The column person names the place; without it the file's name does. In the dose column 0 means the kit was not taken.", Arity = ArgumentArity.OneOrMore };
        var opened = DiaryOptions.Text("--opened", "OPENED.txt", "What lowdose trial reveal wrote.");
        var options = new DiaryOptions();
        var command = new Command("analyse", "Reads a revealed trial as its locked plan says: verdict, randomisation test, blinding, CENT 2015.") { file, diaries, opened };
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(file)!, parsed.GetValue(diaries)!, parsed.GetValue(opened)));
        return command;
    }

    private static int Run(ParseResult parsed, DiaryOptions options, string file, string[] diaries, string? openedFile)
    {
        if (openedFile is null) return Program.CommandLineIsWrong("no opened allocation is named", "give --opened OPENED.txt");
        if ((options.Read(parsed, out var format) ?? options.Out(parsed, [file, openedFile, .. diaries], out _)) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
        options.Out(parsed, [file, openedFile, .. diaries], out var target);
        if (TrialFile.Read(file, out var trial) is { } unread) return DiaryOptions.InputIsWrong(file, unread);
        if (!File.Exists(openedFile)) return DiaryOptions.InputIsWrong(openedFile, new(1, "there is no such file", "check the path"));
        var (line, damaged) = Opening.Read(Encoding.Latin1.GetString(File.ReadAllBytes(openedFile)), out var opening);
        if (damaged is not null) return DiaryOptions.InputIsWrong(openedFile, new(line, damaged.What, damaged.Do));
        if (trial!.Plan is not { } plan) return DiaryOptions.InputIsWrong(file, new(1, "the trial has no plan", "give a trial that was run"));
        // Scale, direction and outcome are the plan's: what is measured was settled before.
        format = format with { Outcome = new Outcome(plan.Outcome, plan.Low, plan.High, plan.HigherIsBetter) };
        var reading = PeopleCsv.ReadFiles(diaries, new PeopleFormat { Diary = format, FilesArePeople = true });
        if (reading.Refusal is { } refusal) return DiaryOptions.InputIsWrong(reading.File ?? diaries[0], refusal);
        PersonDiary[] people = [.. reading.Diaries!];
        if (people.FirstOrDefault(p => p.Diary.FirstDate is null) is { } undated) return DiaryOptions.InputIsWrong(diaries[0], new(1, $"the diary of {undated.Name} has no dates", "give the column date: periods are dates"));
        if (TrialAnalysis.Of(trial, opening!, [.. people.Select(Written)], out var analysis) is { } refused) return RecordsOptions.Refuse(refused);
        var report = CentReport.Of(analysis!, new Dictionary<string, string>());
        using var buffer = new MemoryStream();
        if (!options.Json(parsed)) return MixCommand.Deliver(Utf8.GetBytes(Text(analysis!, report)), target);
        TrialAnalysisJson.Write(analysis!, report, buffer);
        buffer.WriteByte((byte)'\n');
        return MixCommand.Deliver(buffer.ToArray(), target);
    }

    private static TrialDays Written(PersonDiary person) =>
        new(person.Name, [.. person.Diary.Days.Select(d => new TrialDay(person.Diary.FirstDate!.Value.PlusDays(d.Day - 1), d.Score, d.Dose is { } dose ? dose > Mass.Zero : null))]);

    private static string Text(TrialAnalysis analysis, IReadOnlyList<CentEntry> report)
    {
        var (text, conclusion) = (new StringBuilder(), analysis.Conclusion);
        text.Paragraph("", conclusion.Decision switch
        {
            TrialDecision.Benefit => "By the rule that was planned: a benefit.",
            TrialDecision.NoBenefit => "By the rule that was planned: no benefit that matters.",
            TrialDecision.Harm => "By the rule that was planned: a harm.",
            _ => "By the rule that was planned: the trial does not answer.",
        });
        text.Append('\n');
        foreach (var (subject, person) in analysis.Subjects.Zip(conclusion.People))
            foreach (var period in person.Periods)
                text.Append(CultureInfo.InvariantCulture, $"{subject,-12} period {period.Number}  {(period.Drug ? "drug   " : "placebo")}  {(double.IsNaN(period.Mean) ? "no score" : Number(period.Mean)),8}  {period.Kept,3} days  guessed {Guessed(period.Guess)}\n");
        text.Append("\nThe report, by CENT 2015\n");
        foreach (var entry in report) text.Paragraph("", $"{entry.Item.Id} {entry.Item.Asks}: {entry.Text ?? "MISSING"}");
        return text.ToString();
    }

    private static string Guessed(Guess guess) => guess switch { Guess.Drug => "drug", Guess.Placebo => "placebo", Guess.DontKnow => "unknown", _ => "–" };

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
}
