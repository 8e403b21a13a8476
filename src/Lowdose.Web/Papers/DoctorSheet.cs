using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using Lowdose.Safety;
using Lowdose.Web.Plans;
using Lowdose.Web.Prepare;
using Lowdose.Web.Reports.Pdf;
using Lowdose.Web.Screens;
using NodaTime;

namespace Lowdose.Web.Papers;

/// <summary>
/// One page for a prescriber with ten minutes: what is asked for, what was found, what is open, what to monitor, what is known. Page and PDF say the same.
/// </summary>
internal sealed class DoctorSheet
{
    private const string Heading = "Low-dose naltrexone: a sheet for the prescriber";

    // The trials without effect stand first, whatever came before them.
    private static readonly string[] Evidence = ["final-null", "innova-null", "younger2013-pain", "polo-charts"];
    private static readonly string[] Always = ["off-label", "long-term-unknown", "no-interaction-studies"];

    private readonly List<string> _sources = [];

    /// <summary>Writes the sheet.</summary>
    /// <param name="posted">The answers and the plan; at least one of them.</param>
    /// <param name="today">The day it is made.</param>
    public DoctorSheet(PostedPlan posted, LocalDate today)
    {
        Lead = $"Made by the patient with Lowdose on {Iso(today)}. It does not prescribe: you decide. Certainty: A measured in people, B extrapolated, C small or uncontrolled, D laboratory, E opinion.";
        Asked = [.. WhatIsAsked(posted), .. posted.Profile?.Tried is { Count: > 0 } tried ? [$"Tried before, as the patient wrote: {string.Join(", ", tried)}."] : Array.Empty<string>()];
        Steps = posted.Schedule is { } schedule ? StepsOf(schedule) : [];
        (Known, Plainly) = ([.. Evidence.Select(Said)], [.. Always.Select(Said)]);
        Found = posted.Screening is { } screening ? [.. screening.Findings.Where(f => f.Level != RuleLevel.Note || IsPast(f)).Select(Finding)]
            : [("No screen was made.", "Please ask about opioids of every kind, liver, planned operations and pregnancy.")];
        Open = [.. (posted.Screening?.UnknownMedicines ?? []).Select(m => $"Not recognised: “{m}”. Does it hold an opioid?"), .. posted.Screening?.Unanswered ?? []];
        Monitor = [.. ToMonitor(posted).Select(Kept)];
        References = [.. _sources.Distinct().Where(Loaded.Knowledge.Sources.ContainsKey).Select(s => Loaded.Knowledge.Sources[s]).Select(Reference)];
    }

    /// <summary>What a window and a reader call it; it does not say who it is about.</summary>
    public static string Title => Heading;

    /// <summary>Under the title.</summary>
    public string Lead { get; }
    /// <summary>What the plan asks for, in sentences.</summary>
    public IReadOnlyList<string> Asked { get; }
    /// <summary>The dose steps: days, dose, how it is taken.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Steps { get; }
    /// <summary>The evidence in four lines.</summary>
    public IReadOnlyList<string> Known { get; }
    /// <summary>Off-label status and what nobody knows.</summary>
    public IReadOnlyList<string> Plainly { get; }
    /// <summary>What the screen found, the strongest first; notes are left out, but not an opioid that is over or an operation.</summary>
    public IReadOnlyList<(string Head, string Text)> Found { get; }
    /// <summary>What is not known.</summary>
    public IReadOnlyList<string> Open { get; }
    /// <summary>What to monitor, and when.</summary>
    public IReadOnlyList<string> Monitor { get; }
    /// <summary>Everything cited above, by id.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>The same sheet for paper.</summary>
    public PdfSheet ForPaper()
    {
        var sheet = new PdfSheet(Heading, "Lowdose does not prescribe. Nothing of this was sent anywhere.").Heading(1, Heading).Paragraph(Lead).Heading(2, "What is asked for");
        foreach (var line in Asked) sheet.Paragraph(line);
        if (Steps is { Count: > 0 } steps) sheet.Table([3, 2, 4], ["Days", "Dose a day", "Taken as"], steps);
        sheet.Heading(2, "Off-label, and what is known").Items(Known).Items(Plainly);
        sheet.Heading(2, "What the patient’s safety screen found");
        if (Found.Count == 0) sheet.Paragraph("Nothing that forbids or delays it, as far as it was answered.");
        else sheet.Items(Found.Select(f => (IReadOnlyList<Words>)[new(f.Head + " ", Bold: true), f.Text]));
        if (Open.Count > 0) sheet.Heading(2, "Still open, so not known to be safe").Items(Open);
        return sheet.Heading(2, "What to monitor").Items(Monitor).Heading(2, "References").Paragraph(string.Join(" · ", References));
    }

