using System.CommandLine;
using Lowdose.Evidence;

namespace Lowdose.Cli;

/// <summary>The options of <c>lowdose verdict</c>, and what they may be.</summary>
internal sealed class VerdictOptions
{
    public Argument<string> File { get; } = new("DIARY.csv") { Description = "The diary." };

    private readonly DiaryOptions _diary = new();
    private readonly Option<string> _step = DiaryOptions.Text("--step", "X", "The resolution of one rating. [default: 1 where all scores are whole, else 0.001 of the range]");
    private readonly Option<string> _mcid = DiaryOptions.Text("--mcid", "X", "The smallest change that matters, in points. [default: a tenth of the range]");
    private readonly Option<string> _primary = DiaryOptions.Text("--primary", "NAME", "The outcome named primary at the start; a verdict on another is labelled secondary.");
    private readonly Option<bool> _randomised = DiaryOptions.Flag("--randomised", "The blocks were blinded and in random order; needs the column period.");
    private readonly Option<bool> _already = DiaryOptions.Flag("--already-taking", "The person was on the first day's dose before the diary began.");
    private readonly Option<string> _prior = DiaryOptions.Text("--prior", "sceptical|evidence", "What is believed before the diary; evidence shows the trials of pain in fibromyalgia beside. The verdict always comes from the sceptical prior. [default: sceptical]");
    private readonly Option<string> _condition = DiaryOptions.Text("--condition", "NAME", "What the person has; --prior evidence needs fibromyalgia.");
    private readonly Option<string> _person = DiaryOptions.Text("--person", "NAME", "Whose rows to read, where the file has more than one person.");
    private readonly Option<string> _html = DiaryOptions.Text("--html", "FILE", "Write a one-page report to FILE as well.");

    public IEnumerable<Option> All => [_step, _mcid, _primary, _randomised, _already, _prior, _condition, _person, .. _diary.All, _html];

    public VerdictOptions() => File.Validators.Add(DiaryOptions.NoSlips);

    /// <summary>The request, or what is wrong with the command line.</summary>
    public (VerdictRequest? Request, Misuse? Wrong) Read(ParseResult parsed)
    {
        if (_diary.Read(parsed, out var format) is { } wrongFormat) return (null, wrongFormat);
        var outcome = format.Outcome;
        var range = outcome.ScaleMax - outcome.ScaleMin;
        double? mcid = null;
        if ((DiaryOptions.Points(parsed, _step, range, out var step) ?? DiaryOptions.Points(parsed, _mcid, range, out mcid)) is { } wrongNumber) return (null, wrongNumber);
        if (Prior(parsed, outcome.Name) is { } wrongPrior) return (null, wrongPrior);
        format = format with
        {
            Outcome = outcome with { MeaningfulChange = mcid, Step = step },
            Person = parsed.GetValue(_person),
            NeedsPeriods = parsed.GetValue(_randomised),
        };
        var (file, html) = (parsed.GetValue(File)!, parsed.GetValue(_html));
        if ((_diary.Out(parsed, [file], out var target) ?? DiaryOptions.Writable("--html", html, [file])) is { } overwritten) return (null, overwritten);
        if (html is not null && target is not null && Path.GetFullPath(html) == Path.GetFullPath(target)) return (null, new("--out and --html name the same file", "name two files"));
        return (new(file, format, parsed.GetValue(_already), parsed.GetValue(_randomised), parsed.GetValue(_primary), parsed.GetValue(_prior) == "evidence", _diary.Json(parsed), target, html), null);
    }

    private Misuse? Prior(ParseResult parsed, string outcome) => (parsed.GetValue(_prior) ?? "sceptical") switch
    {
        "sceptical" => null,
        "evidence" when outcome != EvidencePrior.Outcome || !EvidencePrior.Condition.Equals(parsed.GetValue(_condition), StringComparison.OrdinalIgnoreCase) =>
            new("--prior evidence is for pain in fibromyalgia only", "give --condition fibromyalgia with --outcome pain, or leave --prior out"),
        "evidence" => null,
        var other => new($"--prior \"{other}\" is not known", "give sceptical or evidence"),
    };
}
