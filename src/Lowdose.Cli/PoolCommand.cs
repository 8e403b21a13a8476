using System.CommandLine;
using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Cli;

/// <summary><c>lowdose pool FILE.csv…</c>: what many people's diaries say together.</summary>
internal static class PoolCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        FILE.csv is as for lowdose verdict, one row a person-day in any order, with
          person    whose row it is
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
            if (reading.Refusal is { } refusal) return PeopleOptions.InputIsWrong(reading.File!, refusal);
            people = reading.Diaries!;
        }
        return request.TwoStage || request.Export is not null ? WithTables(request, [.. people]) : OneStage(request, people);
    }

    private static int OneStage(PoolRequest request, IEnumerable<PersonDiary> people)
    {
        var diaries = PooledDiaries.Of(people, request.Contrast);
        if (Nothing(request, diaries) is { } refusal) return PeopleOptions.InputIsWrong(request.Files[0], refusal);
        var effect = Pool.OneStage(new PooledStudy
        {
            People = diaries.Diaries,
            Predicts = request.Predicts,
            MeaningfulChange = request.Mcid,
            HigherIsBetter = request.Format.Diary.Outcome.HigherIsBetter,
            TauDays = request.Tau,
            Restricted = request.Restricted,
        });
        string[] terms = ["intercept", "effect", .. request.Format.Covariates.SelectMany((c, i) => request.Predicts[i] ? new[] { c, "effect:" + c } : [c])];
        return MixCommand.Deliver(request.Json ? Bytes(s => PoolJson.Write(effect, diaries, terms, request.Restricted, s))
            : Utf8.GetBytes(PoolText.Of(effect, diaries, terms, request)), request.Out);
    }

    private static Refusal? Nothing(PoolRequest request, PooledDiaries diaries)
    {
        if (request.Contrast is { } mg && !diaries.Doses.Contains(mg))
            return new(1, $"nobody took {mg}", diaries.Doses.Count == 0 ? "there is no dose at all; check the dose column" : $"give one of the doses taken: {string.Join(", ", diaries.Doses.Take(10))}");
        return diaries.Diaries.Count == 0 ? new(1, "no day has a score and what else is asked for", "check the columns of scores and covariates") : null;
    }

    /// <summary>Everyone's table; then, as asked, written, pooled, or the diaries pooled in one stage as well.</summary>
    private static int WithTables(PoolRequest request, List<PersonDiary> people)
    {
        var heading = TableHeading.Of(request.Format.Diary.Outcome, request.Contrast);
        List<PersonTable> tables = [.. people.AsParallel().AsOrdered().Select(p => Pool.Table(PooledDiaries.Course(p.Diary, request.Contrast)))];
        if (request.Export is { } export)
        {
            if (AtomicFile.Write(export, Bytes(s => PoolTables.Write(heading, tables, s))) is { } why)
                return Program.CommandLineIsWrong($"--export-summary {export}: {why}", "name a file in a folder you may write to");
            if (!request.TwoStage) return OneStage(request, people);
        }
        List<string> ids = [.. people.Select(p => p.Name)];
        foreach (var file in request.Tables)
        {
            var before = tables.Count;
            if (PoolTables.ReadFile(file, out var found, tables) is { } refusal) return PeopleOptions.InputIsWrong(file, refusal);
            if (people.Count == 0 && ids.Count == 0) heading = found!;
            if (found != heading)
                return PeopleOptions.InputIsWrong(file, new(1, $"its tables are of {Said(found!)}, the others of {Said(heading)}", "pool tables of one outcome, scale and contrast"));
            for (var i = before; i < tables.Count; i++) ids.Add($"{Path.GetFileNameWithoutExtension(file)} {i - before + 1}");
        }
        if (tables.Count == 0) return PeopleOptions.InputIsWrong(request.Tables[0], new(1, "there is no table in it", "give a file with people"));
        var effect = Pool.TwoStage(new TableStudy(heading.ScaleMax - heading.ScaleMin, tables) { MeaningfulChange = request.Mcid });
        return MixCommand.Deliver(request.Json ? Bytes(s => PoolJson.Write(effect, heading.HigherIsBetter, ids, s)) : Utf8.GetBytes(PoolText.Of(effect, heading, ids)), request.Out);
    }

    private static string Said(TableHeading heading) => FormattableString.Invariant(
        $"{heading.Outcome} {heading.ScaleMin}..{heading.ScaleMax} ({(heading.HigherIsBetter ? "higher" : "lower")} is better, contrast {heading.ContrastWord})");

    private static byte[] Bytes(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
