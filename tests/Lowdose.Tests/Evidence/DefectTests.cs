namespace Lowdose.Tests.Evidence;

/// <summary>Every kind of defect in a knowledge file is found, with its file and line.</summary>
public sealed class DefectTests
{
    [Fact]
    public void The_smallest_knowledge_has_no_defect() => Some.With("rules").Defects.ShouldBeEmpty();

    [Fact]
    public void Knowledge_with_a_defect_is_not_handed_out()
    {
        Some.With("rules", Some.Rule + "colour: red\n").Knowledge.ShouldBeNull();
        Some.With("rules").Knowledge.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("certainty: A\n", "", "C1.yaml:1: 'certainty' is missing; add it")]
    [InlineData("certainty: A", "certainty: F", "C1.yaml:8: 'certainty: F' is none of A, B, C, D, E")]
    [InlineData("level: block", "level: stop", "C1.yaml:3: 'level: stop' is none of block, hold-until, prescriber, caution, note")]
    [InlineData("claims: [claim]", "claims: [gone]", "C1.yaml:9: there is no 'gone' in claims")]
    [InlineData("claims: [claim]", "claims: []", "C1.yaml:1: 'claims' cites nothing; name at least one of claims")]
    [InlineData("do: Ask.", "do: Ask.\ncolour: red", "C1.yaml:8: unknown key 'colour'; see knowledge/README.md")]
    [InlineData("- classes: [opioid-agonist]", "- classes: [opioid]", "C1.yaml:5: 'classes: opioid' is none of opioid-agonist")]
    [InlineData("- classes: [opioid-agonist]", "- words: [high dose]", "C1.yaml:5: this trigger asks for nothing")]
    [InlineData("- classes: [opioid-agonist]", "- substances: [morphine]", "C1.yaml:5: there is no 'morphine' in substances")]
    [InlineData("- classes: [opioid-agonist]", "- pregnancy: [perhaps]", "C1.yaml:5: 'perhaps' is none of yes, trying, breastfeeding")]
    [InlineData("do: Ask.", "do: Ask.\nceilingMg: 3", "C1.yaml:8: 'ceilingMg: 3' has no mark")]
    [InlineData("do: Ask.", "do: Ask.\nconflicts: [{source: gone, says: no}]", "C1.yaml:8: there is no 'gone' in sources")]
    [InlineData("why: They clash.", "why: \"They clash.", "not YAML")]
    [InlineData("level: block", "level: block\nlevel: note", "not YAML")]
    [InlineData("level: block", "level: [block, note]", "C1.yaml:3: 'level' is one text, not a list")]
    public void A_broken_rule_is_found(string good, string bad, string found) => Broken("rules", Some.Rule, good, bad, found);

