using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Lowdose.Cli;

/// <summary>The command line. Exit codes: see <see cref="ExitCode"/>.</summary>
internal static class Program
{
    // EPIPE as .NET passes it on.
    private const int BrokenPipe = 32;

    private static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (IOException pipe) when (pipe.HResult == BrokenPipe)
        {
            // The reader of a pipe has gone away; there is nobody to tell.
            return ExitCode.Defect;
        }
        catch (IOException trouble)
        {
            Console.Error.WriteLine($"lowdose: cannot write: {trouble.Message.TrimEnd('.')}");
            return ExitCode.Defect;
        }
#pragma warning disable CA1031 // The last line of defence: a defect is said in one line, not as a stack trace.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"lowdose: a defect in Lowdose, not in your input: {defect.GetType().Name}: {defect.Message}");
            return ExitCode.Defect;
        }
    }

    private static int Run(string[] args)
    {
        var root = new RootCommand("Runs a low-dose naltrexone course as a sound experiment of one. It shows the basis; a prescriber decides.");
        root.Directives.Clear();
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        var verdict = VerdictCommand.Build();
        root.Subcommands.Add(verdict);
        root.Subcommands.Add(ScreenCommand.Build());
        root.Subcommands.Add(PlanCommand.Build());
        root.Subcommands.Add(MixCommand.Build());
        root.Subcommands.Add(ImportCommand.Build());
        root.Subcommands.Add(ExportCommand.Build());
        root.Subcommands.Add(BackupCommand.Build());
        root.Subcommands.Add(BackupCommand.BuildRestore());
        root.Subcommands.Add(AuditCommand.Build());
        root.Subcommands.Add(AdministratorCommand.Build());
        root.Subcommands.Add(PoolCommand.Build());
        root.Subcommands.Add(CrossoverCommand.Build());
        root.Subcommands.Add(MetaCommand.Build());
        root.Subcommands.Add(PowerCommand.Build());
        root.Subcommands.Add(PowerCommand.BuildMerge());
        root.Subcommands.Add(EvidenceCommand.Build());
        root.Subcommands.Add(ChartCommand.Build());
        root.Subcommands.Add(SimulateCommand.Build());
        root.Subcommands.Add(TrialCommand.Build());
        root.Subcommands.Add(Serve.Build());
        root.SetAction(_ => Serve.Run(null, null));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new PrintHelp((HelpAction)help.Action!, verdict);

        // A file may be called "@diary.csv": no response files.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not (PrintHelp or PrintVersion))
            return CommandLineIsWrong(Misuse(args, parsed, root), $"see lowdose {Verb(parsed.CommandResult, root)}--help");
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>The verb as it was typed, with the verbs it stands under and a space after each; empty where there is none.</summary>
    private static string Verb(SymbolResult? at, RootCommand root) =>
        at is CommandResult { Command: var command } && command != root ? Verb(at.Parent, root) + command.Name + " " : "";

    private static string Misuse(string[] args, ParseResult parsed, RootCommand root) =>
        args.Length == 0 ? "no verb is given"
        : parsed.CommandResult.Command == root && parsed.UnmatchedTokens.Count > 0 ? $"there is no verb \"{parsed.UnmatchedTokens[0]}\" in this version"
        : parsed.Errors[0].Message.TrimEnd('.');

    /// <summary>Says what is wrong with the command line and what to do.</summary>
    public static int CommandLineIsWrong(string what, string @do)
    {
        Console.Error.WriteLine($"lowdose: {what}; {@do}");
        return ExitCode.CommandLine;
    }

    /// <summary>The options of a verb, and the contract of its files.</summary>
    private sealed class PrintHelp(HelpAction options, Command verdict) : SynchronousCommandLineAction
    {
        // As the error messages: help is asked for, so a wrong rest of the line does not matter.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            options.MaxWidth = 80;
            var page = new StringWriter();
            parseResult.InvocationConfiguration.Output = page;
            options.Invoke(parseResult);
            // The command is bin/lowdose, whatever the assembly is called.
            Console.Out.Write(page.ToString().Replace("Lowdose.Cli", "lowdose", StringComparison.Ordinal));
            if (parseResult.CommandResult.Command == verdict) Console.Out.WriteLine(VerdictCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "screen") Console.Out.WriteLine(ScreenCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "plan") Console.Out.WriteLine(PlanCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "mix") Console.Out.WriteLine(MixCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "import") Console.Out.Write(ImportCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "export") Console.Out.Write(ExportCommand.Contract);
            if (parseResult.CommandResult.Command.Name is "import" or "export" or "backup" or "restore") Console.Out.WriteLine(RecordsOptions.Contract);
            if (parseResult.CommandResult.Command is { Name: "audit" } or { Name: "verify" or "anchor" } && parseResult.CommandResult.Parent is not CommandResult { Command.Name: "trial" }) Console.Out.WriteLine(AuditCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "administrator") Console.Out.WriteLine(AdministratorCommand.Contract);
            if (parseResult.CommandResult.Command is { Name: "evidence" } or { Name: "list" or "show" or "base" or "synthesise" or "check" }) Console.Out.WriteLine(EvidenceCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "chart-review") Console.Out.WriteLine(ChartCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "pool") Console.Out.WriteLine(PoolCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "crossover") Console.Out.WriteLine(CrossoverCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "meta") Console.Out.WriteLine(MetaCommand.Contract);
            if (parseResult.CommandResult.Command.Name is "power" or "power-merge") Console.Out.WriteLine(PowerCommand.Contract);
            if (parseResult.CommandResult is { Command.Name: "trial" } or { Parent: CommandResult { Command.Name: "trial" } }) Console.Out.WriteLine(TrialCommand.Contract);
            if (parseResult.CommandResult.Command.Name == "simulate") Console.Out.WriteLine(SimulateCommand.Contract);
            return ExitCode.Done;
        }
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Console.Out.WriteLine("lowdose " + typeof(Program).Assembly.GetName().Version!.ToString(3));
            return ExitCode.Done;
        }
    }
}
