using System.CommandLine;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary><c>lowdose export FORMAT</c>: what is kept, in files a person can read.</summary>
internal static class ExportCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FORMAT is one of
          csv         the diary, one row a day; lowdose verdict reads it
          json        every entry ever made; lowdose import json reads it back
          everything  a zip of both, the course, the plan, the answers and the
                      settings, with a page that explains them
        What is exported is not sealed, even where the records are.

        """;

    private const string ZipName = "lowdose-everything.zip";

    public static Command Build()
    {
        Argument<string> format = new("FORMAT") { Description = "csv, json or everything." };
        Option<string?> target = new("--out") { Description = $"Write to this file instead of the screen. [default for everything: {ZipName}]", HelpName = "FILE" };
        var (data, database) = (RecordsOptions.Data(), RecordsOptions.Database());
        var command = new Command("export", "Gives out everything that is kept, in files a person can read.") { format, data, database, target };
        command.SetAction(parsed => Run(parsed.GetValue(format)!, RecordsOptions.Folder(parsed.GetValue(data)), RecordsOptions.Connection(parsed.GetValue(database)), parsed.GetValue(target)));
        return command;
    }

    private static int Run(string format, string folder, string? database, string? target)
    {
        Func<DiaryLog, byte[]>? write = format switch
        {
            "csv" => DiaryTableCsv.Of,
            "json" => Json,
            "everything" => Everything.Zip,
            _ => null,
        };
        if (write is null) return Program.CommandLineIsWrong($"there is no format \"{format}\" to export", "give csv, json or everything");
        if (target is null && format == "everything" && Path.Exists(target = ZipName)) return Program.CommandLineIsWrong($"{ZipName} is there already", "give another name with --out");
        if (Reach.Records(folder, database, out var records) is { } unreached) return RecordsOptions.Refuse(unreached);
        using (records)
        {
            if (records!.Log(out var log) is { } refused) return RecordsOptions.Refuse(refused);
            var done = MixCommand.Deliver(write(log!), target);
            if (done == ExitCode.Done && target is not null) Console.Error.WriteLine($"lowdose: written to {target}");
            return done;
        }
    }

    private static byte[] Json(DiaryLog log)
    {
        using var buffer = new MemoryStream();
        WritesJson.Write(log.Writes, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
