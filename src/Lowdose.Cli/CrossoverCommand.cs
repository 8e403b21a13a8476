using System.CommandLine;
using System.Globalization;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Cli;

/// <summary><c>lowdose crossover FILE.csv</c>: drug against placebo, each person their own control.</summary>
internal static class CrossoverCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FILE.csv is as for lowdose verdict, one row a person-day in any order, with
          person    whose row it is
          period    1, 2, … within a person; empty: run-in or wash-out, left out
          arm       placebo or ldn: what the period was assigned; none inside a period
                    is wash-out and left out. Without the column, or without any
                    placebo, periods off drug are what the drug is compared with
          sequence  the order of arms, as PL; optional, checked for contradictions
        A period's outcome is the mean of its scores. Effects are drug − placebo; the
        carryover of two periods is the sum of the means, placebo first − drug first.

        Exit codes: 0 done, whatever the result; 2 the command line is wrong;
        3 the input is wrong (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var file = new Argument<string>("FILE.csv") { Description = "Everyone's diaries." };
        file.Validators.Add(DiaryOptions.NoSlips);
        var discard = DiaryOptions.Text("--discard-days", "N", "Days left out at the start of every period. [default: 0]");
        var seed = DiaryOptions.Text("--seed", "N", "The seed of the permutation test, where deals are sampled. [default: 1]");
        var options = new DiaryOptions();
        var command = new Command("crossover", "Compares drug with placebo in a crossover: t tests, a mixed model, responders, a permutation test.");
        command.Arguments.Add(file);
        command.Options.Add(discard);
        command.Options.Add(seed);
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(file)!, parsed.GetValue(discard), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(ParseResult parsed, DiaryOptions options, string file, string? discardText, string? seedText)
    {
        var (discard, seed) = (0, 1UL);
        if (discardText is not null && (!int.TryParse(discardText, NumberStyles.None, CultureInfo.InvariantCulture, out discard) || discard > DiaryCsv.LongestSpanDays))
            return Program.CommandLineIsWrong($"--discard-days \"{discardText}\" is not a number of days", "give 0, 1, 2, …");
        if (seedText is not null && !ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out seed))
            return Program.CommandLineIsWrong($"--seed \"{seedText}\" is not a seed", "give a whole number from 0");
        if ((options.Read(parsed, out var format) ?? options.Out(parsed, [file], out _)) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
        options.Out(parsed, [file], out var target);
        var reading = PeopleCsv.ReadFiles([file], new PeopleFormat { Diary = format, SequenceColumn = options.SequenceColumn(parsed), NeedsPeriods = true });
        if (reading.Refusal is { } refusal) return DiaryOptions.InputIsWrong(file, refusal);
        var study = CrossoverDiaries.Of([.. reading.Diaries!], discard, format.Outcome.HigherIsBetter, seed);
        if (study is null) return DiaryOptions.InputIsWrong(file, new(1, "no row has a period", "number the periods 1, 2, … in the column \"period\""));
        var comparison = Compare.Periods(study);
        return MixCommand.Deliver(options.Json(parsed) ? AsJson(comparison, discard, seed) : Utf8.GetBytes(CrossoverText.Of(comparison, format.Outcome, discard)), target);
    }

    private static byte[] AsJson(Comparison comparison, int discardDays, ulong seed)
    {
        using var buffer = new MemoryStream();
        CrossoverJson.Write(comparison, discardDays, seed, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