    [Theory]
    [InlineData("halfLifeHours: {low: 3, high: 4, verified: memory}", "halfLifeHours: 3", "codeine.yaml:14: 'halfLifeHours: 3' has no mark")]
    [InlineData("high: 4, verified: memory", "high: 4", "codeine.yaml:14: 'verified' is missing")]
    [InlineData("high: 4, verified: memory", "high: 4, verified: memory, sources: [label]", "codeine.yaml:14: a number from memory cites no source")]
    [InlineData("high: 4, verified: memory", "high: 4, verified: looked-up", "codeine.yaml:14: a number that was read names what it was read in")]
    [InlineData("high: 4, verified: memory", "high: 4, verified: looked-up, sources: [hearsay]", "codeine.yaml:14: shown as read, but no cited source was itself read")]
    [InlineData("high: 4, verified: memory", "high: 4, verified: seed, sources: [label]", "codeine.yaml:14: marked seed, but cites none of the five")]
    [InlineData("high: 4, verified: memory", "high: 4, verified: calculated", "codeine.yaml:14: a calculated number or statement says how")]
    [InlineData("high: 4, verified: memory", "high: 4, verified: checked", "codeine.yaml:14: 'verified: checked' is none of looked-up")]
    [InlineData("low: 3, high: 4", "low: 5, high: 4", "codeine.yaml:14: 'halfLifeHours' needs either")]
    [InlineData("low: 3, high: 4", "low: 3 h, high: 4", "codeine.yaml:14: 'low: 3 h' is not a number")]
    [InlineData("washOutDays: {low: 7, high: 10, verified: looked-up, sources: [label]}", "washOutDays: null", "codeine.yaml:12: a form without 'washOutDays' says in 'note' who decides")]
    [InlineData("sources: [label]}\ncombinations", "sources: [gone]}\ncombinations", "codeine.yaml:7: there is no 'gone' in sources")]
    [InlineData("rxnorm: {code: \"2670\", verified: looked-up, sources: [label]}", "rxnorm: 2670", "codeine.yaml:7: 'rxnorm: 2670' has no mark")]
    [InlineData("    names: [Galcodine]", "    names: [Stranger]", "codeine.yaml:12: 'Stranger' names a form but is no name or brand of codeine")]
    [InlineData("names: [codeine]", "names: []", "codeine.yaml:1: 'names' is missing; give the generic name first")]
    [InlineData("atc: [", "atc: [{code: R05DA04, verified: memory}, ", "codeine.yaml:6: code R05DA04 stands twice")]
    [InlineData("forms:\n", "forms:\n  - {release: immediate, note: ask}\n", "codeine.yaml:12: the form Immediate stands twice")]
    [InlineData("names: [codeine]", "names: [codeine, Codeine]", "codeine.yaml:3: 'Codeine' stands twice in 'names'")]
    [InlineData("class: opioid-agonist", "class: 1", "codeine.yaml:2: 'class: 1' is none of opioid-agonist")]
    [InlineData("UK:", "uk:", "codeine.yaml:5: 'uk' is not a two-letter country code")]
    [InlineData("id: codeine", "id: kodein", "codeine.yaml:1: 'kodein' stands in a file called codeine")]
    public void A_broken_substance_is_found(string good, string bad, string found) => Broken("substances", Some.Substance, good, bad, found);

    [Theory]
    [InlineData("  certainty: A\n", "", "some.yaml:1: 'certainty' is missing")]
    [InlineData("sources: [label]", "sources: []", "some.yaml:1: 'sources' is missing or empty; name at least one")]
    [InlineData("sources: [label]", "sources: [hearsay]", "some.yaml:1: shown as read, but no cited source was itself read")]
    [InlineData("- id: claim", "id: claim", "not YAML")]
    [InlineData("sources: [label]", "sources: [label]\n  supersededBy: [gone]", "some.yaml:6: there is no 'gone' in claims")]
    public void A_broken_claim_is_found(string good, string bad, string found) => Broken("claims", Some.Claim, good, bad, found);

    [Theory]
    [InlineData("kind: book", "kind: rumour", "some.yaml:3: 'kind: rumour' is none of organisation, prescriber-list")]
    [InlineData("country: null", "country: Finland", "some.yaml:4: 'Finland' is not a two-letter country code")]
    [InlineData("sources: [text]", "sources: []", "some.yaml:1: 'sources' is missing or empty; name at least one")]
    [InlineData("verified: seed\n  sources: [text]", "verified: looked-up\n  sources: [hearsay]", "some.yaml:1: shown as read, but no cited source was itself read")]
    [InlineData("  offers: Pages.\n", "", "some.yaml:1: 'offers' is missing; add it")]
    public void A_broken_resource_is_found(string good, string bad, string found) => Broken("resources", Some.Resource, good, bad, found);

