using System.Globalization;
using Lowdose.Evidence;
using Lowdose.Science.Inference;

namespace Lowdose.Trials;

/// <summary>One part of a report: what is asked, and what the trial says of it.</summary>
/// <param name="Item">What is asked.</param>
/// <param name="Text">Plain sentences; null: missing.</param>
public sealed record CentEntry(CentItem Item, string? Text);

/// <summary>The report of a trial by CENT 2015: every part filled from the trial's own records or from what people wrote, or marked missing.</summary>
public static class CentReport
{
    /// <summary>The report.</summary>
    /// <param name="analysis">The trial, read.</param>
    /// <param name="said">What people wrote, by the item's number; it stands before what the records say.</param>
    /// <returns>Every part, in the list's order.</returns>
    public static IReadOnlyList<CentEntry> Of(TrialAnalysis analysis, IReadOnlyDictionary<string, string> said) =>
        [.. CentItem.All.Select(item => new CentEntry(item, said.TryGetValue(item.Id, out var own) && !string.IsNullOrWhiteSpace(own) ? own : item.From is { } key ? Filled(key, analysis) : null))];

    private static string? Filled(string key, TrialAnalysis a)
    {
        var (trial, design, plan, many) = (a.Trial, a.Trial.Design, a.Trial.Plan!, a.Subjects.Count > 1);
        return key switch
        {
            "title" => (many ? $"{design.Title}: a series of {a.Subjects.Count} n-of-1 trials" : $"{design.Title}: an n-of-1 trial"),
            "question" => $"Whether {DrugName(a)} changes {plan.Outcome} against placebo, by {Number(plan.MinimalImportant)} or more.",
            "design" => Design(design),
            "changes" or "outcomeChanges" => $"None could be made: the design and the plan were fixed by hash ({Short(a.Opening.DesignHash)}, {Short(a.Opening.PlanHash)}) before the first dose.",
            "consent" => trial.Records.OfType<TrialRecord.Consented>().Count() is var n && n > 0 ? $"{n} consented in writing before the allocation was sealed. Whether an ethics board was asked is for the authors to say." : null,
            "interventions" => string.Join(" ", TrialArm.Of(design).Select(arm => arm.Drug ? $"Drug: {Doses(arm)} daily." : "Placebo: daily, matched.")),
            "outcome" => $"{plan.Outcome}, {Number(plan.Low)} to {Number(plan.High)}, {(plan.HigherIsBetter ? "higher" : "lower")} is better, asked every day.",
            "stopping" => plan.StoppingRule + " There was no look at the data by arm before the end.",
            "sequence" => $"By lot, from a seed of 256 bits that is now open ({Short(a.Opening.Seed)}); anyone can draw it again.",
            "restriction" => Restriction(design),
            "order" => string.Join("; ", a.Subjects.Select(s => $"{s}: {string.Join(", ", a.Opening.Of(s).Select(p => p.Arm))}")),
            "concealment" => $"Sealed. Its hash was published before the first dose ({Short(trial.Commitment!.Hash)}).",
            "roles" => Roles(trial),
            "blinding" => Blinding(a),
            "alike" => trial.Kits is null ? null : "Kits that differ in their number only.",
            "analysis" => $"The course model of every day under randomisation; a randomisation test of period means. Decided on {DecidedOn(design)}. Planned: {plan.DecisionRule}",
            "pooling" => many ? "A hierarchy over each person's own posterior of the effect." : "One person; nothing was pooled.",
            "carryover" => $"Onset, wash-out, trend and the likeness of neighbouring days are in the model. Period means leave out the first {plan.AnalyticWashoutDays} days of each period.",
            _ => Found(key, a),
        };
    }

    private static string DecidedOn(Design design)
    {
        var what = design.Decision switch { DesignDecision.Verdict => "the verdict", DesignDecision.Mean => "the mean effect", _ => "the randomisation p" };
        return design.PercentP is { } percent ? $"{what}, with a one-sided p of {Number(percent / 100.0)} or less" : what;
    }

