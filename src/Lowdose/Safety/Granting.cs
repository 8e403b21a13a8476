using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>What a screening lets a plan do.</summary>
public static class Granting
{
    /// <summary>A clearance, where everything was answered and nothing forbids a plan; else null, and the plan stays provisional.</summary>
    /// <param name="screening">What the answers come to.</param>
    /// <param name="asOf">The day they were given for.</param>
    public static Clearance? Clearance(this Screening screening, LocalDate asOf) =>
        screening.Status != ScreenStatus.Blocked && screening.Unanswered.Count == 0 && screening.UnknownMedicines.Count == 0 && !screening.HoldsWithoutDate()
            ? new(asOf, screening.FirstSafeDate)
            : null;

    /// <summary>Why no plan may start on a day, as far as the screen says; null where one may.</summary>
    public static Refused? Refuses(this Screening screening, LocalDate start)
    {
        var finding = screening.Findings.Count > 0 ? screening.Findings[0] : null;
        if (screening.Status == ScreenStatus.Blocked) return new($"{finding!.Subject}: {Bare(finding.Why)}", Bare(finding.Do));
        if (screening.Status == ScreenStatus.Held && screening.HoldsWithoutDate()) return new($"{finding!.Subject}: {Bare(finding.Why)}", Bare(finding.Do));
        if (screening.Findings.FirstOrDefault(f => f.Level == RuleLevel.Caution && f.Pause?.Delays(start) == true) is { Pause: { } pause } operation)
            return new($"{operation.Subject}: the last dose before it is on {pause.LastDose:uuuu-MM-dd}, too soon after a start on {start:uuuu-MM-dd}", $"start on {pause.Restart:uuuu-MM-dd} or later, after the operation")
            {
                FirstDay = screening.FirstSafeDate is { } safe && safe > pause.Restart ? safe : pause.Restart,
            };
        return screening.Status == ScreenStatus.Held && start < screening.FirstSafeDate ? new($"the first safe day is {screening.FirstSafeDate:uuuu-MM-dd}, and the plan starts on {start:uuuu-MM-dd}", "start on that day or later") { FirstDay = screening.FirstSafeDate } : null;
    }

    /// <summary>Where a finding's rule asks for a lower start or ceiling than the plan has.</summary>
    public static IEnumerable<Caution> Limits(this Screening screening, Knowledge knowledge, Titration titration)
    {
        foreach (var rule in screening.Findings.Select(f => f.Rule).Distinct().Select(id => knowledge.Rules.GetValueOrDefault(id)).OfType<Rule>())
        {
            if (rule.CeilingMg is { } ceiling && titration.Ceiling > Mass.FromMilligrams(ceiling.High))
                yield return new("rule-ceiling", $"{rule.Title}: no more than {Mass.FromMilligrams(ceiling.High)} a day is suggested. This plan may go up to {titration.Ceiling}. Give a lower ceiling, or ask your prescriber.");
            if (rule.StartMg is { } start && titration.Steps[0].PerDay > Mass.FromMilligrams(start.High))
                yield return new("rule-start", $"{rule.Title}: a start at no more than {Mass.FromMilligrams(start.High)} a day is suggested. This plan starts at {titration.Steps[0].PerDay}.");
        }
    }

    /// <summary>The first operation that ends a plan which starts on a day; null where none does.</summary>
    public static Finding? EndedBy(this Screening screening, LocalDate start) =>
        screening.Findings.Where(f => f.Pause is { } pause && pause.LastDose >= start).MinBy(f => f.Pause!.LastDose);

    private static bool HoldsWithoutDate(this Screening screening) => screening.Findings.Any(f => f.Level == RuleLevel.HoldUntil && f.Until is null);

    private static string Bare(string sentence) => sentence.TrimEnd('.');
}