    [Theory]
    [InlineData("- classes: [opioid-agonist]", "- moreThan: {mg: {value: 16, verified: memory}, pieceMg: {value: 2, verified: memory}}", "C1.yaml:5: 'moreThan' of which substance?")]
    [InlineData("- classes: [opioid-agonist]", "- {substances: [codeine], moreThan: {mg: {value: 16, verified: memory}}}", "C1.yaml:5: 'pieceMg' is missing; add it with its mark")]
    [InlineData("- classes: [opioid-agonist]", "- {age: 3}", "C1.yaml:5: unknown key 'age'")]
    [InlineData("- classes: [opioid-agonist]", "- {always: true, alongside: [ms]}", "C1.yaml:5: 'alongside' which condition?")]
    public void A_broken_limit_is_found(string good, string bad, string found) => Broken("rules", Some.Rule, good, bad, found);

    [Theory]
    [InlineData("kind: label", "kind: rumour", "some.yaml:3: 'kind: rumour' is none of seed, trial, open-study")]
    [InlineData("- id: text", "- id: label", "some.yaml:7: 'label' stands already in knowledge/sources/some.yaml:1; one id, one entry")]
    [InlineData("      sources: [label]", "      sources: [gone]", "some.yaml:15: there is no 'gone' in sources")]
    [InlineData("- id: one\n      says", "- says", "some.yaml:12: 'id' is missing; add it")]
    [InlineData("year: 2013", "year: recent", "some.yaml:4: 'year: recent' is not a number")]
    public void A_broken_source_is_found(string good, string bad, string found) => Broken("sources", Some.Source, good, bad, found);

    [Theory]
    [InlineData("mg: 3, days: null", "mg: 6, days: null", "P1.yaml:6: the step 6 mg is above the ceiling 4.5 mg")]
    [InlineData("mg: 1.5, days: 30", "mg: 1.5, days: 0", "P1.yaml:6: a step lasts at least a day")]
    [InlineData("mg: 1.5, days: 30", "mg: 1.5, days: 30, timesPerDay: 3", "P1.yaml:6: 3 times a day is not known here")]
    [InlineData("mg: 1.5, ", "", "P1.yaml:6: a step has 'mg', the whole daily dose")]
    [InlineData("mg: 1.5", "mg: 0.0000001", "P1.yaml:6: 'mg: 0.0000001' is finer than a nanogram")]
    [InlineData("verified: seed\n", "", "P1.yaml:1: 'verified' is missing")]
    [InlineData("timeOfDay: bedtime", "timeOfDay: noon", "P1.yaml:9: 'timeOfDay: noon' is none of not-known, bedtime, morning, split")]
    public void A_broken_protocol_is_found(string good, string bad, string found) => Broken("protocols", Some.Protocol, good, bad, found);

    [Theory]
    [InlineData("enrolled: 99", "enrolled: many", "TRIAL.yaml:7: 'enrolled: many' is not a number")]
    [InlineData("enrolled: 99", "enrolled: {value: 99, verified: looked-up}", "TRIAL.yaml:7: a number that was read names what it was read in")]
    [InlineData("verified: memory}", "verified: memory, sources: [label]}", "TRIAL.yaml:9: a number from memory cites no source")]
    [InlineData("low: 1.5, high: 6", "low: 6, high: 1.5", "TRIAL.yaml:8: 'doseMg' needs either 'value' or 'low' and a 'high' no smaller")]
    [InlineData("conditions: [illness]", "conditions: [gone]", "TRIAL.yaml:6: there is no 'gone' in conditions")]
    [InlineData("reportOf: TRIAL", "reportOf: GONE", "there is no 'GONE' in studies")]
    [InlineData("verified: looked-up\n", "", "TRIAL.yaml:1: 'verified' is missing")]
    [InlineData("sources: [label]", "sources: [hearsay]", "TRIAL.yaml:1: shown as read, but no cited source was itself read")]
    [InlineData("id: TRIAL\n", "id: OTHER\n", "TRIAL.yaml:1: 'OTHER' stands in a file called TRIAL")]
    [InlineData("blinding: double-blind", "blinding: perhaps", "TRIAL.yaml:5: 'blinding: perhaps' is none of double-blind, single-blind, open")]
    [InlineData("events: 20", "events: 50", "TRIAL.yaml:19: 50 of 49 in ldn cannot be")]
    [InlineData("arm: placebo", "arm: ldn", "an arm stands twice")]
    [InlineData("low: -0.95", "low: -0.05", "TRIAL.yaml:21: -0.34 is not between -0.05 and 0.27")]
    [InlineData("domain: missing-data", "domain: selection", "TRIAL.yaml:23: Selection is no domain for this design (RoB 2)")]
    [InlineData("blinding: double-blind", "blinding: double-blind\nstatus: no-result", "a study without a result has none to give")]
    [InlineData("bias:", "adverse:\n  - {name: Harm, pools: illness-pain}\nbias:", "two outcomes pool into illness-pain; one study counts once")]
    [InlineData("kind: mean-difference", "kind: hope", "TRIAL.yaml:21: 'kind: hope' is none of mean-difference")]
    public void A_broken_study_is_found(string good, string bad, string found) => Broken("studies", Some.Study, good, bad, found);

