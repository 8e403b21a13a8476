using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>What stays open. Every open question keeps a plan provisional.</summary>
internal sealed class Questions
{
    private readonly Profile _profile;
    private readonly List<string> _open = [];

    public Questions(Profile profile)
    {
        _profile = profile;
        Ask(profile.Medicines is null, "Which medicines do you take, with or without prescription, cough and diarrhoea remedies and herbs included?");
        Ask(profile.Medicines?.Any(m => m.Text.Length == 0 && m.Atc is null && m.RxNorm is null) == true, "Which medicine is the one without a name?");
        Ask(profile.Conditions is null, "Which illnesses do you have or have had, liver, kidney, thyroid and mental illness included?");
        Ask(profile.Surgeries is null, "Is an operation or a procedure planned?");
        Ask(profile.Pregnancy is null, "Are you pregnant, trying to become so, or breastfeeding?");
        Ask(profile.Age is null, "How old are you?");
        Ask(profile.Labs is null, "What are your liver and kidney values (ALT, AST, eGFR)?");
        Ask(profile.Allergies is null, "Are you allergic to naltrexone or to anything in tablets, lactose for instance?");
    }

    /// <summary>The questions, each once.</summary>
    public IReadOnlyList<string> Open => [.. _open.Distinct()];

    /// <summary>An opioid without the date of its last dose.</summary>
    public void LastDose(string name) => _open.Add($"When was the last dose of {name}?");

    /// <summary>An opioid that comes in forms which stay for different times.</summary>
    public void Form(string name, IEnumerable<ReleaseForm> forms) =>
        _open.Add($"In which form is the {name}: {string.Join(", ", forms.Select(f => WashOut.Words(f.Release)).Distinct())}? Until then the slowest counts.");

    /// <summary>An operation without a date.</summary>
    public void SurgeryDate() => _open.Add("When is the operation?");

    /// <summary>An operation of which it is not known whether opioids will be given.</summary>
    public void OpioidsAt(Surgery surgery) => _open.Add($"Will opioids be given at the operation{(surgery.Date is { } d ? " on " + WashOut.Iso(d) : "")}? Until then it counts as yes.");

    /// <summary>Values in a unit that no rule knows cannot be compared; old ones, and those without a day, may no longer hold.</summary>
    public void AboutLabs(IEnumerable<Rule> rules)
    {
        var limits = rules.SelectMany(r => r.Triggers).Select(t => t.Lab).OfType<LabLimit>().ToLookup(l => l.Loinc.Value);
        foreach (var lab in _profile.Labs ?? [])
        {
            if (limits[lab.Loinc.Trim()].FirstOrDefault(l => l.GoodForDays is not null) is { GoodForDays: { } good } known)
            {
                Ask(lab.Date is null, "On which day was the blood taken?");
                Ask(lab.Date is { } day && day.PlusDays((int)good.High) < _profile.AsOf,
                    $"The {known.Name} is from {(lab.Date is { } taken ? WashOut.Iso(taken) : "")}. Have you a newer one? One older than {good.High:0} days no longer counts.");
            }
            Ask(limits.Contains(lab.Loinc.Trim()) && !limits[lab.Loinc.Trim()].Any(l => IsUnit(lab.Unit, l.Unit)),
                $"In which unit is {limits[lab.Loinc.Trim()].FirstOrDefault()?.Name} {lab.Value}{(lab.Unit is null ? "" : $" (\"{lab.Unit}\" is not known here)")}? Known: {string.Join(", ", limits[lab.Loinc.Trim()].Select(l => l.Unit).Distinct())}.");
        }
    }

    /// <summary>Whether two ways to write a unit are the same unit.</summary>
    public static bool IsUnit(string? written, string unit) => written is not null && Plain(written) == Plain(unit);

    private static string Plain(string unit) => unit.ToLowerInvariant().Replace("[iu]", "u", StringComparison.Ordinal).Replace("iu", "u", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal).Replace("{1.73_m2}", "1.73m2", StringComparison.Ordinal).Replace("1.73m²", "1.73m2", StringComparison.Ordinal)
        .Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private void Ask(bool open, string question)
    {
        if (open) _open.Add(question);
    }
}
