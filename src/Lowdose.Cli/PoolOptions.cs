using System.CommandLine;
using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Quantities;

namespace Lowdose.Cli;

/// <summary>What the command line asks of a pool, checked.</summary>
internal sealed record PoolRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Tables, PeopleFormat Format, PoolAnalysis Analysis, string? Export, bool Json, string? Out);

/// <summary>The options of <c>lowdose pool</c>, and what they may be.</summary>
internal sealed class PoolOptions
{
    private readonly Argument<string[]> _files = new("FILE.csv…") { Description = "Everyone's diaries; none with --from-summaries.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _route = DiaryOptions.Text("--route", "one-stage|two-stage", "One model of all days, or a table a person and a hierarchy over tables. [default: one-stage]");
    private readonly Option<string> _method = DiaryOptions.Text("--method", "REML|ML", "Of the one-stage model. [default: REML]");
    private readonly Option<string> _tau = DiaryOptions.Text("--tau", "X", "Days of onset and wash-out; 0 for on or off at once. [default: the likeliest]");
    private readonly Option<string> _contrast = DiaryOptions.Text("--contrast", "any|MG", "Any drug, or one dose, against none and placebo; days at other doses are left out. [default: any]");
    private readonly Option<string[]> _covariates = new("--covariate") { HelpName = "COL", Description = "A column of numbers with an effect of its own; may be repeated." };
    private readonly Option<string[]> _predictors = new("--predictor") { HelpName = "COL", Description = "A covariate on which the drug's effect may depend too; may be repeated." };
    private readonly Option<string> _mcid = DiaryOptions.Text("--mcid", "X", "The smallest change that matters, in points; for responders. [default: a tenth of the range]");
    private readonly Option<string> _export = DiaryOptions.Text("--export-summary", "FILE", "Write everyone's table to FILE: no score, no date, no name.");
    private readonly Option<string[]> _tables = new("--from-summaries") { HelpName = "FILE…", Description = "Tables that --export-summary wrote, pooled in two stages.", AllowMultipleArgumentsPerToken = true };
    private readonly DiaryOptions _diary = new();

    public PoolOptions() => _files.Validators.Add(DiaryOptions.NoSlips);

    public void AddTo(Command command)
    {
        command.Arguments.Add(_files);
        foreach (var option in (Option[])[_route, _method, _tau, _contrast, _covariates, _predictors, _mcid, _export, _tables, .. _diary.All]) command.Options.Add(option);
    }

    /// <summary>The request, or what is wrong with the command line.</summary>
    public (PoolRequest? Request, Misuse? Wrong) Read(ParseResult parsed)
    {
        string[] files = parsed.GetValue(_files) ?? [], tables = parsed.GetValue(_tables) ?? [];
        string[] covariates = parsed.GetValue(_covariates) ?? [], predictors = parsed.GetValue(_predictors) ?? [];
        if (files.Length + tables.Length == 0) return (null, new("no file is given", "name the diaries, or tables after --from-summaries"));
        if (Words(parsed, tables.Length > 0, out var twoStage, out var restricted) is { } wrongWord) return (null, wrongWord);
        if (Numbers(parsed, out var tau, out var contrast) is { } wrongNumber) return (null, wrongNumber);
        if (covariates.Concat(predictors).GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return (null, new($"\"{twice.Key}\" is given twice", "a predictor is a covariate already"));
        if (twoStage && covariates.Length + predictors.Length > 0) return (null, new("tables carry no covariates", "leave --covariate and --predictor out, or use --route one-stage"));
        if (twoStage && tau is not null) return (null, new("tables have τ integrated out", "leave --tau out, or use --route one-stage"));
        var export = parsed.GetValue(_export);
        if (export is not null && files.Length == 0) return (null, new("--export-summary needs diaries", "name their files"));
        if ((_diary.Read(parsed, out var format) ?? _diary.Out(parsed, [.. files, .. tables], out _) ?? DiaryOptions.Writable("--export-summary", export, [.. files, .. tables])) is { } wrong)
            return (null, wrong);
        _diary.Out(parsed, [], out var target);
        if (export is not null && target is not null && Path.GetFullPath(export) == Path.GetFullPath(target)) return (null, new("--out and --export-summary name the same file", "name two files"));
        // Tables bring their own scale.
        if (DiaryOptions.Points(parsed, _mcid, files.Length > 0 ? format.Outcome.ScaleMax - format.Outcome.ScaleMin : double.MaxValue, out var mcid) is { } wrongChange) return (null, wrongChange);
        format = format with { Outcome = format.Outcome with { MeaningfulChange = mcid } };
        var people = new PeopleFormat { Diary = format, Covariates = [.. covariates, .. predictors], FilesArePeople = files.Length > 1 };
        var analysis = new PoolAnalysis(format.Outcome)
        {
            TwoStage = twoStage,
            Restricted = restricted,
            TauDays = tau,
            Contrast = contrast,
            Covariates = people.Covariates,
            Predicts = [.. covariates.Select(_ => false), .. predictors.Select(_ => true)],
        };
        return (new(files, tables, people, analysis, export, _diary.Json(parsed), target), null);
    }

    private Misuse? Words(ParseResult parsed, bool fromTables, out bool twoStage, out bool restricted)
    {
        (twoStage, restricted) = (fromTables, true);
        switch (parsed.GetValue(_route))
        {
            case null: break;
            case "two-stage": twoStage = true; break;
            case "one-stage" when fromTables: return new("--from-summaries is pooled in two stages", "leave --route one-stage out");
            case "one-stage": break;
            case var other: return new($"--route \"{other}\" is not known", "give one-stage or two-stage");
        }
        var method = parsed.GetValue(_method);
        restricted = method is null || method.Equals("REML", StringComparison.OrdinalIgnoreCase);
        if (!restricted && !method!.Equals("ML", StringComparison.OrdinalIgnoreCase)) return new($"--method \"{method}\" is not known", "give REML or ML");
        return null;
    }

    private Misuse? Numbers(ParseResult parsed, out double? tau, out Mass? contrast)
    {
        (tau, contrast) = (null, null);
        if (parsed.GetValue(_tau) is { } days)
        {
            if (!DiaryOptions.Number(days, out var t) || t < 0 || t > 1000) return new($"--tau \"{days}\" is not a number of days", "give 0, or a number up to 1000");
            tau = t;
        }
        if (parsed.GetValue(_contrast) is not { } dose || dose == "any") return null;
        if (!decimal.TryParse(dose, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mg) || mg <= 0 || mg > 1000 || !Mass.TryFromMilligrams(mg, out var mass))
            return new($"--contrast \"{dose}\" is not a dose", "give any, or a number of mg without a unit, such as 4.5");
        contrast = mass;
        return null;
    }
}
