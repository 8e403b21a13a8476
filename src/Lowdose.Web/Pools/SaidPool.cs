using System.Globalization;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Quantities;
using Lowdose.Web.Diaries;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Pools;

/// <summary>What the person said about the files and how to pool them, as typed; empty is "guess" or "as usual".</summary>
public sealed record SaidPool
{
    /// <summary>The value by which the field Person says that there is no such column.</summary>
    public const string EachFile = "-";

    /// <summary>About the columns and the scale.</summary>
    public SaidFormat Diary { get; init; } = new();
    /// <summary>The column of people; <see cref="EachFile"/> where each file is one person's.</summary>
    public string Person { get; init; } = "";
    /// <summary>Two stages; else one.</summary>
    public bool TwoStage { get; init; }
    /// <summary>Maximum likelihood; else restricted.</summary>
    public bool MaximumLikelihood { get; init; }
    /// <summary>Days of onset; empty for the likeliest.</summary>
    public string Onset { get; init; } = "";
    /// <summary>The dose compared, mg; empty for any.</summary>
    public string Dose { get; init; } = "";
    /// <summary>Columns with an effect of their own.</summary>
    public IReadOnlyList<string> Covariates { get; init; } = [];
    /// <summary>Columns on which the drug's effect may depend.</summary>
    public IReadOnlyList<string> Predictors { get; init; } = [];
    /// <summary>Days left out at the start of every period of a crossover.</summary>
    public string Discard { get; init; } = "";

    /// <summary>The same as a number; −1 where it is none.</summary>
    public int DiscardDays => Discard.Length == 0 ? 0 : int.TryParse(Discard, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= DiaryCsv.LongestSpanDays ? days : -1;

    /// <summary>From a posted form. A "set-…" button outranks the field of its name.</summary>
    public static SaidPool From(IFormCollection form)
    {
        string Text(string name) => (form["set-" + name] is [{ Length: > 0 } set, ..] ? set : form[name] is [{ Length: > 0 } field, ..] ? field : "").Trim();
        return new()
        {
            Diary = SaidFormat.From(form) with { Person = null },
            Person = Text("person"),
            TwoStage = Text("route") == "two-stage",
            MaximumLikelihood = Text("method") == "ML",
            Onset = Text("onset"),
            Dose = Text("contrast"),
            Covariates = [.. form["covariate"].OfType<string>().Distinct()],
            Predictors = [.. form["predictor"].OfType<string>().Distinct()],
            Discard = Text("discard"),
        };
    }

    /// <summary>How to pool, or what is wrong with what was typed.</summary>
    /// <param name="outcome">What is pooled.</param>
    /// <param name="tables">Tables are pooled too, which takes two stages.</param>
    public (PoolAnalysis Analysis, Refusal? Refusal) Analysis(Outcome outcome, bool tables)
    {
        var analysis = new PoolAnalysis(outcome) { TwoStage = TwoStage || tables, Restricted = !MaximumLikelihood };
        if (outcome.MeaningfulChange > outcome.ScaleMax - outcome.ScaleMin) return (analysis, new(1, "the smallest change that matters is more than the scale’s range", "give one no larger"));
        if (Dose.Length > 0)
        {
            if (!decimal.TryParse(Dose.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var mg) || mg is <= 0 or > 1000 || !Mass.TryFromMilligrams(mg, out var mass))
                return (analysis, new(1, $"“{Dose}” is not a dose", "choose any, or one of the doses taken"));
            analysis = analysis with { Contrast = mass };
        }
        if (analysis.TwoStage) return (analysis, null);
        if (Onset.Length > 0)
        {
            if (!double.TryParse(Onset.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || !(days <= 1000))
                return (analysis, new(1, $"the onset “{Onset}” is not a number of days", "give 0, a number up to 1000, or nothing for the likeliest"));
            analysis = analysis with { TauDays = days };
        }
        string[] own = [.. Covariates.Except(Predictors)];
        return (analysis with { Covariates = [.. own, .. Predictors], Predicts = [.. own.Select(_ => false), .. Predictors.Select(_ => true)] }, null);
    }
}
