using System.CommandLine;
using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>The options of <c>lowdose verdict</c>, and what they may be.</summary>
internal sealed class VerdictOptions
{
    public Argument<string> File { get; } = new("DIARY.csv") { Description = "The diary." };

    private readonly Option<string> _outcome = Text("--outcome", "NAME", "The outcome, and the column of its scores. [default: pain]");
    private readonly Option<string> _scale = Text("--scale", "MIN..MAX", "Its lowest and highest score. [default: 0..10]");
    private readonly Option<string> _step = Text("--step", "X", "The resolution of one rating. [default: 1 where all scores are whole, else 0.001 of the range]");
    private readonly Option<bool> _higher = Flag("--higher-is-better", "A higher score is a better one (mood, function, energy).");
    private readonly Option<string> _mcid = Text("--mcid", "X", "The smallest change that matters, in points. [default: a tenth of the range]");
    private readonly Option<string> _primary = Text("--primary", "NAME", "The outcome named primary at the start; a verdict on another is labelled secondary.");
    private readonly Option<bool> _randomised = Flag("--randomised", "The blocks were blinded and in random order; needs the column period.");
    private readonly Option<bool> _already = Flag("--already-taking", "The person was on the first day's dose before the diary began.");
    private readonly Option<string> _prior = Text("--prior", "sceptical|evidence", "What is believed before the diary. The verdict always comes from the sceptical prior. [default: sceptical]");
    private readonly Option<string> _condition = Text("--condition", "NAME", "What the person has; --prior evidence needs fibromyalgia.");
    private readonly Option<string> _delimiter = Text("--delimiter", "CHAR", "Between fields; \"tab\" for a tab. [default: ,]");
    private readonly Option<string> _decimal = Text("--decimal", "CHAR", "The decimal mark, . or a comma. [default: .]");
    private readonly Option<string> _person = Text("--person", "NAME", "Whose rows to read, where the file has more than one person.");
    private readonly Option<string>[] _columns = [.. new[] { "date", "day", "dose", "arm", "outcome", "person", "period", "event" }
        .Select(c => Text($"--{c}-column", "COL", $"The column that holds the {c}."))];
    private readonly Option<string> _sequence = Text("--sequence-column", "COL", "The column that holds the sequence; a verdict does not use it.");
    private readonly Option<bool> _json = Flag("--json", "Print one JSON object and nothing else.");
    private readonly Option<string> _out = Text("--out", "FILE", "Write to FILE instead of the screen.");
    private readonly Option<string> _html = Text("--html", "FILE", "Write a one-page report to FILE as well.");

    public IEnumerable<Option> All => [_outcome, _scale, _step, _higher, _mcid, _primary, _randomised, _already, _prior, _condition,
        _delimiter, _decimal, _person, .. _columns, _sequence, _json, _out, _html];

    public VerdictOptions() => File.Validators.Add(file =>
    {
        // A slip in an option's name must not be taken for a file that is not there.
        if (file.Tokens is [{ Value: var name }] && name.StartsWith('-') && !System.IO.File.Exists(name))
            file.AddError($"there is no option \"{name}\"");
    });

    /// <summary>The request, or what is wrong with the command line.</summary>
    public (VerdictRequest? Request, Misuse? Wrong) Read(ParseResult parsed)
    {
        var outcome = parsed.GetValue(_outcome) ?? "pain";
        if (Numbers(parsed, out var scale, out var step, out var mcid) is { } wrongNumber) return (null, wrongNumber);
        if (Separators(parsed, out var delimiter, out var mark) is { } wrongSeparator) return (null, wrongSeparator);
        if (Prior(parsed, outcome) is { } wrongPrior) return (null, wrongPrior);
        string? Column(string name) => parsed.GetValue(_columns.Single(c => c.Name == $"--{name}-column"));
        var format = new DiaryFormat
        {
            Outcome = new Outcome(outcome, scale.Min, scale.Max, parsed.GetValue(_higher), mcid, step),
            Delimiter = delimiter,
            DecimalMark = mark,
            DateColumn = Column("date"),
            DayColumn = Column("day"),
            DoseColumn = Column("dose"),
            ArmColumn = Column("arm"),
            OutcomeColumn = Column("outcome"),
            PersonColumn = Column("person"),
            PeriodColumn = Column("period"),
            EventColumn = Column("event"),
            Person = parsed.GetValue(_person),
            NeedsPeriods = parsed.GetValue(_randomised),
        };
        var (file, target, html) = (parsed.GetValue(File)!, parsed.GetValue(_out), parsed.GetValue(_html));
        return Overwritten(file, target, html) is { } clash ? (null, clash)
            : (new(file, format, parsed.GetValue(_already), parsed.GetValue(_randomised), parsed.GetValue(_primary), parsed.GetValue(_json), target, html), null);
    }

