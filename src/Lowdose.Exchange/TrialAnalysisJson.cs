using System.Text.Json;
using Lowdose.Science.Inference.Trials;
using Lowdose.Trials;

namespace Lowdose.Exchange;

/// <summary>A revealed trial's analysis as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class TrialAnalysisJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="analysis">What to write; effects have the outcome's own sign, but for the pooled one, whose benefit is negative.</param>
    /// <param name="report">The parts of CENT 2015.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(TrialAnalysis analysis, IReadOnlyList<CentEntry> report, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        var conclusion = analysis.Conclusion;
        json.WriteStartObject();
        json.WriteString("trial", analysis.Trial.Id);
        json.WriteString("decision", Word(conclusion.Decision));
        json.WriteString("decisionRule", analysis.Trial.Plan!.DecisionRule);
        json.WriteBoolean("cannotDecide", conclusion.CannotDecide);
        Permutation(json, conclusion.Randomisation);
        json.Dist("pooled", conclusion.Pooled?.Effect);
        Blinding(json, conclusion.Blinding);
        json.WriteStartArray("people");
        foreach (var (subject, person) in analysis.Subjects.Zip(conclusion.People)) Person(json, subject, person);
        json.WriteEndArray();
        json.WriteStartArray("cent");
        foreach (var entry in report)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Item.Id);
            json.WriteString("section", entry.Item.Section);
            json.WriteString("asks", entry.Item.Asks);
            json.Text("text", entry.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes what an up-and-down search found: <c>ed50</c> and <c>ed95</c> as <c>mg</c>, <c>lo</c> and <c>hi</c> in mg, null beyond the doses given; <c>doses</c> with <c>mg</c>, <c>people</c>, <c>responders</c>, <c>rate</c>; <c>turns</c>, <c>resamples</c>.</summary>
    /// <param name="search">The search, over.</param>
    /// <param name="found">What to write.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Trial search, DoseFinding found, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("trial", search.Id);
        Dose("ed50", found.Ed50);
        Dose("ed95", found.Ed95);
        json.WriteStartArray("doses");
        foreach (var rate in found.Rates)
        {
            json.WriteStartObject();
            json.Numbers(("mg", rate.Mg), ("people", rate.People), ("responders", rate.Responders), ("rate", rate.Rate));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Numbers(("turns", found.Turns), ("resamples", found.Resamples));
        json.WriteEndObject();

        void Dose(string name, EffectiveDose dose) => json.Object(name, ("mg", dose.Mg), ("lo", dose.Lo), ("hi", dose.Hi));
    }

    /// <summary>A decision as it stands in the JSON: <c>benefit</c>, <c>no-benefit</c>, <c>harm</c>, <c>undecided</c>.</summary>
    /// <param name="decision">The decision.</param>
    public static string Word(TrialDecision decision) => decision switch
    {
        TrialDecision.Benefit => "benefit",
        TrialDecision.NoBenefit => "no-benefit",
        TrialDecision.Harm => "harm",
        _ => "undecided",
    };

    private static void Person(Utf8JsonWriter json, string subject, PersonConclusion person)
    {
        json.WriteStartObject();
        json.WriteString("subject", subject);
        json.WriteString("decision", Word(person.Decision));
        json.WriteString("verdict", VerdictJson.Word(person.Judgement.Verdict));
        json.WriteStartArray("doses");
        foreach (var dose in person.Judgement.Doses)
        {
            json.WriteStartObject();
            json.WriteNumber("mg", dose.Mg);
            json.WriteNumber("days", dose.Days);
            json.Dist("effect", dose.Effect);
            json.Number("probMeaningfulBenefit", dose.ProbMeaningfulBenefit);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Permutation(json, person.Randomisation);
        json.Dist("effectWithGuess", person.Adjusted?.Effect);
        json.WriteStartArray("periods");
        foreach (var period in person.Periods)
        {
            json.WriteStartObject();
            json.WriteNumber("period", period.Number);
            json.WriteBoolean("drug", period.Drug);
            json.Numbers(("days", period.Days), ("scored", period.Scored), ("kept", period.Kept), ("mean", period.Mean));
            json.Text("guess", period.Guess switch { Guess.Drug => "drug", Guess.Placebo => "placebo", Guess.DontKnow => "unknown", _ => null });
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Permutation(Utf8JsonWriter json, RandomisationTest? test)
    {
        if (test is null)
        {
            json.WriteNull("permutation");
            return;
        }
        json.WriteStartObject("permutation");
        json.Numbers(("difference", test.Difference), ("pTwoSided", test.TwoSided), ("pOneSided", test.OneSided), ("leastTwoSided", test.LeastTwoSided), ("leastOneSided", test.LeastOneSided),
            ("allocations", test.Allocations), ("seTwoSided", test.TwoSidedSe), ("seOneSided", test.OneSidedSe));
        json.WriteBoolean("exact", test.Exact);
        json.WriteEndObject();
    }

    private static void Blinding(Utf8JsonWriter json, BlindingIndices indices)
    {
        json.WriteStartObject("blinding");
        var g = indices.Guesses;
        json.Object("guesses", ("drugGuessedDrug", g.DrugGuessedDrug), ("drugGuessedPlacebo", g.DrugGuessedPlacebo), ("drugUnknown", g.DrugDontKnow),
            ("placeboGuessedDrug", g.PlaceboGuessedDrug), ("placeboGuessedPlacebo", g.PlaceboGuessedPlacebo), ("placeboUnknown", g.PlaceboDontKnow));
        foreach (var (name, index) in ((string, BlindingIndex)[])[("james", indices.James), ("bangDrug", indices.BangDrug), ("bangPlacebo", indices.BangPlacebo)])
            json.Object(name, ("estimate", index.Estimate), ("se", index.Se), ("lo", index.Lo), ("hi", index.Hi));
        json.WriteEndObject();
    }
}
