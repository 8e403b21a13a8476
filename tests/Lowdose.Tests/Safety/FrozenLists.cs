using System.Security.Cryptography;
using System.Text;
using Lowdose.Evidence;
using Lowdose.Safety;

namespace Lowdose.Tests.Safety;

/// <summary>The lists written before the matcher, and what the matcher makes of them. The benchmark prints what the test holds.</summary>
public static class FrozenLists
{
    private const string Salt = "lowdose screen lists 2026-11-22";

    /// <summary>One way to write a medicine.</summary>
    /// <param name="Text">As written.</param>
    /// <param name="Kind">Exact, brand, combination, typo, colloquial; of the innocent: lookalike, supplement, patch, medicine.</param>
    /// <param name="Expected">The substance; null for the innocent.</param>
    /// <param name="Half"><c>work</c> or <c>report</c>.</param>
    public sealed record Row(string Text, string Kind, string? Expected, string Half);

    public static IReadOnlyList<Row> Opioids(string root) => [.. Read(root, "opioids.csv").Select(c => new Row(c[0], c[1], c[2], c[3]))];

    public static IReadOnlyList<Row> Innocent(string root) => [.. Read(root, "innocent.csv").Select(c => new Row(c[0], c[1], null, c[2]))];

    /// <summary>The half the text belongs to.</summary>
    public static string HalfOf(string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(Salt + "\n" + text.ToLowerInvariant()))[0] % 2 == 0 ? "work" : "report";

    /// <summary>The opioids recognised in a text.</summary>
    public static IReadOnlyList<Substance> OpioidsIn(Screen screen, Knowledge knowledge, string text) =>
        [.. screen.Recognise(new Medicine(text)).SelectMany(f => f.Substance.Parts.Select(p => knowledge.Substances[p]).Prepend(f.Substance)).Where(IsOpioid)];

    /// <summary>Whether the opioid that was meant is among those found.</summary>
    public static bool IsFound(IReadOnlyList<Substance> found, Row row) =>
        found.Any(s => row.Expected == "opioid" || s.Id == row.Expected || s.Names.Contains(row.Expected, StringComparer.OrdinalIgnoreCase));

    /// <summary>One-word generic names of at least six letters of all opioids.</summary>
    public static IEnumerable<(string Name, Substance Substance)> GenericNames(Knowledge knowledge) =>
        knowledge.Substances.Values.Where(IsOpioid).SelectMany(s => s.Names.Take(1).Select(n => (Name: n, s))).Where(n => n.Name.Length >= 6 && n.Name.All(char.IsAsciiLetterLower));

    /// <summary>The one-word names of at least six letters that are listed as ordinary.</summary>
    public static IEnumerable<string> OrdinaryNames(string root) =>
        File.ReadLines(Path.Combine(root, "knowledge", "ordinary", "names.txt")).Where(l => l.Length >= 6 && l.All(char.IsAsciiLetterLower));

    private static bool IsOpioid(Substance substance) =>
        substance.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist or SubstanceClass.OpioidAntidiarrhoeal;

    private static IEnumerable<string[]> Read(string root, string file) =>
        File.ReadLines(Path.Combine(root, "tests", "Lowdose.Tests", "Safety", "Lists", file)).Skip(1).Select(Fields);

    private static string[] Fields(string line)
    {
        if (line[0] != '"') return line.Split(',');
        var end = line.LastIndexOf("\",", StringComparison.Ordinal);
        return [line[1..end].Replace("\"\"", "\"", StringComparison.Ordinal), .. line[(end + 2)..].Split(',')];
    }
}
