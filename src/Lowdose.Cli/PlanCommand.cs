using System.CommandLine;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Exchange;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Cli;

/// <summary><c>lowdose plan</c>: dated doses, the days to look again, and what to do when it does not go as planned.</summary>
internal static class PlanCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        MASS is a number with mg, g, or micrograms (mcg); VOLUME one with mL or L.
        DATE is year-month-day. A step comes no sooner than the protocol allows;
        where it does not say, give --every. Dates and times are your own: no time
        zone and no change of clocks moves them. The calendar of --ics says nothing
        of what it reminds you of. Without --profile, or with questions open in it,
        the plan is provisional.

        Exit codes: 0 done; 2 the command line is wrong; 3 the profile is wrong;
        4 the screen forbids or delays the plan (its findings are printed), or the
        dose is too high; 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var options = new PlanOptions();
        var command = new Command("plan", "Works out dated doses from a protocol or your own steps. Without a safety screen the plan is provisional. Amounts need a unit (0.5mg, 50mL).");
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(options, parsed));
        return command;
    }

    private static int Run(PlanOptions options, ParseResult parsed)
    {
        var (request, wrong) = options.Read(parsed);
        if (request is null) return Program.CommandLineIsWrong(wrong!.What, wrong.Do);
        Screening? screening = null;
        var asOf = MixCommand.Today();
        if (request.Profile is { } file)
        {
            var reading = ProfileJson.ReadFile(file, asOf);
            if (reading.Refusal is { } unread)
            {
                Console.Error.WriteLine($"lowdose: {file}:{unread.Line}: {unread.What}; {unread.Do}");
                return ExitCode.Input;
            }
            (screening, asOf) = (new Screen(options.Known.Value).Of(reading.Profile!), reading.Profile!.AsOf);
        }
        var plan = ScreenedPlan.Of(request.Regimen, screening, asOf, options.Known.Value, request.Days);
        if (plan.Refused is { } refused)
        {
            Console.Error.WriteLine($"lowdose: {refused.What}; {refused.Do}");
            if (screening is not null) MixCommand.Deliver(Findings(screening, request.Json), null);
            return ExitCode.Refused;
        }
        var (schedule, reviews, cautions) = (plan.Schedule!, plan.Reviews, plan.Cautions);
        var output = request.Json ? AsJson(schedule, reviews, cautions, screening) : Utf8.GetBytes(PlanText.Of(schedule, reviews, cautions, request.Protocol, screening));
        if (request.Ics is { } ics && AtomicFile.Write(ics, CalendarFile.Of(schedule, reviews, SystemClock.Instance.GetCurrentInstant())) is { } why)
            return Program.CommandLineIsWrong($"--ics {ics}: {why}", "name a file in a folder you may write to");
        return MixCommand.Deliver(output, request.Out);
    }

    /// <summary>What stands against a plan, in place of the plan.</summary>
    private static byte[] Findings(Screening screening, bool asJson)
    {
        if (!asJson) return Utf8.GetBytes(ScreenText.Of(screening));
        using var buffer = new MemoryStream();
        ScreenJson.Write(screening, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static byte[] AsJson(Schedule schedule, Reviews reviews, IReadOnlyList<Caution> cautions, Screening? screening)
    {
        using var buffer = new MemoryStream();
        PlanJson.Write(schedule, reviews, cautions, screening, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
