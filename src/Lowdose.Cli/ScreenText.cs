using System.Text;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Safety;

namespace Lowdose.Cli;

/// <summary>A screening as plain text.</summary>
internal static class ScreenText
{
    private const int Width = 80;

    public static string Of(Screening screening)
    {
        var text = new StringBuilder();
        Paragraph(text, "", Summary(screening));
        foreach (var finding in screening.Findings) Of(text, finding);
        List(text, "Not answered, so not known to be safe:", screening.Unanswered);
        List(text, "Medicines not known here; ask a pharmacist whether any holds an opioid:", screening.UnknownMedicines);
        List(text, "Recognised:", screening.Substances.Select(s => $"{s.Text}: {s.Substance.Names[0]}{How(s)}"));
        text.AppendLine();
        Paragraph(text, "", "This is what the sources say. A prescriber decides.");
        return text.Replace("\r\n", "\n").ToString();
    }

    private static string Summary(Screening screening) => screening.Status switch
    {
        ScreenStatus.Blocked => "BLOCKED: no low-dose naltrexone as things stand.",
        ScreenStatus.Held => $"HELD: not before {screening.FirstSafeDate:uuuu-MM-dd}.",
        ScreenStatus.Provisional => "PROVISIONAL: nothing found that forbids it, but not everything is known.",
        _ => "CLEAR: everything was answered, and nothing found forbids it.",
    };

    private static void Of(StringBuilder text, Finding finding)
    {
        text.AppendLine();
        Paragraph(text, "", $"{ScreenJson.LevelWord(finding.Level).ToUpperInvariant()}{(finding.Until is { } until ? $" {until:uuuu-MM-dd}" : "")}: {finding.Subject} ({finding.Rule})");
        Paragraph(text, "  ", finding.Why);
        Paragraph(text, "  ", "Do: " + finding.Do);
        foreach (var conflict in finding.Conflicts) Paragraph(text, "  ", $"Sources disagree: {conflict.Source} says: {conflict.Says}");
        Paragraph(text, "  ", $"Certainty {finding.Certainty}, {CertaintyWords(finding.Certainty)}. Sources: {string.Join(", ", finding.Sources)}");
    }

    private static string How(RecognisedSubstance found) => found.Match switch
    {
        NameMatch.Exact => "",
        NameMatch.Spelling => $" (read as \"{found.Name}\")",
        NameMatch.Code => $" (code {found.Name})",
        _ => $" (by {(found.Match == NameMatch.Brand ? "the brand" : "the combination")} {found.Name})",
    };

    private static string CertaintyWords(Certainty certainty) => certainty switch
    {
        Certainty.A => "measured in people",
        Certainty.B => "extrapolated",
        Certainty.C => "small or uncontrolled studies",
        Certainty.D => "cells or animals",
        _ => "hypothesis or opinion",
    };

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        if (all.Length == 0) return;
        text.AppendLine().AppendLine(title);
        foreach (var line in all) Paragraph(text, "  - ", line);
    }

    private static void Paragraph(StringBuilder text, string indent, string words)
    {
        var column = indent.Length;
        text.Append(indent);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent.Length && column + 1 + word.Length > Width)
            {
                text.AppendLine().Append(' ', indent.Length);
                column = indent.Length;
            }
            if (column > indent.Length)
            {
                text.Append(' ');
                column++;
            }
            text.Append(word);
            column += word.Length;
        }
        text.AppendLine();
    }
}
