using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>How long an opioid must be gone before the first dose of naltrexone.</summary>
internal static class WashOut
{
    private const string NotAlone = "Do not stop it on your own: taper with your prescriber.";

    /// <summary>Whether the substance is an opioid that has to leave the body first.</summary>
    public static bool Counts(Substance substance, Knowledge knowledge) =>
        substance.WithParts(knowledge).Any(s => s.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist or SubstanceClass.OpioidAntidiarrhoeal);

    /// <summary>A hold until the first safe date where the last dose and the wash-out are known; a note where that is past; otherwise a block without a date.</summary>
    public static Finding Finding(Knowledge knowledge, Rule rule, Taken taken, LocalDate asOf, Questions questions)
    {
        var block = rule.Finding(knowledge, taken.Found.Text);
        var name = NameOf(taken.Found);
        var forms = Possible(knowledge, taken);
        if (forms.Count > 1 && forms.Select(f => f.WashOutDays?.High).Distinct().Count() > 1) questions.Form(name, forms);
        if (forms.Count == 0 || forms.Any(f => f.WashOutDays is null))
        {
            var unclear = forms.FirstOrDefault(f => f.WashOutDays is null);
            if (taken.Medicine.LastTaken is null) questions.LastDose(name);
            return block with { Do = $"{rule.Do} {NotAlone} How long {name}{FormOf(unclear, forms)} has to be gone is not known here: a specialist sets the date.{Noted(unclear)}" };
        }
        var longest = forms.MaxBy(f => f.WashOutDays!.High)!;
        var days = (int)Math.Ceiling(longest.WashOutDays!.High);
        if (taken.Medicine.LastTaken is not { } last)
        {
            questions.LastDose(name);
            return block with { Do = $"{rule.Do} {NotAlone} After the last dose {name} has to be gone for {days} full days; without the date of the last dose there is no safe date.{Noted(longest)}" };
        }
        var until = last.PlusDays(days + 1);
        var sources = block.Sources.Concat(longest.WashOutDays.Mark.Sources).Distinct().ToArray();
        return until > asOf
            ? block with
            {
                Level = RuleLevel.HoldUntil, Until = until, Sources = sources,
                Do = $"No naltrexone before {Iso(until)}: {days} full days after the last {name}, counted from {Iso(last)}. Each further dose starts the count again; if stopping is hard, taper with your prescriber.{Noted(longest)}",
            }
            : block with
            {
                Level = RuleLevel.Note, Sources = sources,
                Do = $"The {days} full days after the last {name} on {Iso(last)} are over. Take none while on naltrexone; tell your prescriber that you did.{Noted(longest)}",
            };
    }

    /// <summary>The release forms the medicine may have: one where it was told, else all that it or its opioid parts come in.</summary>
    private static List<ReleaseForm> Possible(Knowledge knowledge, Taken taken)
    {
        var whole = taken.Found.Substance;
        var all = new List<ReleaseForm>();
        foreach (var substance in whole.Forms.Count > 0 ? [whole] : whole.WithParts(knowledge).Where(s => s.Forms.Count > 0 && Counts(s, knowledge)))
        {
            if (ReleaseWords.Of(taken.Medicine, taken.Found with { Substance = substance }) is { } told) all.Add(told);
            else all.AddRange(substance.Forms);
        }
        return all;
    }

    /// <summary>What to call it: the substance, and the person's own word where that is another.</summary>
    private static string NameOf(RecognisedSubstance found) => found.Substance.Names[0];

    private static string FormOf(ReleaseForm? unclear, List<ReleaseForm> forms) =>
        unclear is null ? "" : forms.Count > 1 ? $", which may be a {Words(unclear.Release)}," : $" ({Words(unclear.Release)})";

    private static string Noted(ReleaseForm? form) => form?.Note is { } note ? $" {note.TrimEnd('.')}." : "";

    internal static string Words(Release release) => release switch
    {
        Release.Immediate => "ordinary form",
        Release.Modified => "slow-release form",
        Release.Patch => "patch",
        Release.Depot => "depot injection or implant",
        _ => "injection",
    };

    internal static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
