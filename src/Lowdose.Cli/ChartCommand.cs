using System.CommandLine;
using System.Text;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary><c>lowdose chart-review FILE.csv</c>: what the charts of treated patients tell, and what they cannot.</summary>
internal static class ChartCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FILE.csv has one row a treated patient. Columns, each of which may be absent:
          response      yes or no, as the chart calls it; empty: not known
          side_effects  parted by semicolons; none for none; empty: not known
          stopped       yes or no; reason: why it was stopped
          days          on the drug, to its stop or the last visit
          started last  the two dates, in place of days
          person        a name or number; one row each
        Shares have Wilson's 95% intervals. Time on the drug is by Kaplan and Meier,
        with Greenwood's variance and intervals on the log(-log) scale.

        Exit codes: 0 done; 2 the command line is wrong; 3 the input is wrong
        (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    public static Command Build()
    {
        Argument<string> file = new("FILE.csv") { Description = "The patients, one a row." };
        file.Validators.Add(DiaryOptions.NoSlips);
        var (by, delimiter) = (DiaryOptions.Text("--by", "COL", "Review each group of this column alone, too, and compare them."), DiaryOptions.Text("--delimiter", "CHAR", "Between fields; \"tab\" for a tab. [default: ,]"));
        Option<string>[] columns = [.. ChartFormat.ColumnNames.Select(c => DiaryOptions.Text($"--{c.Replace('_', '-')}-column", "COL", $"The column that holds {c}."))];
        var (json, target) = (DiaryOptions.Flag("--json", "Print one JSON object and nothing else."), DiaryOptions.Text("--out", "FILE", "Write to FILE instead of the screen."));
        var command = new Command("chart-review", "Says what the charts of treated patients tell: response, side effects, stopping, time on the drug.") { file, by, delimiter };
        foreach (var option in (Option[])[.. columns, json, target]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var (path, between) = (parsed.GetValue(file)!, parsed.GetValue(delimiter) is "tab" or "\\t" ? "\t" : parsed.GetValue(delimiter) ?? ",");
            if (between is not ("," or ";" or "|" or "\t")) return Program.CommandLineIsWrong($"--delimiter \"{between}\" cannot separate fields", "give one of , ; | tab");
            if (DiaryOptions.Writable("--out", parsed.GetValue(target), [path]) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
            var named = ChartFormat.ColumnNames.Zip(columns, (name, option) => (name, Value: parsed.GetValue(option))).Where(c => c.Value is not null).ToDictionary(c => c.name, c => c.Value!, StringComparer.Ordinal);
            var reading = ChartCsv.ReadFile(path, new ChartFormat { Delimiter = between[0], By = parsed.GetValue(by), Columns = named });
            if (reading.Refusal is { } refusal) return DiaryOptions.InputIsWrong(path, refusal);
            var review = ChartReview.Of(reading.Patients!);
            return MixCommand.Deliver(parsed.GetValue(json) ? [.. ChartJson.Of(review), (byte)'\n'] : Encoding.UTF8.GetBytes(ChartText.Of(review)), parsed.GetValue(target));
        });
        return command;
    }
}
