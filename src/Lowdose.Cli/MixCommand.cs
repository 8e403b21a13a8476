using System.CommandLine;
using System.Text;
using Lowdose.Dosing;
using Lowdose.Exchange;
using NodaTime;
using NodaTime.Text;

namespace Lowdose.Cli;

/// <summary><c>lowdose mix</c>: a tablet in water, and each dose drawn from it.</summary>
internal static class MixCommand
{
    /// <summary>What <c>--help</c> says beyond the options.</summary>
    public const string Contract = """
        MASS is a number with mg, g, or micrograms (mcg); VOLUME one with mL or L.
        A number without a unit, or with a comma, is refused. The volume is the
        finished one. Each dose is drawn to the nearest mark of the smallest
        syringe that holds it (0.5, 1, 3, 5, 10 mL); a tie goes to the smaller
        dose. Warnings ask for confirmation; they do not refuse.

        Exit codes: 0 done, whatever is warned of; 2 the command line is wrong;
        1 a defect.
        """;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var options = new MixOptions();
        var command = new Command("mix", "Works out a mixing card: a tablet in a finished volume, and what to draw up for each dose. Amounts need a unit (50mg, 50mL, 250mcg).");
        foreach (var option in options.All) command.Options.Add(option);
        command.SetAction(parsed => Run(options, parsed));
        return command;
    }

    private static int Run(MixOptions options, ParseResult parsed)
    {
        var (card, wrong) = options.Read(parsed);
        if (card is null) return Program.CommandLineIsWrong(wrong!.What, wrong.Do);
        if (Day(parsed.GetValue(options.Mixed), "--mixed", out var mixed) is { } notADay) return Program.CommandLineIsWrong(notADay.What, notADay.Do);
        return Deliver(parsed.GetValue(options.Json) ? AsJson(card, mixed) : Utf8.GetBytes(MixText.Of(card, mixed)), parsed.GetValue(options.Out));
    }

    /// <summary>To the file, or to the screen where there is none.</summary>
    public static int Deliver(byte[] output, string? file)
    {
        if (file?.Length == 0) return Program.CommandLineIsWrong("the name of the file to write is empty", "name a file after --out");
        if (file is not null)
            return AtomicFile.Write(file, output) is not { } why ? ExitCode.Done
                : Program.CommandLineIsWrong($"--out {file}: {why}", "name a file in a folder you may write to");
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(output);
        return ExitCode.Done;
    }

    /// <summary>A day from the command line; today on this computer where none is given.</summary>
    public static Misuse? Day(string? text, string option, out LocalDate day)
    {
        day = Today();
        if (text is null) return null;
        var parsed = LocalDatePattern.Iso.Parse(text);
        if (!parsed.Success || parsed.Value.Year is < 1984 or > 2200)
            return new($"{option} \"{text}\" is not a day between 1984 and 2200", "write year-month-day, as 2026-12-01");
        day = parsed.Value;
        return null;
    }

    /// <summary>Today on this computer.</summary>
    public static LocalDate Today() => LocalDate.FromDateTime(DateTime.Now);

    private static byte[] AsJson(MixingCard card, LocalDate mixed)
    {
        using var buffer = new MemoryStream();
        MixJson.Write(card, mixed, buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
