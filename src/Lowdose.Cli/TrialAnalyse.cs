using System.CommandLine;
using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Quantities;
using Lowdose.Science.Inference.Trials;
using Lowdose.Trials;
using Lowdose.Web.Plots;

namespace Lowdose.Cli;

/// <summary><c>lowdose trial analyse</c>: reads a revealed trial as its plan says, and reports it by CENT 2015.</summary>
internal static class TrialAnalyse
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var file = TrialCommand.File();
        var diaries = new Argument<string[]>("DIARY.csv") { Description = "The diaries, with dates. The column person names the place; without it the file's name does. In the dose column 0 means the kit was not taken. None for an up-and-down search.", Arity = ArgumentArity.ZeroOrMore };
        diaries.Validators.Add(DiaryOptions.NoSlips);
        var opened = DiaryOptions.Text("--opened", "OPENED.txt", "What lowdose trial reveal wrote.");
        var options = new DiaryOptions();
        var command = new Command("analyse", "Reads a revealed trial as its locked plan says: verdict, randomisation test, blinding, CENT 2015. Of an up-and-down search that is over, the doses at which half and 95 of 100 respond.") { file, diaries, opened };
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(file)!, parsed.GetValue(diaries)!, parsed.GetValue(opened)));
        return command;
    }

    private static int Run(ParseResult parsed, DiaryOptions options, string file, string[] diaries, string? openedFile)
    {
        var target = default(string);
        if ((options.Read(parsed, out var format) ?? options.Out(parsed, [file, openedFile ?? "", .. diaries], out target)) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
        if (TrialFile.Read(file, out var trial) is { } unread) return DiaryOptions.InputIsWrong(file, unread);
        if (trial!.IsSearch) return Search(trial, options.Json(parsed), target, diaries.Length > 0 || openedFile is not null);
        if (openedFile is null) return Program.CommandLineIsWrong("no opened allocation is named", "give --opened OPENED.txt");
        if (diaries.Length == 0) return Program.CommandLineIsWrong("no diary is named", "give the diaries of the trial's people");
        if (!File.Exists(openedFile)) return DiaryOptions.InputIsWrong(openedFile, new(1, "there is no such file", "check the path"));
        var (line, damaged) = Opening.Read(Encoding.Latin1.GetString(File.ReadAllBytes(openedFile)), out var opening);
        if (damaged is not null) return DiaryOptions.InputIsWrong(openedFile, new(line, damaged.What, damaged.Do));
        if (trial.Plan is not { } plan) return DiaryOptions.InputIsWrong(file, new(1, "the trial has no plan", "give a trial that was run"));
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

    /// <summary>A search holds its answers itself, and nothing in it was sealed.</summary>
    private static int Search(Trial trial, bool json, string? target, bool more)
    {
        if (more) return Program.CommandLineIsWrong("an up-and-down search needs neither diaries nor an opened allocation", "name its file alone");
        if (!trial.HasAnswer) return RecordsOptions.Refuse(new("the search is not over", "close it first: lowdose trial record close"), ExitCode.Refused);
        if (Lowdose.Trials.UpAndDown.Estimate(trial) is not { } found) return RecordsOptions.Refuse(new("nobody has answered", "there is nothing to work out"), ExitCode.Refused);
        if (!json) return MixCommand.Deliver(Utf8.GetBytes(Text(found)), target);
        using var buffer = new MemoryStream();
        TrialAnalysisJson.Write(trial, found, buffer);
        buffer.WriteByte((byte)'\n');
        return MixCommand.Deliver(buffer.ToArray(), target);
    }

    private static string Text(DoseFinding found)
    {
        var text = new StringBuilder();
        text.Append("Half respond at ").Append(Dose(found.Ed50)).Append('\n').Append("95 of 100 respond at ").Append(Dose(found.Ed95)).Append("\n\n");
        foreach (var rate in found.Rates) text.Append(CultureInfo.InvariantCulture, $"{Mg(rate.Mg),9}  {rate.Responders} of {rate.People}\n");
        text.Paragraph("", string.Create(CultureInfo.InvariantCulture, $"The intervals are drawn by running the same search again {found.Resamples} times. There was no placebo, so a response is not yet an effect."));
        return text.ToString();

        static string Dose(EffectiveDose dose) => (dose.Mg is { } mg ? "about " + Mg(mg) : "a dose that is not known") + (dose.Lo, dose.Hi) switch
        {
            ({ } lo, { } hi) => $", 95 % interval {Mg(lo)} to {Mg(hi)}",
            ({ } lo, null) => $", above {Mg(lo)} as far as one can tell",
            (null, { } hi) => $", below {Mg(hi)} as far as one can tell",
            _ => "; how sure that is cannot be said",
        };
        static string Mg(double mg) => Figures.Plain(Math.Round(mg, 2)) + " mg";
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
