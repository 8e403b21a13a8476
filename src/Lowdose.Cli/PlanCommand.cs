using System.CommandLine;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Exchange;
using NodaTime;

namespace Lowdose.Cli;

/// <summary><c>lowdose plan</c>: dated doses, the days to look again, and what to do when it does not go as planned.</summary>
internal static class PlanCommand
{
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
        var regimen = request.Regimen;
        if (PlanGuards.Refused(regimen) is { } refused)
        {
            Console.Error.WriteLine($"lowdose: {refused.What}; {refused.Do}");
            return ExitCode.Refused;
        }
        var reviews = Reviews.Of(regimen);
        var schedule = regimen.Schedule(request.Days ?? Period.DaysBetween(regimen.Start, reviews.StopReview) + 1);
        var cautions = PlanGuards.Of(regimen);
        var output = request.Json ? AsJson(schedule, reviews, cautions) : Utf8.GetBytes(PlanText.Of(schedule, reviews, cautions, request.Protocol));
        if (request.Ics is { } ics && AtomicFile.Write(ics, CalendarFile.Of(schedule, reviews, SystemClock.Instance.GetCurrentInstant())) is { } why)
            return Program.CommandLineIsWrong($"--ics {ics}: {why}", "name a file in a folder you may write to");
        return MixCommand.Deliver(output, request.Out);
    }

    private static byte[] AsJson(Schedule schedule, Reviews reviews, IReadOnlyList<Caution> cautions)
    {
        using var buffer = new MemoryStream();
        PlanJson.Write(schedule, reviews, cautions, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
