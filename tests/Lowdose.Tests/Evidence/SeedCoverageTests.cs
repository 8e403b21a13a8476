using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>Every paragraph of the five source texts is a claim here, a reference to a source, or said to be no fact. The texts themselves are not in the repository; each paragraph is known by its hash.</summary>
public sealed class SeedCoverageTests
{
    private static readonly Dictionary<string, int> Paragraphs = new() { ["seed-000"] = 123, ["seed-001"] = 75, ["seed-002"] = 42, ["seed-003"] = 43, ["seed-004"] = 85 };

    private static readonly string? Folder = Environment.GetEnvironmentVariable("LOWDOSE_SEEDS");

    private static readonly string[] Others = ["heading", "caption", "navigation", "greeting", "question", "byline", "aside"];

    private static readonly IReadOnlyList<Covered> All = [.. Paragraphs.Keys.SelectMany(Read)];

    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    [Fact]
    public void Every_paragraph_of_the_five_texts_is_accounted_for_once_and_in_order() =>
        Paragraphs.Keys.Where(seed => !All.Where(p => p.Seed == seed).Select(p => p.Number).SequenceEqual(Enumerable.Range(1, Paragraphs[seed]))).ShouldBeEmpty();

    [Fact]
    public void Every_paragraph_carries_claims_or_a_reference_or_is_said_to_be_no_fact() =>
        All.Where(p => (p.Claims.Count + p.Sources.Count + p.Resources.Count > 0) == p.Not is not null || (p.Not is { } not && !Others.Contains(not))).Select(p => p.Where).ShouldBeEmpty();

    [Fact]
    public void Every_claim_source_resource_and_error_it_names_exists() =>
        All.SelectMany(p => p.Claims.Where(id => !Known.Claims.ContainsKey(id)).Concat(p.Sources.Where(id => !Known.Sources.ContainsKey(id))).Concat(p.Resources.Where(id => !Known.Resources.ContainsKey(id)))
            .Concat(p.Errors.Where(id => !Known.Sources[p.Seed].Errors.Any(e => e.Id == id))).Select(id => $"{p.Where}: {id}")).ShouldBeEmpty();

    [Fact]
    public void Every_error_of_a_text_stands_in_one_of_its_paragraphs() =>
        Paragraphs.Keys.SelectMany(seed => Known.Sources[seed].Errors.Where(e => !All.Any(p => p.Seed == seed && p.Errors.Contains(e.Id))).Select(e => $"{seed}: {e.Id}")).ShouldBeEmpty();

    [Fact]
    public void A_claim_that_rests_on_a_text_stands_in_one_of_its_paragraphs() =>
        (from claim in Known.Claims.Values
         from seed in claim.Mark.Sources.Where(Paragraphs.ContainsKey)
         where !All.Any(p => p.Seed == seed && p.Claims.Contains(claim.Id))
         select $"{claim.Id} cites {seed}").ShouldBeEmpty();

    [Fact]
    public void Every_hash_is_eight_digits_and_no_sentence_of_a_text_is_kept()
    {
        All.ShouldAllBe(p => p.Hash.Length == 8 && p.Hash.All(char.IsAsciiHexDigitLower));
        All.SelectMany(p => p.Claims.Concat(p.Sources).Concat(p.Resources).Concat(p.Errors)).ShouldAllBe(id => !id.Contains(' '));
    }

    [FactWithTheTexts]
    public void Where_the_texts_are_at_hand_the_hashes_are_theirs()
    {
        foreach (var seed in Paragraphs.Keys)
        {
            var file = Directory.EnumerateFiles(Folder!, seed[5..] + "*.txt").Single();
            var hashes = File.ReadAllText(file).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(HashOf);
            All.Where(p => p.Seed == seed).Select(p => p.Hash).ShouldBe(hashes, seed);
        }
    }

    [Fact]
    public void A_hash_is_the_beginning_of_SHA_256() => HashOf("abc").ShouldBe("ba7816bf");

    private static string HashOf(string paragraph) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(paragraph)))[..8];

    private static IEnumerable<Covered> Read(string seed)
    {
        var path = RepositoryKnowledge.Files.Single(f => f.EndsWith($"seeds/{seed}.yaml", StringComparison.Ordinal));
        using var content = File.OpenRead(path);
        foreach (var item in YamlText.Parse(new KnowledgeFile(path, content)).Root.ShouldBeOfType<ListNode>().Items.Cast<MappingNode>())
        {
            string[] keys = ["p", "hash", "claims", "sources", "resources", "errors", "not"];
            item.Members.Select(m => m.Key).Except(keys).ShouldBeEmpty();
            yield return new Covered(seed, int.Parse(Text(item, "p")!, CultureInfo.InvariantCulture), Text(item, "hash")!, Texts(item, "claims"), Texts(item, "sources"), Texts(item, "resources"), Texts(item, "errors"), Text(item, "not"));
        }
    }

    private static string? Text(MappingNode node, string key) => (node[key] as TextNode)?.Value;

    private static IReadOnlyList<string> Texts(MappingNode node, string key) => node[key] is ListNode list ? [.. list.Items.Cast<TextNode>().Select(t => t.Value!)] : [];

    private sealed record Covered(string Seed, int Number, string Hash, IReadOnlyList<string> Claims, IReadOnlyList<string> Sources, IReadOnlyList<string> Resources, IReadOnlyList<string> Errors, string? Not)
    {
        public string Where => $"{Seed} paragraph {Number}";
    }

    /// <summary>Skipped where LOWDOSE_SEEDS does not name the folder of the source texts.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithTheTextsAttribute : FactAttribute
    {
        public FactWithTheTextsAttribute()
        {
            if (string.IsNullOrEmpty(Folder)) Skip = "the source texts are not in the repository; LOWDOSE_SEEDS names their folder";
        }
    }
}
