using System.CommandLine;
using System.Text;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Lowdose.Web.Plots;

namespace Lowdose.Cli;

/// <summary><c>lowdose meta FILE.csv</c>: what several studies say together.</summary>
internal static class MetaCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FILE.csv has one row a study, its name in the column study, and
          OR RR RD     ai, bi, ci, di; or ai, n1i, ci, n2i (with the event, without, all)
          MD SMD       m1i, sd1i, n1i, m2i, sd2i, n2i
          MC           m1i, sd1i, m2i, sd2i, ni, ri (or --correlation R)
          PR PLO PFT   xi, ni
          GEN          yi, and vi or sei
        Names are metafor's. OR, RR and PLO are analysed as logs; 0.5 is added to every
        cell of a study with a zero. Effects are group 1 − group 2. Other columns may
        be moderators.

        Exit codes: 0 done, whatever the result; 2 the command line is wrong;
        3 the input is wrong (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var options = new MetaOptions();
        var command = new Command("meta", "Says what several studies say together: effect, spread between studies, sensitivity, forest plot.");
        options.AddTo(command);
        command.SetAction(parsed => options.Read(parsed) is var (request, wrong) && request is not null ? Run(request) : Program.CommandLineIsWrong(wrong!.What, wrong.Do));
        return command;
    }

    private static int Run(MetaRequest request)
    {
        var reading = StudyCsv.ReadFile(request.File, request.Format);
        if (reading.Refusal is { } refusal) return DiaryOptions.InputIsWrong(request.File, refusal);
        var table = reading.Table!;
        if (Synthesise.Everything(table.Set(request.Method, request.Test), table.Order, table.Groups) is not { } analysis)
            return DiaryOptions.InputIsWrong(request.File, StudyTable.TooFew(table, request.Method));
        foreach (var (option, file, draw) in new (string, string?, Func<StudyTable, MetaAnalysis, string>)[] { ("--forest", request.Forest, ForestPlot.WriteSvg), ("--funnel", request.Funnel, FunnelPlot.WriteSvg) })
            if (file is not null && AtomicFile.Write(file, Utf8.GetBytes(draw(table, analysis))) is { } why)
                return Program.CommandLineIsWrong($"{option} {file}: {why}", "name a file in a folder you may write to");
        return MixCommand.Deliver(request.Json ? AsJson(table, analysis) : Utf8.GetBytes(MetaText.Of(table, analysis)), request.Out);
    }

    private static byte[] AsJson(StudyTable table, MetaAnalysis analysis)
    {
        using var buffer = new MemoryStream();
        MetaJson.Write(table, analysis, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
