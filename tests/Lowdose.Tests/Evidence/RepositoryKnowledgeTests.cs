using System.Text.Json;
using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Quantities;

namespace Lowdose.Tests.Evidence;

/// <summary>What this repository knows is complete and holds together.</summary>
public sealed class RepositoryKnowledgeTests
{
    /// <summary>Every opioid and interacting substance the domain facts name.</summary>
    private static readonly string[] Named =
    [
        "morphine", "codeine", "dihydrocodeine", "hydrocodone", "hydromorphone", "oxycodone", "oxymorphone", "fentanyl", "sufentanil", "alfentanil", "remifentanil",
        "pethidine", "ketobemidone", "methadone", "levomethadone", "levacetylmethadol", "buprenorphine", "tramadol", "tapentadol", "tilidine", "meptazinol", "oliceridine",
        "levorphanol", "pentazocine", "butorphanol", "nalbuphine", "dextropropoxyphene", "opium", "diamorphine", "kratom", "tianeptine", "loperamide", "diphenoxylate",
        "eluxadoline", "pholcodine", "ethylmorphine", "dextromethorphan", "naloxone", "methylnaltrexone", "naloxegol", "naldemedine", "naltrexone-bupropion",
        "morphine-naltrexone", "naltrexone", "nalmefene", "samidorphan", "disulfiram", "thioridazine", "acamprosate", "levothyroxine", "liothyronine", "thyroid-desiccated",
        "carbimazole", "thiamazole", "propylthiouracil", "azathioprine", "mycophenolate", "tacrolimus", "ciclosporin",
    ];

    private static Knowledge Known => RepositoryKnowledge.Knowledge;

    private static IEnumerable<ParsedFile> Parsed(bool later) => RepositoryKnowledge.Parsed().Where(f => KnowledgeReader.ReadsLater(f.Path) == later);

    private static IEnumerable<Substance> Opioids =>
        Known.Substances.Values.Where(s => s.Class is SubstanceClass.OpioidAgonist or SubstanceClass.OpioidPartialAgonist);

    [Fact]
    public void The_knowledge_of_the_repository_loads_without_a_defect() => RepositoryKnowledge.Reading.Defects.ShouldBeEmpty();

