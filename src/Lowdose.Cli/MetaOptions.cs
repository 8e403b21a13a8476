using System.CommandLine;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Cli;

/// <summary>What the command line asks of a meta-analysis, checked.</summary>
internal sealed record MetaRequest(string File, StudyFormat Format, TauMethod Method, CoefficientTest Test, string? Forest, string? Funnel, bool Json, string? Out);

/// <summary>The options of <c>lowdose meta</c>, and what they may be.</summary>
internal sealed class MetaOptions
{
    private readonly Argument<string> _file = new("FILE.csv") { Description = "The studies, one a row." };
    private readonly Option<string> _measure = DiaryOptions.Text("--measure", "M", "OR, RR or RD of two-by-two counts; MD or SMD of two groups' means; MC, the change of the same people; PR, PLO or PFT of one proportion; GEN, effects as given.");
    private readonly Option<string> _method = DiaryOptions.Text("--method", "T", "EE, DL, HE, HS, SJ, ML, REML, EB or PM. [default: REML]");
    private readonly Option<bool> _hartung = DiaryOptions.Flag("--knapp-hartung", "Test by t with Knapp and Hartung's variance.");
    private readonly Option<bool> _adHoc = DiaryOptions.Flag("--knapp-hartung-adhoc", "The same, its variance never below that of z.");
    private readonly Option<string[]> _moderators = new("--moderator") { HelpName = "COL", Description = "A column the effect may depend on, of numbers or of words for groups; may be repeated." };
    private readonly Option<string> _subgroup = DiaryOptions.Text("--subgroup", "COL", "Pool each group of this column alone, too, and compare them.");
    private readonly Option<string> _order = DiaryOptions.Text("--cumulative", "COL", "Add studies up in the order of this column, such as year. [default: as in the file]");
    private readonly Option<string> _correlation = DiaryOptions.Text("--correlation", "R", "Of a person's two scores, for MC without a column ri.");
    private readonly Option<string> _forest = DiaryOptions.Text("--forest", "F.svg", "Write the forest plot.");
    private readonly Option<string> _funnel = DiaryOptions.Text("--funnel", "F.svg", "Write the funnel plot.");
    private readonly Option<string> _delimiter = DiaryOptions.Text("--delimiter", "CHAR", "Between fields; \"tab\" for a tab. [default: ,]");
    private readonly Option<string> _decimal = DiaryOptions.Text("--decimal", "CHAR", "The decimal mark, . or a comma. [default: .]");
    private readonly Option<string>[] _columns = [.. StudyFormat.ColumnNames.Prepend("study").Select(c => DiaryOptions.Text($"--{c}-column", "COL", $"The column that holds {(c == "study" ? "the studies' names" : c)}."))];
    private readonly Option<bool> _json = DiaryOptions.Flag("--json", "Print one JSON object and nothing else.");
    private readonly Option<string> _out = DiaryOptions.Text("--out", "FILE", "Write to FILE instead of the screen.");

    public MetaOptions() => _file.Validators.Add(DiaryOptions.NoSlips);

    public void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        foreach (var option in (Option[])[_measure, _method, _hartung, _adHoc, _moderators, _subgroup, _order, _correlation, _forest, _funnel, _delimiter, _decimal, .. _columns, _json, _out]) command.Options.Add(option);
    }

    /// <summary>The request, or what is wrong with the command line.</summary>
    public (MetaRequest? Request, Misuse? Wrong) Read(ParseResult parsed)
    {
        var file = parsed.GetValue(_file)!;
        if (parsed.GetValue(_measure) is not { } measureText) return (null, new("--measure is missing", $"give one of {string.Join(", ", Enum.GetNames<Measure>())}"));
        if (!Known<Measure>(measureText, out var measure)) return (null, new($"--measure \"{measureText}\" is not known", $"give one of {string.Join(", ", Enum.GetNames<Measure>())}"));
        var method = TauMethod.REML;
        if (parsed.GetValue(_method) is { } methodText && !Known(methodText, out method)) return (null, new($"--method \"{methodText}\" is not known", $"give one of {string.Join(", ", Enum.GetNames<TauMethod>())}"));
        if (parsed.GetValue(_hartung) && parsed.GetValue(_adHoc)) return (null, new("--knapp-hartung and --knapp-hartung-adhoc exclude each other", "give one of the two"));
        if (Separators(parsed, out var delimiter, out var mark) is { } wrongMark) return (null, wrongMark);
        double? correlation = null;
        if (parsed.GetValue(_correlation) is { } r)
        {
            if (!DiaryOptions.Number(r, out var number) || Math.Abs(number) > 1) return (null, new($"--correlation \"{r}\" is not a correlation", "give a number from -1 to 1"));
            if (measure != Measure.MC) return (null, new($"--correlation is of the same people's two scores, and {measure} is not", "give --measure MC, or leave it out"));
            correlation = number;
        }
        string[] moderators = parsed.GetValue(_moderators) ?? [];
        if (moderators.GroupBy(m => m, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) return (null, new($"--moderator \"{twice.Key}\" is given twice", "give it once"));
        if (moderators.Length > 0 && parsed.GetValue(_subgroup) is not null) return (null, new("--moderator and --subgroup exclude each other", "give the groups as a moderator, or the subgroups alone"));
        string?[] written = [parsed.GetValue(_out), parsed.GetValue(_forest), parsed.GetValue(_funnel)];
        foreach (var (option, target) in new[] { "--out", "--forest", "--funnel" }.Zip(written))
            if (DiaryOptions.Writable(option, target, [file]) is { } wrong) return (null, wrong);
        if (written.OfType<string>().GroupBy(Path.GetFullPath).Any(g => g.Count() > 1)) return (null, new("two outputs name the same file", "name a file for each"));
        var columns = _columns.Select(c => (Name: c.Name["--".Length..^"-column".Length], Value: parsed.GetValue(c))).Where(c => c.Value is not null).ToDictionary(c => c.Name, c => c.Value!, StringComparer.Ordinal);
        var format = new StudyFormat
        {
            Measure = measure, Delimiter = delimiter, DecimalMark = mark, Columns = columns, Moderators = moderators,
            Subgroup = parsed.GetValue(_subgroup), Order = parsed.GetValue(_order), Correlation = correlation,
        };
        var test = parsed.GetValue(_adHoc) ? CoefficientTest.KnappHartungAdHoc : parsed.GetValue(_hartung) ? CoefficientTest.KnappHartung : CoefficientTest.Z;
        return (new(file, format, method, test, written[1], written[2], parsed.GetValue(_json), written[0]), null);
    }

    /// <summary>A name of the list, in any case; never a number.</summary>
    private static bool Known<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value) && text.All(char.IsAsciiLetter);

    private Misuse? Separators(ParseResult parsed, out char delimiter, out char mark)
    {
        var between = parsed.GetValue(_delimiter) is "tab" or "\\t" ? "\t" : parsed.GetValue(_delimiter) ?? ",";
        var point = parsed.GetValue(_decimal) ?? ".";
        (delimiter, mark) = (between is [var only] ? only : ',', point is "," ? ',' : '.');
        if (between.Length != 1 || between[0] is '"' or '\r' or '\n' or ' ' or > '\x7E' or < '\t' || char.IsAsciiLetterOrDigit(between[0]))
            return new($"--delimiter \"{between}\" cannot separate fields", "give one of , ; | tab");
        if (point is not ("." or ",")) return new($"--decimal \"{point}\" is not a decimal mark", "give . or ,");
        return point == between ? new($"\"{point}\" cannot be both the delimiter and the decimal mark", "give --delimiter \";\" or another") : null;
    }
}
