using System.Globalization;
using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Trials;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>A trial as it is asked for on the page: texts, and what they come to.</summary>
/// <param name="Said">What was typed, by field.</param>
public sealed record TrialForm(IReadOnlyDictionary<string, string> Said)
{
    private const int ShortestPeriod = 21, LongestPeriod = 120, MostPairs = 6, MostPeople = 100, MostFactors = 4;

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
            ["factors"] = string.Join('\n', source.TrialOrUsual.Factors.Select(f => $"{f.Name}: {string.Join(", ", f.Levels)}")), ["dealt"] = source.TrialOrUsual.Allocation == DesignAllocation.Minimised ? "minimised" : "groups",
            ["decision"] = source.TrialOrUsual.Allocation == DesignAllocation.UpAndDown ? "It helped where the mean of the last week is 2 points or more better than the week before." : "Go on if it works or probably works. Stop if not.",
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
        if (Design(out var design) is { } wrong) return wrong;
        if (Plan(design!, out var plan) is { } unplanned) return unplanned;
        return Lowdose.Trials.Trial.New(this["name"], design!, out var empty) ?? empty!.Add(new TrialRecord.PlanLocked(actor, at, plan!), out trial);
    }

    /// <summary>The design as asked for; null where it cannot be.</summary>
    public Refused? Design(out Design? design)
    {
        design = null;
        if (Factors(out var factors) is { } odd) return odd;
        var source = From with
        {
            Trial = From.TrialOrUsual with { Factors = factors, Allocation = !From.NobodyHasBoth ? From.TrialOrUsual.Allocation : this["dealt"] == "minimised" ? DesignAllocation.Minimised : DesignAllocation.Groups },
        };
        if (Whole("people", 1, MostPeople) is not { } people) return new("the number of people cannot be", $"give 1 to {MostPeople}");
        if (source.Blocks is null)
        {
            design = source with { People = people, Vary = null };
            return TrialPieces.Wrong(design);
        }
        if (Whole("days", ShortestPeriod, LongestPeriod) is not { } days) return new("a period cannot be so long", $"give {ShortestPeriod} to {LongestPeriod} days: the drug comes and goes slowly");
        if (Whole("pairs", 1, MostPairs) is not { } pairs) return new("the number of pairs cannot be", $"give 1 to {MostPairs}");
        var asked = source with { People = people, Vary = null, Blocks = source.Blocks with { Days = days, Pairs = pairs } };
        design = asked with { Title = $"{source.Title.Split(',')[0]}: {TrialWords.Periods(asked)}" };
        return TrialDesign.Wrong(design) ?? TrialPieces.Wrong(design);
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

    /// <summary>Whether people can be grouped by something before the lot is drawn.</summary>
    public bool CanHaveFactors => From.TrialOrUsual.Allocation is DesignAllocation.Sequences or DesignAllocation.Groups or DesignAllocation.Minimised;

    private Refused? Factors(out IReadOnlyList<DesignFactor> factors)
    {
        factors = [];
        if (!CanHaveFactors) return null;
        var read = new List<DesignFactor>();
        foreach (var line in this["factors"].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, var levels] || levels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not { Length: >= 2 } each || each.Distinct(StringComparer.Ordinal).Count() < each.Length || line.Any(char.IsControl))
                return new($"\"{line}\" does not say what people are grouped by", "write one a line, as sex: woman, man");
            read.Add(new(name, each));
        }
        factors = read;
        return read.Count <= MostFactors ? null : new($"there are {read.Count} things to group by", $"give {MostFactors} or fewer: the groups become too small");
    }

    private int? Whole(string field, int low, int high) => int.TryParse(this[field], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= low && n <= high ? n : null;

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