    [Theory]
    [InlineData("evidence: randomised", "evidence: good", "some.yaml:4: 'evidence: good' is none of randomised, uncontrolled, only-anecdote, none")]
    [InlineData("claims: [claim]", "claims: [gone]", "some.yaml:6: there is no 'gone' in claims")]
    [InlineData("  says: It is there.\n", "", "some.yaml:1: 'says' is missing; add it")]
    public void A_broken_condition_is_found(string good, string bad, string found) => Broken("conditions", Some.Condition, good, bad, found);

    [Theory]
    [InlineData("conditions: [illness]", "conditions: [gone]", "some.yaml:5: there is no 'gone' in conditions")]
    [InlineData("conditions: [illness]", "conditions: []", "some.yaml:1: 'conditions' cites nothing")]
    [InlineData("asOf: 2026-11-21", "asOf: 21 November", "some.yaml:6: 'asOf: 21 November' is not a day; write it as 2026-11-21")]
    [InlineData("  asOf: 2026-11-21\n", "", "some.yaml:1: 'asOf' is missing; add it")]
    [InlineData("from: randomised", "from: hearsay", "some.yaml:4: 'from: hearsay' is none of randomised, uncontrolled")]
    [InlineData("study: TRIAL", "study: GONE", "some.yaml:8: there is no 'GONE' in studies")]
    [InlineData(", why: It is broken.", "", "some.yaml:8: 'why' is missing; add it")]
    [InlineData("id: illness-pain", "id: another", "TRIAL.yaml:14: there is no 'illness-pain' in questions")]
    public void A_broken_question_is_found(string good, string bad, string found) => Broken("questions", Some.Question, good, bad, found);

    [Fact]
    public void A_name_of_another_substance_is_found_whatever_its_case() =>
        Some.And("knowledge/substances/other.yaml", "id: other\nclass: interacting\nnames: [other]\nmisspellings: [Co-Codamol]\n").Defects.Select(d => d.ToString())
            .ShouldBe(["knowledge/substances/other.yaml:4: 'Co-Codamol' is already a name of codeine (knowledge/substances/codeine.yaml:9)"]);

    [Fact]
    public void A_rule_that_stands_in_two_files_is_found() =>
        Some.And("knowledge/rules/C1b.yaml", Some.Rule).Defects.ShouldHaveSingleItem().ToString()
            .ShouldBe("knowledge/rules/C1b.yaml:1: 'C1' stands already in knowledge/rules/C1.yaml:1; one id, one entry");

    [Fact]
    public void Other_folders_are_left_to_their_own_readers() => Some.And("knowledge/syringes/one.yaml", "::: not ours").Defects.ShouldBeEmpty();

    private static void Broken(string folder, string whole, string good, string bad, string found)
    {
        whole.ShouldContain(good);
        var defects = Some.With(folder, whole.Replace(good, bad, StringComparison.Ordinal)).Defects.Select(d => d.ToString()).ToArray();
        defects.ShouldContain(d => d.Contains(found, StringComparison.Ordinal), $"found instead: {string.Join(" | ", defects)}");
    }
}