    private IReadOnlyList<string> WhatIsAsked(PostedPlan posted)
    {
        if (posted.Schedule is null) return [posted.Plan?.Refused is { } refused ? $"No plan: {refused.What}." : "No plan was made yet; this is about the safety screen alone."];
        var regimen = posted.Plan!.Regimen;
        var product = regimen.Product is Product.Liquid liquid ? $"an oral liquid of {liquid.Strength}" : "immediate-release capsules from a pharmacy that makes them";
        var steps = posted.Protocol is { } protocol
            ? $"Steps: {protocol.Id}, “{protocol.Title}”, proposed by {protocol.ProposedBy} (certainty {protocol.Certainty}; {Cited(protocol.Mark.Sources)})."
            : "Steps: the patient’s own, not a published protocol.";
        return
        [
            Kept($"Naltrexone hydrochloride, low dose, off-label, as {product}; from {Iso(regimen.Start)}, at {regimen.Time.ToString("HH:mm", null)}.{(regimen.Provisional ? " Provisional: not all safety questions are answered." : "")}"),
            Kept(steps),
        ];
    }

    private static IReadOnlyList<IReadOnlyList<string>> StepsOf(Schedule schedule) => [.. schedule.Steps.Select(s => (IReadOnlyList<string>)
        [$"{Iso(s.From)} to {Iso(s.To)}", Kept(s.Step.TimesPerDay == 1 ? s.Step.PerDay.ToString() : $"{s.Step.PerDay}, as {s.Step.TimesPerDay} × {s.Step.Each}"), Kept(Taken(schedule, s.Step.Each))])];

    private IEnumerable<string> ToMonitor(PostedPlan posted)
    {
        string[] checks = [.. (posted.Screening?.Findings ?? []).Select(f => f.Rule).Distinct().SelectMany(r => Loaded.Knowledge.Rules[r].Checks).Select(Check).Distinct()];
        if (!checks.Any(c => c.StartsWith("liver", StringComparison.OrdinalIgnoreCase)))
            yield return $"Liver values before the start and from time to time. {Said("liver-high-dose")} {Said("liver-low-dose")}";
        foreach (var check in checks) yield return check;
        yield return $"Before an operation that may need opioids, stop in time; sources disagree. {Said("surgery-seven-days")} {Said("surgery-seventy-two")}";
        if (posted.Plan is not { Schedule: not null } plan) yield break;
        foreach (var review in plan.Reviews.Days.Where(r => r.Kind is not ReviewKind.Step)) yield return $"{Iso(review.Date)}: {review.What}";
    }

    private static string Reference(Source source) =>
        $"{source.Id}: {source.Title}{(source.Year is { } year ? $" ({year})" : "")}{(source.Citation is { } citation ? $", {citation}" : "")}{(source.Verification == Verification.Memory ? " (not verified)" : "")}";

    private (string, string) Finding(Finding finding)
    {
        var level = finding.Level switch { RuleLevel.Block => "Forbids it", RuleLevel.HoldUntil => "Wait", RuleLevel.Prescriber => "Your decision", RuleLevel.Caution => "With care", _ => "To know" };
        var about = Loaded.Knowledge.Rules[finding.Rule].Triggers.Any(t => t.Always) ? Loaded.Knowledge.Rules[finding.Rule].Title : finding.Subject;
        var until = finding.Until is { } day ? $" First possible day: {Iso(day)}." : "";
        // Days that are told with what to do stand nowhere else.
        var dated = finding.Pause is not null || finding.Until is not null || IsPast(finding) ? " " + finding.Do : "";
        var conflicts = finding.Conflicts.Count == 0 ? "" : " Sources disagree: " + string.Join("; ", finding.Conflicts.Select(c => $"{Cited([c.Source])}: {c.Says}")) + ".";
        return ($"{level}: {about}.", Kept($"{(IsPast(finding) ? "" : finding.Why)}{until}{dated}{conflicts} [{finding.Rule}; certainty {finding.Certainty}; {Cited(finding.Sources)}]"));
    }

    /// <summary>A rule that would forbid or delay, and no longer does: a prescriber wants to know of it.</summary>
    private static bool IsPast(Finding finding) => finding.Level == RuleLevel.Note && Loaded.Knowledge.Rules[finding.Rule].Level is RuleLevel.Block or RuleLevel.HoldUntil;

    private static string Check(Check check) => $"{Lowdose.Diary.Words.Capital(check.What)}: {check.When}{(check.Weeks is { } weeks ? $" ({Reviews.Weeks(weeks)}{(weeks.Mark.Verification == Verification.Memory ? ", not verified" : "")})" : "")}.";

    private string Said(string id)
    {
        var claim = Loaded.Knowledge.Claims[id];
        return Kept($"{claim.Statement} [certainty {claim.Certainty}; {Cited(claim.Mark.Sources)}{(claim.Mark.IsVerified ? "" : "; not verified")}]");
    }

    private string Cited(IEnumerable<string> sources)
    {
        string[] all = [.. sources];
        _sources.AddRange(all);
        return string.Join(", ", all);
    }

    private static string Taken(Schedule schedule, Mass dose) => schedule.Regimen.Product is Product.Liquid liquid
        ? $"{liquid.Strength.VolumeHolding(dose)} at {liquid.Strength}"
        : CapsulePlan.Of(schedule).Holding(dose) is var (strength, count) ? $"{count} × {strength}" : "";

    private static string Kept(string text) => DoseWords.Kept(text);

    private static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", null);
}
