using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;

namespace Lowdose.Cli;

/// <summary>One study as it is read in a terminal.</summary>
internal static class StudyText
{
    public static void Add(StringBuilder text, Study study)
    {
        text.Paragraph("", study.Title + EvidenceWords.Known(study.Mark));
        text.Section("How", StudyWords.How(study));
        text.Section("Outcomes (95 % intervals in brackets)", study.Outcomes.SelectMany(Lines));
        text.Section("Harm", study.Adverse.SelectMany(Lines));
        text.Section("It also found", study.Found);
        text.Section(study.BiasTool is { } tool ? $"Bears on bias ({tool}; no domain has been judged)" : "Bears on bias", study.BiasFacts.Select(f => $"{EvidenceWords.Word(f.Domain)}: {f.Fact}{EvidenceWords.Known(f.Mark)}"));
        text.Section("Bear in mind", study.Note is { } note ? [note] : []);
    }

    private static IEnumerable<string> Lines(Outcome outcome) => StudyWords.Lines(outcome).Select(line => "- " + line).Prepend(StudyWords.Heading(outcome));
}