    /// <summary>What happened and what came out.</summary>
    private static string? Found(string key, TrialAnalysis a)
    {
        var (trial, people, plan) = (a.Trial, a.Conclusion.People, a.Trial.Plan!);
        var periods = people.SelectMany(p => p.Periods).ToArray();
        var left = trial.Records.OfType<TrialRecord.Withdrawn>().ToArray();
        var stopped = trial.Records.OfType<TrialRecord.PeriodStopped>().ToArray();
        return key switch
        {
            "completed" => string.Join("; ", a.Subjects.Zip(people).Select(p => $"{p.First}: {p.Second.Periods.Count(x => x.Days > 0)} of {p.Second.Periods.Count} periods begun, {string.Join(", ", p.Second.Periods.Select(x => $"{x.Days} days"))}")),
            "numbers" => $"{trial.Subjects.Count} enrolled, {trial.Records.OfType<TrialRecord.Started>().Count()} began, {a.Subjects.Count} analysed.",
            "losses" => left.Length == 0 ? "Nobody left." : string.Join("; ", left.Select(w => $"{w.Subject} on {w.Day:uuuu-MM-dd}: {w.Why}")),
            "dates" => Dates(trial),
            "stops" => stopped.Length == 0 && trial.Records.OfType<TrialRecord.Closed>().All(c => c.StoppedEarly is null) ? "Nothing was stopped early."
                : string.Join("; ", stopped.Select(s => $"{s.Subject}, period {s.Period}, {s.Day:uuuu-MM-dd}: {s.Finding}").Concat(trial.Records.OfType<TrialRecord.Closed>().Where(c => c.StoppedEarly is not null).Select(c => $"the trial: {c.StoppedEarly}"))),
            "analysed" => $"{periods.Count(p => p.Scored > 0)} periods with {periods.Sum(p => p.Scored)} scored days in the model; {periods.Count(p => p.Kept > 0)} periods with {periods.Sum(p => p.Kept)} days in the randomisation test.",
            "periods" => string.Join("; ", periods.Select(p => $"{a.Subjects[p.Person]}, period {p.Number} ({(p.Drug ? "drug" : "placebo")}): {(double.IsNaN(p.Mean) ? "no score" : $"mean {Number(p.Mean)}")}, {p.Kept} days")),
            "effect" => Effect(a),
            "binary" => "The primary outcome is a score, not yes or no.",
            "sensitivity" => people.All(p => p.Adjusted is null) ? "Nobody was asked what they thought they had."
                : "Planned: " + string.Join("; ", a.Subjects.Zip(people).Where(p => p.Second.Adjusted is not null).Select(p => $"{p.First} with the guess in the model {Number(p.Second.Adjusted!.Effect.Mean)} ({Interval(p.Second.Adjusted.Effect)})")),
            "harms" => stopped.Length == 0 ? null : string.Join("; ", stopped.Select(s => $"{s.Subject}, period {s.Period}: {s.Finding}")),
            "limits" => $"The smallest one-sided p this randomisation could give is {Chance(a.Conclusion.Randomisation.LeastOneSided)}. {plan.Missing}",
            "protocol" => $"Hashes of design and plan: {a.Opening.DesignHash}, {a.Opening.PlanHash}.",
            _ => throw new InvalidDataException($"no record of a trial fills '{key}'"),
        };
    }

    private static string Effect(TrialAnalysis a)
    {
        var (test, own) = (a.Conclusion.Randomisation, a.Conclusion.People);
        var p = double.IsNaN(test.OneSided) ? "No randomisation p: no comparison is left." : $"Difference of period means {Number(test.Difference)}, randomisation p {Chance(test.OneSided)} one-sided, {Chance(test.TwoSided)} two-sided{(test.Exact ? "" : $" (drawn, ± {Chance(2 * test.TwoSidedSe)})")}.";
        if (a.Conclusion.Pooled is { } pooled) return $"Mean effect {Number(pooled.Effect.Mean)} ({Interval(pooled.Effect)}), benefit negative. {p}";
        return own.Count > 1 || own[0].Judgement.Doses.Count == 0 ? p : string.Join("; ", own[0].Judgement.Doses.Select(d => $"{Number(d.Mg)} mg: {Number(d.Effect.Mean)} ({Interval(d.Effect)})")) + ". " + p;
    }

