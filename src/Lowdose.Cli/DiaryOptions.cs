using System.CommandLine;
using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>The options by which a file of diaries is read, and where the answer goes.</summary>
internal sealed class DiaryOptions
{
    private readonly Option<string> _outcome = Text("--outcome", "NAME", "The outcome, and the column of its scores. [default: pain]");
    private readonly Option<string> _scale = Text("--scale", "MIN..MAX", "Its lowest and highest score. [default: 0..10]");
    private readonly Option<bool> _higher = Flag("--higher-is-better", "A higher score is a better one (mood, function, energy).");
    private readonly Option<string> _delimiter = Text("--delimiter", "CHAR", "Between fields; \"tab\" for a tab. [default: ,]");
    private readonly Option<string> _decimal = Text("--decimal", "CHAR", "The decimal mark, . or a comma. [default: .]");
    private readonly Option<string>[] _columns = [.. new[] { "date", "day", "dose", "arm", "outcome", "person", "period", "sequence", "event" }
        .Select(c => Text($"--{c}-column", "COL", $"The column that holds the {c}."))];
    private readonly Option<bool> _json = Flag("--json", "Print one JSON object and nothing else.");
    private readonly Option<string> _out = Text("--out", "FILE", "Write to FILE instead of the screen.");

    public IEnumerable<Option> All => [_outcome, _scale, _higher, _delimiter, _decimal, .. _columns, _json, _out];

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The file to write; null for the screen.</summary>
    public Misuse? Out(ParseResult parsed, IEnumerable<string> inputs, out string? file)
    {
        file = parsed.GetValue(_out);
        return Writable("--out", file, inputs);
    }

    /// <summary>What is wrong with a file to write; null where nothing is.</summary>
    public static Misuse? Writable(string option, string? file, IEnumerable<string> inputs)
    {
        if (file is null) return null;
        if (file.Length == 0) return new("the name of the file to write is empty", $"name a file after {option}");
        return inputs.Any(i => i.Length > 0 && Path.GetFullPath(i) == Path.GetFullPath(file)) ? new("the output would overwrite an input", "name another file") : null;
    }

    /// <summary>A slip in an option's name must not be taken for a file that is not there.</summary>
    public static void NoSlips(System.CommandLine.Parsing.ArgumentResult files)
    {
        foreach (var token in files.Tokens)
            if (token.Value.StartsWith('-') && !File.Exists(token.Value)) files.AddError($"there is no option \"{token.Value}\"");
    }

    /// <summary>How to read the files, or what is wrong with the command line.</summary>
    public Misuse? Read(ParseResult parsed, out DiaryFormat format)
    {
        format = new();
        var (low, high) = (0.0, 10.0);
        if (parsed.GetValue(_scale) is { } scale)
        {
            var ends = scale.Split("..");
            if (ends.Length != 2 || !Number(ends[0], out low) || !Number(ends[1], out high) || low >= high || !double.IsFinite(high - low))
                return new($"--scale \"{scale}\" is not a scale", "write the lowest and the highest score as 0..10");
        }
        var between = parsed.GetValue(_delimiter) is "tab" or "\\t" ? "\t" : parsed.GetValue(_delimiter) ?? ",";
        if (between.Length != 1 || between[0] is '"' or '\r' or '\n' or ' ' or > '\x7E' or < '\t' || char.IsAsciiLetterOrDigit(between[0]))
            return new($"--delimiter \"{between}\" cannot separate fields", "give one of , ; | tab");
        var mark = parsed.GetValue(_decimal) ?? ".";
        if (mark is not ("." or ",")) return new($"--decimal \"{mark}\" is not a decimal mark", "give . or ,");
        if (mark == between) return new($"\"{mark}\" cannot be both the delimiter and the decimal mark", "give --delimiter \";\" or another");
        format = new DiaryFormat
        {
            Outcome = new Outcome(parsed.GetValue(_outcome) ?? "pain", low, high, parsed.GetValue(_higher)),
            Delimiter = between[0],
            DecimalMark = mark[0],
            DateColumn = Column(parsed, "date"),
            DayColumn = Column(parsed, "day"),
            DoseColumn = Column(parsed, "dose"),
            ArmColumn = Column(parsed, "arm"),
            OutcomeColumn = Column(parsed, "outcome"),
            PersonColumn = Column(parsed, "person"),
            PeriodColumn = Column(parsed, "period"),
            EventColumn = Column(parsed, "event"),
        };
        return null;
    }

    public string? SequenceColumn(ParseResult parsed) => Column(parsed, "sequence");

    /// <summary>Says what is wrong with a file.</summary>
    public static int InputIsWrong(string file, Refusal refusal)
    {
        Console.Error.WriteLine($"lowdose: {file}:{refusal.Line}: {refusal.What}; {refusal.Do}");
        return ExitCode.Input;
    }

    /// <summary>A number of points above 0 and no larger than a range; null where it is not given.</summary>
    public static Misuse? Points(ParseResult parsed, Option<string> option, double range, out double? value)
    {
        value = null;
        if (parsed.GetValue(option) is not { } text) return null;
        if (!Number(text, out var number) || number <= 0 || number > range)
            return new($"{option.Name} \"{text}\" is not a number of points", "give one above 0 and no larger than the scale's range");
        value = number;
        return null;
    }

    public static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    public static Option<string> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private string? Column(ParseResult parsed, string name) => parsed.GetValue(_columns.Single(c => c.Name == $"--{name}-column"));
}
