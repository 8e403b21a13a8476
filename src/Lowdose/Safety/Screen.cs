using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>Looks through a person's answers for what forbids, delays or complicates low-dose naltrexone. Unknown is never safe.</summary>
public sealed class Screen
{
    private readonly Knowledge _knowledge;
    private readonly MedicineNames _names;
    private readonly Rule[] _rules;

    /// <summary>A screen that knows what <paramref name="knowledge"/> says; made once, used for many.</summary>
    public Screen(Knowledge knowledge)
    {
        _knowledge = knowledge;
        _names = new MedicineNames(knowledge.Substances.Values, OrdinaryNames.BuiltIn());
        _rules = [.. knowledge.Rules.Values.OrderBy(r => r.Level).ThenBy(r => r.Id.Length).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>The substances in a medicine as written or coded; empty where nobody here knows it.</summary>
    public IReadOnlyList<RecognisedSubstance> Recognise(Medicine medicine) => MedicineText.Read(_names, medicine).Found;

    /// <summary>What a person's answers come to.</summary>
    public Screening Of(Profile profile)
    {
        var taken = new List<Taken>();
        var unknown = new List<string>();
        foreach (var medicine in profile.Medicines ?? [])
        {
            var (found, parts) = MedicineText.Read(_names, medicine);
            taken.AddRange(found.Select(f => new Taken(medicine, f)));
            unknown.AddRange(parts);
            if (found.Count == 0 && parts.Count == 0 && (medicine.Atc ?? medicine.RxNorm) is { } code) unknown.Add(code);
        }
        taken.AddRange((profile.Conditions ?? []).SelectMany(OpioidsIn));
        var course = OwnCourse.Among(taken);
        var triggers = new Triggers(_knowledge, profile, taken.Where(t => t != course));
        var questions = new Questions(profile);
        var findings = new List<Finding>();
        foreach (var rule in _rules)
        {
            var reasons = triggers.Of(rule).ToArray();
            // An opioid named in a condition meets the rule by its name and by the condition: once is enough.
            foreach (var reason in reasons.Where(r => r.Taken is not null || !reasons.Any(o => o.Taken is not null && o.Subject == r.Subject)))
                findings.Add(Find(rule, reason, profile, questions));
            if (rule.Hold is { } hold && rule.Triggers.Any(t => t.Surgery)) findings.AddRange(SurgeryHold.Findings(_knowledge, rule, hold, profile, course, questions));
        }
        questions.AboutLabs(_knowledge.Rules.Values);
        Finding[] ordered = [.. findings.OrderBy(f => f.Level)];
        return new(Status(ordered, questions.Open.Count + unknown.Count), FirstSafeDate(ordered), ordered, questions.Open, unknown, [.. taken.Select(t => t.Found)]);
    }

    /// <summary>Opioids that somebody names under illnesses ("pain, on methadone"). Only as they are spelt: names of illnesses are no misspelt medicines.</summary>
    private IEnumerable<Taken> OpioidsIn(string condition)
    {
        var medicine = new Medicine(condition);
        return condition.Contains("allerg", StringComparison.OrdinalIgnoreCase) ? []
            : MedicineText.Read(_names, medicine).Found.Where(f => f.Match != NameMatch.Spelling && WashOut.Counts(f.Substance, _knowledge)).Select(f => new Taken(medicine, f));
    }

    private Finding Find(Rule rule, Reason reason, Profile profile, Questions questions) =>
        rule.Level == RuleLevel.Block && reason.Taken is { } taken && WashOut.Counts(taken.Found.Substance, _knowledge)
            ? WashOut.Finding(_knowledge, rule, taken, profile.AsOf, questions)
            : rule.Finding(_knowledge, reason.Subject);

    private static ScreenStatus Status(IReadOnlyList<Finding> findings, int open) =>
        findings.Any(f => f.Level == RuleLevel.Block) ? ScreenStatus.Blocked
        : findings.Any(f => f.Level == RuleLevel.HoldUntil) ? ScreenStatus.Held
        : open > 0 ? ScreenStatus.Provisional
        : ScreenStatus.Clear;

    private static NodaTime.LocalDate? FirstSafeDate(IReadOnlyList<Finding> findings) =>
        findings.Any(f => f.Level == RuleLevel.Block || f is { Level: RuleLevel.HoldUntil, Until: null }) ? null : findings.Max(f => f.Until);
}