    private static string Design(Design design)
    {
        var periods = string.Join(", ", design.Written.GroupBy(p => p.Days).Select(g => $"{g.Count()} periods of {g.Key} days"));
        return $"{periods}; run-in {design.RunInDays} days; wash-out {design.WashoutDays} days between periods; everybody alike.";
    }

    private static string Restriction(Design design) => design.TrialOrUsual.Allocation switch
    {
        DesignAllocation.Pairs => "Every arm once in each block, in an order drawn for each block of each person.",
        DesignAllocation.Balanced => "As many periods of each arm as planned, in any order.",
        DesignAllocation.Sequences => "Half of the people as written, half in reverse.",
        DesignAllocation.Groups => "Arms dealt evenly in blocks of people, within strata.",
        DesignAllocation.Minimised => "Minimisation over the factors of the design.",
        DesignAllocation.Ladder => "Any order in which no dose is more than one step above the highest before it.",
        DesignAllocation.Start => "Placebo first; the period in which the drug begins is drawn.",
        _ => "Nothing is drawn: each dose follows from the answer before.",
    };

    private static string? Roles(Trial trial)
    {
        var sealers = trial.Records.OfType<TrialRecord.AllocationSealed>().Select(r => r.Actor).Distinct();
        var makers = trial.Records.OfType<TrialRecord.KitsMade>().Select(r => r.Actor).Distinct().ToArray();
        return $"Drawn and sealed by {string.Join(", ", sealers)}" + (makers.Length == 0 ? "." : $"; kits made by {string.Join(", ", makers)}.");
    }

    private static string Blinding(TrialAnalysis a)
    {
        var opened = a.Trial.Records.OfType<TrialRecord.Unblinded>().Select(u => u.Subject).Distinct().ToArray();
        var james = a.Conclusion.Blinding.James;
        return "Everybody but whoever made up the kits." + (opened.Length == 0 ? "" : $" Opened before the end: {string.Join(", ", opened)}.")
            + (double.IsNaN(james.Estimate) ? " No blinding index: too few guesses." : $" James's index {Number(james.Estimate)} ({Number(james.Lo)} to {Number(james.Hi)}) from {a.Conclusion.Blinding.Guesses.N} {(a.Conclusion.Blinding.Guesses.N == 1 ? "guess" : "guesses")}.");
    }

    private static string? Dates(Trial trial)
    {
        var first = trial.Records.OfType<TrialRecord.Started>().Select(s => s.First).ToArray();
        if (first.Length == 0) return null;
        var last = trial.Subjects.SelectMany(s => trial.PeriodsOf(s.Id)).Max(p => p.StoppedOn ?? p.Last);
        return $"{first.Min():uuuu-MM-dd} to {last:uuuu-MM-dd}.";
    }

    private static string DrugName(TrialAnalysis a) => string.Join(" or ", TrialArm.Of(a.Trial.Design).Where(arm => arm.Drug).Select(Doses));

    private static string Doses(TrialArm arm) => "naltrexone " + (arm.Steps.Count == 0 ? arm.Dose.ToString() : $"{string.Join(", ", arm.Steps.SkipLast(1).Select(s => s.Dose))}, then {arm.Dose}");

    private static string Interval(Summary s) => $"95 % {Number(s.Q025)} to {Number(s.Q975)}";

    private static string Short(string hash) => hash[..12] + "…";

    private static string Chance(double p) => p < 0.001 ? "below 0.001" : p.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−');
}