    [Theory]
    [InlineData(CompiledKnowledge.Resource, false)]
    [InlineData(CompiledKnowledge.StudiesResource, true)]
    public void The_compiled_knowledge_is_the_YAML_of_the_repository_to_the_byte(string resource, bool later)
    {
        using var fresh = new MemoryStream();
        CompiledKnowledge.Write(Parsed(later), fresh);
        using var built = typeof(Knowledge).Assembly.GetManifestResourceStream(resource).ShouldNotBeNull();
        using var carried = new MemoryStream();
        built.CopyTo(carried);
        carried.ToArray().SequenceEqual(fresh.ToArray()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(CompiledKnowledge.Resource, false)]
    [InlineData(CompiledKnowledge.StudiesResource, true)]
    public void What_is_read_from_the_compiled_knowledge_is_what_is_read_from_the_YAML(string resource, bool later)
    {
        using var built = typeof(Knowledge).Assembly.GetManifestResourceStream(resource).ShouldNotBeNull();
        CompiledKnowledge.Read(built).Select(Shown).ShouldBe(Parsed(later).Select(Shown).Order(StringComparer.Ordinal));
        JsonSerializer.Serialize(Knowledge.BuiltIn()).ShouldBe(JsonSerializer.Serialize(Known));

        static string Shown(ParsedFile file) => file.Path + Lines(file.Root!);
        static string Lines(Node node) => $"\n{node.Line} " + node switch
        {
            TextNode text => text.Value ?? "(nothing)",
            ListNode list => "- " + string.Concat(list.Items.Select(Lines)),
            _ => string.Concat(((MappingNode)node).Members.Select(m => $"\n{m.Line} {m.Key}:{Lines(m.Value)}")),
        };
    }

    [Fact]
    public void The_program_carries_the_knowledge_of_the_repository()
    {
        var built = Knowledge.BuiltIn();
        built.Substances.Keys.Order(StringComparer.Ordinal).ShouldBe(Known.Substances.Keys.Order(StringComparer.Ordinal));
        built.Rules.Keys.Order(StringComparer.Ordinal).ShouldBe(Known.Rules.Keys.Order(StringComparer.Ordinal));
        built.Protocols.Keys.Order(StringComparer.Ordinal).ShouldBe(Known.Protocols.Keys.Order(StringComparer.Ordinal));
        (built.Sources.Count, built.Claims.Count).ShouldBe((Known.Sources.Count, Known.Claims.Count));
    }

    [Fact]
    public void Every_substance_the_domain_names_is_known() => Named.Where(id => !Known.Substances.ContainsKey(id)).ShouldBeEmpty();

    [Fact]
    public void Rules_C1_to_C20_are_there() =>
        Enumerable.Range(1, 20).Select(n => $"C{n}").Where(id => !Known.Rules.ContainsKey(id)).ShouldBeEmpty();

    [Fact]
    public void Protocols_P1_to_P20_and_the_prudent_one_are_there()
    {
        Enumerable.Range(1, 20).Select(n => $"P{n}").Where(id => !Known.Protocols.ContainsKey(id)).ShouldBeEmpty();
        Known.Protocols.Values.Where(p => p.IsPrudent).Select(p => p.Id).ShouldBe(["prudent"]);
    }

    [Fact]
    public void All_five_source_texts_are_there_with_what_they_say_wrongly()
    {
        var seeds = Known.Sources.Values.Where(s => s.Kind == SourceKind.Seed).ToArray();
        seeds.Length.ShouldBe(5);
        seeds.Where(s => s.Errors.Count == 0).ShouldBeEmpty();
    }

    [Fact]
    public void Every_opioid_blocks() =>
        Opioids.Where(o => !Known.Rules.Values.Any(r => r.Level == RuleLevel.Block && r.Triggers.Any(t => t.Words.Count == 0 && t.Classes.Contains(o.Class)))).ShouldBeEmpty();

    [Fact]
    public void Morphine_with_naltrexone_counts_as_its_morphine() => Known.Substances["morphine-naltrexone"].Parts.ShouldContain("morphine");

    [Fact]
    public void Every_class_of_substance_is_some_rules_business() =>
        Enum.GetValues<SubstanceClass>().Where(c => Known.Substances.Values.Any(s => s.Class == c && !Known.Rules.Values.Any(r => r.Triggers.Any(t => t.Classes.Contains(c) || t.Substances.Contains(s.Id)))))
            .ShouldBeEmpty();

    [Fact]
    public void Every_opioid_has_a_release_form() => Opioids.Where(o => o.Forms.Count == 0).Select(o => o.Id).ShouldBeEmpty();

    [Fact]
    public void No_wash_out_of_an_opioid_is_shorter_than_five_half_lives_and_two_days() =>
        (from opioid in Opioids
         from form in opioid.Forms
         where form is { WashOutDays: { } washOut, HalfLifeHours: { } halfLife } && washOut.High < (5 * halfLife.High / 24) + 2
         select $"{opioid.Id} {form.Release}: {form.WashOutDays?.High} days").ShouldBeEmpty();

    [Fact]
    public void No_wash_out_of_an_opioid_is_shorter_than_a_week() =>
        Opioids.SelectMany(o => o.Forms).Where(f => f.WashOutDays is { Low: < 7 }).ShouldBeEmpty();

    [Fact]
    public void Tramadol_blocks_and_shows_that_sources_disagree()
    {
        var rule = Known.Rules["C1-tramadol"];
        rule.Level.ShouldBe(RuleLevel.Block);
        rule.Conflicts.Select(c => c.Source).ShouldContain("LENZ");
    }

    [Fact]
    public void An_operation_holds_seven_days_at_least_and_shows_who_says_three()
    {
        var rule = Known.Rules["C9"];
        var hold = rule.Hold.ShouldNotBeNull();
        hold.BeforeDays.High.ShouldBe(7);
        hold.ByDose.Single(o => o.PerDay == Mass.FromMilligrams(4.5m)).Hours.High.ShouldBe(176);
        hold.RestartAfterDays.High.ShouldBe(10);
        rule.Conflicts.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void The_prudent_protocol_can_be_dated_and_steps_no_sooner_than_every_14_days()
    {
        var prudent = Known.Protocols["prudent"];
        prudent.IsComplete.ShouldBeTrue();
        prudent.Steps.SkipLast(1).ShouldAllBe(s => s.MinimumDays >= 14);
        prudent.Steps.Zip(prudent.Steps.Skip(1), (a, b) => b.PerDay.Nanograms - a.PerDay.Nanograms).ShouldAllBe(step => step > 0 && step <= 1_500_000);
        prudent.Ceiling.ShouldBe(Mass.FromMilligrams(4.5m));
        prudent.EvaluateFrom.ShouldBe(EvaluateFrom.LastStep);
    }

    [Fact]
    public void Every_resource_the_domain_names_is_there_with_who_names_it()
    {
        Known.Resources.Values.Select(r => r.Name).Intersect(["LDN Research Trust", "LDN Science", "Belmar", "The LDN Book", "Health Rising", "ME Association"]).Count().ShouldBe(6);
        Known.Resources.Values.Count(r => r.Kind == ResourceKind.Handout).ShouldBe(2, "the two handouts");
        foreach (var kind in Enum.GetValues<ResourceKind>()) Known.Resources.Values.ShouldContain(r => r.Kind == kind);
        Known.Resources.Values.ShouldAllBe(r => r.Mark.Sources.All(s => Known.Sources[s].Kind == SourceKind.Seed) && !r.Mark.IsVerified);
    }

    [Fact]
    public void No_resource_has_a_web_address_since_none_was_looked_up() =>
        Known.Resources.Values.Where(r => (r.Offers + r.Caution + r.Vouches).Contains("http", StringComparison.Ordinal) || (r.Offers + r.Caution).Contains("www.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_source_is_cited_or_has_errors_to_show()
    {
        var cited = Known.Claims.Values.SelectMany(c => c.Mark.Sources.Concat(c.Conflicts.Select(x => x.Source)))
            .Concat(Known.Rules.Values.SelectMany(r => r.Conflicts.Select(c => c.Source)))
            .Concat(Known.Protocols.Values.SelectMany(p => p.Mark.Sources.Concat(p.Conflicts.Select(c => c.Source))))
            .Concat(Known.Substances.Values.SelectMany(s => s.Atc.Append(s.RxNorm).OfType<Code>()).SelectMany(c => c.Mark.Sources))
            .Concat(Known.Instruments.Values.SelectMany(i => i.Conclusions.Select(c => c.Mark).Append(i.Mark).Append(i.Licence.Mark)).SelectMany(m => m.Sources))
            .Concat(Known.Effects.SelectMany(e => e.Mark.Sources))
            .Concat(Known.Studies.Values.SelectMany(s => s.Mark.Sources)).Concat(Known.Conditions.Values.SelectMany(c => c.Mark.Sources))
            .Concat(Known.Sources.Values.SelectMany(s => s.Errors).SelectMany(e => e.Sources))
            .Concat(ModelFile.BuiltIn.SelectMany(m => ModelFile.Named(m).Model.Parameters).Select(p => p.Origin).OfType<string>()).ToHashSet();
        Known.Sources.Values.Where(s => s.Errors.Count == 0 && !cited.Contains(s.Id)).Select(s => s.Id).ShouldBeEmpty();
    }
}
