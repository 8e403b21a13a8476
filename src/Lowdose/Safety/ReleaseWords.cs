using Lowdose.Evidence;

namespace Lowdose.Safety;

/// <summary>How a product lets its drug go, read from what the person wrote.</summary>
internal static class ReleaseWords
{
    private static readonly (Release Release, string[] Words)[] Said =
    [
        (Release.Patch, ["patch", "patches", "transdermal", "pflaster", "laastari", "plasters", "plaster"]),
        (Release.Depot, ["depot", "monthly", "implant", "month", "weekly", "long acting injection"]),
        (Release.Injection, ["injection", "iv", "im", "infusion", "pump", "ampoule", "ampoules", "injected"]),
        (Release.Modified, ["er", "sr", "xl", "xr", "cr", "la", "mr", "pr", "retard", "contin", "continus", "slow release", "prolonged release", "extended release", "modified release", "sustained release",
            "controlled release", "long acting", "depottabletti", "depottablett"]),
        (Release.Immediate, ["ir", "immediate release", "linctus", "syrup", "cough", "effervescent", "drops", "lozenge", "lollipop", "sublingual", "film", "strips", "nasal spray", "suppository", "suppositories", "liquid",
            "solution", "tea", "powder"]),
    ];

    /// <summary>The form a medicine has, among those its substance comes in; null where it was not told and more than one is possible.</summary>
    public static ReleaseForm? Of(Medicine medicine, RecognisedSubstance found)
    {
        var forms = found.Substance.Forms;
        if (forms.Count == 1) return forms[0];
        if (FormOf(forms, medicine.Form) is { } told) return told;
        var written = Joined(medicine.Text);
        return forms.FirstOrDefault(f => f.Names.Any(n => written.Contains(' ' + Joined(n).Trim() + ' ', StringComparison.Ordinal) || Joined(n) == Joined(found.Name)))
            ?? FormOf(forms, medicine.Text);
    }

    private static ReleaseForm? FormOf(IReadOnlyList<ReleaseForm> forms, string? text)
    {
        if (text is null) return null;
        var written = Joined(text);
        foreach (var (release, words) in Said)
            if (forms.FirstOrDefault(f => f.Release == release) is { } form && words.Any(w => written.Contains(' ' + w + ' ', StringComparison.Ordinal))) return form;
        return null;
    }

    private static string Joined(string text) => ' ' + string.Join(' ', Word.Of(text).Select(w => w.Text)) + ' ';
}
