using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using Lowdose.Diary;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Web.Reports;

namespace Lowdose.Cli;

/// <summary><c>lowdose verdict DIARY.csv</c>: does it help, and at which dose?</summary>
internal static class VerdictCommand
{
    /// <summary>What <c>--help</c> says beyond the options: the file and the exit codes.</summary>
    public const string Contract = """
        DIARY.csv is RFC 4180, UTF-8, with a header row and one row a person-day in any order:
          date     the calendar day as year-month-day; or day, a whole number from 1
          dose_mg  taken that day, 0 to 1000, without a unit; empty is not written down
          pain     the score, or the column --outcome names; empty is missing
          arm      none, placebo or ldn: what was assigned; the column may be absent
          period   1, 2, …: the block; only --randomised needs it
          event    free text: what else happened; the column may be absent
          person   one person only, or say whose rows with --person; may be absent
        Further columns are ignored.

        Exit codes: 0 done, whatever the verdict; 2 the command line is wrong;
        3 the input is wrong (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var options = new VerdictOptions();
        var command = new Command("verdict", "Says with a probability whether the drug helps, and at which dose.");
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
        if (reading.Refusal is { } refusal) return DiaryOptions.InputIsWrong(request.File, refusal);
        var verdict = CourseVerdict.Of(reading.Diary!, request.AlreadyTaking, request.Randomised, request.Primary, request.Trials ? EvidencePrior.BuiltIn : null);
        return Deliver(verdict, request);
    }

    private static int Deliver(CourseVerdict verdict, VerdictRequest request)
    {
        var output = request.Json ? AsJson(verdict) : Utf8.GetBytes(VerdictText.Of(verdict));
        if (request.Html is { } html && AtomicFile.Write(html, AsPage(verdict)) is { } whyNoPage)
            return Program.CommandLineIsWrong($"--html {html}: {whyNoPage}", "name a file in a folder you may write to");
        if (request.Out is { } file)
            return AtomicFile.Write(file, output) is not { } why ? ExitCode.Done
                : Program.CommandLineIsWrong($"--out {file}: {why}", "name a file in a folder you may write to");
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(output);
        return ExitCode.Done;
    }

    /// <summary>By itself, so that the web framework is loaded only where a page is asked for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] AsPage(CourseVerdict verdict) => Utf8.GetBytes(VerdictReport.WriteHtml(verdict));

    private static byte[] AsJson(CourseVerdict verdict)
    {
        using var buffer = new MemoryStream();
        VerdictJson.Write(verdict, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
