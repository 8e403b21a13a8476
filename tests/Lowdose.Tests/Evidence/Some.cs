using System.Text;
using Lowdose.Evidence;

namespace Lowdose.Tests.Evidence;

/// <summary>The smallest knowledge that holds together, one entry of each kind, to break in one place.</summary>
internal static class Some
{
    public const string Source = """
        - id: label
          title: A label
          kind: label
          year: 2013
          citation: null
          verified: looked-up
        - id: text
          title: A source text
          kind: seed
          verified: looked-up
          errors:
            - id: one
              says: One.
              but: Two.
              sources: [label]
        - id: hearsay
          title: A paper remembered
          kind: trial
          verified: memory

        """;

    public const string Claim = """
        - id: claim
          statement: Something holds.
          certainty: A
          verified: looked-up
          sources: [label]

        """;

    public const string Substance = """
        id: codeine
        class: opioid-agonist
        names: [codeine]
        brands:
          UK: [Galcodine]
        atc: [{code: R05DA04, verified: memory}]
        rxnorm: {code: "2670", verified: looked-up, sources: [label]}
        combinations:
          - names: [co-codamol]
            with: [paracetamol]
        forms:
          - release: immediate
            names: [Galcodine]
            halfLifeHours: {low: 3, high: 4, verified: memory}
            washOutDays: {low: 7, high: 10, verified: looked-up, sources: [label]}

        """;

    public const string Rule = """
        id: C1
        title: Opioids
        level: block
        triggers:
          - classes: [opioid-agonist]
        why: They clash.
        do: Ask.
        certainty: A
        claims: [claim]

        """;

    public const string Protocol = """
        id: P1
        title: Slow
        proposedBy: A pharmacist
        for: anyone
        steps:
          - {mg: 1.5, days: 30}
          - {mg: 3, days: null}
        ceilingMg: 4.5
        timeOfDay: bedtime
        certainty: E
        verified: seed
        sources: [text]
        claims: [claim]

        """;

    public const string Resource = """
        - id: book
          name: A book
          kind: book
          country: null
          offers: Pages.
          vouches: null
          caution: null
          verified: seed
          sources: [text]

        """;

    public const string Study = """
        id: TRIAL
        title: A trial
        year: 2024
        design: randomised-parallel
        blinding: double-blind
        conditions: [illness]
        enrolled: 99
        doseMg: {low: 1.5, high: 6}
        weeks: {value: 12, verified: memory}
        reportOf: TRIAL
        verified: looked-up
        sources: [label]
        outcomes:
          - name: Pain
            better: lower
            as: change
            pools: illness-pain
            arms:
              - {arm: ldn, n: 49, value: -1.3, events: 20}
              - {arm: placebo, n: 50, value: -0.9}
            effect: {kind: mean-difference, estimate: -0.34, low: -0.95, high: 0.27}
        bias:
          - {domain: missing-data, fact: Some left.}

        """;

    public const string Condition = """
        - id: illness
          name: An illness
          otherNames: [disease]
          evidence: randomised
          says: It is there.
          claims: [claim]
          verified: looked-up
          sources: [label]

        """;

    public const string Question = """
        - id: illness-pain
          asks: Does it help?
          reads: Points.
          from: randomised
          conditions: [illness]
          asOf: 2026-11-21
          excluded:
            - {study: TRIAL, why: It is broken.}

        """;

    /// <summary>Loads it with one file replaced.</summary>
    public static KnowledgeReading With(string folder, string? text = null)
    {
        var files = new Dictionary<string, string>
        {
            ["sources/some"] = Source,
            ["claims/some"] = Claim,
            ["substances/codeine"] = Substance,
            ["rules/C1"] = Rule,
            ["protocols/P1"] = Protocol,
            ["resources/some"] = Resource,
            ["studies/TRIAL"] = Study,
            ["conditions/some"] = Condition,
            ["questions/some"] = Question,
        };
        if (text is not null) files[files.Keys.Single(k => k.StartsWith(folder, StringComparison.Ordinal))] = text;
        return Load([.. files.Select(f => ($"knowledge/{f.Key}.yaml", f.Value))]);
    }

    /// <summary>Loads it with one more file.</summary>
    public static KnowledgeReading And(string path, string text) => Load(
        ("knowledge/sources/some.yaml", Source), ("knowledge/claims/some.yaml", Claim), ("knowledge/substances/codeine.yaml", Substance),
        ("knowledge/rules/C1.yaml", Rule), ("knowledge/protocols/P1.yaml", Protocol), (path, text));

    private static KnowledgeReading Load(params (string Path, string Text)[] files) =>
        Knowledge.Load(files.Select(f => new KnowledgeFile(f.Path, new MemoryStream(Encoding.UTF8.GetBytes(f.Text)))));
}
