using System.Globalization;
using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>A medicine of the person and one substance recognised in it.</summary>
internal sealed record Taken(Medicine Medicine, RecognisedSubstance Found);

/// <summary>Why a rule applies: what it is about, and the medicine where it is one.</summary>
internal sealed record Reason(string Subject, Taken? Taken);

/// <summary>Which rules a person's answers set off.</summary>
internal sealed class Triggers(Knowledge knowledge, Profile profile, IEnumerable<Taken> medicines)
{
    private readonly Taken[] _medicines = [.. medicines];

    /// <summary>Every reason for a rule to apply, each once. Operations have their own dates: see <see cref="SurgeryHold"/>.</summary>
    public IEnumerable<Reason> Of(Rule rule) => rule.Triggers.Where(t => !t.Surgery).SelectMany(Of).Distinct();

    private IEnumerable<Reason> Of(Trigger trigger)
    {
        var others = new List<string>();
        if (trigger.Conditions.Count > 0 && !Holds(others, profile.Conditions?.FirstOrDefault(c => Mentions(c, trigger.Conditions)))) return [];
        if (trigger.Alongside.Count > 0 && !Holds(others, profile.Conditions?.FirstOrDefault(c => Mentions(c, trigger.Alongside)))) return [];
        if (trigger.Allergies.Count > 0 && !Holds(others, profile.Allergies?.FirstOrDefault(a => Mentions(a, trigger.Allergies)))) return [];
        if (trigger.Lab is { } limit && !Holds(others, profile.Labs?.Where(l => IsPast(l, limit)).Select(l => Said(l, limit)).FirstOrDefault())) return [];
        if (trigger.Pregnancy.Count > 0 && !Holds(others, profile.Pregnancy?.ToString().ToLowerInvariant() is { } said && trigger.Pregnancy.Contains(said) ? "pregnancy: " + said : null)) return [];
        if (trigger.AgeBelow is { } age && !Holds(others, profile.Age < age ? $"age {profile.Age}" : null)) return [];
        if (trigger.Classes.Count + trigger.Substances.Count == 0)
            return others.Count > 0 ? [new(string.Join(", ", others.Distinct()), null)] : trigger.Always ? [new("every plan", null)] : [];
        return _medicines.Where(t => IsMeant(t, trigger)).Select(t => new Reason(t.Found.Text, t));
    }

    private static bool Holds(List<string> subjects, string? subject)
    {
        if (subject is not null) subjects.Add(subject);
        return subject is not null;
    }

    private bool IsMeant(Taken taken, Trigger trigger) =>
        taken.Found.Substance.WithParts(knowledge).Any(s =>
            (trigger.Classes.Count == 0 || trigger.Classes.Contains(s.Class)) && (trigger.Substances.Count == 0 || trigger.Substances.Contains(s.Id)))
        && (trigger.MoreThan is not { } limit || DailyAmount.Milligrams(taken.Medicine.Text, limit.PieceMg.High) > limit.Mg.High)
        && (trigger.Words.Count == 0 || Mentions(taken.Medicine.Text + " " + taken.Medicine.Form, trigger.Words));

    private static bool IsPast(LabValue value, LabLimit limit) =>
        value.Loinc.Trim() == limit.Loinc.Value && Questions.IsUnit(value.Unit, limit.Unit)
        && (value.Value > limit.Above?.Low || value.Value <= limit.Below?.High);

    private static string Said(LabValue value, LabLimit limit)
    {
        var figure = limit.Above ?? limit.Below!;
        return string.Create(CultureInfo.InvariantCulture,
            $"{limit.Name} {value.Value} {value.Unit}; the limit is {figure.Low:0.###}{(figure.Mark.IsVerified ? "" : " (not verified)")}{(figure.Note is { } note ? $". {note.TrimEnd('.')}" : "")}");
    }

    /// <summary>Whether a text has one of these terms, as whole words in any case.</summary>
    private static bool Mentions(string text, IReadOnlyList<string> terms)
    {
        var written = Spaced(text);
        return terms.Any(t => written.Contains(Spaced(t), StringComparison.Ordinal));
    }

    private static string Spaced(string text) => ' ' + string.Join(' ', Word.Of(text).Select(w => w.Text)) + ' ';
}
