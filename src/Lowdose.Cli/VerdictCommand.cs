using System.CommandLine;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary><c>lowdose verdict DIARY.csv</c>: does it help, and at which dose?</summary>
internal static class VerdictCommand
{
    public static Command Build()
    {
        var options = new VerdictOptions();
        var command = new Command("verdict", """
            Says with a probability whether the drug helps, and at which dose.

            DIARY.csv: RFC 4180, UTF-8, a header row, one row a person-day in any order. Columns: date (year-month-day) or day (1, 2, …),
            dose_mg (taken that day, 0 to 1000, no unit; empty is not written), the outcome (a number on the scale; empty is missing), and where
            there are any arm (none, placebo, ldn), period (1, 2, …), event (free text), person (one only). Further columns are ignored.

            Exit codes: 0 done, whatever the verdict; 2 the command line is wrong; 3 the input is wrong (FILE:LINE: what; what to do); 1 a defect.
            """);
        command.Arguments.Add(options.File);
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(options, parsed));
        return command;
    }

    private static int Run(VerdictOptions options, ParseResult parsed)
    {
        var (request, wrong) = options.Read(parsed);
        if (request is null) return Program.CommandLineIsWrong(wrong!.What, wrong.Do);

        var reading = DiaryCsv.ReadFile(request.File, request.Format);
        if (reading.Refusal is { } refusal)
        {
            Console.Error.WriteLine($"lowdose: {request.File}:{refusal.Line}: {refusal.What}; {refusal.Do}");
            return ExitCode.Input;
        }
        var verdict = CourseVerdict.Of(reading.Diary!, request.AlreadyTaking, request.Randomised, request.Primary);
        return Deliver(verdict, request);
    }

    private static int Deliver(CourseVerdict verdict, VerdictRequest request)
    {
        var output = request.Json ? AsJson(verdict) : new UTF8Encoding(false).GetBytes(VerdictText.Of(verdict));
        if (request.Out is not null)
        {
            if (AtomicFile.Write(request.Out, output) is { } why)
                return Program.CommandLineIsWrong($"--out {request.Out}: {why}", "name a file in a folder you may write to");
            return ExitCode.Done;
        }
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(output);
        return ExitCode.Done;
    }

    private static byte[] AsJson(CourseVerdict verdict)
    {
        using var buffer = new MemoryStream();
        VerdictJson.Write(verdict, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
