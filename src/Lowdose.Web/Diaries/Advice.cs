using System.Text.RegularExpressions;
using Lowdose.Exchange;

namespace Lowdose.Web.Diaries;

/// <summary>A refusal in the words of a page: where the reader of files names an option of the command line, the page names its field.</summary>
internal static partial class Advice
{
    private static readonly (string Option, string Field)[] Fields =
    [
        ("--date-column (or --day-column where days are numbered)", "the field Day"), ("--date-column", "the field Day"), ("--day-column", "the field Day"),
        ("--dose-column", "the field Dose"), ("--outcome", "the field Score"), ("--person-column", "the field Person"), ("--person", "the field Person"), ("--scale", "the field Scale"),
        ("--randomised", "“in random order”"), ("--covariate or --predictor", "one of the boxes"), ("--tau", "the field Onset"), ("lowdose pool --export-summary", "“Summaries for sending”"),
        ("--moderator", "one of the boxes"), ("--subgroup", "the field Subgroups"), ("--cumulative", "the field Add up"), ("--measure", "the field What is measured"), ("--correlation R for all", "the field Correlation"),
    ];

    /// <summary>What to do, on a page.</summary>
    public static string For(Refusal refusal) => OnPage(refusal.Do);

    /// <summary>What is wrong, on a page.</summary>
    public static string What(Refusal refusal) => OnPage(refusal.What);

    /// <summary>A sentence of the house, on a page.</summary>
    public static string OnPage(string text)
    {
        foreach (var (option, field) in Fields) text = text.Replace(option, field, StringComparison.Ordinal);
        return Option().Replace(text, match => match.Groups[1].Value.Replace("-column", " column", StringComparison.Ordinal));
    }

    [GeneratedRegex("--([a-z-]+)")]
    private static partial Regex Option();
}
