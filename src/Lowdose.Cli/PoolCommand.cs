using System.CommandLine;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary><c>lowdose pool FILE.csv…</c>: what many people's diaries say together.</summary>
internal static class PoolCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FILE.csv is as for lowdose verdict, one row a person-day in any order, with
          person    whose row it is; without it, of several files each is one person's
        and a column of numbers for every --covariate and --predictor. Days are on the
        drug by their dose. One stage: level and effect a person, correlated; AR(1)
        noise over calendar days. Two stages: a table a person, which is all that
        --export-summary writes, and a hierarchy over the tables.
        Effects are drug − none and placebo, in points.

        Exit codes: 0 done, whatever the result; 2 the command line is wrong;
        3 the input is wrong (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var options = new PoolOptions();
        var command = new Command("pool", "Says what many people's diaries say together: effect, spread, each person, a new one.");
        options.AddTo(command);
        command.SetAction(parsed => options.Read(parsed) is var (request, wrong) && request is not null ? Run(request) : Program.CommandLineIsWrong(wrong!.What, wrong.Do));
        return command;
    }

    private static int Run(PoolRequest request)
    {
        IEnumerable<PersonDiary> people = [];
        if (request.Files.Count > 0)
        {
            var reading = PeopleCsv.ReadFiles(request.Files, request.Format);
            if (reading.Refusal is { } refusal) return DiaryOptions.InputIsWrong(reading.File!, refusal);
            people = reading.Diaries!;
        }
        return request.Analysis.TwoStage || request.Export is not null ? WithTables(request, [.. people]) : OneStage(request, people);
    }

    private static int OneStage(PoolRequest request, IEnumerable<PersonDiary> people)
    {
        var diaries = PooledDiaries.Of(people, request.Analysis.Contrast);
        if (PeopleCsv.NothingIn(diaries.Names.Count, diaries.Doses, request.Analysis.Contrast) is { } refusal) return DiaryOptions.InputIsWrong(request.Files[0], refusal);
        var pool = DiaryPool.Of(request.Analysis, diaries);
        return MixCommand.Deliver(request.Json ? Bytes(s => PoolJson.Write(pool, s)) : Utf8.GetBytes(PoolText.Of(pool)), request.Out);
    }

    /// <summary>Everyone's table; then, as asked, written, pooled, or the diaries pooled in one stage as well.</summary>
    private static int WithTables(PoolRequest request, List<PersonDiary> people)
    {
        var analysis = request.Analysis;
        PeopleTables? own = null;
        if (request.Files.Count > 0)
        {
            own = PeopleTables.Of(people, analysis.Contrast);
            if (PeopleCsv.NothingIn(own.Names.Count, own.Doses, analysis.Contrast) is { } nothing) return DiaryOptions.InputIsWrong(request.Files[0], nothing);
        }
        if (request.Export is { } export)
        {
            if (AtomicFile.Write(export, Bytes(s => PoolTables.Write(TableHeading.Of(analysis.Outcome, analysis.Contrast), own!.Tables, s))) is { } why)
                return Program.CommandLineIsWrong($"--export-summary {export}: {why}", "name a file in a folder you may write to");
            if (!analysis.TwoStage) return OneStage(request, people);
        }
        var (pool, refusal, file) = TablePool.Of(analysis, own, [.. request.Tables.Select(PoolTables.ReadFile)]);
        if (pool is null) return DiaryOptions.InputIsWrong(file!, refusal!);
        return MixCommand.Deliver(request.Json ? Bytes(s => PoolJson.Write(pool, s)) : Utf8.GetBytes(PoolText.Of(pool)), request.Out);
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
