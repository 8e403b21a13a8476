using System.Text;
using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Cli;

/// <summary>A plan as it is read in a terminal: strength, mg and mL always together, written by the ISMP rules.</summary>
internal static class PlanText
{
    public static string Of(Schedule schedule, Reviews reviews, IReadOnlyList<Caution> cautions, Protocol? protocol, Screening? screening)
    {
        var text = new StringBuilder();
        var regimen = schedule.Regimen;
        var capsules = regimen.Product is Product.Capsules ? CapsulePlan.Of(schedule) : null;
        text.Paragraph("", protocol is null
            ? $"Your own plan, up to {regimen.Titration.Ceiling} a day"
            : $"{protocol.Id}: {protocol.Title}, up to {regimen.Titration.Ceiling} a day. Proposed by {protocol.ProposedBy}, for {protocol.For}; certainty {protocol.Certainty}.");
        text.Section("Check first", cautions.Select(c => c.Text).Concat(protocol?.Note is { } note ? [note] : []));
        text.Section("Not known yet", screening is null ? [] : [.. screening.Unanswered, .. screening.UnknownMedicines.Select(m => $"{m}: ask a pharmacist whether it holds an opioid")]);
        text.Section("The screen says (lowdose screen has the rest)", screening?.Findings.Where(f => f.Level <= RuleLevel.Caution).Select(f => $"{f.Subject}: {f.Do}") ?? []);
        text.Section("Doses", schedule.Steps.Where(s => s.Times.Count > 0).Select(s => Step(s, regimen.Product, capsules)));
        text.Section("If", [
            "you miss a dose: leave it out. Take the next one as planned. Never double.",
            "sleep suffers or dreams are bad: take it in the morning instead. Take no dose on the day you change.",
            $"a side effect lasts {Trouble.HoldAfterDays} days: do not go up for {Trouble.HoldDays} days.",
            $"a side effect lasts more than {Trouble.BackAfterDays} days: go back one step and tell your prescriber.",
            "you are well on a lower dose: stay there. The ceiling is a limit, not a goal."]);
        text.Section("Look again", reviews.Days.Select(r => $"{Day(r.Date)}: {r.What}"));
        text.Section("Dispense", Dispense(schedule, capsules));
        text.Section("The source says", protocol is null ? [] : FromTheSource(protocol));
        if (protocol is not null)
            text.Section("Others say", protocol.Conflicts.Select(c => $"{c.Source}: {c.Says}"));
        text.Section("Rests on", regimen.Titration.Basis.Count > 0 ? [string.Join(", ", regimen.Titration.Basis)] : []);
        text.Append('\n');
        text.Paragraph("", "Lowdose does not prescribe. Show this to your prescriber before you start or change anything.");
        return text.ToString();
    }

    private static IEnumerable<string> FromTheSource(Protocol protocol)
    {
        if (protocol.Adjust is { } adjust) yield return adjust;
        if (protocol.EvaluateWeeks is { } weeks) yield return $"Judged after {Reviews.Weeks(weeks)} {(protocol.EvaluateFrom == EvaluateFrom.LastStep ? "at the last dose" : "from the start")}.";
        if (protocol.StopReviewWeeks is { } stop) yield return $"Stopped after {Reviews.Weeks(stop)} from the start if nothing came of it.";
    }

    private static string Step(ScheduleStep step, Product product, CapsulePlan? capsules)
    {
        var each = step.Step.Each;
        var amount = product is Product.Liquid liquid
            ? $"{each} = {liquid.Strength.VolumeHolding(each)} at {liquid.Strength}"
            : $"{each} = {Capsules(capsules!.Holding(each))}";
        var when = string.Join(" and ", step.Times.Select(t => t.ToString("HH:mm", null)));
        var often = step.Times.Count == 1 ? "daily" : $"{step.Times.Count} times daily";
        return $"{Day(step.From)} to {Day(step.To)}: {amount}, {often} at {when}";
    }

    private static string Capsules((Lowdose.Quantities.Mass Strength, int Count) some) => $"{some.Count} {(some.Count == 1 ? "capsule" : "capsules")} of {some.Strength}";

    private static IEnumerable<string> Dispense(Schedule schedule, CapsulePlan? capsules)
    {
        yield return $"{schedule.Total} in all for these days{(capsules is null ? "; see lowdose mix for the bottle and the syringe" : "")}.";
        if (capsules is null) yield break;
        foreach (var some in capsules.Strengths.Zip(capsules.Counts)) yield return Capsules(some) + ".";
        yield return CapsulePlan.Fillers;
    }

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", null);
}
