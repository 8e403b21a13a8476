using System.Globalization;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Trials;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>A trial as it is asked for on the page: texts, and what they come to.</summary>
/// <param name="Said">What was typed, by field.</param>
public sealed record TrialForm(IReadOnlyDictionary<string, string> Said)
{
    private const int ShortestPeriod = 21, LongestPeriod = 120, MostPairs = 6, MostPeople = 100;

    /// <summary>What was typed in a field; empty where nothing was.</summary>
    public string this[string field] => Said.GetValueOrDefault(field, "");

    /// <summary>The design it starts from.</summary>
    public Design From => TrialWords.Designs.FirstOrDefault(d => d.Id == this["design"]) ?? TrialWords.Designs.First(d => d.Id == "trial-pairs");

    /// <summary>An empty form for a design.</summary>
    public static TrialForm For(string? design)
    {
        var source = new TrialForm(new Dictionary<string, string> { ["design"] = design ?? "" }).From;
        return new(new Dictionary<string, string>
        {
            ["design"] = source.Id, ["people"] = Text(source.People), ["days"] = Text(source.Blocks?.Days ?? source.Written[0].Days), ["pairs"] = Text(source.Blocks?.Pairs ?? 0), ["outcome"] = "pain", ["change"] = "1",
            ["decision"] = "Go on if it works or probably works. Stop if not.",
        });
    }

    /// <summary>What was posted.</summary>
    public static TrialForm Of(IFormCollection form) => new(form.ToDictionary(f => f.Key, f => f.Value.ToString().Trim(), StringComparer.Ordinal));

    /// <summary>The trial as asked for, with its plan locked; null where it cannot be.</summary>
    /// <param name="actor">Who makes it.</param>
    /// <param name="at">When.</param>
    /// <param name="trial">Nobody is in it yet.</param>
    public Refused? Trial(string actor, Instant at, out Trial? trial)
    {
        trial = null;
        if ((Design(out var design) ?? Plan(design!, out var plan)) is { } wrong) return wrong;
        Plan(design!, out plan);
        return Lowdose.Trials.Trial.New(this["name"], design!, out var empty) ?? empty!.Add(new TrialRecord.PlanLocked(actor, at, plan!), out trial);
    }

    /// <summary>The design as asked for; null where it cannot be.</summary>
    public Refused? Design(out Design? design)
    {
        design = null;
        var source = From;
        if (Whole("people", 1, MostPeople) is not { } people) return new("the number of people cannot be", $"give 1 to {MostPeople}");
        if (source.Blocks is null)
        {
            design = source with { People = people, Vary = null };
            return null;
        }
        if (Whole("days", ShortestPeriod, LongestPeriod) is not { } days) return new("a period cannot be so long", $"give {ShortestPeriod} to {LongestPeriod} days: the drug comes and goes slowly");
        if (Whole("pairs", 1, MostPairs) is not { } pairs) return new("the number of pairs cannot be", $"give 1 to {MostPairs}");
        var asked = source with { People = people, Vary = null, Blocks = source.Blocks with { Days = days, Pairs = pairs } };
        design = asked with { Title = $"{source.Title.Split(',')[0]}: {TrialWords.Periods(asked)}" };
        return TrialDesign.Wrong(design);
    }

    /// <summary>The plan as asked for; null where it cannot be.</summary>
    public Refused? Plan(Design design, out AnalysisPlan? plan)
    {
        plan = null;
        if (!DayFields.Scores.Contains(this["outcome"])) return new("no score is chosen", "choose the one the trial is about");
        if (!double.TryParse(this["change"].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var change)) return new("the change that matters is no number", "give points of 10, such as 1");
        var asked = new AnalysisPlan
        {
            Outcome = this["outcome"], HigherIsBetter = DayFields.HigherIsBetter.Contains(this["outcome"]), MinimalImportant = change, DecisionRule = this["decision"],
            AnalyticWashoutDays = design.TrialOrUsual.AnalyticWashoutDays,
        };
        if (asked.Wrong(design) is { } wrong) return wrong;
        plan = asked;
        return null;
    }

    private int? Whole(string field, int low, int high) => int.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= low && n <= high ? n : null;

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
