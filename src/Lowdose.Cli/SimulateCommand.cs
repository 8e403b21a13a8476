using System.CommandLine;
using System.Globalization;
using Lowdose.Exchange;
using Lowdose.Science.Pharmacology;

namespace Lowdose.Cli;

/// <summary><c>lowdose simulate</c>: from doses to levels, block and tone.</summary>
internal static class SimulateCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        EVENTS.csv has a header and one row a record, names in any case:
          ID,TIME,EVID,AMT,CMT,RATE,II,ADDL,SS   (TIME is needed, in hours; the
          others are 1, 0 and 0 throughout, with EVID 1 where AMT is not 0)
          EVID: 0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose
          RATE: amount per hour, -1 the rate and -2 the duration is a parameter
          SS: 1 or 2 steady state at the interval II; ADDL more doses each II hours
          CMT: the compartment's number or name. Further columns named as a
          parameter override it from that record on; a point or nothing keeps it.
        --dose 4.5mg --every 24h --days 28 stands for a file: one dose every 24 hours.
        The output has ID,TIME and one column a compartment and output, rows at the
        hours of the grid only, after a dose given then. Model, version, parameters
        and seed go to stderr.

        Models: pk1 (CL, V, KA, F1, ALAG1, D1, R1), pk2 (CL, V2, Q, V3, KA, F1, ALAG1),
        naltrexone (mg of the hydrochloride as labelled; NTX and NTXOL in ng/mL, OCC_*
        as fractions; --preset meyer or bertolotti, --param LIVER=severe,
        --param CRCL=30), and the hypotheses rebound, precursor-pool,
        receptor-turnover (--param DRIVER=slow-offset, plasma-driven, parent-only or
        none). A file of your own: docs/methods/model-language.md.
        What the hypotheses show is illustrative, and changes no safety rule.

        Exit codes: 0 done; 2 the command line is wrong; 3 the input is wrong
        (FILE:LINE: what is wrong; what to do); 1 a defect.
        """;

    public static Command Build()
    {
        var options = new SimulateOptions();
        var command = new Command("simulate", "Says from doses what is in the blood and at the receptor, hour by hour, for one person or many.");
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(options, parsed));
        return command;
    }

    private static int Run(SimulateOptions options, ParseResult parsed)
    {
        if (options.Read(parsed, out var ask) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
        var (read, refusal) = ModelFile.Read(ask.Model);
        if (read is null) return DiaryOptions.InputIsWrong(ask.Model, refusal!);
        if (SimulateValues.Set(ask, read, out var model) is { } unfit) return Program.CommandLineIsWrong(unfit.What, unfit.Do);
        if (Records(ask, model, out var records) is { } code) return code;
        if (ask.People > 0 && model.Variability.Count == 0) return Program.CommandLineIsWrong($"the model {model.Model.Name} does not say how people differ", "leave --population out, or give its parameters a cv in a file of your own");

        var tables = Simulate.Run(new(model.Model, records, ask.Grid)
        {
            RelativeTolerance = ask.RelativeTolerance,
            Variability = ask.People > 0 ? model.Variability : [],
            Correlations = ask.People > 0 ? model.Correlations : null,
            People = ask.People,
            Seed = ask.Seed,
            Threads = ask.Threads,
        });
        if (tables.Problem is { } problem) return Say(problem, ask);
        if (Deliver(tables, ask.Out) is { } unwritten) return unwritten;
        Console.Error.Write(Provenance(model, ask));
        return ExitCode.Done;
    }

    private static int? Records(SimulateRequest ask, ModelFile model, out IReadOnlyList<DoseRecord> records)
    {
        records = [];
        if (ask.Events is null)
        {
            if (SimulateValues.Doses(ask, model, out records) is { } wrong) return Program.CommandLineIsWrong(wrong.What, wrong.Do);
            return null;
        }
        var reading = EventCsv.ReadFile(ask.Events, model);
        if (reading.Records is null) return DiaryOptions.InputIsWrong(ask.Events, reading.Refusal!);
        records = reading.Records;
        if (reading.LeftAlone.Count > 0)
            Console.Error.WriteLine($"lowdose: {ask.Events}: left alone, being neither a field of a record nor a parameter of {model.Model.Name}: {string.Join(", ", reading.LeftAlone)}");
        return null;
    }

    /// <summary>What the engine will not run: of a record with its line, else of the command line or the model.</summary>
    private static int Say(SimulationProblem problem, SimulateRequest ask)
    {
        var about = problem with { Line = 0 };
        var text = about.ToString();
        var what = text[..^(problem.Remedy.Length + 2)];
        return ask.Events is null && problem.Line == 0 ? Program.CommandLineIsWrong(what, problem.Remedy)
            : DiaryOptions.InputIsWrong(ask.Events ?? ask.Model, new(Math.Max(1, problem.Line), what, problem.Remedy));
    }

    private static int? Deliver(SimulatedTables tables, string? file)
    {
        if (file is null)
        {
            using var stdout = Console.OpenStandardOutput();
            SimulationCsv.Write(tables, stdout);
            return null;
        }
        return AtomicFile.Write(file, to => SimulationCsv.Write(tables, to)) is not { } why ? null
            : Program.CommandLineIsWrong($"--out {file}: {why}", "name a file in a folder you may write to");
    }

    /// <summary>What was run, so that it can be run again.</summary>
    private static string Provenance(ModelFile model, SimulateRequest ask)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"lowdose {typeof(Program).Assembly.GetName().Version!.ToString(3)}: model {model.Model.Name} {model.Version}{(ask.Preset is null ? "" : $" (preset {ask.Preset})")}, seed {ask.Seed}, rtol {ask.RelativeTolerance:0.###e-0}{(ask.People > 0 ? $", {ask.People} people" : "")}\n");
        var values = model.Model.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}={p.Value}{(p.Unit is null or "1" ? "" : " " + p.Unit)}{(p.Level is null ? "" : $" ({p.Level})")}"));
        return head + "parameters: " + string.Join(", ", values) + "\n";
    }
}
