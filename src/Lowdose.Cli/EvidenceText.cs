using System.Globalization;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>The evidence as it is read in a terminal.</summary>
internal static class EvidenceText
{
    public static string List(Knowledge knowledge)
    {
        var text = new StringBuilder();
        foreach (var condition in knowledge.Conditions.Values.OrderBy(c => c.Evidence).ThenBy(c => c.Id, StringComparer.Ordinal))
        {
            text.Paragraph("", $"{condition.Name} ({condition.Id}): {EvidenceWords.Kind(condition.Evidence)}");
            foreach (var study in knowledge.Studies.Values.Where(s => s.Conditions.Contains(condition.Id)).OrderBy(s => s.Year ?? int.MaxValue)) text.Paragraph("  ", Line(study));
            text.Append('\n');
        }
        text.Section("Other studies", knowledge.Studies.Values.Where(s => s.Conditions.Count == 0).OrderBy(s => s.Year ?? int.MaxValue).Select(Line));
        foreach (var topic in knowledge.Claims.Values.GroupBy(c => c.Topic)) text.Section($"Claims: {topic.Key}", topic.Select(Line));
        text.Append('\n');
        text.Paragraph("", $"{knowledge.Studies.Count} studies, {knowledge.Claims.Count} claims, {knowledge.Sources.Count} sources. See one with lowdose evidence show ID.");
        return text.ToString();
    }

    public static string One(Knowledge knowledge, Dossier dossier)
    {
        var text = new StringBuilder();
        if (dossier.Study is { } study) StudyText.Add(text, study);
        if (dossier.Condition is { } condition)
        {
            text.Paragraph("", $"{condition.Name}: {EvidenceWords.Kind(condition.Evidence)}");
            text.Append('\n');
            text.Paragraph("", condition.Says);
            text.Section("What is said of it", condition.Claims.Select(id => Line(knowledge.Claims[id])));
        }
        if (dossier.Claim is { } claim) Claim(text, knowledge, claim);
        if (dossier.Source is { } source) Source(text, source, dossier.Study is null);
        text.Section(dossier.Condition is null ? "Further reports" : "Studies", dossier.Studies.Select(id => Line(knowledge.Studies[id])));
        text.Section("Claims that rest on it", dossier.For.Select(id => Line(knowledge.Claims[id])));
        text.Section("Claims it contradicts", dossier.Against.Select(id => Line(knowledge.Claims[id])));
        return text.ToString();
    }

    private static void Claim(StringBuilder text, Knowledge knowledge, Claim claim)
    {
        text.Paragraph("", claim.Statement + EvidenceWords.Known(claim.Mark));
        text.Append('\n');
        text.Paragraph("", $"Certainty {claim.Certainty}: {Certain(claim.Certainty)}.");
        if (claim.Mark.How is { } how) text.Paragraph("", $"Worked out: {how}.");
        text.Section("Say so", claim.For.Select(id => Line(knowledge.Sources[id])));
        text.Section("Say otherwise", claim.Conflicts.Select(c => $"{Line(knowledge.Sources[c.Source])}: {c.Says}"));
        text.Section("Learned since", claim.SupersededBy.Select(id => Line(knowledge.Claims[id])));
    }

    private static void Source(StringBuilder text, Source source, bool alone)
    {
        if (alone) text.Paragraph("", source.Title);
        text.Section("Source", new[] { source.Citation, source.Year?.ToString(CultureInfo.InvariantCulture), EvidenceWords.Word(source.Kind), source.Note }.OfType<string>());
        text.Section("What it says wrongly", source.Errors.Select(e => $"\"{e.Says}\" {e.But}"));
    }

    private static string Line(Study study) => $"{study.Id} ({study.Year?.ToString(CultureInfo.InvariantCulture) ?? EvidenceWords.Word(study.Status)}, {EvidenceWords.Word(study.Design)}{(study.Enrolled is { } n ? $", n {StudyWords.Said(n)}" : "")}): {study.Title}";

    private static string Line(Claim claim) => $"{claim.Id}: {claim.Statement} [{claim.Certainty}]";

    private static string Line(Source source) => $"{source.Id}: {source.Title}";

    private static string Certain(Certainty certainty) => certainty switch
    {
        Certainty.A => "measured in people",
        Certainty.B => "extrapolated",
        Certainty.C => "small or uncontrolled studies",
        Certainty.D => "cells or animals",
        _ => "hypothesis or opinion",
    };
}
