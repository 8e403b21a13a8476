using System.Globalization;
using System.Text;
using Lowdose.Evidence;

namespace Lowdose.Cli;

/// <summary>What of the evidence waits for care, and the needs with what meets them, as they are read in a terminal.</summary>
internal static class UpkeepText
{
    public static string Of(Knowledge knowledge, Upkeep upkeep, int months)
    {
        var text = new StringBuilder();
        text.Paragraph("", $"From memory, not checked: {upkeep.FromMemory.Count}. Studies looked for more than {months} months ago: {upkeep.Old.Count} of {knowledge.Questions.Count} questions. Studies in people without a fact on bias: {upkeep.WithoutBias.Count}.");
        text.Section("From memory: look these up", upkeep.FromMemory);
        text.Section($"Look for studies again (more than {months} months)", upkeep.Old.Select(q => $"{q.Id}: last on {q.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"));
        text.Section("No fact on bias", upkeep.WithoutBias.Select(s => $"{s.Id}: {s.Title}"));
        text.Section("Needs", knowledge.Needs.Select(n => $"{n.Number}. {n.Asks} {Met(n)}"));
        return text.ToString();
    }

    private static string Met(Need need) => need.Met switch
    {
        NeedMet.Whole => $"Met by {Pages(need)}.",
        NeedMet.Partly => $"Partly met by {Pages(need)}. NOT MET: {need.Missing}",
        _ => $"NOT MET: {need.Missing}",
    } + (need.Tests.Count > 0 ? $" Proven by {string.Join(", ", need.Tests)}." : "");

    private static string Pages(Need need) => string.Join(", ", need.Pages);
}
