using System.Diagnostics;
using Lowdose.Evidence;
using Xunit.Abstractions;

namespace Lowdose.Tests.Evidence;

/// <summary>Everything can be found, also by those who cannot spell it, and at once.</summary>
public sealed class SearchTests(ITestOutputHelper output)
{
    private const double MostMilliseconds = 50;

    private static readonly Lazy<SearchIndex> Made = new(() => SearchIndex.Of(RepositoryKnowledge.Knowledge));

    private static SearchIndex Index => Made.Value;

    [Theory]
    [InlineData("fibromyalgia", EntryKind.Answer, "pain-in-fibromyalgia"), InlineData("which dose", EntryKind.Answer, "which-dose"), InlineData("side effects", EntryKind.Answer, "side-effects")]
    [InlineData("codeine", EntryKind.Substance, "codeine"), InlineData("co-codamol", EntryKind.Substance, "codeine"), InlineData("INNOVA", EntryKind.Study, "INNOVA"), InlineData("NCT04270877", EntryKind.Study, "FINAL")]
    [InlineData("Younger 2013", EntryKind.Study, "YOUNGER2013"), InlineData("tai chi", EntryKind.Alternative, "tai-chi"), InlineData("LDN Book", EntryKind.Resource, "ldn-book"), InlineData("Health Rising resource centre", EntryKind.Source, "seed-001")]
    [InlineData("ACR 2016", EntryKind.Instrument, "acr-2016"), InlineData("lupus", EntryKind.Condition, "lupus"), InlineData("weekly steps to 6 mg", EntryKind.Protocol, "P10")]
    public void What_is_there_is_among_the_first_five(string asked, EntryKind kind, string id) => First(asked).ShouldContain((kind, id));

    [Theory]
    [InlineData("fibromialgia", EntryKind.Condition, "fibromyalgia"), InlineData("fybromyalgia", EntryKind.Condition, "fibromyalgia"), InlineData("fibro myalgia", EntryKind.Condition, "fibromyalgia"), InlineData("ibromyalgia", EntryKind.Condition, "fibromyalgia")]
    [InlineData("chrons", EntryKind.Condition, "crohns"), InlineData("multiple sclerosys", EntryKind.Condition, "multiple-sclerosis"), InlineData("longcovid", EntryKind.Condition, "long-covid"), InlineData("long covid", EntryKind.Condition, "long-covid")]
    [InlineData("me/cfs", EntryKind.Condition, "mecfs"), InlineData("tramadoll", EntryKind.Substance, "tramadol"), InlineData("oxycodon", EntryKind.Substance, "oxycodone"), InlineData("acupunture", EntryKind.Alternative, "acupuncture")]
    [InlineData("excercise", EntryKind.Alternative, "exercise"), InlineData("pregnent", EntryKind.Answer, "pregnancy"), InlineData("hashimotto", EntryKind.Condition, "hashimotos")]
    [InlineData("naltrexon", EntryKind.Substance, "naltrexone"), InlineData("nausia", EntryKind.Answer, "side-effects"), InlineData("prednizolone", EntryKind.Answer, SearchEntry.OtherMedicines)]
    public void What_is_misspelt_is_found_too(string asked, EntryKind kind, string id) => First(asked).ShouldContain((kind, id));

    [Fact]
    public void It_says_how_a_misspelt_word_was_read()
    {
        Index.Find("fibromialgia").Read.ShouldBe([new("fibromialgia", "fibromyalgia")]);
        Index.Find("prednizolone").Read.ShouldBe([new("prednizolone", "prednisolone")]);
        Index.Find("fibromyalgia").Read.ShouldBeEmpty();
    }

    [Theory, InlineData(""), InlineData("   "), InlineData("?!"), InlineData("the of a"), InlineData("qqqqqqqq xxxxxxxx")]
    public void Nothing_is_found_where_nothing_is_asked_or_meant(string asked) => Index.Find(asked).Entries.ShouldBeEmpty();

    [Fact]
    public void An_entry_that_has_every_word_comes_before_one_that_has_some()
    {
        var found = Index.Find("Crohn endoscopy").Entries;
        found[0].Id.ShouldBeOneOf("crohn-endoscopic-response", "crohn-endoscopy");
    }

    [Fact]
    public void Every_entry_is_found_by_its_own_name()
    {
        var entries = SearchEntry.All(RepositoryKnowledge.Knowledge).ToArray();
        entries.Length.ShouldBe(Index.Count);
        entries.Select(e => e.Kind).Distinct().Count().ShouldBe(Enum.GetValues<EntryKind>().Length);
        entries.Where(e => !Index.Find(e.Name).Entries.Any(f => (f.Kind, f.Id) == (e.Kind, e.Id))).Select(e => $"{e.Kind} {e.Id}").ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_takes_50_ms_at_most()
    {
        string[] asked = ["fibromialgia", "does it help with pain in fybromyalgia", "opiods and opperation", "xqzwv kjhgf mnbvc plokm ijuhy wsxed crfvt gbyhn", "longcovid", "naltrexon dosage for chrons disease in childen", new('a', 5_000)];
        foreach (var words in asked) Index.Find(words);
        foreach (var words in asked)
        {
            // The best of several: other tests share the machine.
            var best = double.PositiveInfinity;
            for (var time = 0; time < 20 || (best >= MostMilliseconds && time < 200); time++)
            {
                var began = Stopwatch.GetTimestamp();
                Index.Find(words);
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            output.WriteLine($"{best:0.00} ms: {(words.Length > 60 ? words[..60] + "…" : words)}");
            best.ShouldBeLessThan(MostMilliseconds);
        }
    }

    private static IEnumerable<(EntryKind, string)> First(string asked) => Index.Find(asked).Entries.Take(5).Select(e => (e.Kind, e.Id));
}