    private static Misuse? Overwritten(string file, string? target, string? html)
    {
        string[] written = [.. new[] { target, html }.OfType<string>().Where(p => p.Length > 0).Select(Path.GetFullPath)];
        if (target?.Length == 0 || html?.Length == 0) return new("the name of the file to write is empty", "name a file after --out or --html");
        if (file.Length > 0 && written.Contains(Path.GetFullPath(file))) return new("the output would overwrite the diary", "name another file");
        return written.Distinct().Count() < written.Length ? new("--out and --html name the same file", "name two files") : null;
    }

    private Misuse? Numbers(ParseResult parsed, out (double Min, double Max) scale, out double? step, out double? mcid)
    {
        (step, mcid, scale) = (null, null, (0, 10));
        if (parsed.GetValue(_scale) is { } text)
        {
            var ends = text.Split("..");
            if (ends.Length != 2 || !Number(ends[0], out scale.Min) || !Number(ends[1], out scale.Max) || scale.Min >= scale.Max || !double.IsFinite(scale.Max - scale.Min))
                return new($"--scale \"{text}\" is not a scale", "write the lowest and the highest score as 0..10");
        }
        return Positive(parsed, _step, scale.Max - scale.Min, out step) ?? Positive(parsed, _mcid, scale.Max - scale.Min, out mcid);
    }

    private static Misuse? Positive(ParseResult parsed, Option<string> option, double range, out double? value)
    {
        value = null;
        if (parsed.GetValue(option) is not { } text) return null;
        if (!Number(text, out var number) || number <= 0 || number > range)
            return new($"{option.Name} \"{text}\" is not a number of points", "give one above 0 and no larger than the scale's range");
        value = number;
        return null;
    }

    private Misuse? Separators(ParseResult parsed, out char delimiter, out char mark)
    {
        (delimiter, mark) = (',', '.');
        if (parsed.GetValue(_delimiter) is { } between)
        {
            if (between is "tab" or "\\t") between = "\t";
            if (between.Length != 1 || between[0] is '"' or '\r' or '\n' or ' ' or > '\x7E' or < '\t' || char.IsAsciiLetterOrDigit(between[0]))
                return new($"--delimiter \"{between}\" cannot separate fields", "give one of , ; | tab");
            delimiter = between[0];
        }
        if (parsed.GetValue(_decimal) is { } point)
        {
            if (point is not ("." or ",")) return new($"--decimal \"{point}\" is not a decimal mark", "give . or ,");
            mark = point[0];
        }
        return mark == delimiter ? new($"\"{mark}\" cannot be both the delimiter and the decimal mark", "give --delimiter \";\" or another") : null;
    }

    private Misuse? Prior(ParseResult parsed, string outcome) => (parsed.GetValue(_prior) ?? "sceptical") switch
    {
        "sceptical" => null,
        "evidence" when outcome != "pain" || !"fibromyalgia".Equals(parsed.GetValue(_condition), StringComparison.OrdinalIgnoreCase) =>
            new("--prior evidence is for pain in fibromyalgia only", "give --condition fibromyalgia with --outcome pain, or leave --prior out"),
        "evidence" => new("--prior evidence needs our own meta-analysis, which is not in this version", "leave --prior out; the verdict always comes from the sceptical prior"),
        var other => new($"--prior \"{other}\" is not known", "give sceptical or evidence"),
    };

    private static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static Option<string> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
