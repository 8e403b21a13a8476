using System.CommandLine;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Cli;

/// <summary><c>lowdose screen PROFILE.json</c>: what forbids, delays or complicates low-dose naltrexone for this person?</summary>
internal static class ScreenCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        PROFILE.json is one object; every member may be missing, and missing is unknown:
          medicines   [{"text", "atc", "rxnorm", "lastTaken", "form"}]
          conditions  [{"text"}]
          surgeries   [{"date", "opioidsExpected"}]
          pregnancy   "no", "yes", "trying" or "breastfeeding"
          age         in whole years
          labs        [{"loinc", "value", "unit", "date"}]
          allergies   [{"text"}]
          asOf        the day of the screen; today where missing
        Dates are year-month-day. An empty list says none. A member that is not
        known here is refused: a misspelt one must not read as nothing to report.

        Exit codes: 0 done, whatever is found; 2 the command line is wrong;
        3 the input is wrong (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    private static readonly Argument<string> Profile = new("PROFILE.json") { Description = "The person's answers." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };
    private static readonly Option<string?> Out = new("--out") { Description = "Write to this file instead of the screen.", HelpName = "FILE" };

    public static Command Build()
    {
        var command = new Command("screen", "Looks for opioids, operations and illnesses that forbid or delay low-dose naltrexone.");
        command.Arguments.Add(Profile);
        command.Options.Add(Json);
        command.Options.Add(Out);
        command.SetAction(parsed => Run(parsed.GetValue(Profile)!, parsed.GetValue(Json), parsed.GetValue(Out)));
        return command;
    }

    private static int Run(string file, bool asJson, string? target)
    {
        var reading = ProfileJson.ReadFile(file, LocalDate.FromDateTime(DateTime.Now));
        if (reading.Refusal is { } refusal)
        {
            Console.Error.WriteLine($"lowdose: {file}:{refusal.Line}: {refusal.What}; {refusal.Do}");
            return ExitCode.Input;
        }
        var screening = new Screen(Knowledge.BuiltIn()).Of(reading.Profile!);
        var output = asJson ? AsJson(screening) : new UTF8Encoding(false).GetBytes(ScreenText.Of(screening));
        if (target is not null)
            return AtomicFile.Write(target, output) is not { } why ? ExitCode.Done
                : Program.CommandLineIsWrong($"--out {target}: {why}", "name a file in a folder you may write to");
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(output);
        return ExitCode.Done;
    }

    private static byte[] AsJson(Screening screening)
    {
        using var buffer = new MemoryStream();
        ScreenJson.Write(screening, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
